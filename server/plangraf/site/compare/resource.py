"""Municipalities compared, as pages and as data."""

import csv
import io

import orjson
from fastapi import APIRouter, Request, Response

from plangraf.errors import RequestMalformed, ResourceNotFound
from plangraf.formats import CSV, HTML, JSON_REPORT, by_extension, content_type
from plangraf.http.negotiate import VARY, document_form, page_number, reader
from plangraf.http.respond import respond_page
from plangraf.http.services import TheSite
from plangraf.languages import N_
from plangraf.site.compare.page import (
    BASES,
    PATH,
    Selection,
    ask_counts,
    ask_publishers,
    compare_page,
    contribution_records,
    count_records,
)
from plangraf.site.sdg.page import GOAL_NUMBERS

router = APIRouter()

_FORMS = (HTML, JSON_REPORT, CSV)


def _selection(request: Request) -> Selection:
    """Return what is compared; a form sends empty values for what is not chosen."""
    asked = request.query_params
    basis, sdg = asked.get("basis") or None, asked.get("sdg") or None
    if basis not in (None, *BASES):
        raise RequestMalformed(N_("The parameter basis is stated or editorial; without it both are shown."))
    if sdg not in (None, *GOAL_NUMBERS):
        raise ResourceNotFound(N_("The parameter sdg is the number of an SDG, from 1 to 17."))
    publishers = tuple(dict.fromkeys(key for key in asked.getlist("publisher") if key))
    return Selection(publishers, basis, sdg, page_number(request))


async def show_comparison(request: Request, site: TheSite) -> Response:
    """Answer with the comparison; data hold all publishers and contributions, pages 50 at a time."""
    extension = by_extension(request.url.path, _FORMS)
    choice = document_form(request, extension, _FORMS)
    selection, view = _selection(request), reader(request)
    if choice.format == HTML:
        return respond_page(request, site, await compare_page(site.engine, selection, view))
    reading = await ask_publishers(site.engine, selection, view)
    if selection.sdg is None:
        records = count_records(await ask_counts(site.engine, reading, selection), selection)
    else:
        records = await contribution_records(site.engine, selection, view)
    if choice.format == CSV:
        body = _csv(records, selection)
    else:
        document = {"release": site.manifest.release, "records": records}
        body = orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE)
    headers = {**VARY, "Content-Language": view.languages}  # names come in the reader's language
    return Response(body, headers=headers, media_type=content_type(choice.media_type))


def _csv(records: list[dict[str, object]], selection: Selection) -> bytes:
    """Return records as CSV (RFC 4180), with a header even when there are none; several sources stand in one cell."""
    if selection.sdg is None:
        header = ["publisher", "key", "name", "sdg", *((selection.basis,) if selection.basis else BASES)]
    else:
        header = ["publisher", "plan", "thing", "relation", "sdg", "basis", "sources", "claim"]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    for record in records:
        cells = (record[name] for name in header)
        writer.writerow([" ".join(cell) if isinstance(cell, list) else cell for cell in cells])
    return text.getvalue().encode()


for _ending in ("", ".html", ".json", ".csv"):
    router.add_api_route(f"{PATH}{_ending}", show_comparison, methods=["GET", "HEAD"])
