"""The lists of the parts of a plan: measures stand below their strategies, and every part is listed or counted."""

import pyoxigraph as ox

from plangraf.namespaces import ID, expand
from plangraf.site.plan.lists import SHOWN, PlanList, PlanPart, plan_lists
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading

PLAN = f"{ID}somewhere/plan"


def _triple(subject: str, predicate: str, value: str | int) -> ox.Triple:
    if isinstance(value, int):
        term: ox.NamedNode | ox.Literal = ox.Literal(value)
    else:
        term = ox.NamedNode(expand(value) if value.startswith("plan:") else f"{PLAN}/{value}")
    return ox.Triple(ox.NamedNode(f"{PLAN}/{subject}"), ox.NamedNode(expand(predicate)), term)


def _lists(triples: list[ox.Triple]) -> dict[str, PlanList]:
    return {found.key: found for found in plan_lists(Reading(triples, Reader("nb", named=False)), PLAN)}


def _names(parts: tuple[PlanPart, ...]) -> list[str]:
    return [part.reference.iri.rpartition("/")[2] for part in parts]


def test_measures_stand_below_their_strategies_in_order_and_the_others_in_a_list_of_their_own() -> None:
    triples = [_triple(strategy, "rdf:type", "plan:Strategy") for strategy in ("s1", "s2")]
    for measure, order, of in (("m1", 2, "s1"), ("m2", 1, "s1"), ("m3", 1, "g1"), ("m4", 2, "s9")):
        triples.append(_triple(measure, "rdf:type", "plan:Measure"))
        triples.append(_triple(measure, "plan:order", order))
        triples.append(_triple(measure, "plan:implements", of))
    triples.append(_triple("m2", "plan:priority", 1))
    lists = _lists(triples)
    strategies, measures = lists["strategy"], lists["measure"]
    assert [_names(part.measures) for part in strategies.parts] == [["m2", "m1"], []]
    assert [measure.priority for measure in strategies.parts[0].measures] == ["1", None]
    assert _names(measures.parts) == ["m3", "m4"]
    assert (measures.count, measures.left, measures.anchor) == (4, 0, "measure")


def test_measures_that_are_all_below_strategies_need_no_list() -> None:
    triples = [_triple("s1", "rdf:type", "plan:Strategy"), _triple("m1", "rdf:type", "plan:Measure")]
    triples.append(_triple("m1", "plan:implements", "s1"))
    measures = _lists(triples)["measure"]
    assert (measures.parts, measures.count, measures.left, measures.anchor) == ((), 1, 0, "strategy")


def test_a_long_list_says_how_many_are_left() -> None:
    triples = [_triple(f"c{number}", "rdf:type", "plan:Challenge") for number in range(SHOWN + 5)]
    challenges = _lists(triples)["challenge"]
    assert (len(challenges.parts), challenges.count, challenges.left) == (SHOWN, SHOWN + 5, 5)


def test_goals_and_focus_areas_are_in_no_list_because_they_are_a_tree() -> None:
    triples = [_triple("a", "rdf:type", "plan:Goal"), _triple("b", "rdf:type", "plan:FocusArea")]
    assert _lists([*triples, _triple("c", "rdf:type", "plan:Strength")]).keys() == {"strength"}
