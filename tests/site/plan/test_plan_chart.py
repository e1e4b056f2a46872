"""The chart of a plan: what is counted, when goals are grouped, and labels that could break a page."""

import pyoxigraph as ox
import pytest

from plangraf.namespaces import ID, SDG, expand
from plangraf.site.plan.plan_chart import MOST, PlanChart, plan_chart
from plangraf.view.claims import read_claims
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading
from plangraf.view.render import _environment

PLAN = ID + "somewhere/plan"
READER = Reader("en", named=True)


def _triple(subject: str, predicate: str, value: str | ox.Literal | ox.NamedNode) -> ox.Triple:
    if isinstance(value, str):
        value = ox.NamedNode(value if "/" in value else expand(value))
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(expand(predicate)), value)


def _chart(goals: int, *, tops: int = 0, label: str = "Goal", tied: bool = True) -> PlanChart | None:
    triples = [_triple(PLAN, "skos:prefLabel", ox.Literal(label, language="en"))]
    for number in range(1, 18):
        triples.append(_triple(f"{SDG}{number}", "rdf:type", "sdgo:Goal"))
        triples.append(_triple(f"{SDG}{number}", "skos:notation", ox.Literal(str(number))))
        triples.append(_triple(f"{SDG}{number}", "skos:prefLabel", ox.Literal(label, language="en")))
    for number in range(goals):
        goal, claim = f"{PLAN}/goal/{number}", f"{PLAN}/link/{number}"
        triples.append(_triple(goal, "rdf:type", "plan:Goal"))
        triples.append(_triple(goal, "skos:prefLabel", ox.Literal(label, language="en")))
        if tops and number >= tops:
            triples.append(_triple(goal, "skos:broader", f"{PLAN}/goal/{number % tops}"))
        if tied:
            triples.append(_triple(claim, "rdf:type", "owl:Axiom"))
            triples.append(_triple(claim, "owl:annotatedSource", goal))
            triples.append(_triple(claim, "owl:annotatedProperty", "plan:contributesToSDG"))
            triples.append(_triple(claim, "owl:annotatedTarget", f"{SDG}{number % 17 + 1}.1"))
            basis = "plan:StatedInPlan" if number % 2 else "plan:Editorial"
            triples.append(_triple(claim, "plan:basis", basis))
    reading = Reading(triples, READER)
    return plan_chart(reading, PLAN, read_claims(reading))


@pytest.mark.parametrize("goals", [0, 10])
def test_nothing_is_drawn_without_links(goals: int) -> None:
    assert _chart(goals, tied=False) is None


def test_stated_and_editorial_are_counted_apart() -> None:
    chart = _chart(17)
    assert chart is not None
    assert [(row.stated, row.editorial) for row in chart.coverage][:2] == [(0, 1), (1, 0)]
    assert sum(row.stated for row in chart.link_counts) == 8
    assert sum(row.editorial for row in chart.link_counts) == 9
    assert not chart.grouped
    assert "states links to 8 of the 17 SDGs (numbers: 2, 4, " in chart.finding


@pytest.mark.parametrize("tops", [5, 0])
def test_many_goals_are_grouped(tops: int) -> None:
    chart = _chart(2_000, tops=tops)
    assert chart is not None
    assert chart.grouped
    assert len(chart.picture.middle) == (tops or MOST - 2)
    assert sum(node.stated + node.editorial for node in chart.picture.middle) == 2_000
    assert chart == _chart(2_000, tops=tops)


@pytest.mark.parametrize("label", ["<script>alert(1)</script>", "\"'><svg onload=x>", "שלום \u202e", "x" * 10_000])
def test_a_label_cannot_break_the_picture(label: str) -> None:
    chart = _chart(3, label=label)
    template = _environment("en").from_string('{% from "plan/sankey.html" import draw %}{{ draw(chart, "s") }}')
    html = template.render(chart=chart)
    assert "<script>" not in html
    assert "<svg onload" not in html
    assert len(html) < 60_000
