"""The plans of a publisher: the one that matters most, and the others by how far they have come."""

from collections.abc import Iterable
from dataclasses import dataclass

from plangraf.languages import N_, Msgid
from plangraf.linkeddata.measures import ABSENT
from plangraf.namespaces import expand
from plangraf.site.plan.events import adopting_bodies, adoption_dates
from plangraf.view.periods import read_dates, read_period, written_period
from plangraf.view.reading import Name, Reading, Reference

IN_FORCE, UNKNOWN, COMING, PAST = range(4)
"""How far a plan has come, in the order of a page."""
_HEADINGS: tuple[Msgid, ...] = (
    N_("Other plans in force"),
    N_("Other plans"),
    N_("Plans under way"),
    N_("Earlier plans"),
)
_STAGES = {
    expand("plan:Adopted"): IN_FORCE,
    expand("plan:UnderPreparation"): COMING,
    expand("plan:Proposed"): COMING,
    expand("plan:Superseded"): PAST,
    expand("plan:Repealed"): PAST,
}
_OVERALL = frozenset(expand(f"plan:{name}") for name in ("SocialElement", "RegionalPlan"))
"""The types of the plans that set the goals of a whole territory, which go before all others."""
_ABSENT = frozenset(expand(f"plan:{name}") for name in ABSENT)


@dataclass(frozen=True)
class PlanEntry:
    """A plan on the page of its publisher.

    Attributes:
        plan: the plan.
        stage: how far it has come.
        full_title: its title, if it is another text than its name.
        vision: its vision, or None.
        period: its period in words, or None.
        status: its status, or None.
        types: its types.
        adopted: when it was adopted, in words.
        bodies: who adopted it.
        documents: the documents of the plan.
        before: the plans that it replaces.
        after: the plans that replace it.
        follows_up: the plans that it follows up.
        followed_up_by: the plans that follow it up.
        missing: the values of what is not transcribed yet.
    """

    plan: Reference
    stage: int
    full_title: Name | None
    vision: Name | None
    period: str | None
    status: Reference | None
    types: tuple[Reference, ...]
    adopted: tuple[str, ...]
    bodies: tuple[Reference, ...]
    documents: tuple[Reference, ...]
    before: tuple[Reference, ...]
    after: tuple[Reference, ...]
    follows_up: tuple[Reference, ...]
    followed_up_by: tuple[Reference, ...]
    missing: tuple[Reference, ...]


@dataclass(frozen=True)
class PlanGroup:
    """Plans that have come equally far, with a heading, an untranslated text of the interface."""

    heading: Msgid
    plans: tuple[PlanEntry, ...]


def plans_of(reading: Reading) -> list[str]:
    """Return the plans among the statements, in the order of `order_plans`."""
    return order_plans(reading, reading.statements.instances(expand("plan:Plan")))


def order_plans(reading: Reading, iris: Iterable[str]) -> list[str]:
    """Return plans sorted so that those that matter most are first.

    An overall plan that is in force, or may be, comes first. Then plans in force come before others, overall plans
    before those on one subject, and later ones before earlier ones.
    """
    plans = sorted(iris, key=reading.key)
    plans.sort(key=lambda plan: _year(reading, plan), reverse=True)

    def place(plan: str) -> tuple[bool, int, bool]:
        stage, overall = _stage(reading, plan), not _OVERALL.isdisjoint(_types(reading, plan))
        return not (overall and stage in (IN_FORCE, UNKNOWN)), stage, not overall

    return sorted(plans, key=place)


def plan_entry(reading: Reading, plan: str) -> PlanEntry:
    """Return a plan as the page shows it."""
    statements, name, title = reading.statements, reading.name(plan), reading.text(plan, "dct:title")
    return PlanEntry(
        plan=reading.reference(plan),
        stage=_stage(reading, plan),
        full_title=title if title is not None and title.text != name.text else None,
        vision=reading.text(plan, "plan:vision"),
        period=written_period(reading, plan),
        status=next(iter(reading.references(plan, "adms:status")), None),
        types=tuple(reading.references(plan, "plan:planType")),
        adopted=tuple(adoption_dates(reading, plan)),
        bodies=tuple(adopting_bodies(reading, plan)),
        documents=tuple(reading.references(plan, "foaf:page")),
        before=tuple(reading.references(plan, "dct:replaces")),
        after=tuple(reading.sorted(statements.subjects(expand("dct:replaces"), plan))),
        follows_up=tuple(reading.references(plan, "plan:followsUp")),
        followed_up_by=tuple(reading.sorted(statements.subjects(expand("plan:followsUp"), plan))),
        missing=tuple(value for value in reading.references(plan, "plan:transcription") if value.iri not in _ABSENT),
    )


def group_plans(reading: Reading, plans: list[str]) -> list[PlanGroup]:
    """Return plans, in the order of `plans_of`, grouped by how far they have come."""
    entries = [plan_entry(reading, plan) for plan in plans]
    groups = [
        PlanGroup(heading, tuple(entry for entry in entries if entry.stage == stage))
        for stage, heading in enumerate(_HEADINGS)
    ]
    return [group for group in groups if group.plans]


def _stage(reading: Reading, plan: str) -> int:
    """Return how far a plan has come; one that another plan replaces is past, whatever its status says."""
    stages = {_STAGES.get(status, UNKNOWN) for status in reading.statements.iris(plan, expand("adms:status"))}
    stage = min(stages, default=UNKNOWN)
    replaced = bool(reading.statements.subjects(expand("dct:replaces"), plan))
    return PAST if PAST in stages or (replaced and stage == UNKNOWN) else stage


def _types(reading: Reading, plan: str) -> set[str]:
    return set(reading.statements.iris(plan, expand("plan:planType")))


def _year(reading: Reading, plan: str) -> str:
    """Return the text of the start of a plan's period, else of its adoption; it begins with the year."""
    periods = (read_period(reading, node) for node in reading.statements.iris(plan, expand("dct:temporal")))
    starts = [period.start.text for period in periods if period.start is not None]
    return max(starts or [day.text for day in read_dates(reading, plan, "dct:dateAccepted")], default="")
