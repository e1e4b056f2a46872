"""Plan workbooks, and folders of CSV files with the same sheets, as files of a dataset."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from plangraf.errors import InputError
from plangraf.sources.listed import CellStatement, ListedFile, SourceFile
from plangraf.workbook.file_names import csv_files

if TYPE_CHECKING:
    from plangraf.workbook.reading import ReadWorkbook


@dataclass(frozen=True)
class WorkbookFile(ListedFile):
    """A workbook, or a folder of CSV files; its statements are in the graphs of its plan, wherever it lies.

    Attributes:
        data: the content of a workbook that is not on disk.
        address: its IRI, if it is not on disk.
    """

    data: bytes | None = None
    address: str | None = None

    @classmethod
    def sent(cls, data: bytes, path: Path, graph: str, base: str) -> "WorkbookFile":
        """Return a workbook, or a zip archive of CSV files, that somebody has sent.

        Args:
            data: the content.
            path: a name for messages.
            graph: the IRI of the graph that it is sent to.
            base: the IRI below which its cells have theirs.
        """
        return cls(path, graph, placed=True, data=data, address=f"{base}{path.name}")

    @property
    def size(self) -> int:
        """The size in bytes, of all files of a folder; 0 if there is none."""
        if self.data is not None:
            return len(self.data)
        return sum(file.stat().st_size for file in self._files() if file.exists())

    def content(self) -> bytes:
        """Return the bytes, of all files of a folder.

        Raises:
            InputError: they cannot be read.
        """
        if self.data is not None:
            return self.data
        try:
            return b"".join(file.read_bytes() for file in self._files())
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", self.path) from error

    def rows(self) -> "ReadWorkbook":
        """Return the rows.

        Raises:
            InputError: the workbook cannot be read.
        """
        return _rows(self.path, self.address, self.content())

    def read(self) -> SourceFile:
        """Return the statements, with the cells that make them and the faults of cells.

        Raises:
            InputError: the workbook cannot be read.
        """
        return _converted(self.path, self.address, self.content())

    def plan_graph(self) -> str:
        """Return the IRI of the graph of the plan.

        Raises:
            InputError: the workbook cannot be read.
        """
        return min(graph_names(self.read().quads), key=len, default=self.graph)

    def _files(self) -> list[Path]:
        return csv_files(self.path) if self.path.is_dir() else [self.path]


def graph_names(quads: Iterable[ox.Quad]) -> frozenset[str]:
    """Return the IRIs of the graphs of statements; a workbook has that of its plan, and some below it."""
    return frozenset(quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode))


def _rows(path: Path, address: str | None, data: bytes) -> "ReadWorkbook":
    # The readers are imported when there is a workbook: openpyxl takes its time.
    from plangraf.workbook.csv_folder import read_csv_folder
    from plangraf.workbook.reading import read_workbook

    return read_csv_folder(path) if address is None and path.is_dir() else read_workbook(data, path)


@lru_cache(maxsize=1)
def _converted(path: Path, address: str | None, data: bytes) -> SourceFile:
    """Return the statements of a workbook; its graph, its index and its validation ask for the same one by turns."""
    # The conversion is imported when there is a workbook: the code lists take their time.
    from plangraf.workbook.to_statements import to_statements

    found = _rows(path, address, data)
    converted = to_statements(found.rows, found.findings)
    return SourceFile(
        path,
        converted.quads,
        b"",
        placed=True,
        cells=tuple(CellStatement(each.value, each.subject) for each in converted.statements),
        findings=converted.findings,
        blanks=converted.blanks,
        unmade=converted.unmade,
        fields=converted.fields,
        address=address,
    )
