"""Which files hold shapes."""

from collections.abc import Iterator
from pathlib import Path

from plangraf.formats import SOURCE_FORMATS, by_extension


def shape_files(path: Path) -> Iterator[Path]:
    """Yield a file itself, and of a folder the RDF files in it and in its folder `rules`.

    The examples in a folder of shapes are data, and not among them.
    """
    if not path.is_dir():
        yield path
        return
    for folder in (path, path / "rules"):
        if folder.is_dir():
            yield from sorted(file for file in folder.iterdir() if by_extension(file.name, SOURCE_FORMATS))
