import re
from typing import Any

import orjson
import pyoxigraph as ox
import pytest

from plangraf.rdf.json_ld import CONTEXT, compact, is_compactable

PREFIXES = """
@prefix e: <http://e.org/> . @prefix plan: <https://w3id.org/plangraf/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix sdgo: <http://metadata.un.org/sdg/ontology#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def triples(turtle: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE)]


def node(turtle: str) -> dict[str, Any]:
    return {key: value for key, value in compact(triples(turtle)).items() if key != "@context"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("skos:altLabel 'a'@nb", {"altLabel": {"nb": ["a"]}}),
        ("skos:altLabel 'a'@nb , 'b'@nb , 'c'@en", {"altLabel": {"nb": ["a", "b"], "en": ["c"]}}),
        ("skos:prefLabel 'a'@nb , 'b'@nb , 'c'@en", {"prefLabel": {"nb": ["a", "b"], "en": "c"}}),
        ("skos:prefLabel 'a'@nb , 'b'", {"prefLabel": {"nb": "a", "@none": "b"}}),
        ("skos:prefLabel 'a'@nb , 5", {"prefLabel": {"nb": "a"}, "skos:prefLabel": 5}),
        ("skos:broader e:b", {"broader": ["http://e.org/b"]}),
        ("skos:broader e:b , 'b'", {"broader": ["http://e.org/b"], "skos:broader": "b"}),
        ("skos:inScheme e:b", {"inScheme": "http://e.org/b"}),
        ("skos:notation '1.10'", {"notation": "1.10"}),
        ("skos:notation e:b", {"notation": {"id": "http://e.org/b"}}),
        ("dct:issued '2020-01-01'^^xsd:date", {"issued": {"type": "xsd:date", "@value": "2020-01-01"}}),
        ("dct:issued '2020-01'^^xsd:gYearMonth", {"issued": {"type": "xsd:gYearMonth", "@value": "2020-01"}}),
        ("plan:targetYear '2030'^^xsd:gYear , '2030'", {"targetYear": "2030", "plan:targetYear": "2030"}),
        ("plan:level 'a'@nb , 'b'@nb", {"level": {"nb": ["a", "b"]}}),
        ("plan:wording plan:AsAdopted", {"wording": "AsAdopted"}),
        ("plan:wording e:Other , plan:Other", {"wording": ["http://e.org/Other", "plan:Other"]}),
        ("plan:wording 'AsAdopted'", {"plan:wording": "AsAdopted"}),
        ("owl:annotatedProperty skos:broadMatch", {"annotatedProperty": "broadMatch"}),
        ("a sdgo:Target", {"type": "SDGTarget"}),
        ("a sdgo:Other", {"type": "sdgo:Other"}),
        ("a plan:Goal , e:T", {"type": ["Goal", "http://e.org/T"]}),
        ("e:n 5 , true", {"http://e.org/n": [5, True]}),
        ("e:n '05'^^xsd:integer", {"http://e.org/n": {"type": "xsd:integer", "@value": "05"}}),
        ("e:n 2.50", {"http://e.org/n": {"type": "xsd:decimal", "@value": "2.50"}}),
        ("e:n 'x'@nb", {"http://e.org/n": {"@language": "nb", "@value": "x"}}),
        ("skos:memberList ( 1 e:b 'x' )", {"skos:memberList": {"@list": [1, {"id": "http://e.org/b"}, "x"]}}),
        ("skos:memberList ( e:c e:b e:c )", {"memberList": ["http://e.org/c", "http://e.org/b", "http://e.org/c"]}),
        ("sh:in ( 'b' e:a )", {"in": ["b", {"id": "http://e.org/a"}]}),
        ("sh:or ( e:a )", {"or": ["http://e.org/a"]}),
        ("sh:or ()", {"sh:or": {"id": f"{RDF}nil"}}),
        ("sh:path ( e:a )", {"sh:path": {"@list": [{"id": "http://e.org/a"}]}}),
    ],
)
def test_a_value_stands_below_the_term_that_gives_it_back(values: str, expected: dict[str, object]) -> None:
    assert node(f"e:a {values} .") == {"id": "http://e.org/a", **expected}


def test_no_language_map_has_null() -> None:
    for number in range(1, 4):
        names = " , ".join(f"'navn {n}'@nb" for n in range(number))
        assert "null" not in repr(node(f"e:a skos:altLabel {names} , 'name'@en , 'x' .")).replace("None", "null")


@pytest.mark.parametrize(
    "turtle",
    [
        "e:a skos:memberList _:l . _:l rdf:first 1 , 2 ; rdf:rest rdf:nil .",
        "e:a skos:memberList _:l . e:b skos:memberList _:l . _:l rdf:first 1 ; rdf:rest rdf:nil .",
        "e:a skos:memberList _:l . _:l rdf:first 1 ; rdf:rest _:l .",
        "e:a skos:memberList _:l . _:l rdf:first 1 ; rdf:rest rdf:nil ; e:p 1 .",
        "e:a skos:memberList e:l . e:l rdf:first 1 ; rdf:rest rdf:nil .",
        "e:a skos:memberList _:l . _:l rdf:first 1 ; rdf:rest e:b .",
    ],
)
def test_what_is_no_list_of_its_own_stays_as_it_is(turtle: str) -> None:
    assert "@list" not in repr(compact(triples(turtle))["@graph"])


def test_several_nodes_are_a_graph() -> None:
    assert [found["id"] for found in node("e:a e:p e:b . e:b e:p e:a .")["@graph"]] == [
        "http://e.org/a",
        "http://e.org/b",
    ]


@pytest.mark.parametrize("iri", ["plan:Goal", "skos:x", "id:x", "Goal:x"])
def test_an_iri_that_would_be_read_as_a_compact_one_is_noticed(iri: str) -> None:
    assert not is_compactable(triples(f"e:a e:p <{iri}> ."))
    assert not is_compactable(triples(f"<{iri}> e:p 1 ."))
    assert not is_compactable(triples(f"e:a e:p '1'^^<{iri}> ."))
    assert is_compactable(triples(f"e:a e:p '{iri}' , <https://e.org/{iri}> , <urn:{iri}> ."))


def test_two_lists_of_one_property_stay_two() -> None:
    found = node("e:a sh:or ( e:b ) , ( e:c ) .")
    assert found["or"] == ["http://e.org/b"]
    assert found["sh:or"] == {"@list": [{"id": "http://e.org/c"}]}


def test_the_terms_that_a_document_uses_are_embedded_and_no_others() -> None:
    embedded = compact(triples("e:a a plan:Goal ; plan:wording plan:AsAdopted ; plan:targetYear '2030'^^xsd:gYear ."))
    terms = {"Goal", "wording", "AsAdopted", "targetYear"}
    assert set(embedded["@context"]) == {"@version", "id", "type", "plan", "xsd", *terms}
    assert all(CONTEXT[name] == defined for name, defined in embedded["@context"].items())


def test_a_document_means_the_same_with_the_whole_context() -> None:
    """Of a graph with a value of each kind."""
    said = triples(
        "e:a a plan:FocusArea , e:T ; skos:broader e:b , 'b' ; dct:issued '2020'^^xsd:gYear ; plan:basis e:x ; "
        "skos:note 'n'@nb , 'n' ; sh:in ( 'b' e:a plan:Goal ) ; e:p plan:Goal , 2.5 ; skos:inScheme [ e:p 1 ] ."
    )
    embedded = compact(said)
    for context in (embedded["@context"], dict(CONTEXT)):
        read = ox.Dataset(ox.parse(orjson.dumps({**embedded, "@context": context}), format=ox.RdfFormat.JSON_LD))
        expected = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in said)
        for dataset in (read, expected):
            dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        assert read == expected


@pytest.mark.parametrize("name", [name for name, defined in CONTEXT.items() if isinstance(defined, dict)])
def test_every_prefix_in_a_definition_is_declared(name: str) -> None:
    said = re.findall(r"'([\w-]+):[\w-]+'", str(CONTEXT[name]))
    assert said
    assert [prefix for prefix in said if not str(CONTEXT.get(prefix)).startswith("http")] == []


def test_no_two_terms_for_one_property_are_written() -> None:
    """`linkProperty` and `linkedSDG` are names for people who read the tree of a plan."""
    assert set(node("e:a owl:annotatedProperty skos:broadMatch ; owl:annotatedTarget e:b .")) == {
        *("id", "annotatedProperty", "annotatedTarget")
    }
