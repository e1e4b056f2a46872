"""Blank nodes are named by what they are."""

import pytest
from rdflib import OWL, RDF, BNode, Graph, URIRef

from plangraf.namespaces import PREFIXES
from plangraf.validation.naming import labels

HEADER = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()) + (
    "@prefix e: <https://example.org/> .\n"
    'e:g a plan:Goal ; skos:notation "1" ; skos:prefLabel "Målet"@nb .\n'
    'sdg:13 a sdgo:Goal ; skos:notation "13" .\n'
    'e:plan a plan:Plan ; skos:prefLabel "Planen"@nb .\n'
)


def name(turtle: str, language: str = "en") -> str:
    """Return the name of the only blank node that is not named in another one."""
    graph = Graph().parse(data=HEADER + turtle, format="turtle")
    nodes = {node for node in graph.subjects() if isinstance(node, BNode)}
    [node] = [node for node in nodes if not nodes & set(graph.objects(node))] if len(nodes) > 1 else nodes
    return labels(graph, node)[language]


@pytest.mark.parametrize(
    ("turtle", "english", "norwegian"),
    [
        (
            "[] a owl:Axiom ; owl:annotatedSource e:g ; owl:annotatedProperty plan:contributesToSDG ;"
            " owl:annotatedTarget sdg:13 .",
            "the claim about goal 1 → SDG 13",
            "påstanden om mål 1 → Bærekraftsmål 13",
        ),
        ("e:plan dct:temporal [ a dct:PeriodOfTime ] .", "dct:temporal of Planen", "dct:temporal for Planen"),
        ("[] a plan:Goal , skos:Concept .", "goal without a name", "mål uten navn"),
        ("[] a dct:Location .", "dct:Location without a name", "dct:Location uten navn"),
        ("e:unknown dct:spatial [ dct:type e:x ] .", "dct:spatial of <https://example.org/unknown>", ""),
        ("e:plan dct:spatial [ dct:source [ dct:type e:x ] ] .", "dct:source of dct:spatial of Planen", ""),
        ('[] rdfs:label "A name"@en .', "A name", ""),
    ],
)
def test_a_blank_node_is_named_by_what_it_is(turtle: str, english: str, norwegian: str) -> None:
    assert name(turtle) == english
    if norwegian:
        assert name(turtle, "nb") == norwegian


def test_blank_nodes_in_a_circle_have_a_name() -> None:
    graph = Graph()
    one, other = BNode(), BNode()
    graph.add((one, OWL.sameAs, other))
    graph.add((other, OWL.sameAs, one))
    assert labels(graph, one)["en"].startswith("owl:sameAs of owl:sameAs of")


def test_a_resource_without_a_label_has_none() -> None:
    graph = Graph()
    graph.add((URIRef("https://example.org/a"), RDF.type, OWL.Thing))
    assert labels(graph, URIRef("https://example.org/a")) == {}
