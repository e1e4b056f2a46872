"""The dot table of a plan: a mark for each claim in the row of its goal and the column of its SDG."""

import html
import re

import pyoxigraph as ox
import pytest

from plangraf.namespaces import ID, SDG, expand
from plangraf.site.plan.dot_table import MOST, MOST_IN_CELL, DotTable, dot_table, notation_ranges
from plangraf.view.claims import read_claims
from plangraf.view.reader import Reader
from plangraf.view.reading import Name, Reading, Reference
from plangraf.view.render import _environment

PLAN = ID + "somewhere/plan"


def _triple(subject: str, predicate: str, value: str | ox.Literal) -> ox.Triple:
    term = ox.NamedNode(value if "/" in value else expand(value)) if isinstance(value, str) else value
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(expand(predicate)), term)


def _sdgs() -> list[ox.Triple]:
    numbers = range(1, 18)
    classes = [_triple(f"{SDG}{number}", "rdf:type", "sdgo:Goal") for number in numbers]
    return [*classes, *(_triple(f"{SDG}{n}", "skos:notation", ox.Literal(str(n))) for n in numbers)]


def _goal(number: str, label: str = "A goal", above: str | None = None, *, titled: bool = True) -> list[ox.Triple]:
    goal = f"{PLAN}/goal/{number}"
    triples = [
        _triple(goal, "rdf:type", "plan:Goal"),
        _triple(goal, "skos:notation", ox.Literal(number)),
        _triple(goal, "skos:prefLabel", ox.Literal(label, language="en")),
    ]
    if above is not None:
        triples.append(_triple(goal, "skos:broader", f"{PLAN}/goal/{above}"))
    return triples if titled else [*triples, _triple(goal, "plan:transcription", "plan:TitleMissing")]


def _claim(source: str, target: str, *, stated: bool, claim: str | None = None) -> list[ox.Triple]:
    claim = claim or f"{PLAN}/link/{source.rpartition('/')[2]}-{target}"
    return [
        _triple(claim, "rdf:type", "owl:Axiom"),
        _triple(claim, "owl:annotatedSource", source),
        _triple(claim, "owl:annotatedProperty", "skos:broadMatch"),
        _triple(claim, "owl:annotatedTarget", f"{SDG}{target}"),
        _triple(claim, "plan:basis", "plan:StatedInPlan" if stated else "plan:Editorial"),
    ]


def _table(*groups: list[ox.Triple]) -> DotTable:
    reading = Reading([triple for group in (_sdgs(), *groups) for triple in group], Reader("en", named=False))
    return dot_table(reading, PLAN, read_claims(reading))


def _html(table: DotTable) -> str:
    template = _environment("en").from_string('{% from "plan/dots.html" import dots %}{{ dots(table) }}')
    return template.render(table=table)


def _goal_iri(number: str) -> str:
    return f"{PLAN}/goal/{number}"


def test_a_mark_stands_in_the_row_of_its_goal_and_the_column_of_its_sdg_and_leads_to_its_claim() -> None:
    claims = [*_claim(PLAN, "17", stated=True), *_claim(_goal_iri("1.1"), "13.2", stated=False)]
    table = _table(_goal("1"), _goal("1.1", above="1"), claims)
    assert [column.sdg for column in table.columns] == [str(number) for number in range(1, 18)]
    assert [(row.goal and row.goal.notation, row.depth) for row in table.rows] == [(None, 0), ("1", 0), ("1.1", 1)]
    found = [(y, x, m) for y, row in enumerate(table.rows) for x, c in enumerate(row.cells, 1) for m in c.marks]
    assert [(y, x, mark.label, mark.stated) for y, x, mark in found] == [(0, 17, "17", True), (2, 13, "13", False)]
    assert [mark.href for _, _, mark in found] == [
        "/doc/somewhere/plan/link/plan-17",
        "/doc/somewhere/plan/link/1.1-13.2",
    ]


def test_a_claim_without_a_page_leads_to_the_claims_on_the_page_of_its_goal() -> None:
    claim = _claim(_goal_iri("1"), "13", stated=True, claim="https://e.example/claim")
    [mark] = _table(_goal("1"), claim).rows[0].cells[12].marks
    assert mark.href == "/doc/somewhere/plan/goal/1#sdg"


def test_a_cell_has_room_for_some_marks_and_counts_the_others() -> None:
    claims = [t for number in range(1, 6) for t in _claim(_goal_iri("1"), f"13.{number}", stated=number == 4)]
    cell = _table(_goal("1"), claims).rows[0].cells[12]
    assert [mark.stated for mark in cell.marks] == [True, False, False]
    assert cell.more == 5 - MOST_IN_CELL


def test_one_link_that_is_said_twice_has_one_mark() -> None:
    claims = [
        *_claim(_goal_iri("1"), "13", stated=True),
        *_claim(_goal_iri("1"), "13", stated=True, claim=f"{PLAN}/x"),
    ]
    assert len(_table(_goal("1"), claims).rows[0].cells[12].marks) == 1


def test_parts_that_are_no_goals_have_rows_of_their_own() -> None:
    strategy = f"{PLAN}/strategy/1"
    claims = _claim(strategy, "3", stated=True)
    table = _table(_goal("1"), [_triple(strategy, "rdf:type", "plan:Strategy")], claims)
    assert [row.goal.iri for row in table.others if row.goal] == [strategy]
    assert "Other parts of the plan" in _html(table)


def test_goals_without_titles_are_folded_unless_they_have_links_or_sub_goals() -> None:
    goals = [_goal("1", titled=False), _goal("1.1", above="1", titled=False), _goal("1.2", above="1", titled=False)]
    table = _table(*goals, _claim(_goal_iri("1.2"), "13", stated=False))
    assert [row.goal.notation for row in table.rows if row.goal] == ["1", "1.2"]
    assert [goal.notation for goal in table.untitled] == ["1.1"]
    assert table.untitled_are_below


def test_goals_without_links_are_a_list_and_a_plan_without_goals_says_so() -> None:
    listed = _html(_table(_goal("1"), _goal("1.1", above="1")))
    assert "<table" not in listed
    assert re.findall(r'aria-level="(\d)"', listed) == ["1", "2"]
    assert "not transcribed yet" in _html(_table())
    assert "<table" in _html(_table(_claim(PLAN, "17", stated=True)))


def test_a_plan_with_2000_goals_is_bounded() -> None:
    label = "x" * 300
    groups = [_goal(str(n), label) + _claim(_goal_iri(str(n)), str(n % 17 + 1), stated=True) for n in range(1, 2_001)]
    table = _table(*groups)
    assert (len(table.rows), table.left_out) == (MOST, 2_000 - MOST)
    assert len(_html(table).encode()) < 75_000


@pytest.mark.parametrize("label", ["<script>alert(1)</script>", "\"'><svg onload=x>", "שלום \u202e", "x" * 10_000])
def test_a_label_cannot_break_the_table(label: str) -> None:
    page = _html(_table(_goal("1", label), _claim(_goal_iri("1"), "13", stated=True)))
    assert "<script>" not in page
    assert "<svg" not in page
    assert f"<bdi>{html.escape(label[:8]).replace('&quot;', '&#34;').replace('&#x27;', '&#39;')}" in page


def _reference(notation: str | None) -> Reference:
    return Reference("https://e.example/", None, Name(""), notation, local=False)


@pytest.mark.parametrize(
    ("notations", "expected"),
    [
        (["2.1", "2.2", "2.3", "3.1"], "2.1–2.3, 3.1"),
        (["9", "10", "12"], "9–10, 12"),
        (["A", "B", None], "A, B"),
        (["2.9", "2.10", "3.11"], "2.9–2.10, 3.11"),
        ([], ""),
    ],
)
def test_consecutive_numbers_are_a_range(notations: list[str | None], expected: str) -> None:
    assert notation_ranges(map(_reference, notations)) == expected


def test_ranges_are_bounded() -> None:
    assert notation_ranges([_reference(str(2 * number)) for number in range(50)], most=3) == "0, 2, 4, …"
