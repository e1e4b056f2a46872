"""The hierarchy of the concepts of a scheme, which may be any directed graph.

A concept may have several broader concepts. In a cycle without a top concept, the first concept counts as one, and no
branch contains its own ancestors.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plangraf.site.browse.concepts import Concept


@dataclass(frozen=True)
class ConceptBranch:
    """A concept in a tree.

    Attributes:
        concept: the concept.
        children: the branches of its narrower concepts, as far as the page shows them.
        descendants: the number of different concepts below it, if the page does not show them.
    """

    concept: Concept
    children: tuple["ConceptBranch", ...] = ()
    descendants: int = 0


class Hierarchy:
    """The hierarchy of concepts, which keep the order in which they are given."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._concepts = {concept.iri: concept for concept in concepts}
        self._children: dict[str, list[str]] = {}
        for concept in concepts:
            for above in concept.broader:
                if above in self._concepts:
                    self._children.setdefault(above, []).append(concept.iri)
        tops = {iri for iri, of in self._concepts.items() if self._concepts.keys().isdisjoint(of.broader)}
        reached = tops | self._descendants(tops)
        for iri in self._concepts:
            if iri not in reached:
                tops.add(iri)
                reached |= {iri} | self._descendants([iri])
        self._tops = [iri for iri in self._concepts if iri in tops]

    @property
    def has_levels(self) -> bool:
        """Whether any concept has narrower concepts."""
        return bool(self._children)

    def level(self, under: str | None) -> list[Concept]:
        """Return the top concepts, or the narrower concepts of the concept `under`."""
        iris = self._tops if under is None else self._children.get(under, [])
        return [self._concepts[iri] for iri in iris if iri != under]

    def count_descendants(self, iri: str) -> int:
        """Return the number of different concepts below a concept, without itself."""
        return len(self._descendants([iri]) - {iri})

    def ancestors(self, iri: str) -> list[Concept]:
        """Return the ancestors of a concept, from the top down, along the first path."""
        found: dict[str, Concept] = {}
        place = iri
        while True:
            above = [a for a in self._concepts[place].broader if a in self._concepts and a != iri and a not in found]
            if not above:
                return list(reversed(found.values()))
            place = above[0]
            found[place] = self._concepts[place]

    def expanded(self, under: str | None, most: int, depth: int) -> tuple[ConceptBranch, ...] | None:
        """Return the whole tree, or the part below a concept, or None if it is too large for a page.

        Args:
            under: the concept, or None for the top.
            most: the maximum number of branches, in which a concept with several broader ones counts several times.
            depth: the number of levels to expand; deeper concepts are only counted.
        """
        left = most
        above: list[str] = [under] if under else []

        def expand(level: Iterable[Concept], levels: int) -> tuple[ConceptBranch, ...]:
            nonlocal left
            found = []
            for concept in level:
                left -= 1
                if left < 0:
                    break
                lower = [child for child in self.level(concept.iri) if child.iri not in above]
                if levels <= 1:
                    found.append(
                        ConceptBranch(concept, descendants=self.count_descendants(concept.iri) if lower else 0)
                    )
                    continue
                above.append(concept.iri)
                found.append(ConceptBranch(concept, expand(lower, levels - 1)))
                above.pop()
            return tuple(found)

        branches = expand(self.level(under), depth)
        return None if left < 0 else branches

    def collapsed(self, level: Iterable[Concept]) -> tuple[ConceptBranch, ...]:
        """Return the branches of a level without their children, with the number of concepts below each."""
        return tuple(ConceptBranch(concept, descendants=self.count_descendants(concept.iri)) for concept in level)

    def _descendants(self, iris: Iterable[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(iris)
        while waiting:
            for child in self._children.get(waiting.pop(), []):
                if child not in found:
                    found.add(child)
                    waiting.append(child)
        return found
