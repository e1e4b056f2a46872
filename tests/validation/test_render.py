import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import RDF, SH, XSD, BNode, Graph, Literal, URIRef

from plangraf.languages import INTERFACE_LANGUAGES, bilingual
from plangraf.validation.render import to_csv, to_json, to_text, to_turtle
from plangraf.validation.report import Report
from plangraf.validation.result import Location, Result, Severity

GOAL = URIRef("https://example.org/goal/1")
TITLE = URIRef("http://purl.org/dc/terms/title")
SHAPE = URIRef("https://w3id.org/plangraf/shapes#Plan-title")
VIOLATION = Result(
    severity=Severity.VIOLATION,
    declared=Severity.VIOLATION.iri,
    focus=GOAL,
    label={"nb": "Målet", "en": "The goal"},
    path=TITLE,
    value=Literal("Tittel"),
    shape=SHAPE,
    component=SH.DatatypeConstraintComponent,
    messages={"nb": "Skriv språket.", "en": "Write the language."},
    location=Location(Path("plan.ttl"), 7),
)
INFO = Result(
    severity=Severity.INFO,
    declared=Severity.INFO.iri,
    focus=BNode("x"),
    label={},
    path=None,
    value=None,
    shape=SHAPE,
    component=SH.NotConstraintComponent,
    messages={},
    location=None,
)
REPORT = Report((VIOLATION, INFO), Graph())


def test_the_english_text() -> None:
    assert to_text(REPORT, "en") == (
        "plan.ttl:7: Violation: The goal <https://example.org/goal/1>\n"
        "  Write the language.\n"
        "  property: dct:title\n"
        '  value: "Tittel"\n'
        "  shape: psh:Plan-title\n"
        "\n"
        "Info: _:x\n"
        "  sh:NotConstraintComponent\n"
        "  shape: psh:Plan-title\n"
        "\n"
        "The data break the shapes. Violations: 1, warnings: 0, infos: 1.\n"
    )


def test_the_norwegian_text() -> None:
    assert to_text(REPORT, "nb") == (
        "plan.ttl:7: Feil: Målet <https://example.org/goal/1>\n"
        "  Skriv språket.\n"
        "  egenskap: dct:title\n"
        '  verdi: "Tittel"\n'
        "  regel: psh:Plan-title\n"
        "\n"
        "Opplysning: _:x\n"
        "  sh:NotConstraintComponent\n"
        "  regel: psh:Plan-title\n"
        "\n"
        "Dataene oppfyller ikke kravene. Feil: 1, advarsler: 0, opplysninger: 1.\n"
    )


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "The data conform to the shapes. Violations: 0, warnings: 0, infos: 0.\n"),
        ("nb", "Dataene oppfyller kravene. Feil: 0, advarsler: 0, opplysninger: 0.\n"),
    ],
)
def test_the_text_when_nothing_is_wrong(language: str, expected: str) -> None:
    assert to_text(Report((), Graph()), "nb" if language == "nb" else "en") == expected


def test_the_text_takes_the_other_language_where_one_is_missing() -> None:
    result = Result(
        severity=Severity.WARNING,
        declared=Severity.WARNING.iri,
        focus=GOAL,
        label={"nb": "Målet"},
        path=None,
        value=None,
        shape=SHAPE,
        component=SH.NotConstraintComponent,
        messages={"nb": "Bare på norsk."},
        location=Location(Path("plan.jsonld"), None),
    )
    text = to_text(Report((result,), Graph()), "en")
    assert text.startswith("plan.jsonld: Warning: Målet <https://example.org/goal/1>\n  Bare på norsk.\n")


def test_the_json_has_everything() -> None:
    assert json.loads(to_json(REPORT)) == {
        "conforms": False,
        "counts": {"violation": 1, "warning": 0, "info": 1},
        "leftOut": 0,
        "results": [
            {
                "severity": "Violation",
                "focusNode": "https://example.org/goal/1",
                "label": {"nb": "Målet", "en": "The goal"},
                "path": "http://purl.org/dc/terms/title",
                "value": "Tittel",
                "sourceShape": "https://w3id.org/plangraf/shapes#Plan-title",
                "sourceConstraintComponent": "http://www.w3.org/ns/shacl#DatatypeConstraintComponent",
                "messages": {"nb": "Skriv språket.", "en": "Write the language."},
                "file": "plan.ttl",
                "line": 7,
            },
            {
                "severity": "Info",
                "focusNode": "x",
                "label": {},
                "path": None,
                "value": None,
                "sourceShape": "https://w3id.org/plangraf/shapes#Plan-title",
                "sourceConstraintComponent": "http://www.w3.org/ns/shacl#NotConstraintComponent",
                "messages": {},
                "file": None,
                "line": None,
            },
        ],
    }


def test_the_json_ends_with_a_line_end() -> None:
    assert to_json(Report((), Graph())).endswith(b"}\n")


def test_the_turtle_is_a_shacl_validation_report() -> None:
    graph = Graph().parse(data=to_turtle(REPORT), format="turtle")
    [report] = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms) == Literal(False, datatype=XSD.boolean)
    results = list(graph.objects(report, SH.result))
    assert len(results) == 2
    assert set(results) == set(graph.subjects(RDF.type, SH.ValidationResult))
    [violation] = graph.subjects(SH.resultSeverity, SH.Violation)
    assert set(graph.predicate_objects(violation)) == {
        (RDF.type, SH.ValidationResult),
        (SH.resultSeverity, SH.Violation),
        (SH.focusNode, GOAL),
        (SH.resultPath, TITLE),
        (SH.value, Literal("Tittel")),
        (SH.sourceShape, SHAPE),
        (SH.sourceConstraintComponent, SH.DatatypeConstraintComponent),
        (SH.resultMessage, Literal("Skriv språket.", lang="nb")),
        (SH.resultMessage, Literal("Write the language.", lang="en")),
    }


def test_the_turtle_when_nothing_is_wrong() -> None:
    graph = Graph().parse(data=to_turtle(Report((), Graph())), format="turtle")
    [report] = graph.subjects(RDF.type, SH.ValidationReport)
    assert set(graph.predicate_objects(report)) == {
        (RDF.type, SH.ValidationReport),
        (SH.conforms, Literal(True, datatype=XSD.boolean)),
    }


@pytest.mark.parametrize(("value", "name"), [("Infinity", "double"), ("nan", "float"), ("+01", "integer")])
def test_the_text_has_a_value_as_written(value: str, name: str) -> None:
    literal = Literal(value, datatype=XSD[name], normalize=False)
    text = to_text(Report((replace(VIOLATION, value=literal),), Graph()), "en")
    assert f'  value: "{value}"^^<{XSD}{name}>\n' in text


def test_the_csv_has_a_line_for_each_result_in_the_language_that_is_asked_for() -> None:
    for language in INTERFACE_LANGUAGES:
        rows = list(csv.DictReader(io.StringIO(to_csv(REPORT, language), newline="")))
        assert [row["severity"] for row in rows] == ["Violation", "Info"]
        assert rows[0]["message"] == VIOLATION.messages[bilingual(language)]
        assert rows[0]["focusNode"] == "https://example.org/goal/1"


def test_results_that_are_left_out_are_counted() -> None:
    first = REPORT.first(1)
    assert [result.severity for result in first.results] == [Severity.VIOLATION]
    assert first.counts == REPORT.counts
    assert json.loads(to_json(first))["leftOut"] == 1


def test_text_for_a_terminal_shows_control_characters_as_code_points() -> None:
    label = "S\x1b[31mRED\u202e"
    found = replace(VIOLATION, label={"nb": label}, value=Literal(label))
    text = to_text(Report((found,), Graph()), "en")
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "S\\u001B[31mRED\\u202E" in text
