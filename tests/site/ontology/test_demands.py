"""Demands are read from core SHACL."""

import pyoxigraph as ox
import pytest

from plangraf.namespaces import expand
from plangraf.site.ontology.demands import Demand, read_demands

HEAD = """
@prefix : <http://e.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def demands(text: str) -> tuple[Demand, ...]:
    return read_demands(quad.triple for quad in ox.parse(HEAD + text, format=ox.RdfFormat.TURTLE))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (":p", "p"),
        ("[ sh:inversePath :p ]", "^p"),
        ("[ sh:alternativePath ( :p [ sh:inversePath :q ] ) ]", "p | ^q"),
        ("( :p [ sh:zeroOrMorePath :q ] )", "p / q*"),
        ("[ sh:inversePath [ sh:alternativePath ( :p :q ) ] ]", "^(p | q)"),
        ("( [ sh:alternativePath ( :p :q ) ] :r )", "(p | q) / r"),
        ("[ sh:oneOrMorePath ( :p :q ) ]", "(p / q)+"),
        ("[ sh:zeroOrOnePath :p ]", "p?"),
    ],
)
def test_paths_are_as_in_sparql(path: str, text: str) -> None:
    [demand] = demands(f":s a sh:NodeShape ; sh:targetClass :C ; sh:property :s-p . :s-p sh:path {path} .")
    written = "".join(p.before + p.property.removeprefix("http://e.org/") + p.after for p in demand.path)
    assert written == text


@pytest.mark.parametrize(
    ("constraints", "cardinality"),
    [
        ("", "0..*"),
        ("sh:minCount 1", "1..*"),
        ("sh:maxCount 1", "0..1"),
        ("sh:minCount 1 ; sh:maxCount 1", "1"),
        ("sh:maxCount 0", "0"),
        ("sh:minCount 2 ; sh:maxCount 5", "2..5"),
    ],
)
def test_cardinalities(constraints: str, cardinality: str) -> None:
    [demand] = demands(f":s a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:path :p ; {constraints} ] .")
    assert demand.cardinality == cardinality
    assert demand.shape is None


def test_values_are_read_in_the_order_of_the_shape_and_through_sh_or() -> None:
    [first, second] = demands("""
      :s a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:property :s-1 , :s-2 .
      :s-1 sh:path :p ; sh:in ( :z :a :m ) ; sh:severity sh:Warning .
      :s-2 sh:path :q ; sh:or ( :IsC [ sh:datatype xsd:date ] ) ; sh:uniqueLang true .
      :IsC a sh:NodeShape ; sh:class :C .
    """)
    assert [value.rpartition("/")[2] for value in first.values] == ["z", "a", "m"]
    assert first.severity == expand("sh:Warning")
    assert first.subjects_of == ("http://e.org/p",)
    assert (second.value_classes, second.datatypes) == (("http://e.org/C",), (expand("xsd:date"),))
    assert second.one_a_language
    assert second.severity == expand("sh:Violation")


def test_a_shape_without_a_target_asks_for_nothing() -> None:
    assert demands(":s a sh:NodeShape ; sh:property [ sh:path :p ] .") == ()
