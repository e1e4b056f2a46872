"""Derive what follows from the data, into a graph of its own.

The rules are CONSTRUCT queries in `derivation/`, run in the order of their names, each on what came before.
"""

from importlib.resources import files

import pyoxigraph as ox

from plangraf.namespaces import DERIVED_GRAPH

_RULES = files(__package__) / "derivation"


def derive(store: ox.Store) -> int:
    """Add to `store` what follows from its default graph, which must be the merge of all graphs.

    Each new triple goes into the default graph and into the graph of derived statements.

    Returns:
        the number of triples that were new.
    """
    graph = ox.NamedNode(DERIVED_GRAPH)
    before = len(store)
    for quad in ox.parse((_RULES / "provenance.ttl").read_bytes(), format=ox.RdfFormat.TURTLE):
        _add(store, quad.triple, graph)
    for rule in sorted(_RULES.iterdir(), key=lambda file: file.name):
        if rule.name.endswith(".rq"):
            triples = store.query(rule.read_text(encoding="utf-8"))
            assert isinstance(triples, ox.QueryTriples)  # noqa: S101  # the rules are shipped with the code
            for triple in list(triples):
                _add(store, triple, graph)
    return (len(store) - before) // 2


def _add(store: ox.Store, triple: ox.Triple, graph: ox.NamedNode) -> None:
    merged = ox.Quad(triple.subject, triple.predicate, triple.object)
    if merged not in store:
        store.add(merged)
        store.add(ox.Quad(triple.subject, triple.predicate, triple.object, graph))
