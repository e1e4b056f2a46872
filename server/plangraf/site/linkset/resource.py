"""The addresses of link sets: the links of a page, its data and its downloads in one document (RFC 9264)."""

from dataclasses import dataclass

import orjson

from plangraf.errors import ResourceNotFound
from plangraf.formats import LINKSET
from plangraf.http.content import Content
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource
from plangraf.http.services import Services
from plangraf.http.signposting import Landing, linkset
from plangraf.languages import N_
from plangraf.linkeddata.addresses import described_iri, graph_iri
from plangraf.linkeddata.catalogue import CATALOGUE_PATH
from plangraf.linkeddata.description import describe_graph, describe_with_graphs
from plangraf.linkeddata.sources import Sources
from plangraf.linkeddata.statements import Statements, select_statements
from plangraf.namespaces import expand
from plangraf.site.catalogue.page import catalogue_landing
from plangraf.site.document.concept import CLASSES, concept_landing
from plangraf.site.document.model import sources_of
from plangraf.site.graph.resource import graph_landing
from plangraf.site.plan.page import plan_landing, plan_query

_PLAN = expand("plan:Plan")


def _page_path(request: RecordingRequest) -> str:
    return request.path.removeprefix("/linkset")


@dataclass(frozen=True)
class LinkedPage:
    """The facts about the thing of a page, and the graphs behind the page."""

    landing: Landing
    sources: Sources


async def _read(request: RecordingRequest, services: Services) -> LinkedPage:
    """Return the facts about the thing whose page is at the path after `/linkset`, without rendering the page.

    Raises:
        ResourceNotFound: there is no such page, or it has no link set.
    """
    path, datasets = _page_path(request), await services.facts.datasets()
    if path.startswith("/doc/"):
        return await _document(described_iri(path.removeprefix("/doc/")), services)
    if path.startswith("/graph/"):
        iri = graph_iri(path.removeprefix("/graph/"))
        await describe_graph(services.engine, iri)
        return LinkedPage(graph_landing(iri), datasets.sources((iri,)))
    if path == CATALOGUE_PATH:
        return LinkedPage(catalogue_landing(await services.facts.dumps()), await services.facts.catalogue_sources())
    raise ResourceNotFound(N_("There is no link set of {path}."), path=path)


async def _document(iri: str, services: Services) -> LinkedPage:
    datasets = await services.facts.datasets()
    if iri in services.manifest.plans:
        described, statements, types = None, Statements(), {_PLAN}
    else:
        described = await describe_with_graphs(services.engine, iri)
        statements = Statements(described.triples)
        types = statements.types(iri)
    if _PLAN in types:
        landing = plan_landing(await select_statements(services.engine, plan_query(iri)), iri)
    else:
        landing = concept_landing(statements, iri) if types & CLASSES else Landing(iri)
    dataset = datasets.about(iri)
    return LinkedPage(landing, sources_of(datasets, dataset, described))


async def _write(page: LinkedPage, request: RecordingRequest, _: Services) -> Content:
    found = linkset(page.landing, _page_path(request), page.sources, request.base)
    return Content(orjson.dumps(found, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


RESOURCES = (
    Resource(
        path="/linkset/{name:path}",
        summary="the links of the page at the rest of the path",
        model=_read,
        forms=(Form(LINKSET, _write),),
    ),
)
