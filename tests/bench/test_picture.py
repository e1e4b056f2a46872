"""The picture of the README, and images with a palette."""

import struct
import zlib

import pytest
from bench.palette import with_palette
from bench.picture import PICTURE, WIDTH

README = PICTURE.parents[1] / "README.md"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(rows: list[bytes], width: int, *, kind: int = 2, depth: int = 8) -> bytes:
    header = struct.pack(">IIBBBBB", width, len(rows), depth, kind, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, data) for name, data in parts)


def pixels(image: bytes, width: int) -> list[list[bytes]]:
    """Return the colours of an image with a palette and rows without a filter."""
    place, found = 8, dict[bytes, bytes]()
    while place < len(image):
        (length,) = struct.unpack_from(">I", image, place)
        found[image[place + 4 : place + 8]] = image[place + 8 : place + 8 + length]
        place += length + 12
    data, palette = zlib.decompress(found[b"IDAT"]), found[b"PLTE"]
    rows = [data[start + 1 : start + 1 + width] for start in range(0, len(data), width + 1)]
    return [[palette[3 * n : 3 * n + 3] for n in row] for row in rows]


RED, GREEN, BLUE = b"\xff\x00\x00", b"\x00\xff\x00", b"\x00\x00\xff"


@pytest.mark.parametrize(
    "row",
    [
        b"\x00" + RED + BLUE,
        b"\x01" + RED + b"\x01\x00\xff",
        b"\x02" + b"\xff\x01\x00" + b"\x00\x01\xff",
        b"\x03" + b"\xff\x81\x00" + b"\x81\x81\xff",
        b"\x04" + b"\xff\x01\x00" + b"\x01\x00\xff",
    ],
    ids=["none", "sub", "up", "average", "Paeth"],
)
def test_an_image_keeps_its_colours_whatever_filter_it_has(row: bytes) -> None:
    image = with_palette(png([b"\x00" + GREEN + GREEN, row], 2))
    assert pixels(image, 2)[0] == [GREEN, GREEN]
    assert pixels(image, 2)[1] == [RED, BLUE]


def test_transparency_is_dropped() -> None:
    assert pixels(with_palette(png([b"\x00" + RED + b"\x80"], 1, kind=6)), 1) == [[RED]]


def test_more_colours_than_a_palette_has_become_the_nearest() -> None:
    shades = [bytes((8 * a, 8 * b, 8 * c)) for a in range(8) for b in range(8) for c in range(8)]
    [found] = pixels(with_palette(png([b"\x00" + b"".join(shades)], len(shades))), len(shades))
    assert len(set(found)) == 256
    assert all(max(abs(a - b) for a, b in zip(*pair, strict=True)) <= 32 for pair in zip(shades, found, strict=True))


@pytest.mark.parametrize(("kind", "depth"), [(3, 8), (2, 16)])
def test_other_images_are_refused(kind: int, depth: int) -> None:
    with pytest.raises(ValueError, match="8 bits"):
        with_palette(png([b"\x00" + RED], 1, kind=kind, depth=depth))


def test_the_readme_shows_a_small_picture() -> None:
    assert f"(docs/{PICTURE.name})" in README.read_text(encoding="utf-8")
    image = PICTURE.read_bytes()
    assert struct.unpack_from(">I", image, 16) == (WIDTH,)
    assert len(image) < 150_000
