"""What the page of a goal tells of other things: how it is measured, who does what, and the goals beside it."""

from dataclasses import dataclass

from plangraf.languages import N_
from plangraf.namespaces import expand
from plangraf.view.reading import Name, Reading, Reference
from plangraf.view.target_sentence import TargetSentence, read_target_sentence

SHOWN = 20
"""The maximum length of a list on the page."""
_PARTS = (
    ("plan:IndicatorsMissing", "plan:Indicator", N_("the indicators")),
    ("plan:StrategiesMissing", "plan:Strategy", N_("the strategies")),
    ("plan:ContributionsMissing", "plan:Contribution", N_("what others can contribute")),
)
"""The parts of a plan that the page of a goal tells of: that they are missing, their class, and what they are."""


@dataclass(frozen=True)
class MeasuredBy:
    """An indicator, with what its value should be in words, else with its definition, if it has either."""

    indicator: Reference
    target: TargetSentence | None
    definition: Name | None


@dataclass(frozen=True)
class Measurement:
    """How a goal is measured.

    Attributes:
        indicators: the first indicators.
        count: the number of all of them.
        by_theme: whether they are those of the same plan on the same theme, because none is of the goal itself.
    """

    indicators: tuple[MeasuredBy, ...]
    count: int
    by_theme: bool


@dataclass(frozen=True)
class ActorContribution:
    """What others can contribute to a goal.

    Attributes:
        contribution: the contribution.
        actors: the groups that can contribute it.
    """

    contribution: Reference
    actors: tuple[Reference, ...]


@dataclass(frozen=True)
class Support:
    """What supports a goal.

    Attributes:
        strategies: what the municipality does itself: the first strategies.
        strategies_count: the number of all strategies.
        contributions: what others can do: the first contributions.
        contributions_count: the number of all contributions.
        others: the first other things that support the goal.
        others_count: the number of all of them.
    """

    strategies: tuple[Reference, ...]
    strategies_count: int
    contributions: tuple[ActorContribution, ...]
    contributions_count: int
    others: tuple[Reference, ...]
    others_count: int


@dataclass(frozen=True)
class Siblings:
    """The goals before and after a goal in the order of the plan, on the same level below the same goal."""

    before: Reference | None
    after: Reference | None


def read_measurement(around: Reading, goal: str) -> Measurement:
    """Return how a goal is measured, from the statements around it."""
    own = around.statements.subjects(expand("plan:measures"), goal)
    found = own or around.statements.instances(expand("plan:Indicator"))
    indicators = tuple(
        MeasuredBy(
            indicator, read_target_sentence(around, indicator.iri), around.text(indicator.iri, "skos:definition")
        )
        for indicator in around.sorted(found, SHOWN)
    )
    return Measurement(indicators, len(found), bool(found) and not own)


def read_support(around: Reading, goal: str) -> Support:
    """Return what supports a goal, from the statements around it."""
    statements = around.statements
    supporting = statements.subjects(expand("plan:supports"), goal)
    strategies = [iri for iri in supporting if expand("plan:Strategy") in statements.types(iri)]
    contributions = [iri for iri in supporting if expand("plan:Contribution") in statements.types(iri)]
    others = [iri for iri in supporting if iri not in {*strategies, *contributions}]
    shown = (
        ActorContribution(contribution, tuple(around.references(contribution.iri, "plan:carriedOutBy")))
        for contribution in around.sorted(contributions, SHOWN)
    )
    return Support(
        tuple(around.sorted(strategies, SHOWN)),
        len(strategies),
        tuple(shown),
        len(contributions),
        tuple(around.sorted(others, SHOWN)),
        len(others),
    )


def read_siblings(around: Reading, goal: str, parents: list[str]) -> Siblings:
    """Return the goals before and after a goal, from the statements around it.

    Args:
        around: the statements.
        goal: the goal.
        parents: the goals above it; the siblings of one with several are those below the first.
    """
    statements, broader = around.statements, expand("skos:broader")
    if parents:
        level = statements.subjects(broader, parents[0])
    else:
        plans = statements.iris(goal, expand("skos:inScheme"))
        every = statements.subjects(expand("skos:inScheme"), plans[0]) if plans else []
        level = [iri for iri in every if not statements.iris(iri, broader)]
    ordered = sorted(level, key=around.key)
    if goal not in ordered:
        return Siblings(None, None)
    place = ordered.index(goal)
    before = around.reference(ordered[place - 1]) if place else None
    after = around.reference(ordered[place + 1]) if place + 1 < len(ordered) else None
    return Siblings(before, after)


def untold_parts(around: Reading) -> list[str]:
    """Return what the plan has and nobody has transcribed, of the parts that would stand on the page of a goal."""
    statements, missing = around.statements, expand("plan:transcription")
    return [
        around.reader.gettext(words)
        for value, kind, words in _PARTS
        if statements.subjects(missing, expand(value)) and not statements.instances(expand(kind))
    ]
