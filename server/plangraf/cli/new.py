"""`plangraf new`: the folder of a new publisher."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from plangraf import settings, shipped
from plangraf.authoring.publisher_folder import NewPublisher, check_segment, write_publisher_folder
from plangraf.cli.state_option import StateOption
from plangraf.errors import InputError
from plangraf.namespaces import GRAPH
from plangraf.reserved_segments import reserved_segments


def new(
    publisher: Annotated[
        str, typer.Argument(help="the publisher's part of addresses, such as eksempelvik", metavar="PUBLISHER")
    ],
    name: Annotated[str | None, typer.Option(help="the name of the publisher")] = None,
    plan: Annotated[str | None, typer.Option(help="the plan's part of addresses, such as samfunnsplan")] = None,
    title: Annotated[str | None, typer.Option(help="the title of the plan")] = None,
    period: Annotated[
        str | None, typer.Option(metavar="YEAR-YEAR", help="the first and the last year of the plan")
    ] = None,
    base: Annotated[
        str | None, typer.Option(metavar="IRI", help="the prefix of your own addresses, if you have any")
    ] = None,
    lang: Annotated[str, typer.Option(help="the language of the name and the title")] = "nb",
    out: Annotated[Path, typer.Option(metavar="DIR", help="the folder of data to write to")] = Path(),
    state: StateOption = None,
) -> None:
    """Write the folder of a new publisher, with a plan to fill in; it conforms, and says what is missing.

    The command asks for what the options do not say.
    """
    taken = _taken(settings.load(state=state).state)
    check_segment(publisher, "the publisher", taken)
    asked = NewPublisher(
        publisher=publisher,
        name=name if name is not None else _ask("The name of the publisher", "--name"),
        plan=plan if plan is not None else _ask("The plan's part of addresses, such as samfunnsplan", "--plan"),
        title=title if title is not None else _ask("The title of the plan", "--title"),
        period=period,
        base=base,
        language=lang,
    )
    written = write_publisher_folder(asked, out, taken)
    for path in written:
        sys.stdout.write(f"{path}\n")
    sys.stdout.write(
        f"Fill in the files, and look at the result: plangraf validate {out / publisher}, "
        f"then plangraf preview {out / publisher}\n"
    )


def _ask(prompt: str, option: str) -> str:
    """Return what somebody answers.

    Raises:
        InputError: nobody answers.
    """
    try:
        answer = typer.prompt(prompt, err=True)
    except typer.Abort as error:
        raise InputError(f"nothing was written: say it with {option}") from error
    return str(answer)


def _taken(state: Path | None) -> frozenset[str]:
    """Return the segments that no publisher may have: those of shipped and published data, and of the site.

    Raises:
        InputError: the state folder cannot be read.
    """
    shipped_data = {path.name for path in shipped.DATA.iterdir() if path.is_dir()}
    return frozenset(shipped_data | reserved_segments() | _published(state))


def _published(state: Path | None) -> set[str]:
    """Return the segments of the publishers in the current release of the state folder."""
    from plangraf.release.release import CURRENT, read_manifest
    from plangraf.release.state import StateFolder

    folder = StateFolder(state) if state is not None else None
    if folder is None or folder.current is None:
        return set()
    graphs = read_manifest(folder.find(CURRENT)).counts.graphs
    return {graph.removeprefix(GRAPH).partition("/")[0] for graph in graphs if graph.startswith(GRAPH)}
