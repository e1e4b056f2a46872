"""The picture of the README."""

import struct

from bench.picture import HEIGHT, PICTURE, WIDTH

README = PICTURE.parents[1] / "README.md"


def test_the_readme_shows_a_picture_of_the_size_that_its_command_makes() -> None:
    assert f"(docs/{PICTURE.name})" in README.read_text(encoding="utf-8")
    image = PICTURE.read_bytes()
    assert struct.unpack_from(">II", image, 16) == (WIDTH, HEIGHT)
    assert len(image) < 250_000
