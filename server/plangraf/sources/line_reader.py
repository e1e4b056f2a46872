"""A reader that hands a parser one line at a time, so that the line is known on which the parser is."""

import io
from collections.abc import Iterator


class LineReader:
    """A binary file of which each `read` returns at most one line.

    A parser that reads as it goes has read no further than the line that it parses, whatever its own errors say.

    Attributes:
        line: the number of the last line that has been read, counted from 1.
    """

    def __init__(self, data: bytes) -> None:
        self.line = 0
        self._lines: Iterator[bytes] = iter(io.BytesIO(data))
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """Return the next line, or at most `size` bytes of it; empty at the end."""
        if not self._rest:
            self._rest = next(self._lines, b"")
            self.line += bool(self._rest)
        end = size if size >= 0 else len(self._rest)
        part, self._rest = self._rest[:end], self._rest[end:]
        return part
