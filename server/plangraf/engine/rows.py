"""Count the rows of solutions in their serialization, as it is written.

pyoxigraph serializes solutions without showing them one by one, so the separators between them are counted: a
sequence of bytes that no value holds in that format. (One does: a literal that is itself JSON with an empty object in
a list looks, in JSON, like a row that binds nothing. The count is for the log.)
"""

import re

from plangraf.formats import CSV, JSON, TSV, XML, Format

# Between two rows of JSON stands `},{`, then a name, or `}` where a row binds nothing. In a string, the quote that
# ends it may follow, and then a comma or a brace, with which no name begins.
_BETWEEN = {
    JSON: re.compile(rb'\},\{(?="[^},]|\}[,\]])'),
    XML: re.compile(rb"<result>"),
    TSV: re.compile(rb"\n"),
    CSV: re.compile(rb"\n"),
}
_LONGEST = 8
_EMPTY_JSON = b"[]}}"


class RowCount:
    """Counts the rows of one answer in `solutions_format`."""

    def __init__(self, solutions_format: Format) -> None:
        self._format = solutions_format
        self._between = _BETWEEN[solutions_format]
        self._tail = b""
        self._quoted = False
        self._found = 0

    def take(self, piece: bytes) -> None:
        """Take the next bytes of the answer."""
        if self._format == CSV:
            self._found += self._outside_quotes(piece)
            return
        seen = self._tail + piece
        # A piece may end within what is looked for; what its end alone holds has been counted before.
        self._found += self._count(seen) - self._count(self._tail)
        self._tail = seen[-_LONGEST:]

    @property
    def rows(self) -> int:
        """How many rows the answer has, at its end."""
        if self._format == JSON:
            return 0 if self._tail.endswith(_EMPTY_JSON) else self._found + 1
        return self._found if self._format == XML else self._found - 1

    def _count(self, data: bytes) -> int:
        return sum(1 for _ in self._between.finditer(data))

    def _outside_quotes(self, piece: bytes) -> int:
        """Count the lines that end outside quotes; a quote that stands twice is a character and changes nothing."""
        found = 0
        for number, part in enumerate(piece.split(b'"')):
            if number:
                self._quoted = not self._quoted
            if not self._quoted:
                found += part.count(b"\n")
        return found
