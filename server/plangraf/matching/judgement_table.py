"""Tables in files as people send them: CSV, TSV and SSSOM in any encoding, and the first sheet of a workbook."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl.utils import get_column_letter

from plangraf.errors import InputError
from plangraf.workbook.archive import COMPOUND, ZIP, check_size
from plangraf.workbook.csv_folder import decoded, delimiter_of
from plangraf.workbook.limits import MOST_BYTES
from plangraf.workbook.raw import RawSheet
from plangraf.workbook.reading import raw_workbook

_COMMENT = "#"
MOST_ROWS = 100_000
"""The maximum number of rows; all goals of the country with all SDGs are fewer."""


@dataclass(frozen=True)
class JudgementRow:
    """A row below the headings.

    Attributes:
        number: the number of its first line in the file, or of its row in the sheet.
        cells: the texts by the index of the column, without spaces around them; empty ones are left out.
    """

    number: int
    cells: Mapping[int, str]


@dataclass(frozen=True)
class JudgementTable:
    """A table.

    Attributes:
        path: the file.
        sheet: the name of the sheet; None for a text file.
        headings: the headings.
        rows: the rows that are not empty.
        comments: the lines above the headings that begin with `#`, without it.
    """

    path: Path
    sheet: str | None
    headings: Sequence[str]
    rows: Sequence[JudgementRow]
    comments: Sequence[str] = field(default=())

    def place(self, row: int, column: int | None = None) -> str:
        """Return the place of a row or a cell: a cell of the sheet, or the line with the heading of the column."""
        if self.sheet is not None:
            return f"{self.path}: {self.sheet}!{get_column_letter((column or 0) + 1)}{row}"
        heading = f": {self.headings[column]}" if column is not None and column < len(self.headings) else ""
        return f"{self.path}:{row}{heading}"


def read_table(path: Path) -> JudgementTable:
    """Return the table in a file, which is read as what it is, whatever its name says.

    Raises:
        InputError: the file cannot be read, has no headings, or exceeds a limit.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path) from error
    check_size(data, path)
    table = _workbook_table(data, path) if data.startswith((ZIP, COMPOUND)) else _text_table(data, path)
    if len(table.rows) > MOST_ROWS:
        raise InputError(f"has more than {MOST_ROWS} rows: divide it", path)
    return table


def _workbook_table(data: bytes, path: Path) -> JudgementTable:
    sheets = [sheet for sheet in raw_workbook(data, path).sheets if sheet.cells]
    if not sheets:
        raise InputError("has no sheet with cells", path)
    sheet = sheets[0]
    first = min(row for row, _ in sheet.cells)
    rows = {number: row for number, row in _sheet_rows(sheet).items() if number > first}
    headings = _headings(_sheet_rows(sheet)[first])
    return JudgementTable(
        path, sheet.title, headings, [JudgementRow(number, rows[number]) for number in sorted(rows)]
    )


def _sheet_rows(sheet: RawSheet) -> dict[int, dict[int, str]]:
    rows: dict[int, dict[int, str]] = {}
    for (row, column), cell in sheet.cells.items():
        if cell.text.strip():
            rows.setdefault(row, {})[column - 1] = cell.text.strip()
    return rows


def _headings(cells: Mapping[int, str]) -> list[str]:
    return [cells.get(column, "") for column in range(max(cells) + 1)]


def _text_table(data: bytes, path: Path) -> JudgementTable:
    text, _ = decoded(data, path)
    lines = text.splitlines(keepends=True)
    above = 0
    while above < len(lines) and (lines[above].startswith(_COMMENT) or not lines[above].strip()):
        above += 1
    comments = [line[1:].rstrip("\r\n") for line in lines[:above] if line.startswith(_COMMENT)]
    below = "".join(lines[above:])
    try:
        records = list(_records(below, above))
    except csv.Error as error:
        raise InputError(f"is not well-formed CSV: {error}", path) from error
    if not records:
        raise InputError("has no headings: its first line names the columns", path)
    headings, *rows = records
    return JudgementTable(path, None, _headings(headings.cells), rows, comments)


def _records(text: str, above: int) -> Iterator[JudgementRow]:
    """Yield the records that are not empty, with the numbers of their first lines."""
    limit = csv.field_size_limit(MOST_BYTES)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
        begin = 1
        for values in reader:
            cells = {column: value.strip() for column, value in enumerate(values) if value.strip()}
            if cells:
                yield JudgementRow(above + begin, cells)
            begin = reader.line_num + 1
    finally:
        csv.field_size_limit(limit)
