"""Ranking of the SDGs and their targets for a goal, by words, similar goals, themes and the goals around it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nsmallest

from plangraf.matching.linkables import Linkable, LinkableKind, Linkables, sdg_goal
from plangraf.matching.word_vectors import Lexicon, SharedWords, VectorIndex, WeightedText, WordVector

_BELOW, _FURTHER_BELOW, _ABOVE = 0.35, 0.15, 0.3
"""How much the names of the targets, indicators and the SDG around an SDG or target say about it."""
_NEAREST = 300
"""The number of similar goals that are looked at."""
_DEFINITION, _PARENT, _THEME = 0.5, 0.25, 0.3
"""How much definition, broader goal and theme of a goal say about it."""


@dataclass(frozen=True)
class Weights:
    """The weight of each kind of evidence in a score.

    Attributes:
        words: of the likeness of the words of goal and SDG.
        goals: of the likeness of the goal and the most similar goal of others that is linked to the SDG.
        themes: of the share of the linked goals with the same theme that are linked to it.
        siblings: of the share of the goals around it that are linked to it.
    """

    words: float = 1.0
    goals: float = 0.6
    themes: float = 0.3
    siblings: float = 0.2


WORDS_ALONE = Weights(goals=0.0, themes=0.0, siblings=0.0)
"""The plain baseline of the measurements."""
ALL_EVIDENCE = Weights()


@dataclass(frozen=True)
class Evidence:
    """The evidence for a link.

    Attributes:
        words: how alike goal and SDG are by their words, from 0 to 1.
        similar: the IRI of the most similar goal of others that has the link.
        similarity: how similar that goal is, from 0 to 1.
        theme_share: the share of the linked goals with a theme of this goal that have the link.
        siblings: the number of the goals around it that have the link.
        sibling_share: their share.
    """

    words: float = 0.0
    similar: str | None = None
    similarity: float = 0.0
    theme_share: float = 0.0
    siblings: int = 0
    sibling_share: float = 0.0

    def score(self, weights: Weights) -> float:
        """Return the weighted sum."""
        return (
            weights.words * self.words
            + weights.goals * self.similarity
            + weights.themes * self.theme_share
            + weights.siblings * self.sibling_share
        )


@dataclass(frozen=True)
class RankedSdg:
    """An SDG or a target, with its score and what speaks for it."""

    thing: Linkable
    score: float
    evidence: Evidence


class SdgRanking:
    """Ranks the SDGs and their targets; made once for a release, and then only read.

    Args:
        linkables: the things and links of the release.
        weights: the weights of the evidence.
    """

    def __init__(self, linkables: Linkables, weights: Weights = ALL_EVIDENCE) -> None:
        self._linkables = linkables
        self._weights = weights
        self._sdgs = linkables.of_kind(LinkableKind.SDG, LinkableKind.TARGET)
        self._below = _things_below(linkables.of_kind(LinkableKind.TARGET, LinkableKind.INDICATOR))
        everything = linkables.of_kind(
            LinkableKind.SDG, LinkableKind.TARGET, LinkableKind.INDICATOR, LinkableKind.GOAL, LinkableKind.THEME
        )
        self.lexicon = Lexicon(thing.labels for thing in everything)
        self._documents = VectorIndex({each.iri: self.lexicon.vector(self._document(each)) for each in self._sdgs})
        self._targets = _linked_targets(linkables)
        goals = {
            iri: linkables.things[iri] for iri in self._targets if linkables.things[iri].kind is LinkableKind.GOAL
        }
        self._goals = VectorIndex({iri: self.vector(goal) for iri, goal in goals.items()})
        self._of_theme: dict[str, set[str]] = {}
        for iri, goal in goals.items():
            for theme in goal.themes:
                self._of_theme.setdefault(theme, set()).add(iri)

    def vector(self, goal: Linkable) -> WordVector:
        """Return the words of a goal, its broader goal and its themes."""
        return self.lexicon.vector(self._own(goal))

    def named(self, goal: Linkable) -> WordVector:
        """Return the words of a goal alone."""
        return self.lexicon.vector(_weighted(goal, 1.0))

    def shared_words(self, goal: Linkable, sdg: str) -> SharedWords:
        """Return the words of a goal that it shares with the SDG or target of this IRI, the rarest first."""
        return self.named(goal).shared(self._documents.vectors[sdg])

    def shared_around(self, goal: Linkable, sdg: str) -> SharedWords:
        """Return the words that it shares by its definition, its broader goal and its themes."""
        return self.vector(goal).shared(self._documents.vectors[sdg])

    def rank(self, goal: Linkable, held_out: Collection[str] = ()) -> list[RankedSdg]:
        """Return the SDGs and targets for which anything speaks, the best first.

        Args:
            goal: the goal, which may be one that the release has not.
            held_out: the IRIs of publishers whose links do not count, so that a measurement cannot see its answers.
        """
        own = self.vector(goal)
        words = self._documents.similarities(own)
        nearest = self._nearest(goal, own, held_out)
        themes = self._theme_shares(goal, held_out)
        siblings = self._siblings(goal, held_out)
        around = len(self._around(goal)) + 1
        ranked = []
        for thing in self._sdgs:
            similarity, similar = nearest.get(thing.iri, (0.0, None))
            linked = siblings.get(thing.iri, 0)
            evidence = Evidence(
                words=words.get(thing.iri, 0.0),
                similar=similar,
                similarity=similarity,
                theme_share=themes.get(thing.iri, 0.0),
                siblings=linked,
                sibling_share=linked / around,
            )
            if (score := evidence.score(self._weights)) > 0:
                ranked.append(RankedSdg(thing, score, evidence))
        return sorted(ranked, key=lambda each: (-each.score, each.thing.iri))

    def _document(self, thing: Linkable) -> Iterator[WeightedText]:
        yield from _weighted(thing, 1.0)
        for below in self._below.get(thing.iri, ()):
            yield from _weighted(below, _BELOW)
            for further in self._below.get(below.iri, ()):
                yield from _weighted(further, _FURTHER_BELOW)
        parent = self._linkables.things.get(thing.parent or "")
        if parent is not None:
            yield from _weighted(parent, _ABOVE)

    def _own(self, goal: Linkable) -> Iterator[WeightedText]:
        yield from _weighted(goal, 1.0)
        yield from (WeightedText(text, _DEFINITION) for text in goal.definitions)
        for iri, weight in ((goal.parent or "", _PARENT), *((theme, _THEME) for theme in goal.themes)):
            if iri in self._linkables.things:
                yield from _weighted(self._linkables.things[iri], weight)

    def _nearest(
        self, goal: Linkable, own: WordVector, held_out: Collection[str]
    ) -> dict[str, tuple[float, str | None]]:
        """Return for each SDG and target the most similar goal of another plan that is linked to it."""
        found: dict[str, tuple[float, str | None]] = {}
        alike = self._goals.similarities(own).items()
        for iri, likeness in nsmallest(_NEAREST, alike, key=lambda each: (-each[1], each[0])):
            other = self._linkables.things[iri]
            if other.plan != goal.plan and not _belongs(other, held_out):
                for target in self._targets[iri]:
                    if likeness > found.get(target, (0.0, None))[0]:
                        found[target] = (likeness, iri)
        return found

    def _theme_shares(self, goal: Linkable, held_out: Collection[str]) -> dict[str, float]:
        sources = {iri for theme in goal.themes for iri in self._of_theme.get(theme, ()) if iri != goal.iri}
        sources = {iri for iri in sources if not _belongs(self._linkables.things[iri], held_out)}
        # One more than there are, because few goals are weak evidence.
        return {target: count / (len(sources) + 1) for target, count in self._counts(sources).items()}

    def _siblings(self, goal: Linkable, held_out: Collection[str]) -> dict[str, int]:
        around = [each.iri for each in self._around(goal) if not _belongs(each, held_out)]
        return self._counts(around)

    def _around(self, goal: Linkable) -> list[Linkable]:
        """Return the goals beside a goal, and those above and below it."""
        return [
            each
            for each in self._linkables.of_plan(goal.plan)
            if each.kind is LinkableKind.GOAL
            and each.iri != goal.iri
            and (each.parent == goal.parent or each.iri == goal.parent or each.parent == goal.iri)
        ]

    def _counts(self, sources: Iterable[str]) -> dict[str, int]:
        counts: dict[str, int] = {}
        for iri in sources:
            for target in self._targets.get(iri, ()):
                counts[target] = counts.get(target, 0) + 1
        return counts


def _things_below(things: Iterable[Linkable]) -> Mapping[str, list[Linkable]]:
    found: dict[str, list[Linkable]] = {}
    for thing in things:
        if thing.parent is not None:
            found.setdefault(thing.parent, []).append(thing)
    return found


def _linked_targets(linkables: Linkables) -> dict[str, set[str]]:
    """Return the SDGs and targets of each linked thing; a link to a target is one to its SDG too."""
    found: dict[str, set[str]] = {}
    for link in linkables.links:
        if link.source in linkables.things:
            found.setdefault(link.source, set()).update((link.target, sdg_goal(link.target)))
    return found


def _weighted(thing: Linkable, weight: float) -> Iterator[WeightedText]:
    return (WeightedText(text, weight) for text in thing.labels)


def _belongs(thing: Linkable, publishers: Collection[str]) -> bool:
    return any(publisher in publishers for publisher in thing.publishers)
