"""Controlled vocabularies that a catalogue refers to: EU authority tables, IANA media types, and periods of time."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.formats import JSON_LD, N_QUADS, N_TRIPLES, TRIG, TURTLE, Format
from plangraf.licences import spdx_address
from plangraf.linkeddata.statements import Statements
from plangraf.linkeddata.triples import about, term
from plangraf.namespaces import expand

_EU = "http://publications.europa.eu/resource/authority/"
_IANA = "http://www.iana.org/assignments/media-types/"

PUBLIC = f"{_EU}access-right/PUBLIC"
FILE_TYPES: dict[Format, str] = {
    TURTLE: f"{_EU}file-type/RDF_TURTLE",
    TRIG: f"{_EU}file-type/RDF_TRIG",
    N_QUADS: f"{_EU}file-type/RDF_N_QUADS",
    N_TRIPLES: f"{_EU}file-type/RDF_N_TRIPLES",
    JSON_LD: f"{_EU}file-type/JSON_LD",
}
COMPRESSED = "application/gzip"
THEMES = f"{_EU}data-theme"
PLAN_THEMES = (f"{THEMES}/GOVE", f"{THEMES}/REGI")
SCHEME_THEMES = (f"{THEMES}/GOVE",)
FREE_KEYWORDS = (
    ox.Literal("kommunal planlegging", language="nb"),
    ox.Literal("bærekraftsmål", language="nb"),
    ox.Literal("municipal planning", language="en"),
    ox.Literal("Sustainable Development Goals", language="en"),
)

_CLASSES = {
    "access-right": "dct:RightsStatement",
    "file-type": "dct:MediaTypeOrExtent",
    "language": "dct:LinguisticSystem",
}
_NAMES = {
    THEMES: (("nb", "Datatema"), ("en", "Data theme")),
    f"{THEMES}/GOVE": (("nb", "Forvaltning og offentlig sektor"), ("en", "Government and public sector")),
    f"{THEMES}/REGI": (("nb", "Regioner og byer"), ("en", "Regions and cities")),
}
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def media_type_iri(media_type: str) -> str:
    """Return the IRI of a media type in the IANA registry."""
    return f"{_IANA}{media_type}"


def authorities(triples: list[ox.Triple], said: Statements) -> Iterator[ox.Triple]:
    """Yield the class and scheme of each controlled term and page that `triples` refer to.

    The shapes of harvesters need these statements in the catalogue itself, because they do not fetch the tables.
    """
    pages = {t.object for t in triples if t.predicate in (term("foaf:homepage"), term("dcat:landingPage"))}
    for page in sorted(pages, key=str):
        if isinstance(page, ox.NamedNode):
            yield ox.Triple(page, term("rdf:type"), term("foaf:Document"))
    themes = [
        t.object.value for t in triples if t.predicate == term("dcat:theme") and isinstance(t.object, ox.NamedNode)
    ]
    for theme in sorted(set(themes)):
        names = [ox.Literal(name, language=tag) for tag, name in _NAMES.get(theme, ())] or said.names(theme)
        # The shapes of harvesters reject a concept without a label.
        yield from about(theme, ("rdf:type", [term("skos:Concept")] if names else []), ("skos:prefLabel", names))
    titles = [ox.Literal(name, language=tag) for tag, name in _NAMES[THEMES]]
    yield from about(THEMES, ("rdf:type", [term("skos:ConceptScheme")]), ("dct:title", titles))
    licences = {t.object for t in triples if t.predicate == term("dct:license")}
    for licence in sorted(node.value for node in licences if isinstance(node, ox.NamedNode)):
        spdx = spdx_address(licence)
        yield from about(
            licence,
            ("rdf:type", [term("dct:LicenseDocument")]),
            ("skos:exactMatch", [ox.NamedNode(spdx)] if spdx and spdx != licence else []),
        )
    terms = {triple.object.value for triple in triples if isinstance(triple.object, ox.NamedNode)}
    for iri in sorted(terms):
        node = ox.NamedNode(iri)
        table, _, code = iri.removeprefix(_EU).partition("/")
        if iri.startswith(_EU) and code:
            yield ox.Triple(node, term("skos:inScheme"), ox.NamedNode(_EU + table))
            if table in _CLASSES:
                yield ox.Triple(node, term("rdf:type"), term(_CLASSES[table]))
        elif iri.startswith(_IANA):
            yield ox.Triple(node, term("rdf:type"), term("dct:MediaType"))


@dataclass(frozen=True)
class Period:
    """A period of time in whole days, as ISO 8601 dates; None is an open start or end."""

    start: str | None
    end: str | None

    def iri(self, document: str) -> str:
        """Return the IRI of the period in the document `document`."""
        return f"{document}#period/{self.start or ''}/{self.end or ''}"

    def triples(self, document: str) -> Iterator[ox.Triple]:
        """Yield the description of the period."""
        node = ox.NamedNode(self.iri(document))
        yield ox.Triple(node, term("rdf:type"), term("dct:PeriodOfTime"))
        for name, day in (("dcat:startDate", self.start), ("dcat:endDate", self.end)):
            if day is not None:
                yield ox.Triple(node, term(name), ox.Literal(day, datatype=term("xsd:date")))


def period(statements: Statements, subject: str) -> Period | None:
    """Return the period of a plan from its first day to its last, or None if `subject` has no period.

    The data give a plan's period in years; DCAT requires dates.
    """
    node = statements.iri(subject, expand("dct:temporal"))
    if node is None:
        return None
    start = _day(statements.text(node, expand("dcat:startDate")), last=False)
    end = _day(statements.text(node, expand("dcat:endDate")), last=True)
    return Period(start, end) if start or end else None


def _day(text: str | None, *, last: bool) -> str | None:
    match = _DATE.match(text or "")
    if match is None:
        return None
    year, month = int(match[1]), int(match[2] or (12 if last else 1))
    day = int(match[3] or (calendar.monthrange(year, month)[1] if last else 1))
    return f"{year:04}-{month:02}-{day:02}"
