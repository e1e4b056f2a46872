"""A program that renders the pages of one upload, under limits that the kernel enforces.

The preview service runs it as `python -m plangraf.serving.preview_process PARENT SETTINGS`. It loads all libraries,
confines itself (from then on it cannot open files or sockets), and only then reads its standard input: a line of
JSON (`PreviewTask`), then the upload. It writes a line of JSON, with the reason if there is no preview, and the pages
(`PreviewBundle`) to its standard output.
"""

import asyncio
import signal
import sys

import orjson

from plangraf.confinement import EXIT_MEMORY, Memory, confine, end_with_parent
from plangraf.formats import SOURCE_FORMATS, WORKBOOK_FORMATS, by_key
from plangraf.previewing.bundle import PreviewBundle
from plangraf.previewing.outcome import PreviewTask
from plangraf.serving.log import prepare_log
from plangraf.serving.preview_renderer import PreviewRenderer
from plangraf.settings import Settings

_WALL = 3
"""The time limit by the clock, as a multiple of that of the processor."""


def main() -> None:
    """Load libraries, confine the process, and render one upload."""
    settings = Settings(**orjson.loads(sys.argv[2]))
    end_with_parent(int(sys.argv[1]))
    for ignored in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ignored, signal.SIG_IGN)  # the server stops this process after draining
    prepare_log(settings)
    with asyncio.Runner() as runner:  # the event loop has opened its files when no more can be opened
        renderer = PreviewRenderer(settings)
        runner.run(renderer.warm())
        confine(Memory().mapped() + settings.upload_memory, files=False)
        try:
            header = sys.stdin.buffer.readline()
            if not header:
                return
            task = PreviewTask(**orjson.loads(header))
            data = sys.stdin.buffer.read()
            # Without a signal handler the kernel ends the process, even inside native code.
            signal.setitimer(signal.ITIMER_PROF, settings.upload_seconds)
            signal.setitimer(signal.ITIMER_REAL, _WALL * settings.upload_seconds)
            source = by_key(task.source, (*SOURCE_FORMATS, *WORKBOOK_FORMATS))
            assert source is not None  # noqa: S101  # the server chose it from the same registry
            found = runner.run(renderer.render(data, source, task.token))
            for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL):
                signal.setitimer(timer, 0)
        except MemoryError:
            sys.exit(EXIT_MEMORY)
    failure = None if isinstance(found, PreviewBundle) else found.value
    sys.stdout.buffer.write(orjson.dumps({"failure": failure}) + b"\n")
    if isinstance(found, PreviewBundle):
        sys.stdout.buffer.write(found.to_bytes())
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
