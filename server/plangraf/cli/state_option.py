"""The option `--state`, which all commands have that read or change releases."""

from pathlib import Path
from typing import Annotated

import typer

from plangraf import settings
from plangraf.errors import InputError

StateOption = Annotated[
    Path | None,
    typer.Option("--state", metavar="DIR", help="the state folder, which holds the releases (PLANGRAF_STATE)"),
]


def state_folder(given: Path | None) -> Path:
    """Return the state folder: the one that is given, or that of the settings.

    Raises:
        InputError: neither is there.
    """
    found = settings.load(state=given).state
    if found is None:
        raise InputError("the state folder is not known: name it with --state DIR or with PLANGRAF_STATE")
    return found
