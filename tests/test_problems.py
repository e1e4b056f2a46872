import ast
import re
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from tests.drawn import below, drawn
from tests.test_languages import placeholders

from plangraf import problems
from plangraf.languages import N_, Msgid
from plangraf.problems import PROBLEM_TYPES, Problem, QuerySyntax, QueryTimeout, ResourceNotFound, unpack

SOURCE = Path(problems.__file__).parent
NAMES = {problem.__name__ for problem in PROBLEM_TYPES}
WHY = Msgid("Why.")


def test_the_drawn_tree_has_every_problem_with_its_status() -> None:
    tree = drawn(problems.__doc__)
    assert tree.pop(Problem.__name__) == "status"
    assert tree == {problem.__name__: str(problem.status) for problem in below(Problem)}


def test_every_problem_is_in_the_table() -> None:
    assert set(PROBLEM_TYPES) == below(Problem)


def test_no_two_problems_have_one_address() -> None:
    assert len({problem.slug for problem in PROBLEM_TYPES}) == len(PROBLEM_TYPES)


@pytest.mark.parametrize("problem", PROBLEM_TYPES)
def test_a_problem_has_what_a_page_and_a_program_need(problem: type[Problem]) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", problem.slug)
    assert 400 <= problem.status <= 599
    assert problem.title
    assert problem.__doc__
    assert problem(WHY).type == f"https://w3id.org/plangraf/problems#{problem.slug}"


def test_a_problem_is_a_document() -> None:
    template = N_("Line {line}, column {column}: the query ends too early.")
    problem = QuerySyntax(template, line=1, column=2, members={"line": 1, "column": 2})
    assert problem.document() == {
        "type": "https://w3id.org/plangraf/problems#query-syntax",
        "title": "The query does not parse",
        "status": 400,
        "detail": "Line 1, column 2: the query ends too early.",
        "line": 1,
        "column": 2,
    }


def test_a_problem_is_a_document_in_bokmål() -> None:
    problem = ResourceNotFound(N_("There is nothing at {path}."), path="/ø")
    assert problem.document("nb")["title"] == "Her er det ikke gitt ut noe"
    assert problem.document("nb")["detail"] == "Det er ingenting på /ø."


def test_a_problem_without_more_has_no_more_members() -> None:
    problem = QuerySyntax(WHY)
    assert list(problem.document()) == ["type", "title", "status", "detail"]
    assert problem.headers == {}
    assert str(problem) == problem.detail == "Why."


def test_problems_share_nothing() -> None:
    QuerySyntax(WHY).members["line"] = 1
    assert QuerySyntax(WHY).members == {}


@pytest.mark.parametrize("value", ["{path}", "{0}", "{", "}}", "%s", "%(path)s", "<b>&amp;</b>", "{path.__class__}"])
def test_a_value_is_never_a_template(value: str) -> None:
    problem = ResourceNotFound(N_("There is nothing at {path}."), path=value)
    assert problem.detail == f"There is nothing at {value}."
    assert problem.detail_in("nb") == f"Det er ingenting på {value}."


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    problem = QueryTimeout(Msgid("{seconds} {bytes}"), seconds=0.125, bytes=1234567)
    assert problem.detail == "0.125 1,234,567"
    assert problem.detail_in("nb") == "0,125 1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567"


@pytest.mark.parametrize("problem", PROBLEM_TYPES)
def test_a_problem_crosses_to_another_process_with_its_values(problem: type[Problem]) -> None:
    sent = problem(N_("There is nothing at {path}."), path="{ø}", members={"line": 3})
    received = unpack(orjson.loads(orjson.dumps(sent.pack())))
    assert type(received) is problem
    assert received.document("nb") == sent.document("nb")
    assert received.detail == "There is nothing at {ø}."


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """Return each call of a function or class in the source, by its name, with the place of the call."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", node


def is_marking(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "N_"


def test_every_problem_is_raised_with_a_text_that_is_marked_for_translation() -> None:
    raised = list(calls(*NAMES))
    # What a name stands for is seen by the type checker: a problem takes no text but a marked one.
    assert [
        place
        for place, call in raised
        if not (is_marking(call.args[0]) or isinstance(call.args[0], ast.Name | ast.Attribute))
    ] == []
    assert sum(is_marking(call.args[0]) for _, call in raised) > 40


def test_what_is_marked_for_translation_can_be_extracted() -> None:
    assert [place for place, call in calls("N_") if not isinstance(call.args[0], ast.Constant)] == []


def test_no_text_passes_as_marked_that_is_not() -> None:
    assert {place.partition(":")[0] for place, _ in calls("Msgid")} == {"languages.py", "problems.py"}


def test_a_problem_has_a_value_for_each_place_of_its_text() -> None:
    for place, call in calls(*NAMES):
        if not isinstance(call.args[0], ast.Call) or not isinstance(call.args[0].args[0], ast.Constant):
            continue
        given = {keyword.arg for keyword in call.keywords} - {"headers", "members"}
        assert given == set(placeholders(str(call.args[0].args[0].value))), place
