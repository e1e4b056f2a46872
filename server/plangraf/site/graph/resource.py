"""The addresses of named graphs."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.http.declaration import Example, Listed
from plangraf.http.graph import graph_forms
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Resource
from plangraf.http.services import Services
from plangraf.http.signposting import Landing
from plangraf.linkeddata.addresses import graph_iri
from plangraf.linkeddata.description import describe_graph
from plangraf.site.document.statements import statements_page
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


def graph_landing(iri: str) -> Landing:
    """Return the facts about a named graph for the Link header: its type and its download."""
    return Landing(iri, types=("Dataset",), items=(download(iri),))


async def _read(request: RecordingRequest, services: Services) -> NamedGraph:
    iri = graph_iri(request.stem.removeprefix("/graph/"))
    return NamedGraph(iri, await describe_graph(services.engine, iri))


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


async def _paths(services: Services) -> Sequence[str]:
    paths = [services.addresses.document_path(iri) for iri in services.manifest.counts.graphs]
    return [path for path in paths if path is not None and path.startswith("/graph/")]


RESOURCES = (
    Resource(
        path="/graph/{name:path}",
        summary="all triples of a named graph, or a page about the graph",
        model=_read,
        forms=(page_form(_page), *graph_forms(_triples)),
        sitemap=Listed(_paths),
        examples=(Example("graph", "/graph/trondheim/samfunnsplan-2020-2032", engine_calls=1),),
    ),
)
