"""The tree of the concepts of a scheme, whatever shape it is in.

A concept may stand below several others. What stands below itself has no top of its own and is shown all the same:
the first of such a ring is taken as one, and no branch holds what it hangs from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plangraf.site.browse.concepts import Concept


@dataclass(frozen=True)
class ConceptBranch:
    """A concept in a tree.

    Attributes:
        concept: the concept.
        children: what hangs below it, as far as the page shows it.
        descendants: how many different concepts are below it, when the page does not show them.
    """

    concept: Concept
    children: tuple["ConceptBranch", ...] = ()
    descendants: int = 0


class Hierarchy:
    """What stands below what, among concepts that come in the order in which they are to be shown."""

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
        """Whether anything stands below anything."""
        return bool(self._children)

    def level(self, under: str | None) -> list[Concept]:
        """Return what stands at the top, or directly below a concept."""
        iris = self._tops if under is None else self._children.get(under, [])
        return [self._concepts[iri] for iri in iris if iri != under]

    def count_descendants(self, iri: str) -> int:
        """Return how many different concepts are below one, not counting itself."""
        return len(self._descendants([iri]) - {iri})

    def ancestors(self, iri: str) -> list[Concept]:
        """Return the concepts from the top down to what is above `iri`, by the first way that there is."""
        found: dict[str, Concept] = {}
        place = iri
        while True:
            above = [a for a in self._concepts[place].broader if a in self._concepts and a != iri and a not in found]
            if not above:
                return list(reversed(found.values()))
            place = above[0]
            found[place] = self._concepts[place]

    def expanded(self, under: str | None, most: int, depth: int) -> tuple[ConceptBranch, ...] | None:
        """Return all that stands at the top or below a concept, or None when that is more than a page shows.

        Args:
            under: the concept, or None for the top.
            most: how many branches a page shows, counted each time they occur.
            depth: how many levels it shows; what is deeper is only counted.
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
        """Return the concepts of a level, with how many are below each."""
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
