"""`plangraf link --accept`: judgements of links become claims of their plans, and refused links are remembered."""

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import typer

from plangraf.errors import InputError
from plangraf.languages import InterfaceLanguage
from plangraf.matching.acceptance import decide
from plangraf.matching.asked_plan import known_quads, outside
from plangraf.matching.changed_plans import changed_plans, write_all
from plangraf.matching.claim_statements import ClaimStatements, Editor, default_editor
from plangraf.matching.judgement_columns import ColumnChoice
from plangraf.matching.judgement_table import read_table
from plangraf.matching.judgements import Judgement, Verdict, read_judgements
from plangraf.matching.linkables import read_linkables
from plangraf.settings import Settings
from plangraf.visible import visible

_LISTED = 50


def accept_judgements(
    file: Path,
    path: Path,
    columns: ColumnChoice,
    creator: str | None,
    day: date | None,
    chosen: Settings,
    lang: InterfaceLanguage,
) -> None:
    """Write the claims and refusals that a file makes into the plans of a path.

    Args:
        file: the judgements.
        path: the workbook or folder of the plans.
        columns: the headings of columns that are not the usual ones.
        creator: the IRI of who judged, where the file does not say.
        day: the day of the judgements, where the file does not say; None is today.
        chosen: the settings, which name the release that the links lead into.
        lang: the language of a workbook.

    Raises:
        InputError: a file cannot be read or written, or it is not known who judged; nothing is written.
        Exit: the judgements contradict each other or the data; nothing is written.
    """
    plans = changed_plans(path)
    graphs = [plan.source.addresses.graph() for plan in plans.values()]
    quads = list(outside(known_quads(chosen).quads, graphs))
    for plan in plans.values():
        quads += plan.source.quads
    linkables = read_linkables(quads)
    outcome = decide(read_judgements(read_table(file), linkables, columns), linkables, plans.keys())
    if outcome.faults:
        _write_faults(outcome.faults)
        raise typer.Exit(1)
    files: dict[Path, bytes] = {}
    lines = []
    for iri, plan in plans.items():
        judged = [judgement for judgement in outcome.new if linkables.things[judgement.subject].plan == iri]
        if not judged:
            continue
        editor = Editor(
            _editor(judged, creator or default_editor(plan.source), file), day or datetime.now(UTC).date()
        )
        written = plan.files(ClaimStatements(plan.source, editor).quads(judged), lang)
        files.update(written)
        accepted = sum(judgement.verdict is Verdict.ACCEPTED for judgement in judged)
        shown = ", ".join(map(str, written if len(written) == 1 else [plan.path]))
        lines.append(f"{shown}: {accepted} links accepted, {len(judged) - accepted} refused")
    write_all(files)
    lines.append(f"already in the data: {outcome.known}; not judged: {outcome.unjudged}")
    sys.stdout.write("".join(f"{visible(line)}\n" for line in lines))


def _editor(judged: Sequence[Judgement], known: str | None, file: Path) -> str:
    """Return the IRI of who judged by default.

    Raises:
        InputError: it is not known, and needed.
    """
    if known is not None:
        return known
    without = [judgement for judgement in judged if judgement.creator is None]
    if without:
        raise InputError(
            f"does not say who judged, such as in {without[0].place}: name the person or organisation with "
            "--creator IRI, such as https://orcid.org/0000-0002-1825-0097",
            file,
        )
    return judged[0].creator or ""


def _write_faults(faults: Sequence[str]) -> None:
    for fault in faults[:_LISTED]:
        sys.stderr.write(f"{visible(fault)}\n")
    if len(faults) > _LISTED:
        sys.stderr.write(f"and {len(faults) - _LISTED} more\n")
    sys.stderr.write("Nothing has been written.\n")
