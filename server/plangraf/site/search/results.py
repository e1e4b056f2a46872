"""Search results for one reader: the model of the page and the tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.errors import RequestMalformed, ResourceNotFound
from plangraf.http.negotiate import page_number
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.namespaces import expand
from plangraf.search.criteria import FACETS, PAGES, Criteria, Hit, ResultPage
from plangraf.search.marking import MarkedText, mark, query_terms
from plangraf.search.things import BASES, KINDS
from plangraf.search.words import QueryTerm
from plangraf.view.missing_title import says_title_is_missing
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading, Reference

_SHOWN = 12
_VALUES = 20
"""The maximum number of selected values in a facet."""
_VALUE = 300
"""The maximum length of a selected value, in characters; the rest is cut off."""
_NAMES = {
    "kind": N_("Kind"),
    "publisher": N_("Publisher"),
    "sdg": N_("SDG"),
    "language": N_("Language of the text"),
    "basis": N_("Tie to the SDGs"),
}
_LANGUAGES = {
    "nb": N_("bokmål"),
    "nn": N_("nynorsk"),
    "en": N_("English"),
    "se": N_("Northern Sami"),
    "sma": N_("Southern Sami"),
    "smj": N_("Lule Sami"),
}
_LABELS = ("skos:prefLabel", "rdfs:label", "dct:title", "skos:altLabel")
_DEFINITIONS = ("skos:definition", "dct:description", "plan:vision")


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet: its name, the number of its results, and the link that selects or deselects it."""

    value: str
    name: str
    language: str | None
    count: int
    chosen: bool
    href: str


@dataclass(frozen=True)
class Facet:
    """A facet with its values: the first ones, and the rest in `more`."""

    key: str
    name: str
    choices: list[FacetValue]
    more: list[FacetValue]

    @property
    def values(self) -> list[FacetValue]:
        """All values of the facet."""
        return [*self.choices, *self.more]


@dataclass(frozen=True)
class ResultRow:
    """A search result for one reader.

    Attributes:
        hit: the thing and the languages of its matching texts.
        reference: the thing's name and page.
        name: the name with the matches highlighted.
        kind: the name of the thing's kind.
        plan: the thing's plan.
        publishers: the publishers of the plan.
        text: another matching text, if the name does not contain all search terms.
        language: the language of that text, if it is not the reader's.
    """

    hit: Hit
    reference: Reference
    name: MarkedText
    kind: str
    plan: Reference | None
    publishers: tuple[Reference, ...]
    text: MarkedText | None
    language: str | None


@dataclass(frozen=True)
class Results:
    """A page of search results with its criteria and facets."""

    criteria: Criteria
    found: ResultPage
    language: str
    rows: list[ResultRow]
    facets: list[Facet]


async def read_results(request: RecordingRequest, services: Services) -> Results:
    """Return the results for the parameters of a request.

    Raises:
        RequestMalformed: the text is too long, or a parameter has an unknown value.
        ResourceNotFound: there is no such page.
    """
    criteria, reader = _criteria(request), Reader.of(request)
    for facet, known in (await services.search.values()).items():
        for value in criteria.values(facet):
            if value not in known:
                raise RequestMalformed(
                    N_("The parameter {facet} has no value {value} here; without it, results of all are shown."),
                    facet=facet,
                    value=value,
                )
    found = await services.search.find(criteria)
    if criteria.number > found.pages:
        raise ResourceNotFound(
            N_("There is no page {number} here; the last one is {pages}."), number=criteria.number, pages=found.pages
        )
    iris = {hit.thing.iri for hit in found.hits} | {hit.thing.plan for hit in found.hits if hit.thing.plan}
    named = {*found.counts["publisher"], *criteria.values("publisher")}
    named.update(publisher for hit in found.hits for publisher in hit.thing.profile.publishers)
    reading = Reading(await services.search.texts(iris | named), reader, described=iris)
    terms = query_terms(criteria.text)
    rows = [_row(reading, hit, terms) for hit in found.hits]
    return Results(
        criteria, found, reader.language, rows, [_facet(reading, facet, criteria, found) for facet in FACETS]
    )


def _criteria(request: RecordingRequest) -> Criteria:
    number = page_number(request)
    if not 1 <= number <= PAGES:
        raise ResourceNotFound(
            N_("Results have the pages 1 to {pages} at most; narrow the search to see others."), pages=PAGES
        )
    chosen = {}
    for facet in FACETS:
        values = [value[:_VALUE] for value in request.parameters(facet) if value]
        if values:
            chosen[facet] = tuple(dict.fromkeys(values))[:_VALUES]
    return Criteria((request.parameter("q") or "").strip(), chosen, number)


def _row(reading: Reading, hit: Hit, terms: Sequence[QueryTerm]) -> ResultRow:
    reference, reader = reading.reference(hit.thing.iri), reading.reader
    name = mark(reference.name.text, reference.name.language or reader.language, terms)
    text, language = None, None
    if name.matched < len(terms):
        texts = [t for p in (*_LABELS, *_DEFINITIONS) for t in reading.statements.literals(hit.thing.iri, expand(p))]
        best = _best(texts, hit, terms)
        if best is not None and best[0].matched > name.matched and not _same_notice(reference.name.text, best[0]):
            text, language = best[0], best[1] if best[1] != reader.language else None
    kind = reader.gettext(KINDS[hit.thing.profile.kind])
    plan = hit.thing.plan if hit.thing.plan != hit.thing.iri else None
    publishers = tuple(reading.sorted(hit.thing.profile.publishers))
    return ResultRow(
        hit, reference, name, kind, reading.reference(plan) if plan else None, publishers, text, language
    )


def _same_notice(name: str, text: MarkedText) -> bool:
    return says_title_is_missing(name) and says_title_is_missing("".join(piece.text for piece in text.pieces))


def _best(texts: Iterable[ox.Literal], hit: Hit, terms: Sequence[QueryTerm]) -> tuple[MarkedText, str | None] | None:
    """Return the text with the most search terms among those in a matching language, and its language tag."""
    matching = [t for t in texts if (t.language or "") in hit.languages]
    marked = [(mark(t.value, t.language, terms, cut=True), t.language) for t in matching]
    return max(marked, key=lambda pair: pair[0].matched, default=None)


def _facet(reading: Reading, facet: str, criteria: Criteria, found: ResultPage) -> Facet:
    counts = {**dict.fromkeys(criteria.values(facet), 0), **found.counts[facet]}
    choices = []
    for value, number in counts.items():
        name, language = _name(reading, facet, value)
        href = reading.reader.href(criteria.toggled(facet, value).path())
        choices.append(FacetValue(value, name, language, number, value in criteria.values(facet), href))
    if facet in ("kind", "sdg", "basis"):
        order = {value: place for place, value in enumerate((*KINDS, *BASES, *(str(n) for n in range(1, 18))))}
        choices.sort(key=lambda choice: (order.get(choice.value, len(order)), choice.value))
        return Facet(facet, _NAMES[facet], choices, [])
    choices.sort(key=lambda choice: (not choice.chosen, -choice.count, choice.name.casefold(), choice.value))
    return Facet(facet, _NAMES[facet], choices[:_SHOWN], choices[_SHOWN:])


def _name(reading: Reading, facet: str, value: str) -> tuple[str, str | None]:
    _ = reading.reader.gettext
    if facet == "publisher":
        name = reading.name(value)
        return name.text, name.language
    named = {"kind": KINDS, "language": _LANGUAGES, "basis": BASES}.get(facet, {}).get(value)
    if named:
        return _(named), None
    return (_("SDG {number}").format(number=value) if facet == "sdg" else value), None
