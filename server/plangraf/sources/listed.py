"""Files of a dataset, before and after they are read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from plangraf.errors import InputError
from plangraf.formats import Format
from plangraf.sources.rdf import read_file
from plangraf.workbook.findings import CellFinding
from plangraf.workbook.rows import CellPlace

if TYPE_CHECKING:
    from plangraf.workbook.cell_fields import CellField


@dataclass(frozen=True)
class CellStatement:
    """The cells of a statement in a workbook.

    Attributes:
        value: the cell of the value.
        subject: the row of the subject.
    """

    value: CellPlace
    subject: CellPlace


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
        cells: for each statement its cells, if the file is a workbook.
        findings: the faults of the cells of a workbook.
        blanks: its empty cells, by the subject and the property of the statements that they could make.
        unmade: subject and property of the statements that are missing because a cell is faulty.
        fields: the fields that the cells of a workbook are for.
        address: the IRI of a workbook that is not on disk.
        numbers: the numbers of the statements among those of the content, if some of these are left out.
    """

    path: Path
    quads: tuple[ox.Quad, ...]
    content: bytes | None = None
    placed: bool = False
    rdf_format: Format | None = None
    cells: tuple[CellStatement, ...] | None = None
    findings: tuple[CellFinding, ...] = ()
    blanks: Mapping[tuple[str, str], CellPlace] = field(default_factory=dict)
    unmade: frozenset[tuple[str, str]] = frozenset()
    fields: Mapping[CellPlace, "CellField"] = field(default_factory=dict)
    address: str | None = None
    numbers: tuple[int, ...] | None = None
