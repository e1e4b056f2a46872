"""`plangraf build`: make a release."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from plangraf import settings, shipped
from plangraf.errors import NonconformingError
from plangraf.release.build import build_release
from plangraf.sources.dataset import list_files
from plangraf.sources.reference import list_reference


def build(
    out: Annotated[Path, typer.Option(help="the directory of releases to write into")],
    data: Annotated[
        list[Path] | None,
        typer.Option(help="a folder or file to build from, again for more, beside the SDGs; else the shipped data"),
    ] = None,
) -> None:
    """Build, check and write a release, and make it the current one of the directory."""
    chosen = settings.load(data=tuple(data) if data else None)
    files = [*list_files(chosen.data or (shipped.DATA,)), *(list_reference() if chosen.data else ())]
    console = Console(stderr=True)
    try:
        with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("building", total=None)
            release = build_release(
                files,
                out,
                lambda done, total: progress.update(task, completed=done, total=total),
            )
    except NonconformingError as error:
        sys.stdout.write(error.report_text)
        raise
    counts = release.manifest.counts
    sys.stdout.write(
        f"{release.path}: release {release.manifest.release}, "
        f"{counts.triples} triples in {len(counts.graphs)} graphs\n"
    )
