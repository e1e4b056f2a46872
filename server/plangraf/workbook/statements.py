"""The statements that the rows of a workbook make, each with the cells of its value and of its subject."""

from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.namespaces import expand
from plangraf.workbook.rows import CellPlace


@dataclass(frozen=True)
class PlacedStatement:
    """A statement.

    Attributes:
        quad: the statement, in its graph.
        value: the place of the value.
        subject: the place of the row of the subject.
    """

    quad: ox.Quad
    value: CellPlace
    subject: CellPlace


class StatementList:
    """The statements of one workbook, each once."""

    def __init__(self) -> None:
        self._found: dict[ox.Quad, PlacedStatement] = {}
        self._values: dict[tuple[object, str], list[ox.NamedNode | ox.Literal]] = {}

    def add(self, quad: ox.Quad, value: CellPlace, subject: CellPlace) -> None:
        """Add a statement, unless it was added before."""
        if quad in self._found:
            return
        self._found[quad] = PlacedStatement(quad, value, subject)
        if isinstance(quad.object, (ox.NamedNode, ox.Literal)):
            self._values.setdefault((quad.subject, quad.predicate.value), []).append(quad.object)

    @property
    def all(self) -> tuple[PlacedStatement, ...]:
        """The statements, in the order in which they were added."""
        return tuple(self._found.values())

    def values_of(self, subject: str, prop: str) -> list[ox.NamedNode | ox.Literal]:
        """Return the values of a property of a subject, in any graph."""
        return self._values.get((ox.NamedNode(subject), prop), [])

    def graphs(self) -> set[str]:
        """Return the IRIs of the graphs."""
        return {quad.graph_name.value for quad in self._found if isinstance(quad.graph_name, ox.NamedNode)}


def node(name: str) -> ox.NamedNode:
    """Return the node for a prefixed name of ours, or for an IRI."""
    return ox.NamedNode(full_iri(name))


def full_iri(name: str) -> str:
    """Return the IRI for a prefixed name of ours, or the IRI that it is."""
    return name if "://" in name or name.startswith("urn:") else expand(name)
