"""The page of a fragment: a form for the pattern, and a table of what matches it, with links to other fragments."""

from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.formats import JSON_LD, N_QUADS, TRIG
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.linkeddata.quad_pattern import POSITIONS
from plangraf.namespaces import BASE, compact
from plangraf.site.fragments.model import Asked, fragment_path, read_fragment
from plangraf.view.page import Page
from plangraf.view.reader import Reader

_LONGEST_HREF = 500
"""The length of a link to a fragment; a longer text has none, as the page would get too large."""
_DESCRIPTION = N_("All statements of the release, by pattern, in pages of 100: Quad Pattern Fragments for programs.")
_EXAMPLES = (
    (N_("Everything that the data say of SDG 13"), ("sdg:13", "", "", "")),
    (N_("All goals"), ("", "rdf:type", "plan:Goal", "")),
    (N_("Everything with the name “Trondheim kommune”"), ("", "", '"Trondheim kommune"@nb', "")),
    (N_("All labels in the graph of the SDGs"), ("", "skos:prefLabel", "", f"{BASE}/graph/sdg")),
)


@dataclass(frozen=True)
class TermCell:
    """A term in the table.

    Attributes:
        text: the term, shortened.
        language: the language tag of a text, or None.
        href: the link to the fragment of everything with this term in this place, or None.
        is_text: whether it is a text and not an IRI.
    """

    text: str
    language: str | None
    href: str | None
    is_text: bool = False


async def fragment_page(asked: Asked, request: RecordingRequest, services: Services) -> Page:
    """Return the page of a fragment: at most two calls of the engine.

    Raises:
        ResourceNotFound: there is no such page.
    """
    reader = Reader.of(request)
    fragment = await read_fragment(asked, asked.pattern, services)
    _ = reader.gettext
    query = fragment_path(asked.terms).partition("?")[2]
    ending = f"?{query}" if query else ""
    shown = asked.pattern.graph is not None
    context = {
        "lead": _(_DESCRIPTION),
        "fields": tuple(zip(POSITIONS, asked.terms, strict=True)),
        "examples": [(_(text), reader.href(fragment_path(terms))) for text, terms in _EXAMPLES],
        "rows": [_row(quad, reader, graph=shown) for quad in fragment.quads],
        "with_graph": shown,
        "total": fragment.total,
        "number": asked.number,
        "pages": fragment.pages,
        "previous": reader.href(fragment_path(asked.terms, asked.number - 1)),
        "next": reader.href(fragment_path(asked.terms, asked.number + 1)),
        "data": [
            (offer.label, offer.media_type, f"{request.stem}.{offer.extension}{ending}")
            for offer in (TRIG, N_QUADS, JSON_LD)
        ],
    }
    numbered = fragment_path(asked.terms, asked.number).partition("?")[2]
    return Page(
        "fragments/fragments.html", _("Statements by pattern"), context, query=numbered, description=_(_DESCRIPTION)
    )


def _row(quad: ox.Quad, reader: Reader, *, graph: bool) -> list[TermCell]:
    terms = (quad.subject, quad.predicate, quad.object, *([quad.graph_name] if graph else []))
    return [_cell(term, place, reader) for place, term in enumerate(terms)]


def _cell(term: object, place: int, reader: Reader) -> TermCell:
    def href(written: str) -> str | None:
        path = fragment_path(tuple(written if each == place else "" for each in range(len(POSITIONS))))
        return reader.href(path) if len(path) <= _LONGEST_HREF else None

    if isinstance(term, ox.NamedNode):
        return TermCell(_name(term.value), None, href(term.value))
    if isinstance(term, ox.Literal):
        datatype = "" if term.language else f"^^{term.datatype.value}"
        written = f'"{term.value}"' + (f"@{term.language}" if term.language else datatype)
        return TermCell(term.value, term.language, href(written), is_text=True)
    return TermCell(str(term), None, None)


def _name(iri: str) -> str:
    """Return an IRI as it is shown: a prefixed name, or the path of one of ours."""
    short = compact(iri)
    if not short.startswith("<"):
        return short
    return iri.removeprefix(BASE) if iri.startswith(f"{BASE}/") else iri
