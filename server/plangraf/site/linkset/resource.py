"""The addresses of link sets: the links of a page, its data and its downloads in one document (RFC 9264)."""

from collections.abc import Collection
from dataclasses import dataclass

import orjson

from plangraf.errors import ResourceNotFound
from plangraf.formats import LINKSET
from plangraf.http.content import Content
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource
from plangraf.http.services import Services
from plangraf.http.signposting import linkset
from plangraf.languages import N_
from plangraf.linkeddata.addresses import DOCUMENTS
from plangraf.linkeddata.catalogue import CATALOGUE_PATH
from plangraf.linkeddata.description import describe_graph
from plangraf.site.catalogue.page import catalogue_landing
from plangraf.site.document.foreign import landing_path
from plangraf.site.document.linked_page import LinkedPage, read_linked_page
from plangraf.site.graph.resource import graph_landing


@dataclass(frozen=True)
class LinkSet:
    """The facts about the thing of a page, and the path of the page."""

    page: LinkedPage
    path: str


async def _read(request: RecordingRequest, services: Services) -> LinkSet:
    """Return the facts about the thing whose page is at the path after `/linkset`, without rendering the page.

    Raises:
        ResourceNotFound: there is no such page, or it has no link set.
        RequestMalformed: the path is that of a document about an IRI of others, and the parameter `iri` is missing.
    """
    path = landing_path(request.path.removeprefix("/linkset"), request, services)
    return LinkSet(await _page(path, services), path)


async def _page(path: str, services: Services) -> LinkedPage:
    datasets, iri = await services.facts.datasets(), services.addresses.page_iri(path)
    if iri is not None and path.startswith(DOCUMENTS):
        return await read_linked_page(iri, services)
    if iri is not None:
        await describe_graph(services.engine, iri)
        return LinkedPage(graph_landing(iri), datasets.sources((iri,)))
    if path == CATALOGUE_PATH:
        return LinkedPage(catalogue_landing(), await services.facts.catalogue_sources())
    raise ResourceNotFound(N_("There is no link set of {path}."), path=path)


def _about(path: str, services: Services) -> Collection[str]:
    landing = path.removeprefix("/linkset")
    if landing == CATALOGUE_PATH:
        return services.manifest.counts.graphs
    if landing == DOCUMENTS:
        return services.manifest.counts.graphs  # the IRI is not in the path
    iri = services.addresses.page_iri(landing)
    return () if iri is None else (iri,)


async def _write(found: LinkSet, request: RecordingRequest, _: Services) -> Content:
    document = linkset(found.page.landing, found.path, found.page.sources, request.base)
    return Content(orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


RESOURCES = (
    Resource(
        path="/linkset/{name:path}",
        summary="the links of the page at the rest of the path",
        model=_read,
        about=_about,
        forms=(Form(LINKSET, _write),),
    ),
)
