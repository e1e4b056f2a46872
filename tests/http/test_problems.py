import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from tests.drawn import below
from tests.test_languages import placeholders

import plangraf
from plangraf.engine import errors as engine
from plangraf.engine.errors import EngineError
from plangraf.errors import (
    DumpsUnavailable,
    MediaTypeUnsupported,
    MethodRefused,
    RangeNotSatisfiable,
    RequestError,
    ResourceNotFound,
    TooManyUploads,
)
from plangraf.http.problems import PROBLEM_TYPES, ProblemType, problem_of, problem_of_status
from plangraf.languages import N_, Msgid

SOURCE = Path(plangraf.__file__).parent
NAMES = {error.__name__ for error in below(RequestError)}
WHY = Msgid("Why.")
_SYNTAX_ERRORS: list[tuple[EngineError, dict[str, str], dict[str, object]]] = [
    (engine.QuerySyntax("error", fault, 1, 2, "x"), {}, {"line": 1, "column": 2})
    for fault in get_args(engine.SyntaxFault)
    if fault != "other"
]
# One of each class, with the headers and further members that go with it.
ENGINE_ERRORS: list[tuple[EngineError, dict[str, str], dict[str, object]]] = [
    (engine.QuerySyntax("error"), {}, {}),
    *_SYNTAX_ERRORS,
    (engine.QueryRefused("no such function"), {}, {}),
    (engine.InvalidIri("no scheme"), {}, {}),
    (engine.InvalidTimeLimit(0), {}, {}),
    (engine.ServiceRefused(), {}, {}),
    (engine.ServiceRefused(2, 1), {}, {"line": 2, "column": 1}),
    (engine.ServiceRefused(2, 1, "service:x"), {}, {"line": 2, "column": 1}),
    (
        engine.AnswerInexpressible(True, "rdfxml", "character", "U+000B", "<a> <b> 'c'"),
        {},
        {"available": ["text/turtle", "application/ld+json", "application/n-triples"]},
    ),
    (
        engine.AnswerInexpressible(True, "jsonld", "RDF 1.2", "", "<a> <b> <<( <c> <d> <e> )>>"),
        {},
        {"available": ["text/turtle", "application/n-triples"]},
    ),
    (
        engine.AnswerInexpressible(False, "xml", "character", "U+000B", "x"),
        {},
        {"available": ["application/sparql-results+json", "text/csv", "text/tab-separated-values"]},
    ),
    (
        engine.FormNotAcceptable(graph=False),
        {},
        {
            "available": [
                "application/sparql-results+json",
                "application/sparql-results+xml",
                "text/csv",
                "text/tab-separated-values",
            ]
        },
    ),
    (
        engine.FormNotAcceptable(graph=True),
        {},
        {"available": ["text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"]},
    ),
    (engine.QueryTimeout(10.0), {}, {"limit": "time", "seconds": 10.0}),
    (engine.QueryMemory(2**30), {}, {"limit": "memory", "bytes": 2**30}),
    (engine.QueryCrashed(), {}, {"limit": "crash"}),
    (engine.AnswerTooLarge(2**20), {}, {}),
    (engine.TooManyQueries(4, 32), {"Retry-After": "2"}, {}),
    (engine.Overloaded(), {"Retry-After": "2"}, {}),
    (engine.QueryPreempted(), {"Retry-After": "2"}, {}),
    (engine.EngineUnavailable(), {"Retry-After": "1"}, {}),
]


def test_every_error_that_a_client_is_told_of_has_one_type_of_problem() -> None:
    listed = [error for kind in PROBLEM_TYPES for error in kind.errors]
    assert len(listed) == len(set(listed))
    raised = {error for error in below(RequestError) | below(EngineError) if not error.__subclasses__()}
    assert set(listed) == raised


def test_no_two_types_of_problem_have_one_address() -> None:
    assert len({kind.slug for kind in PROBLEM_TYPES}) == len(PROBLEM_TYPES)


@pytest.mark.parametrize("kind", PROBLEM_TYPES, ids=lambda kind: kind.slug)
def test_a_type_of_problem_has_what_a_page_and_a_program_need(kind: ProblemType) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind.slug)
    assert 400 <= kind.status <= 599
    assert kind.title


def test_a_problem_is_a_document() -> None:
    problem = problem_of(engine.QuerySyntax("error at 1:2: expected one of …", "end", 1, 2))
    assert problem.document() == {
        "type": "https://w3id.org/plangraf/problems#query-syntax",
        "title": "The query does not parse",
        "status": 400,
        "detail": "Line 1, column 2: the query ends too early.",
        "line": 1,
        "column": 2,
    }


def test_a_problem_is_a_document_in_bokmål() -> None:
    problem = problem_of(ResourceNotFound(N_("There is nothing at {path}."), path="/ø"))
    assert problem.document("nb")["title"] == "Fant ikke siden"
    assert problem.document("nb")["detail"] == "Det er ingenting på /ø."


def test_a_problem_without_more_has_no_more_members_and_no_headers() -> None:
    problem = problem_of(ResourceNotFound(WHY))
    assert list(problem.document()) == ["type", "title", "status", "detail"]
    assert problem.headers == {}
    assert problem.detail == "Why."


@pytest.mark.parametrize(
    ("error", "headers"),
    [
        (MethodRefused(WHY, allowed=("GET", "HEAD")), {"Allow": "GET, HEAD, OPTIONS"}),
        (MethodRefused(WHY), {}),
        (MediaTypeUnsupported(WHY, accepted=("text/turtle", "text/csv")), {"Accept-Post": "text/turtle, text/csv"}),
        (MediaTypeUnsupported(WHY), {}),
        (RangeNotSatisfiable(WHY, size=0), {"Content-Range": "bytes */0"}),
        (TooManyUploads(WHY, retry_after=5), {"Retry-After": "5"}),
        (DumpsUnavailable(WHY, retry_after=30), {"Retry-After": "30"}),
        (DumpsUnavailable(WHY), {}),
    ],
)
def test_headers_are_made_of_the_facts_of_an_error(error: RequestError, headers: dict[str, str]) -> None:
    assert problem_of(error).headers == headers


@pytest.mark.parametrize(("error", "headers", "members"), ENGINE_ERRORS, ids=lambda value: type(value).__name__)
def test_an_error_of_the_engine_is_told_in_a_sentence_with_headers_and_members(
    error: EngineError, headers: dict[str, str], members: dict[str, object]
) -> None:
    problem = problem_of(error)
    assert set(problem.values) >= set(placeholders(problem.template))
    assert problem.detail.endswith(".")
    assert problem.detail_in("nb") != problem.detail
    assert problem.headers == headers
    assert problem.members == members


def test_every_error_of_the_engine_is_among_those_that_are_told() -> None:
    assert {type(error) for error, _, _ in ENGINE_ERRORS} == below(EngineError)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("prefix", "not declared"),
        ("iri", "not valid"),
        ("unbound variable", "neither grouped nor bound"),
        ("query form", "expected SELECT"),
        ("unexpected", "did not expect “NONSENSE”"),
        ("end", "ends too early"),
    ],
)
def test_what_is_wrong_with_a_query_is_told(fault: engine.SyntaxFault, words: str) -> None:
    problem = problem_of(engine.QuerySyntax("error", fault, 3, 4, "NONSENSE"))
    assert problem.detail.startswith("Line 3, column 4: ")
    assert words in problem.detail


@pytest.mark.parametrize(
    ("status", "kind", "title"),
    [
        (400, "https://w3id.org/plangraf/problems#request-malformed", "The request cannot be read"),
        (413, "https://w3id.org/plangraf/problems#body-too-large", "The request body is too large"),
        (416, "https://w3id.org/plangraf/problems#range-not-satisfiable", "The range lies outside the document"),
        (403, "about:blank", "Forbidden"),
        (501, "about:blank", "Not Implemented"),
    ],
)
def test_a_status_of_a_library_stays(status: int, kind: str, title: str) -> None:
    problem = problem_of_status(status, "no", {"Content-Range": "bytes */3"})
    assert problem.document() == {
        "type": kind,
        "title": title,
        "status": status,
        "detail": "The request cannot be answered: no.",
    }
    assert problem.headers == {"Content-Range": "bytes */3"}


@pytest.mark.parametrize("value", ["{path}", "{0}", "{", "}}", "%s", "%(path)s", "<b>&amp;</b>", "{path.__class__}"])
def test_a_value_is_never_a_template(value: str) -> None:
    problem = problem_of(ResourceNotFound(N_("There is nothing at {path}."), path=value))
    assert problem.detail == f"There is nothing at {value}."
    assert problem.detail_in("nb") == f"Det er ingenting på {value}."


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    problem = problem_of(ResourceNotFound(Msgid("{seconds} {bytes}"), seconds=0.125, bytes=1234567))
    assert problem.detail == "0.125 1,234,567"
    assert problem.detail_in("nb") == "0,125 1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567"


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """Return each call of a function or class in the source, by its name, with the place of the call."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", node


def is_marking(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "N_"


def test_every_request_error_is_raised_with_a_text_that_is_marked_for_translation() -> None:
    raised = list(calls(*NAMES))
    # What a name stands for is seen by the type checker: an error takes no text but a marked one.
    assert [
        place
        for place, call in raised
        if not (is_marking(call.args[0]) or isinstance(call.args[0], ast.Name | ast.Attribute | ast.Subscript))
    ] == []
    assert sum(is_marking(call.args[0]) for _, call in raised) > 40


def test_what_is_marked_for_translation_can_be_extracted() -> None:
    assert [place for place, call in calls("N_") if not isinstance(call.args[0], ast.Constant)] == []


def test_no_text_passes_as_marked_that_is_not() -> None:
    # Errors that cross to another process, and faults that are recorded, were marked where they are written.
    passed = {"languages.py", "errors.py", "harvesting/faults.py"}
    assert {place.partition(":")[0] for place, _ in calls("Msgid")} == passed


def test_a_request_error_has_a_value_for_each_place_of_its_text() -> None:
    for place, call in calls(*NAMES):
        if not isinstance(call.args[0], ast.Call) or not isinstance(call.args[0].args[0], ast.Constant):
            continue
        given = {keyword.arg for keyword in call.keywords}
        places = set(placeholders(str(call.args[0].args[0].value)))
        assert places <= given, place
        assert given - places <= {"members", "allowed", "accepted", "size", "retry_after"}, place
