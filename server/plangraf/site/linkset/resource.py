"""The addresses of link sets: the links of a page, its data and its downloads in one document (RFC 9264)."""

from collections.abc import Collection

import orjson

from plangraf.errors import ResourceNotFound
from plangraf.formats import LINKSET
from plangraf.http.content import Content
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource
from plangraf.http.services import Services
from plangraf.http.signposting import linkset
from plangraf.languages import N_
from plangraf.linkeddata.addresses import graph_iri
from plangraf.linkeddata.catalogue import CATALOGUE_PATH
from plangraf.linkeddata.description import describe_graph
from plangraf.site.catalogue.page import catalogue_landing
from plangraf.site.document.linked_page import LinkedPage, read_linked_page
from plangraf.site.graph.resource import graph_landing


def _page_path(request: RecordingRequest) -> str:
    return request.path.removeprefix("/linkset")


async def _read(request: RecordingRequest, services: Services) -> LinkedPage:
    """Return the facts about the thing whose page is at the path after `/linkset`, without rendering the page.

    Raises:
        ResourceNotFound: there is no such page, or it has no link set.
    """
    path, datasets = _page_path(request), await services.facts.datasets()
    if path.startswith("/doc/"):
        return await read_linked_page(services.addresses.described_iri(path.removeprefix("/doc/")), services)
    if path.startswith("/graph/"):
        iri = graph_iri(path.removeprefix("/graph/"))
        await describe_graph(services.engine, iri)
        return LinkedPage(graph_landing(iri), datasets.sources((iri,)))
    if path == CATALOGUE_PATH:
        return LinkedPage(catalogue_landing(), await services.facts.catalogue_sources())
    raise ResourceNotFound(N_("There is no link set of {path}."), path=path)


def _about(path: str, services: Services) -> Collection[str]:
    landing = path.removeprefix("/linkset")
    if landing == CATALOGUE_PATH:
        return services.manifest.counts.graphs
    iri = services.addresses.page_iri(landing)
    return () if iri is None else (iri,)


async def _write(page: LinkedPage, request: RecordingRequest, _: Services) -> Content:
    found = linkset(page.landing, _page_path(request), page.sources, request.base)
    return Content(orjson.dumps(found, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


RESOURCES = (
    Resource(
        path="/linkset/{name:path}",
        summary="the links of the page at the rest of the path",
        model=_read,
        about=_about,
        forms=(Form(LINKSET, _write),),
    ),
)
