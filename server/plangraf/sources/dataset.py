"""Datasets of named graphs, read from RDF files.

A folder is a graph: all files of the folder `trondheim/samfunnsplan-2020-2032` below a root belong to the graph
`https://w3id.org/plangraf/graph/trondheim/samfunnsplan-2020-2032`. A file in the root itself, or one that is given
by its own path, belongs to a graph with its name, without the extension.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from plangraf.errors import InputError
from plangraf.formats import SOURCE_FORMATS, Format, by_extension
from plangraf.namespaces import GRAPH
from plangraf.sources.rdf import read_file


@dataclass(frozen=True)
class ListedFile:
    """A file, and the IRI of the graph that it belongs to.

    Attributes:
        path: the path of the file.
        graph: the IRI of the graph.
        placed: whether the graph is where the file will be published. The graph of a file that is given by its own
            path is not known before a release is built from it.
    """

    path: Path
    graph: str
    placed: bool = False

    @property
    def size(self) -> int:
        """The size of the file in bytes; 0 if there is none."""
        return self.path.stat().st_size if self.path.exists() else 0

    def content(self) -> bytes:
        """Return the bytes of the file.

        Raises:
            InputError: the file cannot be read.
        """
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", self.path) from error

    def read(self) -> "SourceFile":
        """Return the file with its statements.

        Raises:
            InputError: the file cannot be read or parsed.
        """
        quads = tuple(read_file(self.path, ox.NamedNode(self.graph)))
        return SourceFile(self.path, quads, placed=self.placed)


@dataclass(frozen=True, eq=False)
class SourceFile:
    """A file that has been read, with its statements; it equals only itself, so that comparing costs nothing.

    Attributes:
        path: the path of the file, or a name for messages.
        quads: the statements.
        content: the bytes, if the file is not on disk.
        placed: whether its graphs are those in which it will be published.
        rdf_format: its format, if its name does not tell it.
    """

    path: Path
    quads: tuple[ox.Quad, ...]
    content: bytes | None = None
    placed: bool = False
    rdf_format: Format | None = None


@dataclass(frozen=True)
class Dataset:
    """The files of a dataset, in the order of their paths."""

    files: tuple[SourceFile, ...]

    def quads(self) -> Iterator[ox.Quad]:
        """Yield the statements of all files."""
        for file in self.files:
            yield from file.quads


def list_files(paths: Sequence[Path]) -> tuple[ListedFile, ...]:
    """Return the files among `paths` and all RDF files below the folders among them, in the order of their paths.

    Raises:
        InputError: a path does not exist, or a folder holds no RDF file.
    """
    return tuple(file for path in paths for file in _list_path(path))


def read_dataset(paths: Sequence[Path]) -> Dataset:
    """Read the files among `paths` and all RDF files below the folders among them.

    Raises:
        InputError: a path does not exist, a folder holds no RDF file, or a file cannot be read or parsed.
    """
    return Dataset(tuple(file.read() for file in list_files(paths)))


def _list_path(path: Path) -> Iterable[ListedFile]:
    if not path.exists():
        raise InputError("there is no such file or folder", path)
    if not path.is_dir():
        return [ListedFile(path, _graph(Path(path.stem)))]
    found = sorted(file for file in path.rglob("*") if file.is_file() and by_extension(file.name, SOURCE_FORMATS))
    if not found:
        known = ", ".join(f".{f.extension}" for f in SOURCE_FORMATS)
        raise InputError(f"is a folder without RDF files (looked for {known})", path)
    return [ListedFile(file, _graph_below(path, file), placed=True) for file in found]


def _graph_below(root: Path, file: Path) -> str:
    folder = file.parent.relative_to(root)
    return _graph(folder if folder.parts else Path(file.stem))


def _graph(path: Path) -> str:
    return GRAPH + quote(path.as_posix())
