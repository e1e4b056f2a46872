"""The addresses of named graphs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pyoxigraph as ox
from fastapi import Request, Response

from plangraf.errors import ResourceGone, ResourceNotFound
from plangraf.http.content import Content
from plangraf.http.declaration import Example, Listed
from plangraf.http.graph import graph_forms
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, FormResult, Resource
from plangraf.http.services import Services
from plangraf.http.signposting import Landing
from plangraf.linkeddata.addresses import graph_iri
from plangraf.linkeddata.description import describe_graph
from plangraf.rdf.graph_version import graph_version
from plangraf.site.document.statements import statements_page
from plangraf.site.document.withdrawn import withdrawn_content
from plangraf.site.graphs.change import CHANGE_TYPES, change_graph
from plangraf.site.graphs.reason import CHANGE_PARAMETERS
from plangraf.view.downloads import download
from plangraf.view.page import Metadata, Page
from plangraf.view.page_form import page_form
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading
from plangraf.view.term_names import term_names


@dataclass(frozen=True)
class NamedGraph:
    """A named graph with all its triples."""

    iri: str
    triples: list[ox.Triple]

    @cached_property
    def version(self) -> str | None:
        """The version of the graph, which the entity tags of all forms have; None if it has blank nodes."""
        return graph_version(self.triples)


@dataclass(frozen=True)
class MissingGraph:
    """A named graph that the release does not have: it was withdrawn, or never was.

    Attributes:
        iri: the IRI of the graph.
        error: the error of a document about it, if it never was.
    """

    iri: str
    error: ResourceGone | ResourceNotFound


def graph_landing(iri: str) -> Landing:
    """Return the facts about a named graph for the Link header: its type and its download."""
    return Landing(iri, types=("Dataset",), items=(download(iri),))


async def _read(request: RecordingRequest, services: Services) -> NamedGraph | MissingGraph:
    iri = graph_iri(request.stem.removeprefix("/graph/"))
    try:
        return NamedGraph(iri, await describe_graph(services.engine, iri))
    except (ResourceGone, ResourceNotFound) as error:
        return MissingGraph(iri, error)


async def _page(graph: NamedGraph, request: RecordingRequest, services: Services) -> Page:
    """Return the page of a named graph, with the statements about it and the number of its triples."""
    reader = Reader.of(request)
    reading = Reading(graph.triples, reader, term_names(reader.language))
    citation = (await services.facts.citations()).of_thing(reading.statements, graph.iri, reader.language)
    sources = (await services.facts.datasets()).sources((graph.iri,))
    metadata = Metadata(request.stem, citation, sources=sources)
    return statements_page(reading, graph_landing(graph.iri), metadata, len(set(graph.triples)))


async def _triples(graph: NamedGraph, _: RecordingRequest, __: Services) -> list[ox.Triple]:
    return graph.triples


def _versioned(form: Form[NamedGraph]) -> Form[NamedGraph | MissingGraph]:
    """Return a form whose entity tag tells the state of the graph, so that a change can depend on it.

    If the graph was withdrawn, the form tells of that.
    """

    async def write(graph: NamedGraph | MissingGraph, request: RecordingRequest, services: Services) -> FormResult:
        if isinstance(graph, MissingGraph):
            return await withdrawn_content(graph.iri, request.stem, graph.error, request, services)
        content = await form.write(graph, request, services)
        if isinstance(content, Content):
            return replace(content, version=graph.version or services.manifest.release)
        return content

    return Form(form.format, write)


async def _change(request: Request, services: Services) -> Response:
    """Change the graph at the address; the address of a form is that of its graph (direct identification)."""
    return await change_graph(
        request, services, graph_iri(_RESOURCE.request(request.scope).stem.removeprefix("/graph/"))
    )


async def _paths(services: Services) -> Sequence[str]:
    paths = [services.addresses.document_path(iri) for iri in services.manifest.counts.graphs]
    return [path for path in paths if path is not None and path.startswith("/graph/")]


_RESOURCE = Resource(
    path="/graph/{name:path}",
    summary="all triples of a named graph, or a page about the graph; its publisher [changes](#changing-graphs) it",
    model=_read,
    forms=tuple(map(_versioned, (page_form(_page), *graph_forms(_triples)))),
    about=lambda path, _: (graph_iri(path.removeprefix("/graph/")),),
    change=_change,
    sitemap=Listed(_paths),
    examples=(Example("graph", "/graph/trondheim/samfunnsplan-2020-2032", engine_calls=1),),
    body_types=CHANGE_TYPES,
    parameters=CHANGE_PARAMETERS,
)
RESOURCES = (_RESOURCE,)
