"""The statements of a plan, by graph, subject and property, as the rows of a workbook are made from them."""

from collections.abc import Container, Iterable, Sequence

import pyoxigraph as ox

from plangraf.namespaces import expand
from plangraf.workbook.addresses import PlanAddresses
from plangraf.workbook.statements import full_iri
from plangraf.workbook.values import Term


class PlanDescription:
    """The statements of a plan that are not in a row yet.

    Args:
        quads: the statements of its graphs.
        addresses: its addresses.
    """

    def __init__(self, quads: Iterable[ox.Quad], addresses: PlanAddresses) -> None:
        self.addresses = addresses
        self._values: dict[tuple[str, str, str], dict[Term, None]] = {}
        self._types: dict[str, dict[tuple[str, str], None]] = {}
        self.graphs: dict[str, None] = {}
        rdf_type = expand("rdf:type")
        for quad in quads:
            graph, subject, value = quad.graph_name, quad.subject, quad.object
            if not (isinstance(graph, ox.NamedNode) and isinstance(subject, ox.NamedNode)):
                continue
            if not isinstance(value, (ox.NamedNode, ox.Literal)):
                continue
            self.graphs[graph.value] = None
            self._values.setdefault((graph.value, subject.value, quad.predicate.value), {})[value] = None
            if quad.predicate.value == rdf_type:
                self._types.setdefault(value.value, {})[graph.value, subject.value] = None

    def subjects(self, name: str, graph: str | None = None) -> list[tuple[str, str]]:
        """Return graph and IRI of the things of a class, in the order of the statements.

        Args:
            name: the class, as a prefixed name.
            graph: the graph that they are in; None for all graphs.
        """
        found = self._types.get(expand(name), {})
        return [(each, subject) for each, subject in found if graph is None or each == graph]

    def values(self, graph: str, subject: str, prop: str) -> list[Term]:
        """Return the values of a property that are not in a row yet."""
        return list(self._values.get((graph, subject, full_iri(prop)), ()))

    def take(self, graph: str, subject: str, prop: str, value: Term) -> None:
        """Note that a statement is in a row."""
        self._values.get((graph, subject, full_iri(prop)), {}).pop(value, None)

    def iris(self, graph: str, subject: str, prop: str) -> list[str]:
        """Return the IRIs among the values of a property."""
        return [value.value for value in self.values(graph, subject, prop) if isinstance(value, ox.NamedNode)]

    def texts_left(self) -> list[tuple[str, str, str, ox.Literal]]:
        """Return graph, subject, property and value of the texts with a language that are not in a row yet."""
        return [
            (graph, subject, prop, value)
            for (graph, subject, prop), values in self._values.items()
            for value in values
            if isinstance(value, ox.Literal) and value.language
        ]

    def left_links(self, graph: str, props: Container[str]) -> list[tuple[str, str, str]]:
        """Return subject, property and target of the links of a graph that are not in a row yet."""
        return [
            (subject, prop, value.value)
            for (each, subject, prop), values in self._values.items()
            for value in values
            if each == graph and prop in props and isinstance(value, ox.NamedNode)
        ]

    def languages(self, graph: str, subject: str, props: Sequence[str]) -> list[str]:
        """Return the languages of the texts of a thing, in the order of the properties."""
        return [
            value.language
            for prop in props
            for value in self.values(graph, subject, prop)
            if isinstance(value, ox.Literal) and value.language
        ]
