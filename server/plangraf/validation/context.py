"""The validation context of some statements: the descriptions of what they point to, and what follows from both.

A part of the data is completed and validated in its context instead of with all data, so that the work on a part
does not grow with the number of parts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.namespaces import SDG, expand
from plangraf.validation.derive import derive_about

# The context goes on through these: to a target's goal, to a concept's scheme.
_FOLLOWED = frozenset(ox.NamedNode(expand(name)) for name in ("skos:broader", "skos:inScheme"))
_NOTATION = ox.NamedNode(expand("skos:notation"))
_CLAIMS = ox.NamedNode(expand("owl:annotatedSource"))

Subject = ox.NamedNode | ox.BlankNode | ox.Triple


class DescriptionIndex:
    """Statements, found by what they describe and by what they make claims of."""

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

    def statements_and_claims(self, node: object) -> list[ox.Quad]:
        """Return the statements about `node`, and those about the claims that are made of it."""
        found = list(self._described.get(node, ())) if isinstance(node, ox.NamedNode) else []
        for claim in self._claims.get(node, ()):
            found += self._described[claim]
        return found

    def statements(self, node: object) -> list[ox.Quad]:
        """Return the statements about `node`; about an SDG that does not exist, those about what has its number."""
        if not isinstance(node, ox.NamedNode):
            return []
        found = self._described.get(node)
        if found is None and node.value in self._numbered:
            return [quad for other in self._numbered[node.value] for quad in self._described[other]]
        return list(found or ())


@dataclass(frozen=True)
class ValidationContext:
    """The context that some statements are completed and validated in.

    Attributes:
        descriptions: what is known of the things that they are about or point to.
        derived: what follows about the things that they are about.
    """

    descriptions: list[ox.Quad]
    derived: list[ox.Triple]

    def quads(self) -> list[ox.Quad]:
        """Return the descriptions and what follows, as what is validated beside the statements themselves."""
        return [*self.descriptions, *(ox.Quad(t.subject, t.predicate, t.object) for t in self.derived)]


def find_context(
    quads: Sequence[ox.Quad],
    indexes: Sequence[DescriptionIndex],
    ontology: Sequence[ox.Quad],
    *,
    override: bool = False,
) -> ValidationContext:
    """Return the context of `quads`.

    Args:
        quads: the statements that are to be validated.
        indexes: what is known beside them.
        ontology: the statements of the vocabulary, which rules of derivation use; they are no part of the context.
        override: whether the statements take the place of what is known of the things that they are about.
    """
    descriptions = find_descriptions(quads, indexes)
    if override:
        subjects = {quad.subject for quad in quads}
        descriptions = [quad for quad in descriptions if quad.subject not in subjects]
    return ValidationContext(descriptions, derive_about(quads, [*descriptions, *ontology]))


def find_descriptions(quads: Sequence[ox.Quad], indexes: Sequence[DescriptionIndex]) -> list[ox.Quad]:
    """Return what is known of the things that `quads` are about or point to, and of what lies above those."""
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
        new = [quad for node in frontier for index in indexes for quad in index.statements(node)]
        found += new
        frontier = {quad.object for quad in new if quad.predicate in _FOLLOWED}
        frontier -= seen
    return found
