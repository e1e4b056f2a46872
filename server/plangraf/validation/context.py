"""The validation context of statements: descriptions of the resources that they refer to, and derived statements.

A part of the data is completed and validated in its context and not with all data, so the cost of a part does not
grow with the number of parts.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.namespaces import SDG, expand
from plangraf.validation.derive import derive_about

# The context includes the objects of these transitively: the goal of a target, the scheme of a concept.
_FOLLOWED = frozenset(ox.NamedNode(expand(name)) for name in ("skos:broader", "skos:inScheme"))
# A link by one of these says something about its subject only.
_MEMBERSHIP = frozenset(ox.NamedNode(expand(name)) for name in ("rdf:type", "skos:inScheme"))
_NOTATION = ox.NamedNode(expand("skos:notation"))
_CLAIMS = ox.NamedNode(expand("owl:annotatedSource"))

Subject = ox.NamedNode | ox.BlankNode | ox.Triple


class DescriptionIndex:
    """An index of statements by the resource that they describe, and of claims by the source of the claimed link."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._described: dict[Subject, list[ox.Quad]] = {}
        self._claims: dict[object, list[Subject]] = {}
        self._numbered: dict[str, list[Subject]] = {}
        for quad in quads:
            self._described.setdefault(quad.subject, []).append(quad)
            if quad.predicate == _CLAIMS:
                self._claims.setdefault(quad.object, []).append(quad.subject)
            if quad.predicate == _NOTATION and isinstance(quad.subject, ox.NamedNode):
                self._number(quad.subject, quad.object)

    def _number(self, subject: ox.NamedNode, notation: object) -> None:
        if isinstance(notation, ox.Literal) and subject.value.startswith(SDG):
            self._numbered.setdefault(SDG + notation.value, []).append(subject)

    def describes(self, node: object) -> bool:
        """Return whether there are statements about `node`."""
        return node in self._described

    def statements_and_claims(self, node: object) -> list[ox.Quad]:
        """Return the statements about `node` and about the claims whose source it is."""
        found = list(self._described.get(node, ())) if isinstance(node, ox.NamedNode) else []
        for claim in self._claims.get(node, ()):
            found += self._described[claim]
        return found

    def statements(self, node: object) -> list[ox.Quad]:
        """Return the statements about `node`; for an unknown SDG IRI, those about the resources with its notation."""
        if not isinstance(node, ox.NamedNode):
            return []
        found = self._described.get(node)
        if found is None and node.value in self._numbered:
            return [quad for other in self._numbered[node.value] for quad in self._described[other]]
        return list(found or ())


@dataclass(frozen=True)
class ReferenceData:
    """Reference data: resources that the data refer to are looked up in them, and nothing is merged into the data.

    Attributes:
        indexes: indexes of the reference data.
        described: the resources that the data describe, of which their description alone counts.
    """

    indexes: Sequence[DescriptionIndex]
    described: Container[object]

    def look_up(self, node: object) -> list[ox.Quad]:
        """Return what the reference data state about `node`, but not about resources that the data describe.

        A link to such a resource says something about that too, such as that it is a top concept.
        """
        if node in self.described:
            return []
        return [
            quad
            for index in self.indexes
            for quad in index.statements(node)
            if quad.object not in self.described or quad.predicate in _MEMBERSHIP
        ]

    def redescribed(self, quads: Iterable[ox.Quad]) -> frozenset[str]:
        """Return the IRIs of the subjects of `quads` that the reference data describe too."""
        subjects = {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}
        return frozenset(node.value for node in subjects if any(index.describes(node) for index in self.indexes))


@dataclass(frozen=True)
class ValidationContext:
    """The context in which statements are completed and validated.

    Attributes:
        descriptions: statements about their subjects and objects.
        derived: derived statements about their subjects.
    """

    descriptions: list[ox.Quad]
    derived: list[ox.Triple]

    def quads(self) -> list[ox.Quad]:
        """Return the descriptions and the derived statements."""
        return [*self.descriptions, *(ox.Quad(t.subject, t.predicate, t.object) for t in self.derived)]


def find_context(
    quads: Sequence[ox.Quad],
    indexes: Sequence[DescriptionIndex],
    ontology: Sequence[ox.Quad],
    reference: ReferenceData | None = None,
) -> ValidationContext:
    """Return the context of `quads`.

    Args:
        quads: the statements to validate.
        indexes: indexes of other statements of the same data, which complete the descriptions in `quads`.
        ontology: the ontology, which the derivation rules use; it is not a part of the context.
        reference: the reference data, in which the resources are looked up that neither `quads` nor `indexes`
            describe.
    """
    descriptions = find_descriptions(quads, indexes, reference)
    return ValidationContext(descriptions, derive_about(quads, [*descriptions, *ontology]))


def find_descriptions(
    quads: Sequence[ox.Quad], indexes: Sequence[DescriptionIndex], reference: ReferenceData | None = None
) -> list[ox.Quad]:
    """Return descriptions of the subjects and objects of `quads`, and of their broader concepts and schemes."""
    subjects = {quad.subject for quad in quads}
    found: list[ox.Quad] = []
    for node in subjects:
        for index in indexes:
            found += index.statements_and_claims(node)
    seen: set[object] = set(subjects)
    frontier: set[object] = {quad.object for quad in (*quads, *found)}
    frontier -= seen
    while frontier:
        seen |= frontier
        new = []
        for resource in frontier:
            own = [quad for index in indexes for quad in index.statements(resource)]
            new += own if own or reference is None else reference.look_up(resource)
        found += new
        frontier = {quad.object for quad in new if quad.predicate in _FOLLOWED}
        frontier -= seen
    return found


def without_descriptions(ontology: Iterable[ox.Quad], described: Container[object]) -> list[ox.Quad]:
    """Return the ontology without its texts about the terms in `described`; the meaning of a term stays."""
    return [quad for quad in ontology if quad.subject not in described or not isinstance(quad.object, ox.Literal)]
