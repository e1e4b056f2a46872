"""PNG images with a palette of at most 256 colours, for screenshots: few colours, and many shades of text."""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {2: 3, 6: 4}
_COLOURS = 256
_STEP = 8  # shades nearer than this are the same to the eye, so that they need no colour of their own


def with_palette(image: bytes) -> bytes:
    """Return a PNG of the same size with at most 256 colours: the most frequent ones; others become the nearest.

    Args:
        image: a PNG with 8 bits a channel, with or without transparency, which is dropped, and not interlaced.

    Raises:
        ValueError: the image is of another kind.
    """
    width, height, pixels = _read(image)
    counts = Counter(pixels)
    shades: dict[tuple[int, ...], bytes] = {}
    for colour, _ in counts.most_common():
        shades.setdefault(tuple(channel // _STEP for channel in colour), colour)
    palette = list(shades.values())[:_COLOURS]
    places = {colour: _nearest(colour, palette) for colour in counts}
    rows = bytearray()
    for row in range(height):
        rows.append(0)  # no filter: rows of places in a palette compress best as they are
        rows += bytes(places[pixel] for pixel in pixels[row * width : (row + 1) * width])
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", header), (b"PLTE", b"".join(palette)), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in parts)


def _nearest(colour: bytes, palette: list[bytes]) -> int:
    return min(range(len(palette)), key=lambda n: sum((a - b) ** 2 for a, b in zip(colour, palette[n], strict=True)))


def _read(image: bytes) -> tuple[int, int, list[bytes]]:
    """Return width, height and the colours of all pixels, row by row."""
    chunks = list(_chunks(image))
    width, height, depth, kind, *_, interlaced = struct.unpack(">IIBBBBB", dict(chunks)[b"IHDR"])
    if depth != 8 or kind not in _CHANNELS or interlaced:  # bits a channel
        raise ValueError("the image has not 8 bits a channel, or is interlaced")
    size = _CHANNELS[kind]
    data = zlib.decompress(b"".join(part for name, part in chunks if name == b"IDAT"))
    before, pixels = bytearray(width * size), []
    for start in range(0, len(data), width * size + 1):
        row = bytearray(data[start + 1 : start + 1 + width * size])
        _unfilter(data[start], row, before, size)
        pixels += [bytes(row[place : place + 3]) for place in range(0, len(row), size)]
        before = row
    return width, height, pixels


def _unfilter(kind: int, row: bytearray, above: bytearray, size: int) -> None:
    """Undo the filter of a row in place (PNG specification, section 9)."""
    for place, value in enumerate(row):
        left = row[place - size] if place >= size else 0
        up, corner = above[place], above[place - size] if place >= size else 0
        row[place] = (value + (0, left, up, (left + up) // 2, _paeth(left, up, corner))[kind]) & 0xFF


def _paeth(left: int, up: int, corner: int) -> int:
    estimate = left + up - corner
    return min((left, up, corner), key=lambda value: abs(estimate - value))


def _chunks(image: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(_SIGNATURE)
    while place < len(image):
        (length,) = struct.unpack_from(">I", image, place)
        yield image[place + 4 : place + 8], image[place + 8 : place + 8 + length]
        place += length + 12


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
