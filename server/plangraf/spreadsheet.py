"""CSV for spreadsheets, as programs with Norwegian settings open it: with a byte order mark and semicolons.

A cell that a spreadsheet would evaluate as a formula begins with an apostrophe instead.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator

_EVALUATED = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?")


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet evaluates; negative numbers stay as they are."""
    return f"'{cell}" if cell.startswith(_EVALUATED) and not _NUMBER.fullmatch(cell) else cell


class SpreadsheetConverter:
    """Converts CSV (RFC 4180) in UTF-8 to CSV for spreadsheets, piece by piece."""

    def __init__(self) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8")().decode
        self._rest = ""
        self._started = False

    def convert(self, data: bytes, *, final: bool = False) -> bytes:
        """Return the rows that are complete with `data`, and at the end the last one.

        Args:
            data: the next piece of the document; it may end anywhere.
            final: whether the document ends with it.
        """
        text = self._rest + self._decode(data, final)
        end = len(text) if final else _end_of_rows(text)
        self._rest = text[end:]
        rows = _write(_read(text[:end]))
        mark = b"" if self._started or not (rows or final) else codecs.BOM_UTF8
        self._started = self._started or bool(mark)
        return mark + rows


def to_spreadsheet(document: bytes) -> bytes:
    """Return a document in CSV as CSV for spreadsheets."""
    return SpreadsheetConverter().convert(document, final=True)


def _end_of_rows(text: str) -> int:
    """Return the position after the last line end that is not in quotes."""
    end = len(text)
    # A line end is in quotes if the number of quotation marks before it is odd.
    quotes = text.count('"')
    while (line_end := text.rfind("\n", 0, end)) >= 0:
        quotes -= text.count('"', line_end, end)
        if quotes % 2 == 0:
            return line_end + 1
        end = line_end
    return 0


def _read(text: str) -> Iterator[list[str]]:
    """Yield the rows of a text; a cell may be as long as the text."""
    limit = csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    try:
        yield from csv.reader(io.StringIO(text, newline=""))
    finally:
        csv.field_size_limit(limit)


def _write(rows: Iterable[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode()
