import pyoxigraph as ox
import pytest
from rdflib import XSD, BNode, Literal, URIRef
from rdflib.term import Node

from plangraf.rdf.terms import to_graph, to_rdflib

A, P = ox.NamedNode("https://example.org/a"), ox.NamedNode("https://example.org/p")


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (A, URIRef("https://example.org/a")),
        (ox.BlankNode("x"), BNode("x")),
        (ox.Literal("x"), Literal("x")),
        (ox.Literal("x", language="nb"), Literal("x", lang="nb")),
        (ox.Literal("x", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")), Literal("x")),
        (ox.Literal(7), Literal("7", datatype=XSD.integer)),
    ],
)
def test_a_term_is_carried_over(term: ox.NamedNode | ox.BlankNode | ox.Literal, expected: Node) -> None:
    assert to_rdflib(term) == expected


@pytest.mark.parametrize(
    ("value", "name"),
    [("007", "integer"), ("2.50", "decimal"), ("1", "boolean"), ("2022-17-11", "date"), ("x", "gYear")],
)
def test_a_literal_keeps_its_form(value: str, name: str) -> None:
    carried = to_rdflib(ox.Literal(value, datatype=ox.NamedNode(f"{XSD}{name}")))
    assert isinstance(carried, Literal)
    assert (str(carried), carried.datatype) == (value, XSD[name])


def test_graphs_are_merged() -> None:
    quads = [ox.Quad(A, P, A, A), ox.Quad(A, P, A, P), ox.Quad(A, P, A)]
    assert len(to_graph(quads)) == 1


def test_triple_terms_are_left_out() -> None:
    assert len(to_graph([ox.Quad(A, P, ox.Triple(A, P, A)), ox.Quad(A, P, A)])) == 1
