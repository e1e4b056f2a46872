"""The description of the endpoint (SPARQL 1.1 Service Description)."""

from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from plangraf.formats import GRAPH_FORMATS, RESULT_FORMATS
from plangraf.namespaces import expand, fragment
from plangraf.release.release import Manifest


def service_description(
    manifest: Manifest, endpoint: str, licences: Mapping[str, Sequence[str]], shared: Iterable[str]
) -> list[ox.Triple]:
    """Return the description of a service.

    It declares no feature: SERVICE is refused, the default graph is a stored merge and not a union per query, there
    are no empty graphs, and no graph is dereferenced. Every node has an IRI below that of the endpoint.

    Args:
        manifest: the manifest of the release that the service queries.
        endpoint: the IRI of the endpoint.
        licences: the licences of each named graph, by IRI.
        shared: the licences that all graphs state.
    """
    service, dataset, default = (
        ox.NamedNode(f"{endpoint}#{name}") for name in ("service", "dataset", "default-graph")
    )
    formats = [ox.NamedNode(f.iri) for f in (*RESULT_FORMATS, *GRAPH_FORMATS) if f.iri is not None]
    triples = [
        _triple(service, "rdf:type", _term("sd:Service")),
        _triple(service, "sd:endpoint", ox.NamedNode(endpoint)),
        _triple(service, "sd:supportedLanguage", _term("sd:SPARQL11Query")),
        *(_triple(service, "sd:resultFormat", iri) for iri in formats),
        _triple(service, "sd:defaultDataset", dataset),
        _triple(service, "sd:availableGraphs", dataset),
        _triple(dataset, "rdf:type", _term("sd:Dataset")),
        *(_triple(dataset, "dct:license", ox.NamedNode(licence)) for licence in shared),
        _triple(dataset, "dcat:version", ox.Literal(manifest.release)),
        _triple(dataset, "sd:defaultGraph", default),
        *_graph(default, manifest.counts.triples),
    ]
    for iri, size in manifest.counts.graphs.items():
        named, graph = ox.NamedNode(f"{endpoint}#{fragment(iri)}"), ox.NamedNode(iri)
        triples += [
            _triple(dataset, "sd:namedGraph", named),
            _triple(named, "rdf:type", _term("sd:NamedGraph")),
            _triple(named, "sd:name", graph),
            _triple(named, "sd:graph", graph),
            *_graph(graph, size),
            *(_triple(graph, "dct:license", ox.NamedNode(own)) for own in licences.get(iri, ())),
        ]
    return triples


def _graph(graph: ox.NamedNode, size: int) -> list[ox.Triple]:
    return [
        _triple(graph, "rdf:type", _term("sd:Graph")),
        _triple(graph, "void:triples", ox.Literal(size)),
    ]


def _triple(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, _term(predicate), value)


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(expand(name))
