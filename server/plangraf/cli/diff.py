"""`plangraf diff`: the difference of two releases."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from plangraf.cli.completion import release_names
from plangraf.cli.state_option import StateOption, state_folder
from plangraf.visible import visible


class DifferenceFormat(StrEnum):
    """The format of the difference."""

    TEXT = "text"
    PATCH = "patch"


def diff(
    earlier: Annotated[str, typer.Argument(help="a release", metavar="A", autocompletion=release_names)],
    later: Annotated[
        str | None,
        typer.Argument(help="another one; else the current", metavar="B", autocompletion=release_names),
    ] = None,
    state: StateOption = None,
    output: Annotated[
        DifferenceFormat, typer.Option("--format", help="in words, or as RDF Patch")
    ] = DifferenceFormat.TEXT,
) -> None:
    """Tell what the release B has that A has not, and the other way round."""
    from plangraf.release.difference import difference
    from plangraf.release.release import CURRENT, Release
    from plangraf.release.state import StateFolder
    from plangraf.release.use import in_use

    folder = StateFolder(state_folder(state))
    before, after = folder.find(earlier), folder.find(later or CURRENT)
    with in_use(before), in_use(after):
        for each in (before, after):
            Release.open(each)  # a damaged release would differ in what nobody has published
        found = difference(before, after)
    if output == DifferenceFormat.PATCH:
        sys.stdout.writelines(found.patch())
    else:
        sys.stdout.write(visible(found.text()))
