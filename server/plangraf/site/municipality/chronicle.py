"""The making of the plans of a publisher over the years: programmes, hearings, adoptions and what came after."""

from dataclasses import dataclass

from plangraf.site.plan.events import PlanEvent, plan_events
from plangraf.view.periods import read_dates
from plangraf.view.reading import Reading, Reference

SHOWN = 40
"""The maximum number of entries, the latest."""


@dataclass(frozen=True)
class ChronicleEntry:
    """Something that happened to a plan.

    Attributes:
        when: the date in words.
        plan: the plan.
        event: the event; None for an adoption of which the plan tells only the date.
    """

    when: str
    plan: Reference
    event: PlanEvent | None


def chronicle(reading: Reading, plans: list[str]) -> list[ChronicleEntry]:
    """Return what happened to plans, in the order of the dates; what has no date is left out."""
    found: list[tuple[str, int, ChronicleEntry]] = []
    for number, plan in enumerate(plans):
        reference, adopted = reading.reference(plan), read_dates(reading, plan, "dct:dateAccepted")
        dated = [(event, event.start) for event in plan_events(reading, plan) if event.start is not None]
        found += [(start.text, number, ChronicleEntry(event.when or "", reference, event)) for event, start in dated]
        if adopted and not any(event.is_adoption for event, _ in dated):
            when = adopted[0].written(reading.reader.language)
            found.append((adopted[0].text, number, ChronicleEntry(when, reference, None)))
    found.sort(key=lambda entry: entry[:2])
    return [entry for _, _, entry in found[-SHOWN:]]
