"""The search: as a page, as JSON and as CSV; and what may be meant while one types."""

import csv
import io
from dataclasses import replace

import orjson
from fastapi import APIRouter, Request, Response

from plangraf.errors import RequestMalformed, ResourceNotFound
from plangraf.formats import CSV, HTML, JSON_REPORT, content_type
from plangraf.http.negotiate import VARY, document_form, reader, split_extension
from plangraf.http.respond import respond_page
from plangraf.http.services import Site, TheSite
from plangraf.languages import N_
from plangraf.search.criteria import FACETS, LONGEST, PAGE, PAGES, Criteria
from plangraf.search.searching import Searching
from plangraf.site.search.results import Results, results, search_page
from plangraf.site.search.suggest import LENGTH, MOST, Suggestion, suggestions
from plangraf.view.reading import Reader, Reference
from plangraf.view.shorten import cut

router = APIRouter()

_OFFERS = (HTML, JSON_REPORT, CSV)
_VALUES = 20  # of a facet, and characters of a value
_VALUE = 300
_COLUMNS = ("iri", "kind", "notation", "name", "language", "plan", "plan_name", "text", "text_language", "sdgs")


async def show_search(request: Request, site: TheSite) -> Response:
    """Answer with a page of what is found."""
    _, extension = split_extension(request.url.path, _OFFERS)
    choice = document_form(request, extension, _OFFERS)
    criteria = _criteria(request)
    if len(criteria.text) > LONGEST:
        if choice.format != HTML:
            raise _too_long()
        page = search_page(None, criteria.text[:LONGEST], reader(request))
        return respond_page(request, site, page, status=400)
    shown = await _shown(request, site, criteria)
    if choice.format == HTML:
        page = search_page(shown, criteria.text, reader(request))
        return respond_page(request, site, replace(page, query=criteria.path().partition("?")[2]))
    body = _json(shown) if choice.format == JSON_REPORT else _csv(shown)
    headers = {**VARY, "Content-Language": reader(request).languages}  # names come in the reader's language
    return Response(body, headers=headers, media_type=content_type(choice.media_type))


for _ending in ("", *(f".{form.extension}" for form in _OFFERS)):
    router.add_api_route(f"/search{_ending}", show_search, methods=["GET", "HEAD"])


@router.api_route("/search/suggest.json", methods=["GET", "HEAD"])
async def suggest(request: Request, site: TheSite) -> Response:
    """Answer with what may be meant by a text that is being typed.

    Raises:
        RequestMalformed: the text is too long.
    """
    text = request.query_params.get("q", "").strip()
    if len(text) > LONGEST:
        raise _too_long()
    view = reader(request)
    things = await _searching(request).suggest(text, MOST)
    document = {
        "query": text,
        "suggestions": [_suggestion(s, view) for s in await suggestions(site.engine, text, things, view)],
    }
    return Response(
        orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE),
        headers={**VARY, "Content-Language": view.languages},
        media_type=content_type(JSON_REPORT.media_type),
    )


def _suggestion(shown: Suggestion, view: Reader) -> dict[str, object]:
    return {
        "iri": shown.thing.iri,
        "page": shown.reference.href,
        "kind": shown.thing.profile.kind,
        "kind_name": shown.kind,
        "notation": shown.reference.notation,
        "sdg": shown.reference.sdg,
        "name": "".join(piece.text for piece in shown.name.pieces),
        "pieces": [{"text": piece.text, "fits": piece.marked} for piece in shown.name.pieces],
        "language": shown.language or view.language,
        "plan": shown.thing.plan,
        "plan_name": cut(shown.plan.text, LENGTH) if shown.plan else None,
    }


def _too_long() -> RequestMalformed:
    return RequestMalformed(
        N_("At most {limit} characters can be searched for."), limit=LONGEST, members={"limit": LONGEST}
    )


def _searching(request: Request) -> Searching:
    searching = request.app.state.searching
    assert isinstance(searching, Searching)  # noqa: S101  # assemble_app put it there
    return searching


def _criteria(request: Request) -> Criteria:
    parameters = request.query_params
    number = parameters.get("page", "1")
    if not (number.isascii() and number.isdecimal() and len(number) < 10 and 1 <= int(number) <= PAGES):
        raise ResourceNotFound(
            N_("Results have the pages 1 to {pages} at most; narrow the search to see others."), pages=PAGES
        )
    chosen = {}
    for facet in FACETS:
        values = [value[:_VALUE] for value in parameters.getlist(facet) if value]
        if values:
            chosen[facet] = tuple(dict.fromkeys(values))[:_VALUES]
    return Criteria(parameters.get("q", "").strip(), chosen, int(number))


async def _shown(request: Request, site: Site, criteria: Criteria) -> Results:
    found = await _searching(request).find(criteria)
    if criteria.number > found.pages:
        raise ResourceNotFound(
            N_("There is no page {number} here; the last one is {pages}."), number=criteria.number, pages=found.pages
        )
    return await results(site.engine, criteria, found, reader(request))


def _rows(shown: Results) -> list[dict[str, object]]:
    return [
        {
            "iri": row.reference.iri,
            "kind": row.hit.thing.profile.kind,
            "notation": row.reference.notation,
            "name": row.reference.name.text,
            "language": row.reference.name.language or shown.language,
            "plan": row.hit.thing.plan,
            "plan_name": _text(row.plan),
            "text": "".join(piece.text for piece in row.text.pieces) if row.text else None,
            "text_language": (row.language or shown.language) if row.text else None,
            "sdgs": [{"sdg": number, "basis": basis or None} for number, basis in row.hit.thing.profile.ties],
        }
        for row in shown.rows
    ]


def _text(reference: Reference | None) -> str | None:
    return reference.name.text if reference else None


def _json(shown: Results) -> bytes:
    criteria, found = shown.criteria, shown.found
    document = {
        "query": criteria.text,
        "chosen": criteria.chosen,
        "total": found.total,
        "page": criteria.number,
        "pages": found.pages,
        "page_size": PAGE,
        "next": criteria.at(criteria.number + 1).path(".json") if criteria.number < found.pages else None,
        "facets": {
            facet.key: [
                {"value": c.value, "name": c.name, "count": c.count, "chosen": c.chosen} for c in facet.everything
            ]
            for facet in shown.facets
        },
        "results": _rows(shown),
    }
    return orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE)


def _csv(shown: Results) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS)
    writer.writeheader()
    for row in _rows(shown):
        ties = row["sdgs"]
        assert isinstance(ties, list)  # noqa: S101  # of _rows
        row["sdgs"] = " ".join(f"{tie['sdg']}:{tie['basis']}" if tie["basis"] else tie["sdg"] for tie in ties)
        writer.writerow(row)
    return out.getvalue()
