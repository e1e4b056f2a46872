"""`plangraf rollback`: make an earlier release the current one."""

from typing import Annotated

import typer

from plangraf.cli.completion import release_names
from plangraf.cli.operator import ByOption, MessageOption, operator_name
from plangraf.cli.outcome import write_publication
from plangraf.cli.state_option import StateOption, state_folder


def rollback(
    release: Annotated[
        str | None,
        typer.Argument(help="else the one before the current", metavar="RELEASE", autocompletion=release_names),
    ] = None,
    state: StateOption = None,
    message: MessageOption = "",
    by: ByOption = None,
) -> None:
    """Go back to an earlier release, which is checked first."""
    from plangraf.release.history import Action
    from plangraf.release.publish import rollback as go_back
    from plangraf.release.state import Switch

    folder = state_folder(state)
    write_publication(go_back(folder, Switch(Action.ROLLBACK, operator_name(by), message), release), folder)
