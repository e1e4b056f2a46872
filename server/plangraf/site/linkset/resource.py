"""Link sets: the links of a page about a thing, of its data and its downloads, in one document (RFC 9264)."""

import orjson
from fastapi import APIRouter, Request, Response

from plangraf.errors import ResourceNotFound
from plangraf.http.negotiate import reader
from plangraf.http.raw import raw_path
from plangraf.http.release_facts import Holdings, TheHoldings
from plangraf.http.services import Site, TheSite
from plangraf.http.signposting import LINKSET, linkset
from plangraf.languages import N_
from plangraf.linkeddata.addresses import described_iri, graph_iri
from plangraf.linkeddata.catalogue import CATALOGUE_PATH
from plangraf.linkeddata.statements import Statements
from plangraf.site.catalogue.page import catalogue_page
from plangraf.site.document.page import graph_page, resource_page
from plangraf.view.page import Page

router = APIRouter()


@router.api_route("/linkset/{name:path}", methods=["GET", "HEAD"])
async def show_linkset(request: Request, site: TheSite, holdings: TheHoldings) -> Response:
    """Answer with the link set of the page at the path behind `/linkset`."""
    path = raw_path(request).removeprefix("/linkset")
    base = f"{request.url.scheme}://{request.url.netloc}"
    body = linkset(await _page(request, site, holdings, path), path, base)
    return Response(orjson.dumps(body, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE), media_type=LINKSET)


async def _page(request: Request, site: Site, holdings: Holdings, path: str) -> Page:
    if path.startswith("/doc/"):
        return await resource_page(site.engine, described_iri(path.removeprefix("/doc/")), reader(request))
    if path.startswith("/graph/"):
        return await graph_page(site.engine, graph_iri(path.removeprefix("/graph/")), reader(request))
    if path == CATALOGUE_PATH:
        triples = Statements(await holdings.catalogue())
        return catalogue_page(triples, await holdings.dumps(), await holdings.datasets(), reader(request))
    raise ResourceNotFound(N_("There is no link set of {path}."), path=path)
