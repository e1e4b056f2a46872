"""Discovery of shape files."""

from collections.abc import Iterator
from pathlib import Path

from plangraf.formats import SOURCE_FORMATS, by_extension


def shape_files(path: Path) -> Iterator[Path]:
    """Yield `path` if it is a file, or the RDF files of the folder `path` and of its folder `rules`.

    Examples in a folder of shapes are data and are left out.
    """
    if not path.is_dir():
        yield path
        return
    for folder in (path, path / "rules"):
        if folder.is_dir():
            yield from sorted(file for file in folder.iterdir() if by_extension(file.name, SOURCE_FORMATS))
