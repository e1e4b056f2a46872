"""The catalogue, by DCAT-AP-NO: as data, and as a page with everything that can be downloaded."""

from dataclasses import replace

from fastapi import APIRouter, Request, Response

from plangraf.formats import GRAPH_FORMATS, HTML, content_type
from plangraf.http.negotiate import VARY, document_form, reader, split_extension
from plangraf.http.release_facts import TheHoldings
from plangraf.http.respond import respond_page
from plangraf.http.services import TheSite
from plangraf.http.signposting import data_links, header
from plangraf.linkeddata.catalogue import CATALOGUE_PATH
from plangraf.linkeddata.statements import Statements
from plangraf.site.catalogue.page import catalogue_page

router = APIRouter()


async def show_catalogue(request: Request, site: TheSite, holdings: TheHoldings) -> Response:
    """Answer with the catalogue."""
    path, extension = split_extension(request.url.path)
    choice = document_form(request, extension)
    if choice.format == HTML:
        page = catalogue_page(
            Statements(await holdings.catalogue()), await holdings.dumps(), await holdings.datasets(), reader(request)
        )
        page = replace(page, citation=(await holdings.citations()).of_release(reader(request).language))
        return respond_page(request, site, page, data_path=path)
    headers = {**(VARY if extension is None else {}), "Link": header(data_links(path))}
    body = await holdings.serialized_catalogue(choice.format)
    return Response(body, headers=headers, media_type=content_type(choice.media_type))


for _ending in ("", *(f".{f.extension}" for f in (HTML, *GRAPH_FORMATS))):
    router.add_api_route(f"{CATALOGUE_PATH}{_ending}", show_catalogue, methods=["GET", "HEAD"])
