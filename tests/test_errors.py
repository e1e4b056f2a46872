import re
from pathlib import Path

import pytest

from plangraf import errors
from plangraf.errors import (
    PROBLEM_TYPES,
    AddressInUseError,
    InputError,
    NonconformingError,
    PlangrafError,
    Problem,
    QuerySyntax,
)


def below(root: type[PlangrafError]) -> set[type[PlangrafError]]:
    return {descendant for child in root.__subclasses__() for descendant in (child, *below(child))}


def drawn() -> dict[str, str]:
    """Return the end of each line of the drawn tree, by the class that the line is about."""
    assert errors.__doc__ is not None
    return dict(
        re.findall(r"^ {4}[│├└─ ]*(\w+)(?: .*?)??(?: {2,}(exit \d|status|\d{3}))?$", errors.__doc__, re.MULTILINE)
    )


def test_the_drawn_tree_has_every_class() -> None:
    assert set(drawn()) == {PlangrafError.__name__, *(error.__name__ for error in below(PlangrafError))}


def test_the_drawn_tree_has_every_status() -> None:
    assert {name: status for name, status in drawn().items() if status.isdigit()} == {
        problem.__name__: str(problem.status) for problem in PROBLEM_TYPES
    }


def test_the_drawn_tree_has_every_exit_code() -> None:
    assert {name: code for name, code in drawn().items() if code.startswith("exit")} == {
        error.__name__: f"exit {error.exit_code}" for error in (InputError, NonconformingError, AddressInUseError)
    }


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


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (InputError("is bad"), "is bad"),
        (InputError("is bad", Path("a.ttl")), "a.ttl: is bad"),
        (InputError("is bad", Path("a.ttl"), 3), "a.ttl:3: is bad"),
        (InputError("is bad", Path("a.ttl"), 3, 14), "a.ttl:3:14: is bad"),
    ],
)
def test_an_input_error_begins_with_its_place(error: InputError, expected: str) -> None:
    assert str(error) == expected
    assert error.message == "is bad"


def test_a_taken_address_says_what_to_do() -> None:
    assert "port 8000 on 127.0.0.1 is in use" in str(AddressInUseError("127.0.0.1", 8000))
    assert "--port" in str(AddressInUseError("127.0.0.1", 8000))


def test_nonconforming_data_carry_their_report() -> None:
    assert NonconformingError("a report").report_text == "a report"
    assert NonconformingError("a report").exit_code == 1
