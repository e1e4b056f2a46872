"""Search suggestions while a visitor types."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import orjson
import pyoxigraph as ox

from plangraf.http.content import Content
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.namespaces import expand
from plangraf.search.criteria import LONGEST
from plangraf.search.marking import MarkedText, mark
from plangraf.search.things import KINDS, Thing
from plangraf.search.words import QueryTerm, typed_terms
from plangraf.site.search.limit import too_long
from plangraf.view.reader import Reader
from plangraf.view.reading import Name, Reading, Reference
from plangraf.view.shorten import cut

MOST = 8
"""The maximum number of suggestions."""
LENGTH = 120
"""The maximum length of a suggested name, in characters."""

_LABELS = ("skos:prefLabel", "rdfs:label", "dct:title", "skos:altLabel")


@dataclass(frozen=True)
class Suggestion:
    """A suggestion for one reader.

    Attributes:
        thing: the suggested thing.
        reference: the thing's page and notation.
        name: the best matching label, with the matches highlighted.
        language: the language of that label, if it is not the reader's.
        kind: the name of the thing's kind, in the reader's language.
        plan: the name of the thing's plan.
    """

    thing: Thing
    reference: Reference
    name: MarkedText
    language: str | None
    kind: str
    plan: Name | None


async def read_suggestions(request: RecordingRequest, services: Services) -> list[Suggestion]:
    """Return the suggestions for the parameter `q`.

    Raises:
        RequestMalformed: the text is too long.
    """
    text, reader = (request.parameter("q") or "").strip(), Reader.of(request)
    if len(text) > LONGEST:
        raise too_long()
    things = await services.search.suggest(text, MOST)
    if not things:
        return []
    iris = {thing.iri for thing in things} | {thing.plan for thing in things if thing.plan}
    reading, terms = Reading(await services.search.texts(iris), reader, described=iris), typed_terms(text)
    return [_suggestion(reading, thing, terms) for thing in things]


async def write_suggestions(shown: list[Suggestion], request: RecordingRequest, _: Services) -> Content:
    """Return the suggestions as a JSON document."""
    reader = Reader.of(request)
    document = {
        "query": (request.parameter("q") or "").strip(),
        "suggestions": [_document(suggestion, reader, request.prefix) for suggestion in shown],
    }
    return Content(orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE), language=reader.languages)


def _document(shown: Suggestion, reader: Reader, prefix: str) -> dict[str, object]:
    return {
        "iri": shown.thing.iri,
        "page": f"{prefix}{shown.reference.href}",
        "kind": shown.thing.profile.kind,
        "kind_name": shown.kind,
        "notation": shown.reference.notation,
        "sdg": shown.reference.sdg,
        "name": "".join(piece.text for piece in shown.name.pieces),
        "pieces": [{"text": piece.text, "fits": piece.marked} for piece in shown.name.pieces],
        "language": shown.language or reader.language,
        "plan": shown.thing.plan,
        "plan_name": cut(shown.plan.text, LENGTH) if shown.plan else None,
    }


def _suggestion(reading: Reading, thing: Thing, terms: Sequence[QueryTerm]) -> Suggestion:
    reader = reading.reader
    reference = reading.reference(thing.iri)
    shown = reference.name
    name = mark(cut(shown.text, LENGTH), shown.language or reader.language, terms)
    language = shown.language
    if name.matched < len(terms):
        labels = [label for p in _LABELS for label in reading.statements.literals(thing.iri, expand(p))]
        better = _best(labels, terms)
        if better is not None and better[0].matched > name.matched:
            name, tag = better
            language = tag if tag != reader.language else None
    plan = reading.name(thing.plan) if thing.plan and thing.plan != thing.iri else None
    kind = reader.gettext(KINDS[thing.profile.kind])
    return Suggestion(thing, reference, name, language, kind, plan)


def _best(labels: Iterable[ox.Literal], terms: Sequence[QueryTerm]) -> tuple[MarkedText, str | None] | None:
    marked = [(mark(cut(label.value, LENGTH), label.language, terms), label.language) for label in labels]
    return max(marked, key=lambda pair: pair[0].matched, default=None)
