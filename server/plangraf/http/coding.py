"""Content codings (RFC 9110, section 8.4.1): which there are, and what compresses."""

import gzip
from collections.abc import Callable

import zstandard

WORTH_COMPRESSING = 1024
"""Bytes below which a body is sent as it is."""


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, 5, mtime=0)


def _zstd(body: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=5).compress(body)


CODERS: dict[str, Callable[[bytes], bytes]] = {"zstd": _zstd, "gzip": _gzip}
"""What compresses, by content coding."""

CODINGS = tuple(CODERS)
"""The content codings, in the order of the server's preference."""
