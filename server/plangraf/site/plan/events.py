"""The events of a plan's process: programme, hearing, adoption, amendment, repeal."""

from dataclasses import dataclass

from plangraf.languages import N_
from plangraf.namespaces import expand
from plangraf.view.dates import ExactDate, PeriodOfTime
from plangraf.view.periods import read_dates, read_period
from plangraf.view.reading import Name, Reading, Reference

ADOPTION = "prov:wasGeneratedBy"
"""The property that leads from a plan to its adoptions, of which two bodies may have made one each."""

_RELATIONS = (ADOPTION, "prov:wasInfluencedBy", "prov:wasInvalidatedBy")
_TYPES = tuple(expand(f"plan:{name}") for name in ("Programme", "Hearing", "Adoption", "Amendment", "Repeal"))
"""The types of events, in the order of a process."""
_ADOPTED = expand("plan:Adoption")


@dataclass(frozen=True)
class PlanEvent:
    """An event of the process of a plan.

    Attributes:
        event: the event.
        types: its types.
        when: the date or the period in words, as exact as the data; None if they give neither.
        start: the date, or the first one of the period; None if the data give neither.
        bodies: who took part, such as the council that adopted the plan.
        cases: the numbers of the cases.
        notes: remarks, such as why there is no date.
        sources: the sources.
    """

    event: Reference
    types: tuple[Reference, ...]
    when: str | None
    start: ExactDate | None
    bodies: tuple[Reference, ...]
    cases: tuple[str, ...]
    notes: tuple[Name, ...]
    sources: tuple[Reference, ...]

    @property
    def is_adoption(self) -> bool:
        """Whether the plan was adopted at the event."""
        return any(of.iri == _ADOPTED for of in self.types)


def adoption_dates(reading: Reading, plan: str) -> list[str]:
    """Return when a plan was adopted, in words: as the plan says, else as its adoptions say."""
    found = read_dates(reading, plan, "dct:dateAccepted")
    if not found:
        adoptions = reading.statements.iris(plan, expand(ADOPTION))
        found = [day for adoption in adoptions for day in read_dates(reading, adoption, "dct:date")]
    return list(dict.fromkeys(day.written(reading.reader.language) for day in found))


def adopting_bodies(reading: Reading, plan: str) -> list[Reference]:
    """Return the bodies that adopted a plan."""
    adoptions = reading.statements.iris(plan, expand(ADOPTION))
    bodies = (reading.statements.iris(adoption, expand("prov:wasAssociatedWith")) for adoption in adoptions)
    return reading.sorted({body for of_one in bodies for body in of_one})


def plan_events(reading: Reading, plan: str) -> list[PlanEvent]:
    """Return the events of a plan in the order of their dates; those without a date are placed by their types."""
    statements = reading.statements
    events = {iri for relation in _RELATIONS for iri in statements.iris(plan, expand(relation))}
    events = {iri for iri in events if expand("prov:Activity") in statements.types(iri)}
    stages = {iri: _stage(reading, iri) for iri in events}
    starts = {iri: start for iri in events if (start := _start(reading, iri)) is not None}
    order = sorted(starts, key=lambda iri: (starts[iri].text, stages[iri], iri))
    for iri in sorted(events - starts.keys(), key=lambda iri: (stages[iri], iri)):
        later = (place for place, other in enumerate(order) if stages[other] > stages[iri])
        order.insert(next(later, len(order)), iri)
    return [_event(reading, iri) for iri in order]


def _stage(reading: Reading, event: str) -> int:
    types = reading.statements.iris(event, expand("plan:eventType"))
    return min((_TYPES.index(iri) for iri in types if iri in _TYPES), default=len(_TYPES))


def _start(reading: Reading, event: str) -> ExactDate | None:
    dates, period = read_dates(reading, event, "dct:date"), _period(reading, event)
    return dates[0] if dates else period.start or period.end


def _period(reading: Reading, event: str) -> PeriodOfTime:
    nodes = reading.statements.iris(event, expand("dct:temporal"))
    return next(filter(None, (read_period(reading, node) for node in nodes)), PeriodOfTime(None, None))


def _event(reading: Reading, iri: str) -> PlanEvent:
    statements = reading.statements
    return PlanEvent(
        event=reading.reference(iri),
        types=tuple(reading.references(iri, "plan:eventType")),
        when=_when(reading, iri),
        start=_start(reading, iri),
        bodies=tuple(reading.references(iri, "prov:wasAssociatedWith")),
        cases=tuple(literal.value for literal in statements.literals(iri, expand("dct:identifier"))),
        notes=tuple(reading.texts(iri, "skos:note")),
        sources=tuple(reading.references(iri, "dct:source")),
    )


def _when(reading: Reading, event: str) -> str | None:
    language = reading.reader.language
    dates, period = read_dates(reading, event, "dct:date"), _period(reading, event)
    if dates:
        return ", ".join(day.written(language) for day in dates)
    if period.start is None and period.end is not None:
        return reading.reader.gettext(N_("deadline {day}")).format(day=period.end.written(language))
    return period.written(language) or None
