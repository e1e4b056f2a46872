"""The lists of the parts of a plan, kind by kind, with measures below their strategies."""

from dataclasses import dataclass

from plangraf.namespaces import expand
from plangraf.site.browse.schemes import browse_path
from plangraf.view.reading import Reading, Reference
from plangraf.view.target_sentence import TargetSentence, read_target_sentence
from plangraf.vocabulary import PLAN_CONCEPTS, PlanConceptKind

SHOWN = 20
"""The maximum length of a list on the page; a link leads to the whole list."""

_LISTS = tuple(kind for kind in PLAN_CONCEPTS if not kind.is_goal)  # the goals are a tree
_STRATEGY, _MEASURE, _INDICATOR = "strategy", "measure", "indicator"


@dataclass(frozen=True)
class PlanPart:
    """A part of a plan in a list.

    Attributes:
        reference: the part.
        target: the target in words, if it is an indicator that has one.
        priority: the rank that the plan gives it, or None.
        measures: the first measures that carry it out, if it is a strategy.
    """

    reference: Reference
    target: TargetSentence | None
    priority: str | None
    measures: tuple["PlanPart", ...] = ()


@dataclass(frozen=True)
class PlanList:
    """A list of the parts of one kind in a plan.

    Attributes:
        key: the key of the kind in URLs.
        title: the heading.
        parts: the first parts; measures below a listed strategy are not among them.
        count: the number of all parts of the kind.
        left: the number of parts that are neither here nor below a strategy.
        anchor: the identifier of the place on the page where the first of them are.
        href: the link to the list of all of them.
    """

    key: str
    title: str
    parts: tuple[PlanPart, ...]
    count: int
    left: int
    anchor: str
    href: str


def plan_lists(reading: Reading, plan: str) -> list[PlanList]:
    """Return the lists of a plan, without those that would be empty."""
    below: set[str] = set()
    lists = []
    for kind in _LISTS:
        things = [iri for iri in reading.statements.instances(*kind.classes) if iri != plan]
        if things:
            lists.append(_list(reading, plan, kind, things, below))
    return lists


def priority(reading: Reading, part: str) -> str | None:
    """Return the rank that a plan gives a part, or None."""
    return reading.statements.text(part, expand("plan:priority"))


def _list(reading: Reading, plan: str, kind: PlanConceptKind, things: list[str], below: set[str]) -> PlanList:
    """Return a list; the measures below its parts are added to `below`, and those in it already are left out."""
    beside = [iri for iri in things if iri not in below]
    parts = tuple(_part(reading, thing, kind.key) for thing in reading.sorted(beside, SHOWN))
    below |= {measure.reference.iri for part in parts for measure in part.measures}
    href = reading.reader.href(browse_path(reading.reader.addresses.name(plan), parameters=[("kind", kind.key)]))
    anchor = kind.key if parts else _STRATEGY
    return PlanList(kind.key, kind.heading, parts, len(things), len(beside) - len(parts), anchor, href)


def _part(reading: Reading, thing: Reference, key: str) -> PlanPart:
    target = read_target_sentence(reading, thing.iri) if key == _INDICATOR else None
    measures: tuple[PlanPart, ...] = ()
    if key == _STRATEGY:
        found = reading.statements.subjects(expand("plan:implements"), thing.iri)
        measures = tuple(_part(reading, measure, _MEASURE) for measure in reading.sorted(found, SHOWN))
    return PlanPart(thing, target, priority(reading, thing.iri), measures)
