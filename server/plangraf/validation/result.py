"""A validation result (SHACL, section 3.6.2), with its location in a file."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from rdflib import SH
from rdflib.term import Node

from plangraf.workbook.rows import CellPlace


class Severity(StrEnum):
    """The severity of a result, as in SHACL."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"

    @property
    def iri(self) -> str:
        """The IRI of the severity."""
        return str(SH[self.value])

    @classmethod
    def of(cls, iri: str) -> "Severity":
        """Return the severity with this IRI; an IRI that SHACL does not define counts as a violation."""
        return next((severity for severity in cls if severity.iri == iri), cls.VIOLATION)


@dataclass(frozen=True, order=True)
class Location:
    """A position in a file; the line is None in formats without line numbers.

    Attributes:
        path: the file.
        line: the line, or the row of a sheet.
        cell: the cell of a workbook.
    """

    path: Path
    line: int | None
    cell: CellPlace | None = None

    def __str__(self) -> str:
        if self.cell is not None:
            return f"{self.path}: {self.cell}"
        return f"{self.path}:{self.line}" if self.line is not None else str(self.path)


@dataclass(frozen=True)
class Result:
    """A validation result.

    Attributes:
        severity: the severity.
        declared: the IRI of the severity that the shape declares, which may be a custom one.
        focus: the focus node.
        label: the labels of the focus node, by language tag.
        path: the property, for a property shape.
        value: the value node, if there is one.
        shape: the source shape or rule.
        component: the constraint component (SHACL, section 4).
        messages: the error and the correction, by language tag.
        location: the position of the statement, if it is known.
    """

    severity: Severity
    declared: str
    focus: Node
    label: dict[str, str] = field(hash=False)
    path: Node | None
    value: Node | None
    shape: Node
    component: Node
    messages: dict[str, str] = field(hash=False)
    location: Location | None

    @property
    def identity(self) -> tuple[object, ...]:
        """Return what tells the result from others of the same data."""
        return (self.focus, self.path, self.value, self.shape, self.component)

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Return a sort key: the most severe first, then by location, then by focus node."""
        order = list(Severity).index(self.severity)
        at = self.location
        cell = str(at.cell) if at is not None and at.cell is not None else ""
        place = (str(at.path), at.line or 0, cell) if at is not None else ("", 0, "")
        return (order, *place, str(self.focus), str(self.shape), str(self.value))
