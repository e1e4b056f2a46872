"""`plangraf token`: make, list or withdraw the tokens of publishers."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from plangraf.cli.state_option import StateOption, state_folder
from plangraf.errors import InputError


class TokenAction(StrEnum):
    """The action on a token."""

    NEW = "new"
    LIST = "list"
    WITHDRAW = "withdraw"


def token(
    action: Annotated[TokenAction, typer.Argument(help="new, list or withdraw")],
    publisher: Annotated[
        str | None,
        typer.Argument(help="the publisher, as in the paths of its graphs: trondheim", metavar="PUBLISHER"),
    ] = None,
    state: StateOption = None,
) -> None:
    """Make, list or withdraw the tokens with which publishers change their graphs over HTTP.

    A new token is written to standard output, once: the state folder keeps only a hash of it. A token that is
    withdrawn is refused at once.
    """
    from plangraf.publishing.tokens import TokenFile

    tokens = TokenFile(state_folder(state))
    if action == TokenAction.LIST:
        for record in tokens.records():
            ended = f"withdrawn {record.withdrawn:%Y-%m-%dT%H:%M:%SZ}" if record.withdrawn else "valid"
            sys.stdout.write(f"{record.publisher}  …{record.ending}  {record.made:%Y-%m-%dT%H:%M:%SZ}  {ended}\n")
        return
    if publisher is None:
        raise InputError(f"name the publisher: plangraf token {action} trondheim")
    if action == TokenAction.NEW:
        sys.stdout.write(f"{tokens.make(publisher)}\n")
        sys.stderr.write(
            f"This is the token of {publisher}, which is shown this once. Give it to the publisher in a safe way.\n"
        )
    else:
        record = tokens.withdraw(publisher)
        sys.stdout.write(f"the token …{record.ending} of {publisher} is withdrawn\n")
