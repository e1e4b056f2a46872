"""Who gives a command, for the history of the state folder."""

import getpass
from typing import Annotated

import typer

ByOption = Annotated[str | None, typer.Option("--by", help="who changes the release (your login name)")]
MessageOption = Annotated[str, typer.Option("--message", "-m", help="what has changed, for the history")]


def operator_name(given: str | None) -> str:
    """Return the name that is given, or the login name; empty if there is none."""
    if given is not None:
        return given
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may have a user without a name
        return ""
