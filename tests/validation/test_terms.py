import pyoxigraph as ox
import pytest

from plangraf.namespaces import BASE, SDG, expand
from plangraf.validation.terms import UPLOAD_BASE, find_term_faults

PREFIXES = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix e: <https://example.org/> .
"""


def faults(turtle: str) -> set[tuple[str, str]]:
    """Return the kinds of faults and the faulty terms of some statements."""
    quads = list(ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE))
    found = list(find_term_faults(quads))
    assert {str(fault.graph_name) for fault in found} <= {f"<{expand('psh:terms')}>"}
    return {
        (str(fault.subject).strip("<>").removeprefix(expand("psh:")), getattr(fault.object, "value", ""))
        for fault in found
    }


@pytest.mark.parametrize("code", [0x0, 0x1, 0x8, 0xB, 0xC, 0xE, 0x1F, 0xFFFE, 0xFFFF])
def test_a_character_that_xml_lacks_is_found(code: int) -> None:
    assert faults(f'e:a e:p "a\\u{code:04X}b"@nb .') == {("NotXML", f"a{chr(code)}b")}


@pytest.mark.parametrize("code", [0x9, 0xA, 0xD, 0x20, 0x7F, 0x2028, 0xE000, 0xFFFD])
def test_a_character_of_xml_is_let_through(code: int) -> None:
    assert faults(f'e:a e:p "a\\u{code:04X}b"@nb .') == set()


def ill_typed(turtle: str) -> list[tuple[str, str, str, str]]:
    """Return the subject, predicate, lexical form and datatype of the ill-typed statements that are found."""
    quads = list(ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE))
    described: dict[str, dict[str, str]] = {}
    for fault in find_term_faults(quads):
        described.setdefault(str(fault.subject), {})[str(fault.predicate)] = getattr(fault.object, "value", "")
    names = [f"<{expand(f'psh:{name}')}>" for name in ("subject", "predicate", "lexicalForm", "datatype")]
    return sorted(
        (of[names[0]], of[names[1]], of[names[2]], of[names[3]].removeprefix(expand("xsd:")))
        for of in described.values()
        if expand("psh:IllTyped") in of.values()
    )


def test_what_is_typed_is_no_text() -> None:
    assert "Blank" not in {kind for kind, _ in faults('e:a e:p ""^^xsd:gYear .')}


def test_an_ill_typed_statement_is_described_as_written() -> None:
    e = "https://example.org/"
    turtle = """e:a e:p 0 , 1 , "INF"^^xsd:double . e:b e:q "0"^^xsd:positiveInteger , "Infinity"^^xsd:double .
      e:b e:q "1"^^xsd:positiveInteger . e:c e:p ""^^xsd:gYear ; e:q "0"^^xsd:positiveInteger ."""
    assert ill_typed(turtle) == [
        (f"{e}b", f"{e}q", "0", "positiveInteger"),
        (f"{e}b", f"{e}q", "Infinity", "double"),
        (f"{e}c", f"{e}p", "", "gYear"),
        (f"{e}c", f"{e}q", "0", "positiveInteger"),
    ]


def test_an_ill_typed_statement_that_stands_twice_is_described_once() -> None:
    assert len(ill_typed('e:a e:p "x"^^xsd:int . e:a e:p "x"^^xsd:int .')) == 1


@pytest.mark.parametrize("text", ["", " ", "\\t\\n", "\\u00A0", "\\u200B\\uFEFF"])
def test_text_of_nothing_to_be_seen_is_blank(text: str) -> None:
    assert {kind for kind, _ in faults(f'e:a skos:prefLabel "{text}"@nb .')} == {"Blank"}


@pytest.mark.parametrize("statement", ["<{0}> e:p e:b .", "e:a <{0}> e:b .", "e:a e:p <{0}> ."])
@pytest.mark.parametrize("base", ["file:///home/kari/", UPLOAD_BASE])
def test_a_relative_iri_is_found_wherever_it_stands(base: str, statement: str) -> None:
    assert faults(statement.format(f"{base}goal")) == {("Relative", f"{base}goal")}


@pytest.mark.parametrize("name", ["1", "p/", "2025", "a%20", "é/", "x#1"])
def test_a_property_without_an_xml_name_is_found(name: str) -> None:
    iri = f"https://example.org/{name}"
    assert ("NoXMLName", iri) in faults(f'e:a <{iri}> "x"@nb .')


@pytest.mark.parametrize("name", ["p", "p1", "1p", "_", "a.b-c", "a#æ", "x/œuvre"])
def test_a_property_that_ends_in_an_xml_name_is_let_through(name: str) -> None:
    assert {kind for kind, _ in faults(f'e:a <https://example.org/{name}> "x"@nb .')} <= {"NotASCII"}


@pytest.mark.parametrize(
    "name", ["id/a/b#c", "id/a?b=c", "id/æ", "id/a.ttl", "id/%61", "id/sdg/13", "thing/1", "id/a/../b"]
)
def test_an_iri_of_ours_that_may_be_dead_is_found(name: str) -> None:
    assert ("Ours", f"{BASE}/{name}") in faults(f"<{BASE}/{name}> e:p e:b .")


@pytest.mark.parametrize(
    "name",
    ["", "/", "#a", "?a=b", "/ontology#Mine", "/ontology#goal", "/ontology/", "/shapes#Mine", "/shapes/a"],
)
def test_an_iri_at_a_fixed_address_that_is_no_term_is_found(name: str) -> None:
    assert ("Ours", f"{BASE}{name}") in faults(f"<{BASE}{name}> e:p e:b .")


@pytest.mark.parametrize(
    "name", ["/id/a/b-2/goal/1.1", "/graph/a/b", "/ontology", "/ontology#Goal", "/shapes#Plan-title", "s"]
)
def test_an_ordinary_iri_of_ours_is_let_through(name: str) -> None:
    assert faults(f"<{BASE}{name}> e:p e:b .") == set()


def test_a_term_that_its_vocabulary_lacks_is_given_the_nearest() -> None:
    turtle = 'e:a dct:temporary e:b ; a skos:concept ; e:p "2025"^^xsd:gyear ; e:q skos:nothing .'
    assert faults(turtle) == {
        (expand("dct:temporary"), expand("dct:temporal")),
        (expand("skos:concept"), expand("skos:Concept")),
        (expand("xsd:gyear"), expand("xsd:gYear")),
    }


def test_iris_that_look_like_an_sdg_are_found() -> None:
    assert faults(f"e:a e:p <{SDG}13> , <https://metadata.un.org/sdg/13/> .") == {
        ("OfTheUN", f"{SDG}13"),
        ("OfTheUN", "https://metadata.un.org/sdg/13/"),
    }
