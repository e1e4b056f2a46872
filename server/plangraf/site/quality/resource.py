"""The quality report as pages and as RDF (DQV), and the claims about links as a mapping set (SSSOM)."""

from fastapi import APIRouter, Request, Response

from plangraf.formats import GRAPH_FORMATS, HTML, TSV, content_type
from plangraf.http.negotiate import document_form, page_number, reader, split_extension
from plangraf.http.respond import respond_data, respond_page
from plangraf.http.services import TheSite
from plangraf.linkeddata.addresses import described_iri
from plangraf.linkeddata.dqv import QUALITY_PATH, quality_description
from plangraf.linkeddata.quality import Measured
from plangraf.linkeddata.sssom import MAPPINGS_PATH
from plangraf.site.quality.page import plan_quality_page, quality_page

router = APIRouter()

_METHODS = ["GET", "HEAD"]


def _measured(request: Request) -> Measured:
    measured = request.app.state.measured
    assert isinstance(measured, Measured)  # noqa: S101  # assemble_app put it there
    return measured


async def show_quality(request: Request, site: TheSite) -> Response:
    """Answer with the report on all plans, a page of them at a time."""
    path, extension = split_extension(request.url.path)
    choice = document_form(request, extension)
    measured, number = _measured(request), page_number(request)
    qualities = await measured.page(number)
    data_path = path if number == 1 else None  # the addresses of the other pages are in the page itself
    if choice.format == HTML:
        total = len(await measured.plans())
        page = await quality_page(site.engine, qualities, number, total, reader(request))
        return respond_page(request, site, page, data_path=data_path)
    triples = quality_description(path, qualities, site.manifest.release)
    return await respond_data(triples, choice, data_path=data_path, negotiated=extension is None)


for _ending in ("", *(f".{f.extension}" for f in (HTML, *GRAPH_FORMATS))):
    router.add_api_route(f"{QUALITY_PATH}{_ending}", show_quality, methods=_METHODS)


@router.api_route(f"{QUALITY_PATH}/{{name:path}}", methods=_METHODS)
async def show_plan_quality(request: Request, site: TheSite) -> Response:
    """Answer with the report of one plan."""
    path, extension = split_extension(request.url.path)
    choice = document_form(request, extension)
    quality = await _measured(request).plan(described_iri(path.removeprefix(f"{QUALITY_PATH}/")))
    if choice.format == HTML:
        page = await plan_quality_page(site.engine, quality, reader(request))
        return respond_page(request, site, page, data_path=path)
    triples = quality_description(path, [quality], site.manifest.release)
    return await respond_data(triples, choice, data_path=path, negotiated=extension is None)


@router.api_route(MAPPINGS_PATH, methods=_METHODS)
async def show_mappings(request: Request, site: TheSite) -> Response:
    """Answer with all claims about links as a mapping set."""
    body = await _measured(request).mappings(site.manifest.release)
    return Response(body, media_type=content_type(TSV.media_type))
