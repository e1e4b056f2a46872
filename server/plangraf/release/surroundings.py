"""What a part of the data has to be seen with: the descriptions of what it points to.

A part is derived from and validated with its surroundings instead of with all data, so that the work on a part does
not grow with the number of parts.
"""

from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from plangraf.namespaces import SDG, expand
from plangraf.release.derive import derive

# What is reached through these is seen too: a target's goal, a concept's scheme.
_FOLLOWED = frozenset(ox.NamedNode(expand(name)) for name in ("skos:broader", "skos:inScheme"))
_NOTATION = ox.NamedNode(expand("skos:notation"))
_CLAIMS = ox.NamedNode(expand("owl:annotatedSource"))

Subject = ox.NamedNode | ox.BlankNode | ox.Triple


class Descriptions:
    """Statements, by what they are about and by what they make claims of."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._about: dict[Subject, list[ox.Quad]] = {}
        self._claims: dict[object, list[Subject]] = {}
        self._numbered: dict[str, list[Subject]] = {}
        for quad in quads:
            self._about.setdefault(quad.subject, []).append(quad)
            if quad.predicate == _CLAIMS:
                self._claims.setdefault(quad.object, []).append(quad.subject)
            if quad.predicate == _NOTATION and isinstance(quad.subject, ox.NamedNode):
                self._number(quad.subject, quad.object)

    def _number(self, subject: ox.NamedNode, notation: object) -> None:
        if isinstance(notation, ox.Literal) and subject.value.startswith(SDG):
            self._numbered.setdefault(SDG + notation.value, []).append(subject)

    def about(self, node: object) -> list[ox.Quad]:
        """Return the statements about `node`, and those of the claims that are made of it."""
        found = list(self._about.get(node, ())) if isinstance(node, ox.NamedNode) else []
        for claim in self._claims.get(node, ()):
            found += self._about[claim]
        return found

    def described(self, node: object) -> list[ox.Quad]:
        """Return the statements about `node`; about an SDG that there is not, those about what has its number."""
        if not isinstance(node, ox.NamedNode):
            return []
        found = self._about.get(node)
        if found is None and node.value in self._numbered:
            return [quad for other in self._numbered[node.value] for quad in self._about[other]]
        return list(found or ())


def surroundings(quads: Iterable[ox.Quad], known: Sequence[Descriptions]) -> list[ox.Quad]:
    """Return what `known` says of the things that `quads` are about or point to, and of what lies above those."""
    quads = list(quads)
    subjects = {quad.subject for quad in quads}
    found: list[ox.Quad] = []
    seen: set[object] = set()
    for node in subjects:
        for descriptions in known:
            found += descriptions.about(node)
    seen |= subjects
    frontier: set[object] = {quad.object for quad in (*quads, *found)}
    frontier -= seen
    while frontier:
        seen |= frontier
        new = [quad for node in frontier for descriptions in known for quad in descriptions.described(node)]
        found += new
        frontier = {quad.object for quad in new if quad.predicate in _FOLLOWED}
        frontier -= seen
    return found


def derived(quads: Sequence[ox.Quad], around: Iterable[ox.Quad]) -> list[ox.Triple]:
    """Return what follows of the things that `quads` are about, given what is around them."""
    subjects = {quad.subject for quad in quads}
    store = ox.Store()
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in (*quads, *around))
    return [triple for triple in derive(store) if triple.subject in subjects]
