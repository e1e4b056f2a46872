"""A program that reads one document and drafts a plan from it, under limits that the kernel enforces.

`plangraf draft` runs it as `python -m plangraf.drafting.process PARENT SECONDS MEMORY`. It loads all libraries,
confines itself (from then on it cannot open files or sockets), and only then reads its standard input: a line of JSON
(`DraftTask`), then the document. It writes a line of JSON (`DraftAnswer`) to its standard output.
"""

import os
import signal
import sys
from pathlib import Path

from plangraf.confinement import EXIT_MEMORY, Memory, confine, end_with_parent, name_process
from plangraf.drafting.draft_rows import draft_rows
from plangraf.drafting.drafted import DraftAnswer, DraftTask
from plangraf.drafting.examples import examples
from plangraf.drafting.limits import DocumentError
from plangraf.drafting.plan_recognizer import recognize_plan
from plangraf.drafting.reading import read_document

_WALL = 3
"""The time limit by the clock, as a multiple of that of the processor."""


def answer(data: bytes, task: DraftTask) -> DraftAnswer:
    """Return the draft from a document, or why it cannot be read."""
    path = Path(task.name)
    try:
        return DraftAnswer(draft=draft_rows(recognize_plan(read_document(data, path)), task))
    except DocumentError as error:
        return DraftAnswer(error=error.message)
    except RecursionError:
        return DraftAnswer(error="has elements within each other too deeply; print it to a PDF, and take that")


def main() -> None:
    """Load libraries, confine the process, and draft one plan."""
    end_with_parent(int(sys.argv[1]))
    seconds, memory = float(sys.argv[2]), int(sys.argv[3])
    name_process("plangraf-draft")
    for name, example in examples().items():  # a first run, because libraries load modules on first use
        answer(example, DraftTask(name=name))
    confine(Memory().mapped() + memory, files=False)
    try:
        header = sys.stdin.buffer.readline()
        if not header:
            return
        data = sys.stdin.buffer.read()
        # Without a signal handler the kernel ends the process, even inside native code.
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.setitimer(signal.ITIMER_REAL, _WALL * seconds)
        written = answer(data, DraftTask.model_validate_json(header)).model_dump_json().encode()
        for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL):
            signal.setitimer(timer, 0)
    except MemoryError:
        os._exit(EXIT_MEMORY)
    sys.stdout.buffer.write(written + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
