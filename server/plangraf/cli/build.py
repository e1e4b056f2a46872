"""`plangraf build`: build a release."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from plangraf import settings, shipped
from plangraf.cli.progress import bar
from plangraf.cli.state_option import StateOption, state_folder
from plangraf.errors import NonconformingError
from plangraf.sources.dataset import list_files
from plangraf.sources.reference import list_reference


def build(
    state: StateOption = None,
    out: Annotated[Path | None, typer.Option(help="the same as --state")] = None,
    data: Annotated[
        list[Path] | None,
        typer.Option(help="a folder or file to build from, again for more, beside the SDGs; else the shipped data"),
    ] = None,
) -> None:
    """Build, check and write a release, and make it the current one of the state folder."""
    # They import pySHACL, which other commands do not need.
    from plangraf.release.build import build_release
    from plangraf.search.index_build import index_release

    chosen = settings.load(data=tuple(data) if data else None)
    folder = state_folder(out or state)
    files = [*list_files(chosen.data or (shipped.DATA,)), *(list_reference() if chosen.data else ())]
    try:
        with bar("building") as progress:
            release = build_release(files, folder, progress, make_files=index_release)
    except NonconformingError as error:
        sys.stdout.write(error.report_text)
        raise
    counts = release.manifest.counts
    sys.stdout.write(
        f"{release.path}: release {release.manifest.release}, "
        f"{counts.triples} triples in {len(counts.graphs)} graphs\n"
    )
