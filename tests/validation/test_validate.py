from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import SH, Literal, URIRef

from plangraf import shipped
from plangraf.errors import InputError
from plangraf.sources.dataset import read_dataset
from plangraf.validation.report import Report
from plangraf.validation.result import Location, Severity
from plangraf.validation.shapes import load_shapes
from plangraf.validation.validate import validate

PREFIXES = """\
@prefix e: <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
E = "https://example.org/"
NAMED = """
e:S a sh:NodeShape ; sh:targetClass e:Thing ; sh:property e:named .
e:named a sh:PropertyShape ; sh:path e:name ; sh:minCount 1 ;
  sh:message "Mangler navn"@nb , "Needs a name"@en .
"""
SHORT = """
e:S a sh:NodeShape ; sh:targetSubjectsOf e:name ; sh:property e:short .
e:short a sh:PropertyShape ; sh:path e:name ; sh:maxLength 3 ; sh:severity sh:Warning ;
  sh:message "For langt"@nb , "Too long"@en .
"""
RULE = """
e:R a sh:SPARQLConstraint ; sh:severity sh:Info ; sh:message "Skriv {?value} om"@nb , "Mend {?value}"@en ;
  sh:select "SELECT ?this ?path ?value { ?this ?path ?value FILTER (?value = 'wrong') }" .
"""


def check(shapes: str, folder: Path, context: str = "", **files: str) -> Report:
    """Return the report on the files `name=text` of a folder."""
    (folder / "shapes").mkdir()
    (folder / "shapes" / "shapes.ttl").write_text(PREFIXES + shapes, encoding="utf-8")
    (folder / "data").mkdir()
    for name, text in files.items():
        (folder / "data" / f"{name}.ttl").write_text(PREFIXES + text, encoding="utf-8")
    triples = ox.parse(PREFIXES + context, format=ox.RdfFormat.TURTLE)
    quads = [ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples]
    return validate(read_dataset([folder / "data"]), quads, load_shapes(folder / "shapes"))


def test_data_that_no_shape_is_about_conform(tmp_path: Path) -> None:
    report = check(NAMED + RULE, tmp_path, a="e:a e:name 1 , 2 .")
    assert report.results == ()
    assert report.conforms


def test_a_result_says_what_is_wrong_and_where(tmp_path: Path) -> None:
    report = check(SHORT, tmp_path, a='e:b e:name "B" .\n\ne:a rdfs:label "Tingen"@nb ;\n  e:name "Abcd" .')
    [result] = report.results
    assert result.severity == Severity.WARNING
    assert (result.focus, result.path, result.value) == (URIRef(E + "a"), URIRef(E + "name"), Literal("Abcd"))
    assert (result.shape, result.component) == (URIRef(E + "short"), SH.MaxLengthConstraintComponent)
    assert result.messages == {"nb": "For langt", "en": "Too long"}
    assert result.label == {"nb": "Tingen"}
    assert result.location == Location(tmp_path / "data" / "a.ttl", 7)


def test_a_finding_of_a_rule_says_what_is_wrong_and_where(tmp_path: Path) -> None:
    report = check(RULE, tmp_path, a='e:a a e:Thing ;\n  e:p "right" ;\n  e:q "wrong" .')
    [result] = report.results
    assert result.severity == Severity.INFO
    assert (result.focus, result.path, result.value) == (URIRef(E + "a"), URIRef(E + "q"), Literal("wrong"))
    assert (result.shape, result.component) == (URIRef(E + "R"), SH.SPARQLConstraintComponent)
    assert result.messages == {"nb": "Skriv wrong om", "en": "Mend wrong"}
    assert result.location == Location(tmp_path / "data" / "a.ttl", 6)


def test_what_is_missing_is_placed_where_its_subject_stands(tmp_path: Path) -> None:
    report = check(NAMED, tmp_path, a='e:a e:note "x" .', b="\ne:a e:note 1 ;\n a e:Thing .", c='e:b e:name "x" .')
    assert [result.location for result in report.results] == [Location(tmp_path / "data" / "b.ttl", 5)]


def test_the_file_with_the_wrong_value_is_named_and_not_the_one_with_the_subject(tmp_path: Path) -> None:
    report = check(SHORT, tmp_path, a='e:a a e:Thing ; e:name "Ab" .', b='\n\ne:a e:name "Abcd" .', c="e:a e:p 1 .")
    assert [result.location for result in report.results] == [Location(tmp_path / "data" / "b.ttl", 6)]


def test_a_file_in_json_ld_has_lines_too(tmp_path: Path) -> None:
    (tmp_path / "shapes.ttl").write_text(PREFIXES + SHORT, encoding="utf-8")
    file = tmp_path / "a.jsonld"
    file.write_text(f'{{"@id": "{E}a",\n "{E}name": ["Abc",\n "Abcd"]}}', encoding="utf-8")
    report = validate(read_dataset([file]), [], load_shapes(tmp_path / "shapes.ttl"))
    assert [result.location for result in report.results] == [Location(file, 3)]


def test_results_about_the_context_are_not_reported(tmp_path: Path) -> None:
    report = check(SHORT + RULE, tmp_path, context='e:c e:name "Abcd" ; e:p "wrong" .', a='e:a e:name "Abcd" .')
    assert [result.focus for result in report.results] == [URIRef(E + "a")]


def test_the_context_counts_for_what_refers_to_it(tmp_path: Path) -> None:
    shapes = """e:S a sh:NodeShape ; sh:targetSubjectsOf e:of ; sh:property e:ofThing .
      e:ofThing a sh:PropertyShape ; sh:path e:of ; sh:class e:Thing ."""
    report = check(
        shapes, tmp_path, context="e:Kind rdfs:subClassOf e:Thing . e:c a e:Kind .", a="e:a e:of e:c . e:b e:of e:d ."
    )
    assert [result.focus for result in report.results] == [URIRef(E + "b")]


def test_graphs_are_checked_as_one(tmp_path: Path) -> None:
    report = check(NAMED, tmp_path, a="e:a a e:Thing .", b="e:a e:name 1 .")
    assert report.results == ()


@pytest.mark.parametrize(("severity", "conforms"), [("Info", True), ("Warning", True), ("Violation", False)])
def test_only_a_violation_breaks_conformance(severity: str, conforms: bool, tmp_path: Path) -> None:
    report = check(SHORT.replace("sh:Warning", f"sh:{severity}"), tmp_path, a='e:a e:name "Abcd" .')
    assert report.conforms == conforms
    assert report.counts == {Severity(severity): 1}


def test_the_gravest_come_first_and_then_the_order_of_the_files(tmp_path: Path) -> None:
    report = check(
        SHORT + RULE + SHORT.replace("short", "grave").replace("e:S ", "e:T ").replace("sh:Warning", "sh:Violation"),
        tmp_path,
        a='e:z e:name "Abcd" .\ne:y e:name "Abcd" ; e:p "wrong" .',
        b='e:x e:name "Abcd" .',
    )
    assert [(result.severity.value, str(result.focus).removeprefix(E)) for result in report.results] == [
        ("Violation", "z"),
        ("Violation", "y"),
        ("Violation", "x"),
        ("Warning", "z"),
        ("Warning", "y"),
        ("Warning", "x"),
        ("Info", "y"),
    ]


def test_a_statement_that_stands_twice_is_reported_once(tmp_path: Path) -> None:
    text = 'e:a e:name "Abcd" ; e:p "wrong" .'
    report = check(SHORT + RULE, tmp_path, context=text, a=text, b=text)
    assert [str(result.shape).removeprefix(E) for result in report.results] == ["short", "R"]


def test_a_blank_node_is_reported_with_its_line_and_what_it_is(tmp_path: Path) -> None:
    text = """e:a rdfs:label "The thing"@en ; e:part [
      a e:Part ;
      e:name "Abcd" ] ."""
    [result] = check(SHORT, tmp_path, a=text).results
    assert result.location == Location(tmp_path / "data" / "a.ttl", 6)
    assert result.label["en"] == "<https://example.org/part> of The thing"
    assert str(result.focus).startswith("b1-")


def test_a_shape_without_a_message_has_the_validators_own(tmp_path: Path) -> None:
    shapes = SHORT.replace('sh:message "For langt"@nb , "Too long"@en', "sh:order 1")
    [result] = check(shapes, tmp_path, a='e:a e:name "Abcd" .').results
    assert list(result.messages) == ["en"]
    assert "3" in result.messages["en"]


def test_a_shape_that_cannot_be_used_is_an_error(tmp_path: Path) -> None:
    shapes = """e:S a sh:NodeShape ; sh:targetClass e:Thing ; sh:sparql e:Q .
      e:Q sh:select "SELECT $this WHERE { GRAPH $shapesGraph { $this ?p ?o } }" ."""
    with pytest.raises(InputError, match="the shapes cannot be used"):
        check(shapes, tmp_path, a="e:a a e:Thing .")


def test_a_rule_that_cannot_be_run_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"https://example\.org/R does not parse"):
        check('e:R a sh:SPARQLConstraint ; sh:select "SELECT ?this" .', tmp_path, a="e:a e:p 1 .")


def test_the_shipped_data_tell_only_of_what_is_missing() -> None:
    missing = {
        "Goal-titleMissing": "TitleMissing",
        "Goal-statementMissing": "StatementMissing",
        "Plan-goalsMissing": "GoalsMissing",
    }
    dataset = read_dataset([shipped.DATA, shipped.ONTOLOGY])
    report = validate(dataset, [], load_shapes(shipped.SHAPES))
    assert report.conforms
    for result in report.results:
        value = missing[str(result.shape).removeprefix("https://w3id.org/plangraf/shapes#")]
        assert result.location is not None
        lines = result.location.path.read_text(encoding="utf-8").splitlines()
        assert f"plan:transcription plan:{value}" in lines[(result.location.line or 0) - 1]
