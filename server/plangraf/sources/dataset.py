"""Datasets of named graphs, read from RDF files and plan workbooks.

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
from plangraf.formats import SOURCE_FORMATS, by_extension
from plangraf.namespaces import GRAPH
from plangraf.sources.listed import ListedFile, SourceFile
from plangraf.sources.workbook_file import WorkbookFile
from plangraf.workbook.file_names import EXTENSIONS, is_csv_folder, is_workbook

__all__ = ["Dataset", "ListedFile", "SourceFile", "list_files", "read_dataset"]


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
        kind = WorkbookFile if is_workbook(path) else ListedFile
        return [kind(path, _graph(Path(path.stem)))]
    if is_csv_folder(path):
        return [WorkbookFile(path, _graph(Path(path.name)))]
    found = [_listed(path, file) for file in sorted(path.rglob("*"))]
    files = [file for file in found if file is not None]
    if not files:
        known = ", ".join((*(f".{f.extension}" for f in SOURCE_FORMATS), *EXTENSIONS))
        raise InputError(f"is a folder without RDF files (looked for {known})", path)
    return files


def _listed(root: Path, file: Path) -> ListedFile | None:
    """Return a file or a folder of CSV files below a root as a file of the dataset, or None if it is none."""
    if file.is_dir():
        return WorkbookFile(file, _graph_below(root, file), placed=True) if is_csv_folder(file) else None
    if is_workbook(file):
        return WorkbookFile(file, _graph_below(root, file), placed=True)
    return (
        ListedFile(file, _graph_below(root, file), placed=True) if by_extension(file.name, SOURCE_FORMATS) else None
    )


def _graph_below(root: Path, file: Path) -> str:
    folder = file.parent.relative_to(root)
    return _graph(folder if folder.parts else Path(file.stem))


def _graph(path: Path) -> str:
    return GRAPH + quote(path.as_posix())
