"""The first segments below `/id/`, `/doc/` and `/graph/` that no publisher may have, because others have them."""

from functools import cache

from plangraf import shipped
from plangraf.namespaces import BASE, DERIVED_GRAPH, DOC, GRAPH, ID, ONTOLOGY, PROBLEMS, SHAPES, SPARQL
from plangraf.uri_spaces import SITE_SEGMENTS

_NAMESPACES = (ID, DOC, GRAPH, ONTOLOGY, SHAPES, PROBLEMS, SPARQL)


@cache
def reserved_segments() -> frozenset[str]:
    """Return the segments of the site, of Plangraf's namespaces, and of the shipped data that are no publisher's.

    A shipped folder is a publisher's if it has the folder of a plan.
    """
    namespaces = {iri.removeprefix(BASE).strip("/").partition("/")[0] for iri in _NAMESPACES}
    folders = {
        folder.name for folder in shipped.DATA.iterdir() if folder.is_dir() and not any(folder.glob("*/plan.ttl"))
    }
    return frozenset({*SITE_SEGMENTS, *namespaces, *folders, DERIVED_GRAPH.removeprefix(GRAPH)})


def reserved_segment_of(iri: str) -> str | None:
    """Return the reserved segment in the place of the publisher of a plan or a graph with this IRI, or None."""
    for root in (ID, GRAPH):
        if iri.startswith(root):
            segment = iri.removeprefix(root).partition("/")[0]
            return segment if segment in reserved_segments() else None
    return None
