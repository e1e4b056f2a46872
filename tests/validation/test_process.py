"""What a validation makes of an upload; tests/site/validate has the process that it runs in, and its limits."""

import orjson
import pytest
from rdflib import Graph

from plangraf.errors import unpack
from plangraf.formats import JSON_LD, N_TRIPLES, RDF_XML, TRIG, TURTLE, Format
from plangraf.validation.process import UploadValidator
from plangraf.validation.task import ValidationOutcome, ValidationTask

GOAL = """\
@prefix plan: <https://w3id.org/plangraf/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<https://example.org/goal/1> a plan:Goal ;
  skos:notation "1" ;
  skos:prefLabel "Et mål"@no .
"""
LAUGHS = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghij", "bcdefghijk", strict=True)
)
XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.org/">{}</rdf:RDF>'


@pytest.fixture(scope="module")
def checker() -> UploadValidator:
    return UploadValidator()


def _report(checker: UploadValidator, data: bytes, rdf_format: Format = TURTLE) -> tuple[ValidationOutcome, bytes]:
    return checker.report(data, ValidationTask(rdf_format.key, "json", "nb"))


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["unix", "windows"])
def test_a_mistake_has_its_line(checker: UploadValidator, line_end: str) -> None:
    _, body = _report(checker, GOAL.replace("\n", line_end).encode())
    [tag] = [r for r in orjson.loads(body)["results"] if r["sourceShape"].endswith("#LanguageTag")]
    assert tag["line"] == 6


@pytest.mark.parametrize(
    ("data", "rdf_format", "says"),
    [
        (b"", TURTLE, "no statements"),
        (b"# later\n", TURTLE, "no statements"),
        (b"@prefix e: <https://example.org/> .", TRIG, "no statements"),
        (b" \n", N_TRIPLES, "no statements"),
        (XML.format("").encode(), RDF_XML, "no statements"),
        (b'{"success": true, "result": [{"title": "Sykler"}]}', JSON_LD, "JSON without @context"),
        (b"[]", JSON_LD, "JSON without @context"),
        (b'{"@context": {}, "title": "Sykler"}', JSON_LD, "no statements, so"),
    ],
)
def test_data_without_a_statement_are_refused(
    checker: UploadValidator, data: bytes, rdf_format: Format, says: str
) -> None:
    outcome, body = _report(checker, data, rdf_format)
    assert outcome.error is not None
    assert outcome.error["name"] == "UploadMalformed"
    assert says in str(unpack(outcome.error))
    assert body == b""


def test_data_about_nothing_known_have_a_warning(checker: UploadValidator) -> None:
    data = "".join(f'<https://example.org/{n}> <https://example.org/p> "{n}" .\n' for n in range(1000))
    _, body = _report(checker, data.encode(), N_TRIPLES)
    report = orjson.loads(body)
    assert report["counts"] == {"violation": 0, "warning": 1, "info": 0}
    assert report["results"][0]["sourceShape"].endswith("#NothingKnown")
    assert report["statements"] == 1000
    assert {shape["focusNodes"] for shape in report["shapes"]} == {None}
    assert report["found"] == {"plans": 0, "goals": 0, "concepts": 0, "datasets": 0}


def test_a_report_says_what_was_found_and_which_shapes_apply(checker: UploadValidator) -> None:
    report = orjson.loads(_report(checker, GOAL.encode())[1])
    assert (report["statements"], report["found"]) == (3, {"plans": 0, "goals": 1, "concepts": 1, "datasets": 0})
    assert {"shape": "https://w3id.org/plangraf/shapes#Goal", "focusNodes": 1, "results": 0} in report["shapes"]


@pytest.mark.parametrize(
    ("rdf_format", "name"),
    [(N_TRIPLES, "nt"), (RDF_XML, "xml"), (JSON_LD, "json-ld"), (TRIG, "turtle")],
    ids=["nt", "rdf", "jsonld", "trig"],
)
def test_every_format_is_read(checker: UploadValidator, rdf_format: Format, name: str) -> None:
    data = Graph().parse(data=GOAL, format="turtle").serialize(format=name)
    _, body = _report(checker, data.encode(), rdf_format)
    found = {r["sourceShape"].partition("#")[2] for r in orjson.loads(body)["results"]}
    assert found >= {"LanguageTag", "PlanConcept-scheme"}


@pytest.mark.parametrize(
    ("data", "rdf_format", "says"),
    [
        pytest.param(GOAL.encode(), JSON_LD, "JSON", id="another format"),
        pytest.param(GOAL.encode("latin-1"), TURTLE, "UTF-8", id="wrong encoding"),
        pytest.param(b"\x00" * 1000, TURTLE, "Turtle", id="zeros"),
        pytest.param(
            (LAUGHS + "]>" + XML.format("<e:a><e:p>&k;</e:p></e:a>")).encode(), RDF_XML, "ENTITY", id="laughs"
        ),
    ],
)
def test_what_cannot_be_read_is_told(checker: UploadValidator, data: bytes, rdf_format: Format, says: str) -> None:
    outcome, body = _report(checker, data, rdf_format)
    assert outcome.error is not None
    assert says in orjson.dumps(outcome.error).decode()
    assert body == b""
