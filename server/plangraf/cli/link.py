"""`plangraf link`: suggested links of a plan, and the way back from matching."""

import sys
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plangraf import settings
from plangraf.cli.state_option import StateOption
from plangraf.errors import InputError
from plangraf.languages import N_, InterfaceLanguage, translations
from plangraf.visible import visible

if TYPE_CHECKING:
    from plangraf.matching.asked_plan import AskedPlan
    from plangraf.matching.suggestions import GoalSuggestions

LEAST = 0.15
_NOTHING = N_("Nothing is suggested for these goals: {goals}")
_NO_GOALS = N_("The plan has no goals to link.")


class LinkFormat(StrEnum):
    """The format of suggestions: words, SSSOM/TSV, or rows of the workbook as CSV."""

    TEXT = "text"
    SSSOM = "sssom"
    CSV = "csv"


_ENDINGS = {".tsv": LinkFormat.SSSOM, ".csv": LinkFormat.CSV, ".txt": LinkFormat.TEXT}


def link(
    plan: Annotated[
        str,
        typer.Argument(
            metavar="PLAN",
            help="a workbook, a folder or file of a plan, or the IRI of a published plan",
            show_default=False,
        ),
    ] = ".",
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to", help="sdg, or a publisher whose goals are suggested, such as trondheim", show_default="sdg"
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="a .tsv (SSSOM), .csv (rows of the workbook) or .xlsx")
    ] = None,
    link_format: Annotated[
        LinkFormat | None, typer.Option("--format", help="what standard output gets", show_default="text")
    ] = None,
    most: Annotated[int, typer.Option(min=1, max=50, help="the number of suggestions for a goal")] = 3,
    least: Annotated[float, typer.Option(min=0, max=1, help="the least confidence of a suggestion")] = LEAST,
    accept: Annotated[
        Path | None,
        typer.Option(help="a file with judgements (OpenRefine's CSV or xlsx, SSSOM), to be written into PLAN"),
    ] = None,
    creator: Annotated[
        str | None, typer.Option(help="the IRI of who judged, where the file does not say", metavar="IRI")
    ] = None,
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="their day, if not today", show_default=False),
    ] = None,
    subject_column: Annotated[str | None, typer.Option(help="the heading of our goals")] = None,
    object_column: Annotated[str | None, typer.Option(help="the heading of the matched IRIs")] = None,
    judgement_column: Annotated[str | None, typer.Option(help="the heading of the judgements")] = None,
    plan_iri: Annotated[str | None, typer.Option("--plan", help="the IRI of the plan, if PLAN has several")] = None,
    state: StateOption = None,
    lang: Annotated[InterfaceLanguage, typer.Option(help="the language of names, reasons and sheets")] = "nb",
) -> None:
    """Suggest links of a plan to the SDGs or to others' goals, or accept judged ones from a file.

    Suggestions are matched against the current release of the state folder, or else against the shipped data. Links
    that the plan has, and those that somebody refused, are not suggested.

    Exit 0: done; 1: the judgements contradict each other or the data, and nothing is written; 2: a file cannot be
    read or written.
    """
    if accept is not None:
        from plangraf.cli.acceptance import accept_judgements
        from plangraf.matching.judgement_columns import ColumnChoice

        columns = ColumnChoice(subject_column, object_column, judgement_column)
        accept_judgements(
            accept, Path(plan), columns, creator, day.date() if day else None, settings.load(state=state), lang
        )
        return
    # They import the workbook, which other commands do not need.
    from plangraf.matching.asked_plan import read_asked_plan
    from plangraf.matching.suggestions import TO_SDG, Suggester

    asked = read_asked_plan(plan, plan_iri, settings.load(state=state))
    suggester = Suggester(asked.linkables)
    found: list[GoalSuggestions] = []
    for each in to or [TO_SDG]:
        if each != TO_SDG and not suggester.publisher_goals(each):
            raise InputError(
                f"--to {each}: no goals of such a publisher are known; it is sdg, a name as in the "
                "addresses of its plans, such as trondheim, or an IRI"
            )
        found += suggester.suggest(asked.goals, each, most, least)
    _write(asked, found, out, link_format, lang)


def _write(
    asked: "AskedPlan",
    found: Sequence["GoalSuggestions"],
    out: Path | None,
    given: LinkFormat | None,
    lang: InterfaceLanguage,
) -> None:
    ending = out.suffix.lower() if out is not None else ""
    if out is not None and given is None and ending not in (*_ENDINGS, ".xlsx"):
        raise InputError("is not a name that tells what to write; it ends in .tsv, .csv or .xlsx", out)
    data = (
        _workbook(asked, found, lang)
        if ending == ".xlsx"
        else _content(asked, found, given or _ENDINGS.get(ending, LinkFormat.TEXT), lang)
    )
    if out is None:
        sys.stdout.buffer.write(data)
        return
    try:
        out.write_bytes(data)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", out) from error
    sys.stdout.write(f"{out}\n")


def _content(
    asked: "AskedPlan", found: Sequence["GoalSuggestions"], chosen: LinkFormat, lang: InterfaceLanguage
) -> bytes:
    from plangraf.matching.suggestion_files import rows_csv, suggestion_rows, suggestions_sssom

    if chosen is LinkFormat.SSSOM:
        return suggestions_sssom(found, f"{asked.source.addresses.plan}/suggestions", lang)
    if chosen is LinkFormat.CSV:
        return rows_csv(suggestion_rows(asked.source, found, lang), lang)
    return "".join(f"{visible(line)}\n" for line in _lines(found, lang)).encode()


def _workbook(asked: "AskedPlan", found: Sequence["GoalSuggestions"], lang: InterfaceLanguage) -> bytes:
    from plangraf.matching.suggestion_files import suggestion_rows, with_rows
    from plangraf.workbook.xlsx_writer import write_xlsx

    return write_xlsx(with_rows(asked.source, suggestion_rows(asked.source, found, lang), lang), lang)


def _lines(found: Sequence["GoalSuggestions"], lang: InterfaceLanguage) -> list[str]:
    from plangraf.namespaces import compact

    gettext = translations(lang).gettext
    if not found:
        return [gettext(_NO_GOALS)]
    lines: list[str] = []
    for each in found:
        if each.suggestions:
            lines += ["", each.goal.label(lang)] if lines else [each.goal.label(lang)]
        for suggestion in each.suggestions:
            share = suggestion.score if suggestion.confidence is None else suggestion.confidence
            name = f"{compact(suggestion.thing.iri)} {suggestion.thing.label(lang)}"
            lines += [f"- {min(share, 1):.2f} {name}", f"  {suggestion.explanation(lang)}"]
    with_some = {each.goal.iri for each in found if each.suggestions}
    without = dict.fromkeys(each.goal.label(lang) for each in found if each.goal.iri not in with_some)
    if without:
        lines += ["", gettext(_NOTHING).format(goals=" · ".join(without))]
    return lines
