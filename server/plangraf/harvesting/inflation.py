"""Decompression of gzip, up to a size."""

import zlib

from plangraf.harvesting.faults import HarvestError
from plangraf.languages import N_

GZIP = b"\x1f\x8b"
"""How data begin that are compressed with gzip."""
_GZIP_WINDOW = 31


def inflated(data: bytes, most: int) -> bytes:
    """Return what data contain that are compressed with gzip (RFC 1952), in one member or several.

    Args:
        data: the data.
        most: the size of the content, in bytes; no more of it is ever in memory.

    Raises:
        HarvestError: the content is larger, or the data are damaged.
    """
    found = bytearray()
    try:
        while data:
            member = zlib.decompressobj(_GZIP_WINDOW)
            found += member.decompress(data, most + 1 - len(found))
            if len(found) > most:
                raise too_large(most)
            if not member.eof:
                raise _damaged()
            data = member.unused_data.lstrip(b"\0")  # tape drives pad with zeros, and so do some programs
    except zlib.error as error:
        raise _damaged() from error
    return bytes(found)


def too_large(most: int) -> HarvestError:
    """Return the error about a document that is larger than the limit."""
    return HarvestError(
        N_("The document has more than {most} bytes, which is the limit of this server for one document."), most=most
    )


def _damaged() -> HarvestError:
    return HarvestError(N_("The document is compressed with gzip, and is damaged or not whole."))
