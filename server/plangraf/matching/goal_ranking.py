"""Ranking of the goals of another publisher for a goal: by words, SDG targets, themes and the goals above them."""

from collections.abc import Iterable
from dataclasses import dataclass

from plangraf.matching.linkables import Linkable, LinkableKind, Linkables, sdg_goal
from plangraf.matching.sdg_ranking import SdgRanking
from plangraf.matching.word_vectors import SharedWords, VectorIndex
from plangraf.namespaces import SDG

_TARGET, _SDG, _THEME, _ABOVE = 0.3, 0.15, 0.1, 0.15
"""The weights of the same target, SDG and theme, and of similar goals above, beside the likeness of the words."""
_LEAST = 0.15
"""The least likeness of two goals; the same SDG alone is none."""


@dataclass(frozen=True)
class RankedGoal:
    """A goal of another publisher.

    Attributes:
        thing: the goal.
        score: how much speaks for the link; it has not been measured.
        targets: the SDG targets that both are linked to.
        sdgs: the SDGs that both are linked to, without those of the targets.
        themes: the themes that both have.
        above: how alike the goals above them are, from 0 to 1.
    """

    thing: Linkable
    score: float
    targets: tuple[str, ...]
    sdgs: tuple[str, ...]
    themes: tuple[str, ...]
    above: float


class GoalRanking:
    """Ranks some goals.

    Args:
        linkables: the things and links of the release.
        words: what weighs the words.
        goals: the goals to rank.
    """

    def __init__(self, linkables: Linkables, words: SdgRanking, goals: Iterable[Linkable]) -> None:
        self._linkables = linkables
        self._words = words
        self._index = VectorIndex({goal.iri: words.vector(goal) for goal in goals if goal.kind is LinkableKind.GOAL})
        self._linked: dict[str, set[str]] = {}
        for link in linkables.links:
            if link.target.startswith(SDG):
                self._linked.setdefault(link.source, set()).add(link.target)

    def shared_words(self, goal: Linkable, other: Linkable) -> SharedWords:
        """Return the words that two goals share, the rarest first."""
        return self._words.named(goal).shared(self._words.named(other))

    def rank(self, goal: Linkable) -> list[RankedGoal]:
        """Return the goals that are like a goal, the best first."""
        likeness = self._index.similarities(self._words.vector(goal))
        above = self._above(goal)
        own = self._linked.get(goal.iri, set())
        ranked = []
        for iri in sorted(self._index.vectors):
            other = self._linkables.things[iri]
            theirs = self._linked.get(iri, set())
            targets = {each for each in own & theirs if each != sdg_goal(each)}
            covered = {sdg_goal(each) for each in targets}
            sdgs = ({sdg_goal(each) for each in own} & {sdg_goal(each) for each in theirs}) - covered
            themes = tuple(sorted(set(goal.themes) & set(other.themes)))
            parents = above.get(other.parent or "", 0.0)
            score = likeness.get(iri, 0.0) + _TARGET * bool(targets) + _SDG * bool(sdgs)
            score += _THEME * bool(themes) + _ABOVE * parents
            if score > _LEAST:
                ranked.append(RankedGoal(other, score, tuple(sorted(targets)), tuple(sorted(sdgs)), themes, parents))
        return sorted(ranked, key=lambda each: (-each.score, each.thing.iri))

    def _above(self, goal: Linkable) -> dict[str, float]:
        """Return how alike the goal above a goal is to each of the others."""
        parent = self._linkables.things.get(goal.parent or "")
        return self._index.similarities(self._words.vector(parent)) if parent is not None else {}
