"""`plangraf draft`: a workbook with what a program finds of a plan in a document, to be read over."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plangraf.errors import InputError
from plangraf.languages import N_, InterfaceLanguage, translations
from plangraf.visible import visible

if TYPE_CHECKING:
    from plangraf.drafting.drafted import DraftedPlan

_LISTED = 40
_FOUND = N_("Found in {document}, each row marked as a draft to be read over:")
_UNPLACED = N_("Headings that could not be placed, because they do not say what stands below them:")
_PAGE = N_("page {page}: {heading}")
_ITEMS = N_("{heading} (items below it: {count})")
_MORE = N_("and {count} more, which the first sheet of the workbook lists")
_SCANNED = N_("Pages that are pictures without text, and were not read: {pages}")
_NEXT = N_("Read the workbook over, fill in the yellow cells, and check it with: plangraf validate {workbook}")
_NOTHING = N_(
    "Nothing of a plan was found in {document}: no heading says “Mål 1”, “Delmål”, “Strategier” or the like."
)
_GUIDE = N_("This workbook was drafted by a program from {document}. Read over each row with “{yes}” in “{column}”.")


def draft(
    document: Annotated[Path, typer.Argument(help="the plan: a PDF, a Word document (.docx) or a web page (.html)")],
    out: Annotated[Path, typer.Option("--out", "-o", help="the workbook to write, such as plan.xlsx")],
    source: Annotated[str, typer.Option(help="the address where the document is published, as the source")] = "",
    lang: Annotated[InterfaceLanguage, typer.Option(help="the language of sheets, columns and messages")] = "nb",
) -> None:
    """Draft a workbook from a plan in a PDF, a Word document or a web page, to be read over.

    It finds goals, strategies, measures, contributions, indicators and links to SDGs, each with page and heading.
    Needs the extra: pip install 'plangraf[draft]'.

    Exit 0: done; 2: the document cannot be read, or the workbook not written.
    """
    # They import openpyxl, which other commands do not need.
    from plangraf.drafting.confined import draft_confined
    from plangraf.drafting.drafted import DraftTask
    from plangraf.drafting.limits import MOST_BYTES, too_large
    from plangraf.workbook.values import as_address
    from plangraf.workbook.xlsx_writer import write_xlsx

    if not out.name.lower().endswith(".xlsx"):
        raise InputError("is not the name of a workbook; it ends in .xlsx", out)
    if source and as_address(source) != source:
        raise InputError(f"--source {source} is not a web address; it begins with https:// and has no spaces")
    try:
        size = document.stat().st_size
        if size > MOST_BYTES:
            raise too_large(document, f"{size // 1024 // 1024} MB", f"{MOST_BYTES // 1024 // 1024} MB")
        data = document.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", document) from error
    drafted = draft_confined(data, document, DraftTask(name=document.name, source=source, language=lang))
    try:
        out.write_bytes(write_xlsx(drafted.rows(), lang, remarks=_remarks(drafted, document, lang)))
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", out) from error
    sys.stdout.write("\n".join(map(visible, _summary(drafted, document, out, lang))) + "\n")


def _summary(drafted: "DraftedPlan", document: Path, out: Path, lang: InterfaceLanguage) -> list[str]:
    """Return what was found by sheet, what could not be placed, and the next step."""
    from plangraf.workbook.sheets import BY_KEY

    gettext = translations(lang).gettext
    counts = {BY_KEY[key].title.in_language(lang): count for key, count in drafted.counts().items() if count}
    lines = [gettext(_FOUND if counts else _NOTHING).format(document=document)]
    lines += [f"  {sheet}: {count}" for sheet, count in counts.items()]
    lines += _scanned(drafted, lang)
    headings = _headings(drafted, lang)
    if headings:
        lines += [gettext(_UNPLACED), *(f"  {heading}" for heading in headings[:_LISTED])]
    if len(headings) > _LISTED:
        lines.append("  " + gettext(_MORE).format(count=len(headings) - _LISTED))
    return [*lines, gettext(_NEXT).format(workbook=out)]


def _headings(drafted: "DraftedPlan", lang: InterfaceLanguage) -> list[str]:
    gettext = translations(lang).gettext
    found: list[str] = []
    for each in drafted.unplaced:
        heading = gettext(_ITEMS).format(heading=each.text, count=each.items) if each.items else each.text
        found.append(gettext(_PAGE).format(page=each.page, heading=heading) if each.page is not None else heading)
    return found


def _scanned(drafted: "DraftedPlan", lang: InterfaceLanguage) -> list[str]:
    pages = ", ".join(map(str, drafted.scanned))
    return [translations(lang).gettext(_SCANNED).format(pages=pages)] if pages else []


def _remarks(drafted: "DraftedPlan", document: Path, lang: InterfaceLanguage) -> list[str]:
    """Return what the first sheet of the workbook says about the draft."""
    from plangraf.workbook.code_lists import code_lists
    from plangraf.workbook.common_columns import DRAFT

    gettext = translations(lang).gettext
    yes = code_lists()["yes"].entries[0].shown(lang)
    guide = gettext(_GUIDE).format(document=document.name, yes=yes, column=DRAFT.title.in_language(lang))
    headings = _headings(drafted, lang)
    return [guide, *_scanned(drafted, lang), *([gettext(_UNPLACED)] if headings else []), *headings]
