import re

import pytest
from tests.drawn import below, drawn

from plangraf import problems
from plangraf.problems import PROBLEM_TYPES, Problem, QuerySyntax


def test_the_drawn_tree_has_every_problem_with_its_status() -> None:
    tree = drawn(problems.__doc__)
    assert tree.pop(Problem.__name__) == "status"
    assert tree == {problem.__name__: str(problem.status) for problem in below(Problem)}


def test_every_problem_is_in_the_table() -> None:
    assert set(PROBLEM_TYPES) == below(Problem)
    assert len(PROBLEM_TYPES) == len(set(PROBLEM_TYPES))


def test_no_two_problems_have_one_address() -> None:
    assert len({problem.slug for problem in PROBLEM_TYPES}) == len(PROBLEM_TYPES)


@pytest.mark.parametrize("problem", PROBLEM_TYPES)
def test_a_problem_has_what_a_page_and_a_program_need(problem: type[Problem]) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", problem.slug)
    assert 400 <= problem.status <= 599
    assert problem.title
    assert problem.__doc__
    assert problem("Why.").type == f"https://w3id.org/plangraf/problems#{problem.slug}"


def test_a_problem_is_a_document() -> None:
    problem = QuerySyntax("Line 1, column 2: the query ends too early.", members={"line": 1, "column": 2})
    assert problem.document() == {
        "type": "https://w3id.org/plangraf/problems#query-syntax",
        "title": "The query does not parse",
        "status": 400,
        "detail": "Line 1, column 2: the query ends too early.",
        "line": 1,
        "column": 2,
    }


def test_a_problem_without_more_has_no_more_members() -> None:
    problem = QuerySyntax("Why.")
    assert list(problem.document()) == ["type", "title", "status", "detail"]
    assert problem.headers == {}
    assert str(problem) == "Why."


def test_problems_share_nothing() -> None:
    QuerySyntax("One.").members["line"] = 1
    assert QuerySyntax("Two.").members == {}
