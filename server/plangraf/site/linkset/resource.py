"""The addresses of link sets: the links of a page, its data and its downloads in one document (RFC 9264)."""

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
from plangraf.linkeddata.description import describe, describe_graph
from plangraf.linkeddata.statements import Statements, select_statements
from plangraf.namespaces import SDG_SCHEME, expand
from plangraf.site.catalogue.page import catalogue_landing
from plangraf.site.document.concept import CLASSES, concept_landing
from plangraf.site.graph.resource import graph_landing
from plangraf.site.plan.page import plan_landing, plan_query


def _page_path(request: RecordingRequest) -> str:
    return request.path.removeprefix("/linkset")


async def _read(request: RecordingRequest, services: Services) -> Landing:
    """Return the facts about the thing whose page is at the path after `/linkset`, without rendering the page.

    Raises:
        ResourceNotFound: there is no such page, or it has no link set.
    """
    path = _page_path(request)
    if path.startswith("/doc/"):
        return await _document(described_iri(path.removeprefix("/doc/")), services)
    if path.startswith("/graph/"):
        iri = graph_iri(path.removeprefix("/graph/"))
        await describe_graph(services.engine, iri)
        return graph_landing(iri)
    if path == CATALOGUE_PATH:
        return catalogue_landing(await services.facts.dumps())
    raise ResourceNotFound(N_("There is no link set of {path}."), path=path)


async def _document(iri: str, services: Services) -> Landing:
    if iri == SDG_SCHEME:
        return Landing(iri)
    if iri not in services.manifest.plans:
        statements = Statements(await describe(services.engine, iri))
        types = statements.types(iri)
        if expand("plan:Plan") not in types:
            return concept_landing(statements, iri) if types & CLASSES else Landing(iri)
    return plan_landing(await select_statements(services.engine, plan_query(iri)), iri)


async def _write(landing: Landing, request: RecordingRequest, _: Services) -> Content:
    found = linkset(landing, _page_path(request), request.base)
    return Content(orjson.dumps(found, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


RESOURCES = (
    Resource(
        path="/linkset/{name:path}",
        summary="the links of the page at the rest of the path",
        model=_read,
        forms=(Form(LINKSET, _write),),
    ),
)
