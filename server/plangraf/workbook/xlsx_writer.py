"""Writing of xlsx workbooks: the template, empty or with the rows of a plan."""

import math
from collections.abc import Sequence
from datetime import datetime

from openpyxl.cell import Cell as SheetCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from plangraf.languages import InterfaceLanguage
from plangraf.workbook.columns import ID_COLUMN, Column, Sheet, ValueKind, Words
from plangraf.workbook.drop_downs import add_drop_downs, add_lists
from plangraf.workbook.guide import BOLD, FONT, PLAIN, write_guide
from plangraf.workbook.rows import CellPlace, Row, WorkbookRows
from plangraf.workbook.sheets import SHEETS
from plangraf.workbook.times import EARLIEST, with_times

FIRST_ROW = 2
"""The number of the first row below the headings."""
_TEXT_FORMAT = "@"
_AUTHOR = "Plangraf"
_HEADING = PatternFill("solid", fgColor="DCE6F2")
_REQUIRED = PatternFill("solid", fgColor="B8CCE4")
_MISSING = PatternFill("solid", fgColor="FFF2A8")
_EXAMPLE = Font(name=FONT, size=11, color="808080", italic=True)
_A4 = 9
_WIDE, _LINK, _MIDDLE, _NARROW = 50, 36, 24, 14
_VALUE_WIDTH, _HELP_WIDTH = 60, 90
"""The widths of columns, in characters."""
_FULL = 0.95
"""The part of the width of a column that a full line takes."""
_MOST_LINES = 10
_LINE = 15
"""The height of a line, in points."""
_RARE = (
    *("audience", "subject", "alternative", "scope_note", "history_note", "editorial_note", "note"),
    *("revision_of", "see_also", "quoted_from"),
)
_FEWEST_FOLDED = 4
"""The number of rare columns from which a sheet has them folded."""
_NARROW_KINDS = (ValueKind.DATE, ValueKind.YEAR, ValueKind.INTEGER, ValueKind.NUMBER)
_FORM_HEADINGS = (Words("Felt", "Field"), Words("Verdi", "Value"), Words("Hjelp", "Help"))
_TITLE_MISSING = Words("tittel mangler", "title missing")


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
    write_guide(guide, language, remarks)
    for sheet in SHEETS:
        worksheet = workbook.create_sheet(sheet.title.in_language(language))
        if sheet.form:
            _write_form(worksheet, sheet, rows.of(sheet.key), language, example=example)
        else:
            _write_table(worksheet, sheet, rows.of(sheet.key), language, example=example)
        add_drop_downs(worksheet, sheet)
    for worksheet in workbook.worksheets:
        _fit_to_paper(worksheet)
    add_lists(workbook, language)
    workbook.active = 0 if remarks else 1
    properties = workbook.properties
    properties.creator = properties.lastModifiedBy = _AUTHOR
    properties.created = properties.modified = time.replace(tzinfo=None)
    return with_times(workbook, time)


def place_of(sheet: Sheet, number: int, key: str, language: InterfaceLanguage) -> CellPlace:
    """Return where the writer puts a cell.

    Args:
        sheet: the declaration of the sheet.
        number: the position of the row among those of the sheet, from 0.
        key: the key of the column.
        language: the language of the names of sheets.
    """
    position = [column.key for column in sheet.columns].index(key)
    title = sheet.title.in_language(language)
    if sheet.form:
        return CellPlace(title, FIRST_ROW + position, "B")
    return CellPlace(title, FIRST_ROW + number, get_column_letter(position + 1))


def _fit_to_paper(worksheet: Worksheet) -> None:
    """Print a sheet as wide as the paper, with its headings on each page."""
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = _A4
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.print_title_rows = "1:1"


def _write_form(
    worksheet: Worksheet, sheet: Sheet, rows: Sequence[Row], language: InterfaceLanguage, *, example: bool
) -> None:
    row = next(iter(rows), None)
    for number, words in enumerate(_FORM_HEADINGS, 1):
        cell = _at(worksheet, 1, number)
        _put(cell, words.in_language(language))
        cell.fill = _HEADING
        cell.font = BOLD
    for number, column in enumerate(sheet.columns, FIRST_ROW):
        title = _at(worksheet, number, 1)
        _write_heading(title, column, language, note=False)
        value = _at(worksheet, number, 2)
        _put(value, row.text(column.key) if row is not None else "")
        _decorate(value, column, row, example=example)
        help_cell = _at(worksheet, number, 3)
        _put(help_cell, column.help.in_language(language))
        help_cell.alignment = Alignment(wrap_text=True, vertical="top")
        title.alignment = Alignment(vertical="top")
        lines = max(_lines(help_cell, _HELP_WIDTH), _lines(value, _VALUE_WIDTH))
        worksheet.row_dimensions[number].height = _LINE * lines
    for letter, width in (("A", _MIDDLE + 6), ("B", _VALUE_WIDTH), ("C", _HELP_WIDTH)):
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
        lines = 1
        for number, column in enumerate(sheet.columns, 1):
            text = row.text(column.key)
            if text or _is_missing(column, row):
                cell = _at(worksheet, position, number)
                _put(cell, text)
                _decorate(cell, column, row, example=example)
                lines = max(lines, _lines(cell, _width(column)))
        if lines > 1:
            worksheet.row_dimensions[position].height = _LINE * lines
    _fold(worksheet, sheet, rows)
    # What a row is about stays in view beside its last columns.
    keys = [column.key for column in sheet.columns]
    named = keys.index("name") + 1 if "name" in keys[:3] else 0
    worksheet.freeze_panes = f"{get_column_letter(named + 1)}2"


def _fold(worksheet: Worksheet, sheet: Sheet, rows: Sequence[Row]) -> None:
    """Fold columns that few plans need, unless they have values; a plus sign above them shows them."""
    folded = [column.key in _RARE and not any(row.text(column.key) for row in rows) for column in sheet.columns]
    if sum(folded) < _FEWEST_FOLDED:
        return
    for number, is_folded in enumerate(folded, 1):
        dimension = worksheet.column_dimensions[get_column_letter(number)]
        if is_folded:
            dimension.outlineLevel = 1
            dimension.hidden = True
        elif number > 1 and folded[number - 2]:
            dimension.collapsed = True


def _lines(cell: SheetCell, width: int) -> int:
    """Return the number of lines that the text of a cell takes, as far as its letters tell."""
    if not cell.alignment.wrap_text:
        return 1
    return min(max(1, math.ceil(len(str(cell.value or "")) / (width * _FULL))), _MOST_LINES)


def _write_heading(cell: SheetCell, column: Column, language: InterfaceLanguage, *, note: bool) -> None:
    title = column.title.in_language(language)
    _put(cell, f"{title} *" if column.required else title)
    cell.font = BOLD
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
    cell.font = PLAIN
    if text:
        cell.value = text
        cell.data_type = "s"
        if text.startswith("="):
            cell.quotePrefix = True


def _decorate(cell: SheetCell, column: Column, row: Row | None, *, example: bool) -> None:
    # An address is one long word, which would fill many lines and tells readers little.
    cell.alignment = Alignment(wrap_text=" " in str(cell.value or ""), vertical="top")
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


def _width(column: Column) -> int:
    if column.kind in _NARROW_KINDS or column.key in (ID_COLUMN, "number", "lang", "draft", "kind", "role"):
        return _NARROW
    if column.key == "source":
        return _LINK
    return _WIDE if column.kind is ValueKind.TEXT and column.key not in ("level", "unit") else _MIDDLE
