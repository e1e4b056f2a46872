"""`plangraf publish`: replace plans in the current release, and make the result current."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from plangraf.cli.operator import ByOption, MessageOption, operator_name
from plangraf.cli.outcome import write_publication
from plangraf.cli.progress import bar
from plangraf.cli.state_option import StateOption, state_folder
from plangraf.errors import NonconformingError


def publish(
    paths: Annotated[list[Path], typer.Argument(help="folders of plans, or files", metavar="PATH…")],
    state: StateOption = None,
    message: MessageOption = "",
    by: ByOption = None,
) -> None:
    """Publish plans: what PATH describes is replaced, and everything else stays.

    The new release is built and checked as a whole before it replaces the current one. Exit 1: the data break the
    shapes, and the current release stays.
    """
    # These import pySHACL, which other commands do not need.
    from plangraf.release.history import Action
    from plangraf.release.publish import publish as publish_files
    from plangraf.release.state import Switch
    from plangraf.search.index_build import index_release

    switch = Switch(Action.PUBLISH, operator_name(by), message)
    folder = state_folder(state)
    try:
        with bar("publishing") as progress:
            publication = publish_files(paths, folder, switch, progress, index_release)
    except NonconformingError as error:
        sys.stdout.write(error.report_text)
        raise
    write_publication(publication, folder)
