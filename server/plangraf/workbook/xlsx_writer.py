"""Writing of xlsx workbooks: the template, empty or with the rows of a plan."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from openpyxl.cell import Cell as SheetCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from plangraf.languages import InterfaceLanguage
from plangraf.workbook.cleaning import clean
from plangraf.workbook.columns import ID_COLUMN, Column, Sheet, ValueKind, Words
from plangraf.workbook.drop_downs import add_drop_downs, add_lists
from plangraf.workbook.rows import Row, WorkbookRows
from plangraf.workbook.sheets import SHEETS
from plangraf.workbook.template import GUIDE
from plangraf.workbook.times import EARLIEST, with_times

FIRST_ROW = 2
"""The number of the first row below the headings."""
_TEXT_FORMAT = "@"
_AUTHOR = "Plangraf"
_HEADING = PatternFill("solid", fgColor="DCE6F2")
_REQUIRED = PatternFill("solid", fgColor="B8CCE4")
_MISSING = PatternFill("solid", fgColor="FFF2A8")
_EXAMPLE = Font(color="808080", italic=True)
_WIDE, _MIDDLE, _NARROW = 50, 24, 14
_VALUE, _HELP = 70, 80
_LINE, _HIGHEST_ROW = 15, 300
"""The height of a line, and that of the highest row, in points."""
_NARROW_KINDS = (ValueKind.DATE, ValueKind.YEAR, ValueKind.INTEGER, ValueKind.NUMBER)
_FORM_HEADINGS = (Words("Felt", "Field"), Words("Verdi", "Value"), Words("Hjelp", "Help"))
_TITLE_MISSING = Words("tittel mangler", "title missing")
_GUIDE = (
    Words(
        "Fyll ut arkene fra venstre mot høyre. Begynn med Plan, så Mål.",
        "Fill in the sheets from left to right. Begin with Plan, then Goals.",
    ),
    Words(
        "Mørkere overskrifter med stjerne er påkrevd. Hold musen over en overskrift for hjelp.",
        "Darker headings with an asterisk are required. Point at a heading for help.",
    ),
    Words(
        "Skriv hvor hver opplysning står, i kolonnen Kilde.",
        "Write in the column Source where each statement stands.",
    ),
    Words(
        "La kolonnen ID stå: den holder på adressene når planen endres.",
        "Leave the column ID as it is: it keeps the addresses when the plan changes.",
    ),
    Words(
        "Gule celler mangler. Grå rader er et eksempel: erstatt dem med planens egne.",
        "Yellow cells are missing. Grey rows are an example: replace them with those of the plan.",
    ),
    Words(
        "Kontroller arbeidsboken med: plangraf validate plan.xlsx --lang nb",
        "Check the workbook with: plangraf validate plan.xlsx",
    ),
)


def write_xlsx(
    rows: WorkbookRows,
    language: InterfaceLanguage = "nb",
    *,
    time: datetime = EARLIEST,
    example: bool = False,
    remarks: Sequence[str] = (),
) -> bytes:
    """Return a workbook with rows; the same rows and time give the same bytes.

    Args:
        rows: the rows; none for an empty template.
        language: the language of the names of sheets and columns.
        time: the time of the files in it, such as that of the release.
        example: whether the rows are an example, in grey.
        remarks: what the first sheet says about the rows; the workbook opens on it if there is something.
    """
    workbook = Workbook()
    guide = workbook.active
    assert isinstance(guide, Worksheet)  # noqa: S101  # a new workbook has one
    _write_guide(guide, language, remarks)
    for sheet in SHEETS:
        worksheet = workbook.create_sheet(sheet.title.in_language(language))
        if sheet.form:
            _write_form(worksheet, sheet, rows.of(sheet.key), language, example=example)
        else:
            _write_table(worksheet, sheet, rows.of(sheet.key), language, example=example)
        add_drop_downs(worksheet, sheet)
    add_lists(workbook, language)
    workbook.active = 0 if remarks else 1
    properties = workbook.properties
    properties.creator = properties.lastModifiedBy = _AUTHOR
    properties.created = properties.modified = time
    return with_times(workbook, time)


def _write_guide(worksheet: Worksheet, language: InterfaceLanguage, remarks: Sequence[str]) -> None:
    worksheet.title = GUIDE.in_language(language)
    worksheet.column_dimensions["A"].width = 100
    for number, words in enumerate(_GUIDE, 1):
        _put(_at(worksheet, number, 1), words.in_language(language))
    first = len(_GUIDE) + 2
    for number, sheet in enumerate(SHEETS, first):
        _put(_at(worksheet, number, 1), f"{sheet.title.in_language(language)}: {sheet.help.in_language(language)}")
    for number, text in enumerate(remarks, first + len(SHEETS) + 1):
        cell = _at(worksheet, number, 1)
        _put(cell, clean(text))
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _write_form(
    worksheet: Worksheet, sheet: Sheet, rows: Sequence[Row], language: InterfaceLanguage, *, example: bool
) -> None:
    row = next(iter(rows), None)
    for number, words in enumerate(_FORM_HEADINGS, 1):
        cell = _at(worksheet, 1, number)
        _put(cell, words.in_language(language))
        cell.fill = _HEADING
        cell.font = Font(bold=True)
    for number, column in enumerate(sheet.columns, FIRST_ROW):
        title = _at(worksheet, number, 1)
        _write_heading(title, column, language, note=False)
        value = _at(worksheet, number, 2)
        _put(value, row.text(column.key) if row is not None else "")
        _decorate(value, column, row, example=example)
        help_cell = _at(worksheet, number, 3)
        _put(help_cell, column.help.in_language(language))
        help_cell.alignment = Alignment(wrap_text=True, vertical="top")
        texts = (
            (row.text(column.key) if row is not None else "", _VALUE),
            (column.help.in_language(language), _HELP),
        )
        _fit_height(worksheet, number, texts)
    for letter, width in (("A", _MIDDLE + 6), ("B", _VALUE), ("C", _HELP)):
        worksheet.column_dimensions[letter].width = width
    worksheet.column_dimensions["B"].number_format = _TEXT_FORMAT
    worksheet.freeze_panes = "B2"


def _write_table(
    worksheet: Worksheet, sheet: Sheet, rows: Sequence[Row], language: InterfaceLanguage, *, example: bool
) -> None:
    for number, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(number)
        _write_heading(_at(worksheet, 1, number), column, language, note=True)
        worksheet.column_dimensions[letter].width = _width(column)
        worksheet.column_dimensions[letter].number_format = _TEXT_FORMAT
    for position, row in enumerate(rows, FIRST_ROW):
        for number, column in enumerate(sheet.columns, 1):
            text = row.text(column.key)
            if text or _is_missing(column, row):
                cell = _at(worksheet, position, number)
                _put(cell, text)
                _decorate(cell, column, row, example=example)
        _fit_height(worksheet, position, [(row.text(column.key), _width(column)) for column in sheet.columns])
    worksheet.freeze_panes = "A2"


def _write_heading(cell: SheetCell, column: Column, language: InterfaceLanguage, *, note: bool) -> None:
    title = column.title.in_language(language)
    _put(cell, f"{title} *" if column.required else title)
    cell.font = Font(bold=True)
    cell.fill = _REQUIRED if column.required else _HEADING
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if note:
        cell.comment = Comment(column.help.in_language(language), _AUTHOR, height=120, width=320)


def _at(worksheet: Worksheet, row: int, column: int) -> SheetCell:
    cell = worksheet.cell(row, column)
    assert isinstance(cell, SheetCell)  # noqa: S101  # the template has no merged cells
    return cell


def _put(cell: SheetCell, text: str) -> None:
    """Write a text to a cell, as a text whatever it looks like."""
    cell.number_format = _TEXT_FORMAT
    if text:
        cell.value = text
        cell.data_type = "s"
        if text.startswith("="):
            cell.quotePrefix = True


def _decorate(cell: SheetCell, column: Column, row: Row | None, *, example: bool) -> None:
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if example:
        cell.font = _EXAMPLE
    if row is not None and _is_missing(column, row):
        cell.fill = _MISSING


def _is_missing(column: Column, row: Row) -> bool:
    """Return whether a cell waits for somebody to fill it in."""
    if column.key == "missing":
        return bool(row.text("missing"))
    if column.key == "name" and any(words in row.text("missing") for words in _TITLE_MISSING.both):
        return True
    return column.required and not row.text(column.key)


def _fit_height(worksheet: Worksheet, position: int, texts: Iterable[tuple[str, int]]) -> None:
    """Fit the height of a row to its wrapped texts, which not all office suites do when they open a workbook.

    Args:
        worksheet: the sheet.
        position: the number of the row.
        texts: the texts of its cells, each with the width of its column in characters.
    """
    lines = max((-(-len(text) // width) for text, width in texts), default=1)
    if lines > 1:
        worksheet.row_dimensions[position].height = min(lines * _LINE, _HIGHEST_ROW)


def _width(column: Column) -> int:
    if column.kind in _NARROW_KINDS or column.key in (ID_COLUMN, "number", "lang", "draft", "kind", "role"):
        return _NARROW
    return _WIDE if column.kind is ValueKind.TEXT and column.key not in ("level", "unit") else _MIDDLE
