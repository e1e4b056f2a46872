"""The files of a plan in Turtle, one for each of its graphs, in stable order."""

from collections.abc import Iterable
from pathlib import PurePosixPath

import pyoxigraph as ox

from plangraf.formats import TURTLE
from plangraf.rdf.serialization import serialize
from plangraf.workbook.addresses import PlanAddresses

_PLAN, _LINKS, _LABELS = "plan.ttl", "links.ttl", "labels.ttl"


def turtle_files(quads: Iterable[ox.Quad], addresses: PlanAddresses) -> dict[PurePosixPath, bytes]:
    """Return the content of the files of a plan, by their paths below the folder of the plan.

    Args:
        quads: the statements of the graphs of the plan.
        addresses: its addresses.
    """
    graphs: dict[str, list[ox.Triple]] = {}
    for quad in quads:
        if isinstance(quad.graph_name, ox.NamedNode):
            triples = graphs.setdefault(quad.graph_name.value, [])
            triples.append(ox.Triple(quad.subject, quad.predicate, quad.object))
    found = {}
    for graph in sorted(graphs):
        tail = graph.removeprefix(addresses.graph()).strip("/")
        name = _PLAN if not tail else _LABELS if tail.startswith("translation") else _LINKS
        found[PurePosixPath(tail) / name] = serialize(graphs[graph], TURTLE)
    return found
