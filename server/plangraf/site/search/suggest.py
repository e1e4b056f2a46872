"""What may be meant by a text that is being typed, as a reader is shown it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.engine.ask import construct, load_query
from plangraf.engine.interface import Engine, Query
from plangraf.namespaces import expand
from plangraf.search.marking import Marked, mark
from plangraf.search.things import KINDS, Thing
from plangraf.search.words import Asked, typed
from plangraf.view.reading import Name, Reader, Reading, Reference
from plangraf.view.shorten import cut

MOST = 8
"""How many suggestions there are at most."""
LENGTH = 120
"""How many characters of a name are shown."""

_QUERY = load_query(__package__, "suggest")
_LABELS = ("skos:prefLabel", "rdfs:label", "dct:title", "skos:altLabel")


@dataclass(frozen=True)
class Suggestion:
    """A suggestion.

    Attributes:
        thing: what it is.
        reference: its page and its number.
        name: the one of its names that fits best, with what fits marked.
        language: that name's language, when it is not the reader's.
        kind: what kind of thing it is, in the reader's words.
        plan: what the plan that it is in is called.
    """

    thing: Thing
    reference: Reference
    name: Marked
    language: str | None
    kind: str
    plan: Name | None


async def suggestions(engine: Engine, text: str, things: Sequence[Thing], reader: Reader) -> list[Suggestion]:
    """Return what a reader is shown: one call of the engine, and none when there is nothing to show."""
    if not things:
        return []
    iris = {thing.iri for thing in things} | {thing.plan for thing in things if thing.plan}
    reading = Reading(await construct(engine, Query(_QUERY, values={"iri": tuple(sorted(iris))})), reader)
    searched = typed(text)
    return [_suggestion(reading, thing, searched) for thing in things if reading.reference(thing.iri).href]


def _suggestion(reading: Reading, thing: Thing, searched: Sequence[Asked]) -> Suggestion:
    reader = reading.reader
    reference = reading.reference(thing.iri)
    shown = reference.name
    name = mark(cut(shown.text, LENGTH), shown.language or reader.language, searched)
    language = shown.language
    if name.fitting < len(searched):
        labels = [label for p in _LABELS for label in reading.statements.literals(thing.iri, expand(p))]
        better = _best(labels, searched)
        if better is not None and better[0].fitting > name.fitting:
            name, tag = better
            language = tag if tag != reader.language else None
    plan = reading.name(thing.plan) if thing.plan and thing.plan != thing.iri else None
    kind = reader.gettext(KINDS[thing.profile.kind])
    return Suggestion(thing, reference, name, language, kind, plan)


def _best(labels: Iterable[ox.Literal], searched: Sequence[Asked]) -> tuple[Marked, str | None] | None:
    marked = [(mark(cut(label.value, LENGTH), label.language, searched), label.language) for label in labels]
    return max(marked, key=lambda pair: pair[0].fitting, default=None)
