import pyoxigraph as ox
import pytest
from rdflib import SH

from plangraf.errors import InputError
from plangraf.namespaces import PREFIXES
from plangraf.validation.rules import Finding, run_rules
from plangraf.validation.shapes import Rule, Shapes

A, B = ox.NamedNode("https://example.org/a"), ox.NamedNode("https://example.org/b")
P = ox.NamedNode(f"{PREFIXES['dct']}title")
ALL = "SELECT ?this ?path ?value { ?this ?path ?value }"


def rule(select: str, message: str = "No.") -> Rule:
    return Rule("https://example.org/rule", str(SH.Violation), {"en": message}, select)


def find(tested: Rule, *quads: ox.Quad) -> list[Finding]:
    store = ox.Store()
    store.extend(quads)
    return list(run_rules((tested,), store))


def shipped_findings(name: str, turtle: str, shapes: Shapes) -> list[Finding]:
    """Return what one shipped rule finds in `turtle`."""
    store = ox.Store()
    store.load(turtle, format=ox.RdfFormat.TURTLE, base_iri="https://example.org/")
    chosen = tuple(each for each in shapes.rules if each.iri == f"{PREFIXES['psh']}{name}")
    assert len(chosen) == 1
    return list(run_rules(chosen, store))


def test_each_solution_is_a_finding() -> None:
    tested = rule(ALL)
    assert find(tested, ox.Quad(A, P, B)) == [Finding(tested, A, P, B, {"en": "No."})]


def test_no_solution_is_no_finding() -> None:
    assert find(rule(ALL)) == []


def test_path_and_value_may_be_missing() -> None:
    [finding] = find(rule("SELECT ?this { ?this ?p ?o }"), ox.Quad(A, P, B))
    assert (finding.focus, finding.path, finding.value) == (A, None, None)


def test_a_rule_sees_the_default_graph_alone() -> None:
    assert find(rule(ALL), ox.Quad(A, P, B, A)) == []


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("{?this} has {$path}.", "<https://example.org/a> has dct:title."),
        ("Not «{?value}».", "Not «no {?this}»."),
        ("{?nothing} stays, {this} too.", "{?nothing} stays, {this} too."),
        ("{?unbound} stays.", "{?unbound} stays."),
    ],
)
def test_a_message_is_filled_with_the_solution(message: str, expected: str) -> None:
    select = "SELECT ?this ?path ?value ?unbound { ?this ?path ?value }"
    [finding] = find(rule(select, message), ox.Quad(A, P, ox.Literal("no {?this}")))
    assert finding.messages == {"en": expected}


def test_a_query_that_does_not_parse_is_an_error_that_names_the_rule() -> None:
    with pytest.raises(InputError, match=r"the query of the rule https://example\.org/rule does not parse: "):
        find(rule("SELECT ?this WHERE"))


@pytest.mark.parametrize(
    "query", ["ASK { ?this ?p ?o }", "CONSTRUCT { ?this ?p ?o } { ?this ?p ?o }", "SELECT ?s { ?s ?p ?o }"]
)
def test_a_rule_is_a_select_query_with_this(query: str) -> None:
    with pytest.raises(InputError, match=r"must be a SELECT query with \?this"):
        find(rule(query))


@pytest.mark.parametrize("tag", ["no", "nb-NO", "nn-NO", "sme"])
def test_an_unknown_language_tag_is_answered_with_what_to_write(tag: str, shapes: Shapes) -> None:
    [finding] = shipped_findings("LanguageTag", f'<a> <b> "x"@{tag} .', shapes)
    assert f"«{tag.lower()}»" in finding.messages["nb"].lower()
    assert "skriv nb" in finding.messages["nb"]
    assert f'"{tag.lower()}"' in finding.messages["en"].lower()
    assert "write nb" in finding.messages["en"]


@pytest.mark.parametrize("tag", ["nb", "nn", "en", "se", "sma", "smj"])
def test_a_known_language_tag_is_let_through(tag: str, shapes: Shapes) -> None:
    assert shipped_findings("LanguageTag", f'<a> <b> "x"@{tag} , "x" , 1 , <x> .', shapes) == []


@pytest.mark.parametrize(
    ("iri", "right"),
    [
        ("http://purl.org/dc/title", "http://purl.org/dc/terms/"),
        ("https://purl.org/dc/terms/title", "http://purl.org/dc/terms/"),
        ("http://data.europa.eu/r5ravailability", "http://data.europa.eu/r5r/"),
        ("https://www.w3.org/2004/02/skos/core#prefLabel", "http://www.w3.org/2004/02/skos/core#"),
        ("http://www.w3.org/2004/02/skos/core/prefLabel", "http://www.w3.org/2004/02/skos/core#"),
        ("https://www.w3.org/ns/prov#used", "http://www.w3.org/ns/prov#"),
        ("https://www.w3.org/ns/dcat#theme", "http://www.w3.org/ns/dcat#"),
        ("https://xmlns.com/foaf/0.1/name", "http://xmlns.com/foaf/0.1/"),
        ("http://w3id.org/plangraf/ontology#vision", "https://w3id.org/plangraf/ontology#"),
        ("https://w3id.org/plangraf/ontology/vision", "https://w3id.org/plangraf/ontology#"),
    ],
)
def test_a_wrong_namespace_is_answered_with_the_right_one(iri: str, right: str, shapes: Shapes) -> None:
    [finding] = shipped_findings("Namespace", f"<a> <{iri}> <b> .", shapes)
    assert finding.path == ox.NamedNode(iri)
    assert f"skriv {right}." in finding.messages["nb"]
    assert f"write {right}." in finding.messages["en"]


@pytest.mark.parametrize(
    "iri",
    [
        "http://purl.org/dc/terms/title",
        "http://purl.org/dc/elements/1.1/title",
        "http://data.europa.eu/r5r/availability",
        "http://www.w3.org/2004/02/skos/core#prefLabel",
        "https://w3id.org/plangraf/ontology#vision",
    ],
)
def test_a_right_namespace_is_let_through(iri: str, shapes: Shapes) -> None:
    assert shipped_findings("Namespace", f"<a> <{iri}> <b> .", shapes) == []


@pytest.mark.parametrize(
    "statement", ["<a> plan:visjon 1 .", "<a> a plan:goal .", "<a> <b> plan:Adoptert .", "<a> plan:x plan:x ."]
)
def test_a_term_that_the_vocabulary_lacks_is_named(statement: str, shapes: Shapes) -> None:
    turtle = f"@prefix plan: <{PREFIXES['plan']}> . {statement}"
    [finding] = shipped_findings("DefinedTerm", turtle, shapes)
    assert finding.messages["nb"].startswith("plan:")
    assert finding.messages["en"].startswith("plan:")


def test_a_term_of_the_vocabulary_is_let_through(shapes: Shapes) -> None:
    turtle = f"""@prefix plan: <{PREFIXES["plan"]}> . @prefix rdfs: <{PREFIXES["rdfs"]}> .
      plan:vision rdfs:isDefinedBy <https://w3id.org/plangraf/ontology> . <a> plan:vision "x" ."""
    assert shipped_findings("DefinedTerm", turtle, shapes) == []


def test_a_class_in_a_wrong_namespace_is_found_too(shapes: Shapes) -> None:
    wrong = "https://www.w3.org/2004/02/skos/core#Concept"
    [finding] = shipped_findings("Namespace", f"<a> a <{wrong}> .", shapes)
    assert finding.messages["en"].startswith(f"<{wrong}> is in a wrong namespace")
