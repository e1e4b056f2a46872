"""Counts of triples, instances and links in a release."""

from collections import Counter
from collections.abc import Iterable

import pyoxigraph as ox

from plangraf.namespaces import GRAPH, PLAN, PREFIXES, SDG
from plangraf.release.release import Counts

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_PLAN = ox.NamedNode(PLAN + "Plan")
# The target of a claim about a link; it is not counted, because the link itself is a triple too.
_CLAIMED = ox.NamedNode(PREFIXES["owl"] + "annotatedTarget")
_SDG_GRAPH = GRAPH + "sdg"


def count(quads: Iterable[ox.Quad]) -> Counts:
    """Return the counts of a dataset, or a part of one, whose default graph is the merge of its named graphs."""
    triples = 0
    graphs: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    links: dict[str, Counter[str]] = {}
    for quad in quads:
        if isinstance(quad.graph_name, ox.NamedNode):
            graph = quad.graph_name.value
            graphs[graph] += 1
            if graph != _SDG_GRAPH and _links_to_sdg(quad):
                links.setdefault(graph, Counter())[quad.predicate.value] += 1
        elif isinstance(quad.graph_name, ox.DefaultGraph):
            triples += 1
            properties[quad.predicate.value] += 1
            if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
                classes[quad.object.value] += 1
    return Counts(
        triples=triples,
        graphs=_sorted(graphs),
        classes=_sorted(classes),
        properties=_sorted(properties),
        links={graph: _sorted(links[graph]) for graph in sorted(links)},
    )


def add(counts: Iterable[Counts]) -> Counts:
    """Return the sum of the counts of the parts of a dataset."""
    triples = 0
    totals: dict[str, Counter[str]] = {"graphs": Counter(), "classes": Counter(), "properties": Counter()}
    links: dict[str, Counter[str]] = {}
    for part in counts:
        triples += part.triples
        for name, total in totals.items():
            total.update(getattr(part, name))
        for graph, found in part.links.items():
            links.setdefault(graph, Counter()).update(found)
    return Counts(
        triples=triples,
        **{name: _sorted(total) for name, total in totals.items()},
        links={graph: _sorted(links[graph]) for graph in sorted(links)},
    )


def plans(quads: Iterable[ox.Quad]) -> tuple[str, ...]:
    """Return the IRIs of the plans among `quads`, sorted."""
    found = {
        quad.subject.value
        for quad in quads
        if quad.object == _PLAN and quad.predicate == _TYPE and isinstance(quad.subject, ox.NamedNode)
    }
    return tuple(sorted(found))


def _links_to_sdg(quad: ox.Quad) -> bool:
    """Return whether the quad links a thing other than an SDG to an SDG goal, target or indicator."""
    return (
        isinstance(quad.object, ox.NamedNode)
        and quad.object.value.startswith(SDG)
        and "#" not in quad.object.value
        and isinstance(quad.subject, ox.NamedNode)
        and not quad.subject.value.startswith(SDG)
        and quad.predicate != _CLAIMED
    )


def _sorted(counter: Counter[str]) -> dict[str, int]:
    return dict(sorted(counter.items()))
