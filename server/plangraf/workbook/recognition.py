"""Recognition of the sheets and columns of a file, and the rows that they hold.

A sheet is known by its name in either language, or by its columns if somebody has renamed it; a column by its heading
in either language. Their order does not matter.
"""

from collections.abc import Iterable, Mapping, Sequence

from openpyxl.utils import get_column_letter

from plangraf.languages import InterfaceLanguage
from plangraf.workbook.cleaning import clean, has_broken_word, looks_like_list
from plangraf.workbook.columns import Column, Sheet, ValueKind
from plangraf.workbook.findings import CellFault, Findings
from plangraf.workbook.raw import CellTrait, RawCell, RawSheet, RawWorkbook
from plangraf.workbook.rows import CellPlace, Row, RowCell, WorkbookRows
from plangraf.workbook.sheets import BY_KEY, CONCEPTS, SHEETS
from plangraf.workbook.template import GUIDE, VERSION
from plangraf.workbook.two_languages import two_languages
from plangraf.workbook.values import SEPARATOR

_LOOK_FOR_HEADINGS = 15
"""The number of rows or columns in which headings may stand."""
_FEW = 2
"""The number of headings that a renamed sheet must have at least."""
_TEXT_KINDS = (ValueKind.TEXT, ValueKind.PLAIN)
_MAY_BE_DATES = (ValueKind.DATE, ValueKind.YEAR)
_FORM_VALUE = 1
"""How far the value of a field is to the right of its title."""


def recognize_rows(workbook: RawWorkbook, findings: Findings) -> WorkbookRows:
    """Return the rows of a workbook.

    Args:
        workbook: its cells.
        findings: takes the faults.
    """
    findings.language = _language(workbook)
    for finding in workbook.findings:
        findings.add(finding.fault, finding.place, **finding.values)
    first = CellPlace(workbook.sheets[0].title if workbook.sheets else "", 1)
    if workbook.version is not None and workbook.version != VERSION:
        findings.add(CellFault.OLD_TEMPLATE, first, text=workbook.version)
    found: dict[str, list[Row]] = {sheet.key: [] for sheet in SHEETS}
    known = _known_sheets(workbook.sheets, findings)
    for key, raw in known.items():
        for finding in raw.findings:
            findings.add(finding.fault, finding.place, **finding.values)
        found[key] = _SheetReader(BY_KEY[key], raw, findings).rows()
    if not found["plan"]:
        plan = BY_KEY["plan"].title
        place = CellPlace(known["plan"].title, 1) if "plan" in known else first
        findings.add(CellFault.MISSING_SHEET, place, sheet=plan)
    return WorkbookRows(found)


def _language(workbook: RawWorkbook) -> InterfaceLanguage | None:
    """Return the language of most names of sheets and headings of a file, or None if no language has more of them."""
    words = [sheet.title for sheet in SHEETS] + [column.title for sheet in SHEETS for column in sheet.columns]
    norwegian, english = {_plain(each.nb) for each in words}, {_plain(each.en) for each in words}
    count = 0
    for raw in workbook.sheets:
        headings = [cell.text for (row, number), cell in raw.cells.items() if 1 in (row, number)]
        for title in map(_plain, (raw.title, *headings)):
            count += (title in norwegian) - (title in english)
    if count == 0:
        return None
    return "nb" if count > 0 else "en"


def _known_sheets(sheets: Sequence[RawSheet], findings: Findings) -> Mapping[str, RawSheet]:
    """Return the sheets of the declaration that a file has, by their keys."""
    known: dict[str, RawSheet] = {}
    unknown: list[RawSheet] = []
    for raw in sheets:
        sheet = next((each for each in SHEETS if _is_called(raw.title, (each.key, *each.title.both))), None)
        if sheet is None:
            unknown.append(raw)
        elif sheet.key in known:
            findings.add(CellFault.SHEET_TWICE, CellPlace(raw.title, 1), sheet=sheet.title)
        else:
            known[sheet.key] = raw
    for raw in unknown:
        sheet = _by_columns(raw, [each for each in SHEETS if each.key not in known])
        if sheet is not None:
            known[sheet.key] = raw
        elif raw.cells and not _is_called(raw.title, GUIDE.both):
            findings.add(CellFault.UNKNOWN_SHEET, CellPlace(raw.title, 1), text=raw.title)
    return known


def _by_columns(raw: RawSheet, sheets: Iterable[Sheet]) -> Sheet | None:
    """Return the sheet whose columns a renamed sheet has: all required ones, and more of them than of any other."""
    best: tuple[int, int, Sheet] | None = None
    for sheet in sheets:
        columns = _headings(sheet, raw).columns
        needed = {column.key for column in sheet.columns if column.required}
        if len(columns) >= _FEW and needed <= set(columns):
            # Of two sheets with as many known headings, the one with fewer other columns fits better.
            rank = (len(columns), -len(sheet.columns))
            if best is None or rank > best[:2]:
                best = (*rank, sheet)
    return best[2] if best is not None else None


class _Headings:
    """Where the headings of a sheet stand.

    Attributes:
        line: the number of the row of headings, or for a form of their column.
        across: whether they stand in a row.
        columns: the numbers of the columns, or rows, by the keys of the columns.
        others: the numbers and texts of headings that are not known, or there twice.
    """

    def __init__(self, line: int, *, across: bool) -> None:
        self.line = line
        self.across = across
        self.columns: dict[str, int] = {}
        self.others: dict[int, tuple[str, Column | None]] = {}


def _headings(sheet: Sheet, raw: RawSheet) -> _Headings:
    """Return the line with the most headings of a sheet, among the first rows, or for a form the first columns."""
    lines: dict[tuple[int, bool], _Headings] = {}
    names = {_plain(name): column for column in sheet.columns for name in (column.key, *column.title.both)}
    for (row, number), cell in raw.cells.items():
        for line, position, across in ((row, number, True), (number, row, False)):
            if line > _LOOK_FOR_HEADINGS or (not across and not sheet.form):
                continue
            headings = lines.setdefault((line, across), _Headings(line, across=across))
            column = names.get(_plain(cell.text))
            if column is None or column.key in headings.columns:
                headings.others[position] = (clean(cell.text), column)
            else:
                headings.columns[column.key] = position
    return max(lines.values(), key=lambda each: (len(each.columns), -each.line), default=_Headings(1, across=True))


class _SheetReader:
    """Reads the rows of one sheet."""

    def __init__(self, sheet: Sheet, raw: RawSheet, findings: Findings) -> None:
        self._sheet = sheet
        self._raw = raw
        self._findings = findings
        self._headings = _headings(sheet, raw)

    def rows(self) -> list[Row]:
        """Return the rows that are not empty."""
        headings = self._headings
        if not headings.columns:
            return []
        self._report_headings()
        self._report_merged()
        if not headings.across:
            return self._form()
        by_position = {position: self._sheet.by_key[key] for key, position in headings.columns.items()}
        found: dict[int, dict[str, RowCell]] = {}
        for (row, number), cell in self._raw.cells.items():
            column = by_position.get(number)
            if row > headings.line and column is not None:
                read = self._cell(column, cell, row, number)
                if read is not None:
                    found.setdefault(row, {})[column.key] = read
        return [self._row(row, found[row]) for row in sorted(found)]

    def _row(self, number: int, cells: Mapping[str, RowCell]) -> Row:
        place = CellPlace(self._raw.title, number)
        if number in self._raw.hidden_rows:
            self._findings.add(CellFault.HIDDEN_ROW, place)
        places = {
            key: CellPlace(self._raw.title, number, get_column_letter(column))
            for key, column in self._headings.columns.items()
        }
        return Row(self._sheet, cells, place, places)

    def _form(self) -> list[Row]:
        cells: dict[str, RowCell] = {}
        number = self._headings.line + _FORM_VALUE
        for key, row in self._headings.columns.items():
            cell = self._raw.cells.get((row, number))
            read = self._cell(self._sheet.by_key[key], cell, row, number) if cell is not None else None
            if read is not None:
                cells[key] = read
        if not cells:
            return []
        letter = get_column_letter(number)
        places = {key: CellPlace(self._raw.title, row, letter) for key, row in self._headings.columns.items()}
        return [Row(self._sheet, cells, min(places.values()), places)]

    def _cell(self, column: Column, cell: RawCell, row: int, number: int) -> RowCell | None:
        """Return a cell with its text cleaned, and report what is odd about it."""
        place = CellPlace(self._raw.title, row, get_column_letter(number))
        add = self._findings.add
        if CellTrait.ERROR in cell.traits:
            add(CellFault.ERROR_VALUE, place, text=cell.text)
            return None
        if CellTrait.NO_VALUE in cell.traits:
            add(CellFault.FORMULA_WITHOUT_VALUE, place)
            return None
        text = cell.text
        if column.multiple and column.kind not in _TEXT_KINDS:
            text = SEPARATOR.join(line for line in text.splitlines() if line.strip())
        text = clean(text)
        if not text:
            return None
        if CellTrait.FORMULA in cell.traits:
            add(CellFault.FORMULA, place, text=text)
        if CellTrait.DATE in cell.traits and column.kind not in _MAY_BE_DATES:
            add(CellFault.DATE_MADE, place, text=text)
            return None
        if CellTrait.NUMBER in cell.traits and column.kind in _TEXT_KINDS and "." in text:
            add(CellFault.NUMBER_MADE, place)
        if column.kind is ValueKind.TEXT:
            if has_broken_word(cell.text):
                add(CellFault.BROKEN_WORD, place)
            if looks_like_list(cell.text):
                add(CellFault.LIST_IN_CELL, place)
            if self._sheet in CONCEPTS and two_languages(cell.text):
                add(CellFault.TWO_LANGUAGES, place, sheet=BY_KEY["texts"].title)
        return RowCell(text, place)

    def _report_headings(self) -> None:
        headings = self._headings
        for column in self._sheet.columns:
            if column.required and column.key not in headings.columns:
                place = CellPlace(self._raw.title, headings.line if headings.across else 1)
                self._findings.add(CellFault.MISSING_COLUMN, place, column=column.title)
        for position, (text, twice) in headings.others.items():
            place = self._heading_place(position)
            if twice is not None:
                self._findings.add(CellFault.COLUMN_TWICE, place, column=twice.title)
            elif headings.across and not self._sheet.form and self._has_values(position):
                self._findings.add(CellFault.UNKNOWN_COLUMN, place, text=text)

    def _has_values(self, position: int) -> bool:
        return any(number == position and row > self._headings.line for row, number in self._raw.cells)

    def _heading_place(self, position: int) -> CellPlace:
        if self._headings.across:
            return CellPlace(self._raw.title, self._headings.line, get_column_letter(position))
        return CellPlace(self._raw.title, position, get_column_letter(self._headings.line))

    def _report_merged(self) -> None:
        for each in self._raw.merged:
            if each.last_row > self._headings.line or not self._headings.across:
                place = CellPlace(self._raw.title, each.first_row, get_column_letter(each.first_column))
                self._findings.add(CellFault.MERGED, place, text=each.name)


def _plain(title: str) -> str:
    """Return a heading without the mark of required columns, in small letters."""
    return clean(title).rstrip("* ").casefold()


def _is_called(title: str, names: Iterable[str]) -> bool:
    return _plain(title) in (name.casefold() for name in names)
