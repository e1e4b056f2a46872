"""SPARQL endpoints as sources: each graph of a publisher is a document, whose statements are counted."""

from urllib.parse import urlencode

import pyoxigraph as ox

from plangraf.harvesting.address import SourceAddress
from plangraf.harvesting.catalogue import ListedDocument
from plangraf.harvesting.client import HarvestResponse
from plangraf.harvesting.faults import HarvestError
from plangraf.harvesting.harvested_file import publisher_of
from plangraf.languages import N_
from plangraf.namespaces import GRAPH, expand, is_derived_graph
from plangraf.publishing.ownership import owns_graph
from plangraf.reserved_segments import reserved_segment_of

_ENDS = ("/sparql", "/query")
RESULTS = "application/sparql-results+json"
"""The media type in which an endpoint is asked for the list of its graphs."""
_LIST = (
    "SELECT ?graph (COUNT(*) AS ?count) WHERE { GRAPH ?graph { ?s ?p ?o } "
    f'FILTER (STRSTARTS(STR(?graph), "{GRAPH}") || '
    f"EXISTS {{ GRAPH ?graph {{ ?plan a <{expand('plan:Plan')}> }} }}) }} "
    "GROUP BY ?graph ORDER BY ?graph"
)


def is_endpoint(address: SourceAddress) -> bool:
    """Return whether an address is taken for that of a SPARQL endpoint, by its end."""
    return address.path.endswith(_ENDS) and "?" not in address.target


def graph_list(endpoint: SourceAddress) -> SourceAddress:
    """Return the address of the list of graphs that have a plan, or a name that a publisher here could have."""
    return _query(endpoint, _LIST)


def read_graph_list(response: HarvestResponse, endpoint: SourceAddress) -> tuple[ListedDocument, ...]:
    """Return the documents that a list of graphs names.

    Raises:
        HarvestError: the answer is no list.
    """
    try:
        found = ox.parse_query_results(response.data, format=ox.QueryResultsFormat.JSON)
        rows = [(row["graph"], row["count"]) for row in found] if isinstance(found, ox.QuerySolutions) else []
    except (SyntaxError, ValueError, KeyError) as error:
        raise HarvestError(
            N_("{address} does not answer as a SPARQL endpoint does: {cause}."),
            address=str(endpoint),
            cause=" ".join(str(error).split())[:200] or "no results",
        ) from error
    documents = []
    for graph, count in rows:
        if not isinstance(graph, ox.NamedNode) or not isinstance(count, ox.Literal) or not count.value.isdecimal():
            continue
        iri = graph.value
        if is_derived_graph(iri) or reserved_segment_of(iri) is not None:
            continue
        named = iri.startswith(GRAPH)
        if named and not owns_graph(publisher_of(iri), iri):
            continue
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"
        documents.append(ListedDocument(_query(endpoint, query), graph=iri if named else "", count=int(count.value)))
    return tuple(documents)


def check_count(listed: ListedDocument, sent: int) -> None:
    """Check that an endpoint has sent a graph as a whole, as those do not that limit their answers in silence.

    Raises:
        HarvestError: statements are missing.
    """
    if sent < listed.count:
        raise HarvestError(
            N_("The endpoint has sent {sent} of {count} statements of the graph {graph}, so they are not used."),
            sent=sent,
            count=listed.count,
            graph=listed.graph or str(listed.address),
        )


def _query(endpoint: SourceAddress, query: str) -> SourceAddress:
    return endpoint.joined(f"{endpoint.path}?{urlencode({'query': query})}")
