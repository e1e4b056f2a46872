import pyoxigraph as ox

from plangraf.rdf.graph_version import graph_version


def _triples(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]


def test_the_order_of_the_triples_makes_no_difference() -> None:
    triples = _triples('<https://e.org/a> <https://e.org/p> "1", "2" .')
    assert graph_version(triples) == graph_version([*reversed(triples), triples[0]])
    assert graph_version(triples) != graph_version(triples[:1])


def test_a_graph_with_blank_nodes_has_no_version() -> None:
    assert graph_version(_triples('<https://e.org/a> <https://e.org/p> [ <https://e.org/q> "1" ] .')) is None
