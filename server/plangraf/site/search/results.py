"""The page of the search, and the view that its data are written from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.engine.ask import construct, load_query
from plangraf.engine.interface import Engine, Query
from plangraf.languages import N_
from plangraf.namespaces import expand
from plangraf.search.criteria import FACETS, LONGEST, PAGE, Criteria, Found, Hit
from plangraf.search.marking import Marked, mark, wanted
from plangraf.search.things import BASES, KINDS
from plangraf.search.words import Asked
from plangraf.view.page import Page
from plangraf.view.reading import Reader, Reading, Reference

_QUERY = load_query(__package__, "search")
_SHOWN = 12
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
EXAMPLES = ("klima", "barn og unge", "åpenhet", "13.2", "health")


@dataclass(frozen=True)
class Choice:
    """A value of a facet: what it is called, how many results it has, and where choosing it or not leads."""

    value: str
    name: str
    language: str | None
    count: int
    chosen: bool
    href: str


@dataclass(frozen=True)
class Facet:
    """A facet with its values; those that many do not need are in `more`."""

    key: str
    name: str
    choices: list[Choice]
    more: list[Choice]

    @property
    def everything(self) -> list[Choice]:
        """All values."""
        return [*self.choices, *self.more]


@dataclass(frozen=True)
class Row:
    """A result.

    Attributes:
        hit: what was found.
        reference: its name and page.
        name: the name with what fits marked.
        kind: what kind of thing it is.
        plan: the plan that it is in.
        text: another text that fits, when the name does not show all that was searched for.
        language: that text's language, when it is not the reader's.
    """

    hit: Hit
    reference: Reference
    name: Marked
    kind: str
    plan: Reference | None
    text: Marked | None
    language: str | None


@dataclass(frozen=True)
class Results:
    """What a reader is shown of what was found."""

    criteria: Criteria
    found: Found
    language: str
    rows: list[Row]
    facets: list[Facet]


async def results(engine: Engine, criteria: Criteria, found: Found, reader: Reader) -> Results:
    """Return what a reader is shown: one call of the engine."""
    iris = {hit.thing.iri for hit in found.hits} | {hit.thing.plan for hit in found.hits if hit.thing.plan}
    named = {iri for iri in (*found.counts["publisher"], *criteria.values("publisher")) if _is_iri(iri)}
    triples = await construct(engine, Query(_QUERY, values={"iri": tuple(sorted(iris | named))}))
    reading = Reading(triples, reader)
    searched = wanted(criteria.text)
    rows = [_row(reading, hit, searched) for hit in found.hits]
    return Results(
        criteria, found, reader.language, rows, [_facet(reading, facet, criteria, found) for facet in FACETS]
    )


def search_page(shown: Results | None, text: str, reader: Reader) -> Page:
    """Return the page; without results it is one that says that the text is too long."""
    _ = reader.gettext
    title = _("Search: {text}").format(text=text) if text else _("Search")
    context: dict[str, object] = {
        "searched": text,
        "shown": shown,
        "longest": LONGEST,
        "examples": [(example, reader.href(Criteria(example).path())) for example in EXAMPLES],
        "size": PAGE,
    }
    return Page("search/search.html", title, context)


def _is_iri(text: str) -> bool:
    try:
        return bool(ox.NamedNode(text).value)
    except ValueError:
        return False


def _row(reading: Reading, hit: Hit, searched: Sequence[Asked]) -> Row:
    reference, reader = reading.reference(hit.thing.iri), reading.reader
    name = mark(reference.name.text, reference.name.language or reader.language, searched)
    text, language = None, None
    if name.fitting < len(searched):
        texts = [t for p in (*_LABELS, *_DEFINITIONS) for t in reading.statements.literals(hit.thing.iri, expand(p))]
        best = _best(texts, hit, searched)
        if best is not None and best[0].fitting > name.fitting:
            text, language = best[0], best[1] if best[1] != reader.language else None
    kind = reader.gettext(KINDS[hit.thing.profile.kind])
    plan = hit.thing.plan if hit.thing.plan != hit.thing.iri else None
    return Row(hit, reference, name, kind, reading.reference(plan) if plan else None, text, language)


def _best(texts: Iterable[ox.Literal], hit: Hit, searched: Sequence[Asked]) -> tuple[Marked, str | None] | None:
    """Return the text with the most of what was searched for, of those in a language that fits."""
    fitting = [t for t in texts if (t.language or "") in hit.languages]
    marked = [(mark(t.value, t.language, searched, cut=True), t.language) for t in fitting]
    return max(marked, key=lambda pair: pair[0].fitting, default=None)


def _facet(reading: Reading, facet: str, criteria: Criteria, found: Found) -> Facet:
    counts = {**dict.fromkeys(criteria.values(facet), 0), **found.counts[facet]}
    choices = []
    for value, number in counts.items():
        name, language = _name(reading, facet, value)
        href = reading.reader.href(criteria.toggled(facet, value).path())
        choices.append(Choice(value, name, language, number, value in criteria.values(facet), href))
    if facet in ("kind", "sdg", "basis"):
        order = {value: place for place, value in enumerate((*KINDS, *BASES, *(str(n) for n in range(1, 18))))}
        choices.sort(key=lambda choice: (order.get(choice.value, len(order)), choice.value))
        return Facet(facet, _NAMES[facet], choices, [])
    choices.sort(key=lambda choice: (not choice.chosen, -choice.count, choice.name.casefold(), choice.value))
    return Facet(facet, _NAMES[facet], choices[:_SHOWN], choices[_SHOWN:])


def _name(reading: Reading, facet: str, value: str) -> tuple[str, str | None]:
    _ = reading.reader.gettext
    if facet == "publisher" and _is_iri(value):
        name = reading.name(value)
        return name.text, name.language
    named = {"kind": KINDS, "language": _LANGUAGES, "basis": BASES}.get(facet, {}).get(value)
    if named:
        return _(named), None
    return (_("SDG {number}").format(number=value) if facet == "sdg" else value), None
