"""The concepts of every scheme, by the alphabet and as trees: as pages, as JSON and as CSV."""

import csv
import io
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

import orjson
from fastapi import APIRouter, Request, Response

from plangraf.errors import RequestMalformed, ResourceNotFound
from plangraf.formats import CSV, HTML, JSON_REPORT, content_type
from plangraf.http.negotiate import VARY, document_form, page_number, reader, split_extension
from plangraf.http.raw import raw_path
from plangraf.http.release_facts import Holdings, TheHoldings
from plangraf.http.respond import respond_page
from plangraf.http.services import Site, TheSite
from plangraf.languages import N_
from plangraf.namespaces import ID
from plangraf.negotiation import Choice
from plangraf.site.browse.alphabet import LETTERS, OTHER
from plangraf.site.browse.page import Shelf
from plangraf.site.browse.schemes import PATH, Scheme, listed, of_dataset, scheme_records, schemes_page
from plangraf.site.browse.selection import BASES, KINDS, ORDERS, Browsing

router = APIRouter()

_METHODS = ["GET", "HEAD"]
_FORMS = (HTML, JSON_REPORT, CSV)
_SCHEMES = ("dataset", "iri", "form", "label", "language", "publisher", "publisher_name", "concepts", "page")
_CONCEPTS = ("iri", "kind", "notation", "label", "language", "broader", *(f"sdg_{basis}" for basis in BASES), "page")


async def show_schemes(request: Request, site: TheSite, holdings: TheHoldings) -> Response:
    """Answer with everything that can be browsed; data hold all of it, pages 50 at a time."""
    _, extension = split_extension(request.url.path, _FORMS)
    choice = document_form(request, extension, _FORMS)
    view, number = reader(request), page_number(request)
    rows = listed(await holdings.datasets(), await holdings.schemes(), view)
    if choice.format == HTML:
        return respond_page(request, site, schemes_page(rows, number, view))
    return _data(request, site, choice, scheme_records(rows, _base(request), view), _SCHEMES)


for _ending in ("", *(f".{form.extension}" for form in _FORMS)):
    router.add_api_route(f"{PATH}{_ending}", show_schemes, methods=_METHODS)


@router.api_route(f"{PATH}/{{name:path}}", methods=_METHODS)
async def show_concepts(request: Request, site: TheSite, holdings: TheHoldings) -> Response:
    """Answer with the concepts of one scheme of a dataset; data hold all of them."""
    path, extension = split_extension(raw_path(request), _FORMS)
    choice = document_form(request, extension, _FORMS)
    browsing = _browsing(request, path.removeprefix(f"{PATH}/"))
    schemes = await _schemes(holdings, browsing.name)
    scheme = _chosen(schemes, browsing)
    shelf = Shelf(schemes, scheme, await holdings.concepts(scheme.iri), browsing, reader(request))
    if choice.format == HTML:
        return respond_page(request, site, shelf.page())
    return _data(request, site, choice, shelf.records(_base(request)), _CONCEPTS)


def _browsing(request: Request, name: str) -> Browsing:
    """Return what is browsed; empty values are as if they were not given."""
    asked = {key: value for key, value in request.query_params.items() if value}
    order, kind, letter = asked.get("order"), asked.get("kind"), asked.get("letter")
    if order not in (None, *ORDERS):
        raise RequestMalformed(N_("The parameter order is tree or alphabetical."))
    if kind not in (None, *KINDS):
        raise RequestMalformed(N_("The parameter kind is one of {kinds}."), kinds=", ".join(KINDS))
    if letter is not None and letter.upper() not in (*LETTERS, OTHER):
        raise RequestMalformed(N_("The parameter letter is a letter of the Norwegian alphabet, or # (written %23)."))
    return Browsing(
        name=unquote(name),
        scheme=asked.get("scheme"),
        order=order,
        kind=kind,
        letter=letter.upper() if letter else None,
        under=asked.get("under"),
        page=page_number(request),
    )


async def _schemes(holdings: Holdings, name: str) -> list[Scheme]:
    """Return the schemes of the dataset `name`, or else the plan with that path, whatever dataset describes it.

    Raises:
        ResourceNotFound: there is neither.
    """
    every = await holdings.schemes()
    for dataset in (await holdings.datasets()).datasets:
        if name in (dataset.name, unquote(dataset.name)):
            return of_dataset(dataset, every)
    plans = [scheme for scheme in every if scheme.iri == ID + name]
    if plans:
        return plans
    raise ResourceNotFound(
        N_("There is no dataset {name} to browse; {path} lists what there is."), name=name[:80], path=PATH
    )


def _chosen(schemes: list[Scheme], browsing: Browsing) -> Scheme:
    for scheme in schemes:
        if browsing.scheme in (None, scheme.iri):
            return scheme
    raise ResourceNotFound(
        N_("{name} has no scheme {scheme}."), name=browsing.name[:80], scheme=(browsing.scheme or "")[:80]
    )


def _base(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}"


def _data(
    request: Request,
    site: Site,
    choice: Choice,
    records: Iterable[Mapping[str, object]],
    columns: tuple[str, ...],
) -> Response:
    """Return records as JSON, or as CSV (RFC 4180) with a header even when there are none."""
    headers = {**VARY, "Content-Language": reader(request).language}  # labels come in the reader's language
    if choice.format == CSV:
        text = io.StringIO()
        writer = csv.DictWriter(text, columns)
        writer.writeheader()
        for record in records:
            writer.writerow({k: " ".join(v) if isinstance(v, list) else v for k, v in record.items()})
        body = text.getvalue().encode()
    else:
        document = {"release": site.manifest.release, "records": list(records)}
        body = orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE)
    return Response(body, headers=headers, media_type=content_type(choice.media_type))
