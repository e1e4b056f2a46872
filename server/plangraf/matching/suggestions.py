"""Suggestions of links for the goals of a plan, ranked, each with its reasons in words."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from plangraf.languages import N_, InterfaceLanguage, Msgid, translations
from plangraf.matching.goal_ranking import GoalRanking, RankedGoal
from plangraf.matching.linkables import Linkable, LinkableKind, Linkables, sdg_goal
from plangraf.matching.sdg_ranking import RankedSdg, SdgRanking
from plangraf.matching.word_vectors import SharedWords
from plangraf.namespaces import ID, SDG, expand

TO_SDG = "sdg"
"""The value of `to` for suggestions of SDGs and their targets."""
LEXICAL, COMPOSITE = expand("semapv:LexicalMatching"), expand("semapv:CompositeMatching")
_CALIBRATION = ((0.1, 0.02), (0.2, 0.08), (0.3, 0.12), (0.4, 0.3), (0.5, 0.6), (0.6, 0.8), (0.8, 0.9), (1.0, 0.95))
"""Scores of SDGs, and the share of right ones at each, as docs/matching.md measures it; lines lie between them."""
_OF_TARGET = 0.7
"""The confidence of a target as a share of that of an SDG with the same score: measured on few links."""
_LIKE = 0.2
"""The likeness from which a goal is named as similar."""

_WORDS = N_("Shared words: {words}")
_WORDS_ELSEWHERE = N_("Shared words in another language: {words}")
_AROUND = N_("Words of its theme, its description or the goal above it: {words}")
_SIMILAR = N_("A similar goal has this link: {goal} ({plan})")
_THEME_LINKS = N_("Other goals on the theme have this link: {theme}")
_SIBLINGS = N_("Goals beside it that have this link: {count}")
_TARGETS = N_("Both are linked to SDG target {targets}")
_SDGS = N_("Both are linked to SDG {sdgs}")
_THEMES = N_("Both are on the theme {theme}")
_ABOVE = N_("The goals above them are alike")


@dataclass(frozen=True)
class Reason:
    """A reason for a suggestion.

    Attributes:
        template: a sentence with placeholders.
        values: the values of the placeholders; things and words are shown in the language.
    """

    template: Msgid
    values: Mapping[str, "str | int | Linkable | SharedWords"] = field(default_factory=dict)

    def text(self, language: InterfaceLanguage) -> str:
        """Return the sentence for a reader of a language."""
        words = self.values.get("words")
        translated = isinstance(words, SharedWords) and not words.are_in(language)
        template = _WORDS_ELSEWHERE if translated and self.template == _WORDS else self.template
        shown = {
            name: value.label(language) if isinstance(value, Linkable | SharedWords) else value
            for name, value in self.values.items()
        }
        return translations(language).gettext(template).format(**shown)


@dataclass(frozen=True)
class LinkSuggestion:
    """A link that a goal could have.

    Attributes:
        goal: the goal.
        thing: the SDG, the target, or the goal of another publisher.
        predicate: the IRI of the property of the link.
        score: how much speaks for it; scores of different kinds of things cannot be compared.
        confidence: the share of suggestions with such a score that are right; None where it has not been measured.
        justification: the IRI of the way in which it was found.
        reasons: the reasons, the strongest first.
    """

    goal: Linkable
    thing: Linkable
    predicate: str
    score: float
    confidence: float | None
    justification: str
    reasons: tuple[Reason, ...]

    def explanation(self, language: InterfaceLanguage) -> str:
        """Return all reasons for a reader of a language."""
        return "; ".join(reason.text(language) for reason in self.reasons)


@dataclass(frozen=True)
class GoalSuggestions:
    """A goal, and the links that it could have, the best first."""

    goal: Linkable
    suggestions: tuple[LinkSuggestion, ...]


@dataclass(frozen=True)
class _Candidate:
    """A link before its reasons are found, which only those need that are suggested."""

    thing: Linkable
    predicate: str
    score: float
    confidence: float | None
    reasons: Callable[[], Iterator[Reason]]

    @property
    def measure(self) -> float:
        """The confidence, or else the score."""
        return self.score if self.confidence is None else self.confidence

    def suggestion(self, goal: Linkable) -> LinkSuggestion:
        """Return the suggestion, with its reasons."""
        reasons = tuple(self.reasons())
        lexical = all(reason.template in (_WORDS, _AROUND) for reason in reasons)
        return LinkSuggestion(
            goal=goal,
            thing=self.thing,
            predicate=self.predicate,
            score=self.score,
            confidence=self.confidence,
            justification=LEXICAL if lexical else COMPOSITE,
            reasons=reasons,
        )


class Suggester:
    """Suggests links; made once for a release, and then only read.

    Args:
        linkables: the things and links of the release.
    """

    def __init__(self, linkables: Linkables) -> None:
        self.linkables = linkables
        self._sdgs = SdgRanking(linkables)
        self._settled: dict[str, set[str]] = {}
        for link in (*linkables.links, *linkables.refused):
            self._settled.setdefault(link.source, set()).add(link.target)
        for link in linkables.links:  # a link to a target is one to its SDG too; a refusal is not
            self._settled[link.source].add(sdg_goal(link.target))

    def publisher_goals(self, publisher: str) -> tuple[Linkable, ...]:
        """Return the goals of a publisher, which is named by IRI or by the first segment of its plans' addresses."""
        return tuple(
            goal
            for goal in self.linkables.of_kind(LinkableKind.GOAL)
            if publisher in goal.publishers or goal.plan.startswith(f"{ID}{publisher}/")
        )

    def suggest(
        self, goals: Iterable[Linkable], to: str = TO_SDG, most: int = 3, least: float = 0.1
    ) -> Iterator[GoalSuggestions]:
        """Yield each goal with its suggestions; links that it has, and those that somebody refused, are left out.

        Args:
            goals: the goals.
            to: `TO_SDG`, or a publisher as `publisher_goals` takes it.
            most: the number of suggestions for a goal.
            least: the least confidence of a suggestion, or where there is none, the least score.
        """
        others = None if to == TO_SDG else GoalRanking(self.linkables, self._sdgs, self.publisher_goals(to))
        for goal in goals:
            found = self._to_sdgs(goal) if others is None else self._to_goals(goal, others)
            settled = self._settled.get(goal.iri, set())
            kept = [
                each
                for each in found
                if each.thing.iri not in settled and each.thing.plan != goal.plan and each.measure >= least
            ]
            kept.sort(key=lambda each: (-each.measure, each.thing.iri))
            suggestions = (each.suggestion(goal) for each in kept)
            yield GoalSuggestions(goal, tuple(islice((each for each in suggestions if each.reasons), most)))

    def _to_sdgs(self, goal: Linkable) -> Iterator["_Candidate"]:
        for ranked in self._sdgs.rank(goal):
            is_target = ranked.thing.kind is LinkableKind.TARGET
            yield _Candidate(
                thing=ranked.thing,
                predicate=expand("skos:broadMatch" if is_target else "skos:relatedMatch"),
                score=ranked.score,
                confidence=confidence(ranked.score, is_target=is_target),
                reasons=partial(self._sdg_reasons, goal, ranked),
            )

    def _to_goals(self, goal: Linkable, ranking: GoalRanking) -> Iterator["_Candidate"]:
        for ranked in ranking.rank(goal):
            yield _Candidate(
                thing=ranked.thing,
                predicate=expand("skos:relatedMatch"),
                score=ranked.score,
                confidence=None,
                reasons=partial(self._goal_reasons, goal, ranked, ranking),
            )

    def _sdg_reasons(self, goal: Linkable, ranked: RankedSdg) -> Iterator[Reason]:
        evidence, iri = ranked.evidence, ranked.thing.iri
        if words := self._sdgs.shared_words(goal, iri):
            yield Reason(_WORDS, {"words": words})
        elif around := self._sdgs.shared_around(goal, iri):
            yield Reason(_AROUND, {"words": around})
        if evidence.similar is not None and evidence.similarity >= _LIKE:
            similar = self.linkables.things[evidence.similar]
            yield Reason(_SIMILAR, {"goal": similar, "plan": self.linkables.things.get(similar.plan, similar)})
        if evidence.theme_share:
            yield from self._theme_reason(_THEME_LINKS, goal.themes)
        if evidence.siblings:
            yield Reason(_SIBLINGS, {"count": evidence.siblings})

    def _goal_reasons(self, goal: Linkable, ranked: RankedGoal, ranking: GoalRanking) -> Iterator[Reason]:
        if words := ranking.shared_words(goal, ranked.thing):
            yield Reason(_WORDS, {"words": words})
        if ranked.targets:
            yield Reason(_TARGETS, {"targets": ", ".join(each.removeprefix(SDG) for each in ranked.targets)})
        if ranked.sdgs:
            yield Reason(_SDGS, {"sdgs": ", ".join(each.removeprefix(SDG) for each in ranked.sdgs)})
        yield from self._theme_reason(_THEMES, ranked.themes)
        if ranked.above >= _LIKE:
            yield Reason(_ABOVE)

    def _theme_reason(self, template: Msgid, themes: Sequence[str]) -> Iterator[Reason]:
        known = [self.linkables.things[theme] for theme in themes if theme in self.linkables.things]
        if known:
            yield Reason(template, {"theme": known[0]})


def confidence(score: float, *, is_target: bool) -> float:
    """Return the measured share of right suggestions among those with a score."""
    scores = [known for known, _ in _CALIBRATION]
    position = bisect_right(scores, score)
    if position == len(scores):
        found = _CALIBRATION[-1][1]
    else:
        (low, low_share), (high, high_share) = (
            _CALIBRATION[position - 1] if position else (0.0, 0.0),
            _CALIBRATION[position],
        )
        found = low_share + (high_share - low_share) * (score - low) / (high - low)
    return round(found * (_OF_TARGET if is_target else 1.0), 2)
