from collections.abc import Sequence

import pyoxigraph as ox
import pytest
from bench.links import Measured, measurements

from plangraf.matching.linkables import Linkable, LinkableKind, Linkables, Text, read_linkables, sdg_goal
from plangraf.matching.sdg_ranking import SdgRanking
from plangraf.namespaces import ID, SDG, expand

TRONDHEIM = "https://organization-catalog.fellesdatakatalog.digdir.no/organizations/942110464"


@pytest.fixture(scope="module")
def measured() -> dict[tuple[str, str], Measured]:
    return measurements()


# The floors are a little below docs/matching.md, so that the data may grow.
@pytest.mark.parametrize(
    ("links", "at_1", "at_3"),
    [
        ("editorial → SDG", 0.55, 0.75),
        ("stated by plans → SDG", 0.8, 1.0),
        ("U4SSC indicators → SDG", 0.3, 0.55),
        ("U4SSC indicators → target", 0.2, 0.45),
    ],
)
def test_recall_does_not_fall(
    measured: dict[tuple[str, str], Measured], links: str, at_1: float, at_3: float
) -> None:
    found = measured[links, "all evidence"]
    assert found.right[0] / found.links >= at_1
    assert found.right[1] / found.links >= at_3


def test_all_evidence_is_better_than_words_alone_for_goals(measured: dict[tuple[str, str], Measured]) -> None:
    assert measured["editorial → SDG", "all evidence"].right[0] > measured["editorial → SDG", "words alone"].right[0]


def _goal(*labels: Text) -> Linkable:
    return Linkable(f"{ID}x/plan/goal/1", LinkableKind.GOAL, f"{ID}x/plan", (), labels)


@pytest.mark.parametrize(
    ("text", "language", "sdg"),
    [
        ("Vi skal redusere fattigdommen", "nb", "1"),
        ("Klimanøytral kommune", "nb", "13"),
        ("Likestilling mellom kjønnene", "nb", "5"),
        ("Utdanninga skal vere god", "nn", "4"),
        ("Clean water and sanitation in every village", "en", "6"),
    ],
)
def test_the_first_sdg_is_the_evident_one(linkables: Linkables, text: str, language: str, sdg: str) -> None:
    first = SdgRanking(linkables).rank(_goal(Text(text, language)))[0]
    assert sdg_goal(first.thing.iri) == SDG + sdg


@pytest.mark.parametrize("text", ["", "og", "2030", "xyzzy", "\u202eabc", "<b>&amp;</b>"])
def test_a_goal_without_telling_words_has_no_suggestion_by_words(linkables: Linkables, text: str) -> None:
    assert SdgRanking(linkables).rank(_goal(Text(text, "nb"))) == []


def test_links_that_are_held_out_leave_no_trace(shipped_quads: Sequence[ox.Quad]) -> None:
    """The ranking with links held out is the ranking of data that never had them."""
    linkables = read_linkables(shipped_quads)
    goals = [goal for goal in linkables.of_kind(LinkableKind.GOAL) if TRONDHEIM in goal.publishers]
    links = {expand(name) for name in ("skos:broadMatch", "skos:relatedMatch", "plan:contributesToSDG", "plan:basis")}
    own = {goal.iri for goal in goals} | {goal.plan for goal in goals}
    claims = {quad.subject for quad in shipped_quads if str(quad.object).strip("<>") in own}
    without = [
        quad
        for quad in shipped_quads
        if not (quad.predicate.value in links and (quad.subject in claims or str(quad.subject).strip("<>") in own))
    ]
    never = SdgRanking(read_linkables(without))
    ranking = SdgRanking(linkables)
    assert len(goals) > 20
    for goal in goals:
        held_out = [(each.thing.iri, round(each.score, 9)) for each in ranking.rank(goal, [TRONDHEIM])]
        assert held_out == [(each.thing.iri, round(each.score, 9)) for each in never.rank(goal)]
