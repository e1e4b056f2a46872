"""Counting of the rows of serialized solutions during serialization.

pyoxigraph serializes solutions without a callback for each, so a `RowCount` counts the separators between them: a
sequence of bytes that occurs in no value in that format. The one exception is a literal that is itself JSON with an
empty object in a list, which looks like a row without bindings in JSON; the count is only for the log.
"""

import re

from plangraf.formats import CSV, JSON, SPREADSHEET, TSV, XML, Format

# The separator of rows in JSON is `},{` and then the quote of a name, or `}` if the row has no bindings. Within a
# string, the quote that ends the string may follow, but then a comma or a brace, which cannot begin a name.
_BETWEEN = {
    JSON: re.compile(rb'\},\{(?="[^},]|\}[,\]])'),
    XML: re.compile(rb"<result>"),
    TSV: re.compile(rb"\n"),
    CSV: re.compile(rb"\n"),
    SPREADSHEET: re.compile(rb"\n"),  # whose rows are counted before they are converted
}
_LONGEST = 8
_EMPTY_JSON = b"[]}}"


class RowCount:
    """Counts the rows of one answer from its bytes in `solutions_format`."""

    def __init__(self, solutions_format: Format) -> None:
        self._format = solutions_format
        self._between = _BETWEEN[solutions_format]
        self._tail = b""
        self._quoted = False
        self._found = 0

    def take(self, piece: bytes) -> None:
        """Count the separators in the next bytes of the answer."""
        if self._format in (CSV, SPREADSHEET):
            self._found += self._outside_quotes(piece)
            return
        seen = self._tail + piece
        # A separator may span two pieces, so the end of the last piece is searched again, without counting twice.
        self._found += self._count(seen) - self._count(self._tail)
        self._tail = seen[-_LONGEST:]

    @property
    def rows(self) -> int:
        """The number of rows, after the last bytes of the answer."""
        if self._format == JSON:
            return 0 if self._tail.endswith(_EMPTY_JSON) else self._found + 1
        return self._found if self._format == XML else self._found - 1

    def _count(self, data: bytes) -> int:
        return sum(1 for _ in self._between.finditer(data))

    def _outside_quotes(self, piece: bytes) -> int:
        """Return the number of line ends outside quotes; a doubled quote is a character and does not end a string."""
        found = 0
        for number, part in enumerate(piece.split(b'"')):
            if number:
                self._quoted = not self._quoted
            if not self._quoted:
                found += part.count(b"\n")
        return found
