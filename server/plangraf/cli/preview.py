"""`plangraf preview`: serve a draft of a release, of which nothing is published."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from plangraf import settings
from plangraf.cli.progress import bar
from plangraf.cli.state_option import StateOption
from plangraf.cli.watch import LOOK, FileWatch
from plangraf.confinement import end_with_parent
from plangraf.errors import InputError, NonconformingError
from plangraf.release.difference import difference
from plangraf.release.draft import Drafts
from plangraf.release.release import CURRENT
from plangraf.release.state import StateFolder
from plangraf.release.use import in_use
from plangraf.settings import Settings

_SERVE = "from plangraf.cli import main; main()"


def preview(
    paths: Annotated[list[Path], typer.Argument(help="folders of plans, or files", metavar="PATH…")],
    state: StateOption = None,
    host: Annotated[str | None, typer.Option(help="the address to serve on (127.0.0.1)")] = None,
    port: Annotated[int | None, typer.Option(help="the port to serve on (8000); 0 takes any free port")] = None,
    watch: Annotated[bool, typer.Option("--watch", help="build and serve again whenever a file changes")] = False,
) -> None:
    """Serve the release that publishing PATH would make, marked as a draft; nothing is published.

    The plans of PATH replace those of the current release of the state folder. Without one, the draft has them and
    the reference data. Exit 1: the data break the shapes.
    """
    chosen = settings.load(state=state, host=host, port=port)
    with ExitStack() as ending:
        base = _base(chosen)
        if base is not None:
            ending.enter_context(in_use(base))
        drafts = Drafts(Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="plangraf-"))), base)
        watched = FileWatch(paths)
        _build(drafts, paths)
        raise typer.Exit(_serve(drafts, chosen, paths, watched if watch else None))


def _base(chosen: Settings) -> Path | None:
    """Return the current release of the state folder, or None if there is none.

    Raises:
        InputError: a newer version of Plangraf has written the state folder.
    """
    if chosen.state is None:
        return None
    folder = StateFolder(chosen.state)
    return folder.find(CURRENT) if folder.current is not None else None


def _build(drafts: Drafts, paths: Sequence[Path]) -> None:
    """Build the draft, and tell what it changes.

    Raises:
        InputError: a file cannot be read or parsed.
        NonconformingError: the data violate the shapes; the report has been written.
    """
    # It imports pySHACL, and takes half a second.
    from plangraf.search.index_build import index_release

    try:
        with bar("building the draft") as progress:
            release = drafts.build(paths, progress, index_release)
    except NonconformingError as error:
        sys.stdout.write(error.report_text)
        sys.stdout.flush()
        raise
    found = ", ".join(f"{severity}s: {number}" for severity, number in release.manifest.validation.items())
    sys.stdout.write(f"A draft, which is not published: {found}\n")
    if drafts.base is not None:
        sys.stdout.write(f"Against {drafts.base.name}: {difference(drafts.base, release.path).summary()}\n")
    sys.stdout.flush()


def _serve(drafts: Drafts, chosen: Settings, paths: Sequence[Path], watch: FileWatch | None) -> int:
    """Serve the draft until a signal says to stop, and build it again when files change; return the exit code."""
    command = [sys.executable, "-c", _SERVE, "serve", "--release", str(drafts.served)]
    command += ["--host", chosen.host, "--port", str(chosen.port)]
    environment = {name: value for name, value in os.environ.items() if name != "PLANGRAF_STATE"}
    signal.signal(signal.SIGTERM, _interrupt)
    with subprocess.Popen(  # noqa: S603  # our own command
        command,
        env=environment,
        process_group=0,  # this process passes on a signal that the whole group of the terminal gets
        preexec_fn=partial(end_with_parent, os.getpid()),  # no thread runs here
    ) as process:
        try:
            while True:
                try:
                    return process.wait(LOOK if watch is not None else None)
                except subprocess.TimeoutExpired:
                    if watch is not None and watch.changed():
                        _build_again(drafts, paths)
        except KeyboardInterrupt:
            process.terminate()
            return process.wait()


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _build_again(drafts: Drafts, paths: Sequence[Path]) -> None:
    """Build the draft again; the one before stays if that fails."""
    try:
        _build(drafts, paths)
    except (InputError, NonconformingError) as error:
        sys.stderr.write(f"plangraf: {error}; the draft before is still served\n")
