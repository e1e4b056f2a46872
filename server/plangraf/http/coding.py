"""The content codings that the server supports, with their compressors (RFC 9110, section 8.4.1)."""

import gzip
from collections.abc import Callable

import zstandard

WORTH_COMPRESSING = 1024
"""The minimum length of a body that is compressed, in bytes."""


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, 5, mtime=0)


def _zstd(body: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=5).compress(body)


CODERS: dict[str, Callable[[bytes], bytes]] = {"zstd": _zstd, "gzip": _gzip}
"""The compressors, by the name of the content coding."""

CODINGS = tuple(CODERS)
"""The content codings, in the order of the server's preference."""
