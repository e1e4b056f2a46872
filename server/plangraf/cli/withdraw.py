"""`plangraf withdraw`: withdraw a plan, or a publisher with all plans."""

import sys
from typing import Annotated

import typer

from plangraf.cli.operator import ByOption, operator_name
from plangraf.cli.outcome import write_publication
from plangraf.cli.progress import bar
from plangraf.cli.state_option import StateOption, state_folder
from plangraf.errors import NonconformingError


def withdraw(
    name: Annotated[str, typer.Argument(help="the publisher, or one plan", metavar="PUBLISHER[/PLAN]")],
    because: Annotated[str, typer.Option("--because", help="the reason, which everyone may read")],
    state: StateOption = None,
    replaced_by: Annotated[
        str | None, typer.Option("--replaced-by", metavar="IRI", help="the IRI of what replaces it")
    ] = None,
    lang: Annotated[str, typer.Option(help="the language of the reason")] = "nb",
    by: ByOption = None,
) -> None:
    """Withdraw a plan: its addresses answer 410 from now on, with the reason and its replacement."""
    # These import pySHACL, which other commands do not need.
    from plangraf.release.history import Action
    from plangraf.release.state import Switch
    from plangraf.release.withdraw import withdraw as withdraw_plans
    from plangraf.search.index_build import index_release

    switch = Switch(Action.WITHDRAW, operator_name(by), because)
    folder = state_folder(state)
    try:
        with bar("withdrawing") as progress:
            publication = withdraw_plans(name, folder, switch, replaced_by, lang, progress, index_release)
    except NonconformingError as error:
        sys.stdout.write(error.report_text)
        raise
    write_publication(publication, folder)
