"""The framing of requests: where header and body end, counted before a parser reads them.

A parser of HTTP gathers a header line for as long as it goes on. `RequestFraming` therefore cuts the bytes that
arrive into pieces that end where the header or the body of a request does (RFC 9112), and counts those of each part.
"""

from plangraf.errors import HeaderFieldsTooLarge, UriTooLong
from plangraf.languages import N_

LONGEST_LINE = 64 * 1024
"""The maximum length of a request line, in bytes."""
LARGEST_FIELDS = 16 * 1024
"""The maximum total length of the header lines of a request, in bytes; also that of trailers and chunk extensions."""
_END = b"\r\n\r\n"
_FRAMING = 8
"""Bytes of chunk framing that each byte of a chunked body may bring along, in addition to `LARGEST_FIELDS`."""


class RequestFraming:
    """Cuts one request after the other, and counts its bytes.

    Attributes:
        started: whether bytes of the current request have arrived.
        body_bytes: the number of bytes of its body that have arrived.
    """

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Expect the header of the next request."""
        self.started = False
        self.body_bytes = 0
        self._line = self._fields = 0
        self._in_line = True
        self._tail = b""

    def header_end(self, data: bytes, start: int) -> int:
        """Return the index after the last byte from `start` on that can belong to the header.

        Raises:
            UriTooLong: the request line is over its limit.
            HeaderFieldsTooLarge: the header lines are over theirs.
        """
        self.started = True
        across = (self._tail + data[start : start + len(_END) - 1]).find(_END)
        if across >= 0:
            end = start + across + len(_END) - len(self._tail)
        else:
            found = data.find(_END, start)
            end = found + len(_END) if found >= 0 else len(data)
        self._tail = (self._tail + data[max(start, end - 3) : end])[-3:]
        fields = start
        if self._in_line:
            newline = data.find(b"\n", start, end)
            fields = newline + 1 if newline >= 0 else end
            self._in_line = newline < 0
            self._line += fields - start
            if self._line > LONGEST_LINE:
                raise UriTooLong(
                    N_("The first line of a request may have {limit} bytes. Send a long query by POST."),
                    limit=LONGEST_LINE,
                    members={"limit": LONGEST_LINE},
                )
        self._fields += end - fields
        self._check_fields(LARGEST_FIELDS)
        return end

    def begin_body(self, length: int | None) -> None:
        """Expect a body of a length, or a chunked one for None."""
        self._remaining = length or 0
        self._chunked = length is None
        self._fields = 0
        self._size_line = b""
        self._trailer = False

    @property
    def body_is_due(self) -> bool:
        """Whether the body has arrived by its length; never for a chunked one, whose end the parser finds."""
        return not self._chunked and self._remaining == 0

    def body_end(self, data: bytes, start: int) -> int:
        """Return the index after the last byte from `start` on that can belong to the body.

        Raises:
            HeaderFieldsTooLarge: the trailers and chunk extensions are over the limit.
        """
        if self._remaining:
            end = min(len(data), start + self._remaining)
            self._remaining -= end - start
            self.body_bytes += end - start
            return end
        newline = data.find(b"\n", start)
        end = newline + 1 if newline >= 0 else len(data)
        self._fields += end - start
        self._check_fields(LARGEST_FIELDS + _FRAMING * self.body_bytes)
        if not self._trailer:
            self._size_line += data[start:end]
            if newline >= 0:
                self._remaining = _chunk_size(self._size_line)
                self._trailer = self._remaining == 0
                self._size_line = b""
        return end

    def _check_fields(self, limit: int) -> None:
        if self._fields > limit:
            raise HeaderFieldsTooLarge(
                N_("The header fields of a request may have {limit} bytes together."),
                limit=LARGEST_FIELDS,
                members={"limit": LARGEST_FIELDS},
            )


def _chunk_size(line: bytes) -> int:
    """Return the bytes of a chunk with the line break behind it; 0 for the last one and for what is no size."""
    digits = line.partition(b";")[0].strip()
    try:
        size = int(digits, 16) if len(digits) <= 16 else 0
    except ValueError:
        return 0  # the parser refuses the line
    return size + 2 if size > 0 else 0
