"""The tree of a plan's goals: depth, ties, cycles that slipped in, and too many goals."""

import pyoxigraph as ox

from plangraf.namespaces import ID, SDG, expand
from plangraf.site.plan.tree import MOST, GoalBranch, Tree, goal_tree
from plangraf.view.claims import Claims, read_claims
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading

PLAN = ID + "somewhere/plan"
READER = Reader("en", named=True)


def _triple(subject: str, predicate: str, value: str | ox.Literal) -> ox.Triple:
    term = ox.NamedNode(value) if isinstance(value, str) else value
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(expand(predicate)), term)


def _tree(parents: dict[str, str | None], claims: list[ox.Triple] | None = None) -> Tree:
    triples = list(claims or [])
    for goal, parent in parents.items():
        triples.append(_triple(goal, "skos:notation", ox.Literal(goal.rpartition("/")[2])))
        if parent is not None:
            triples.append(_triple(goal, "skos:broader", parent))
    reading = Reading(triples, READER)
    return goal_tree(reading, list(parents), read_claims(reading) if claims else Claims((), ()))


def _goal(number: object) -> str:
    return f"{PLAN}/goal/{number}"


def _shape(branches: tuple[GoalBranch, ...]) -> list[object]:
    return [(branch.goal.notation, _shape(branch.children)) for branch in branches]


def test_goals_stand_below_their_goals_in_the_order_of_their_numbers() -> None:
    parents: dict[str, str | None] = {_goal("10"): None, _goal("2"): None, _goal("1"): None}
    parents |= {_goal("2.10"): _goal("2"), _goal("2.9"): _goal("2"), _goal("2.9.1"): _goal("2.9")}
    tree = _tree(parents)
    assert _shape(tree.branches) == [("1", []), ("2", [("2.9", [("2.9.1", [])]), ("2.10", [])]), ("10", [])]
    assert tree.left_out == 0


def test_every_goal_of_a_cycle_is_shown_once() -> None:
    tree = _tree({_goal("a"): _goal("c"), _goal("b"): _goal("a"), _goal("c"): _goal("b"), _goal("d"): _goal("d")})
    assert _shape(tree.branches) == [("a", [("b", [("c", [])])]), ("d", [])]


def test_a_goal_with_two_parents_is_shown_once() -> None:
    triples = [_triple(_goal("3"), "skos:broader", _goal("2"))]
    tree = _tree({_goal("1"): None, _goal("2"): None, _goal("3"): _goal("1")}, triples)
    assert sum(str(_shape(tree.branches)).count(f"'{number}'") for number in "123") == 3


def test_a_goal_whose_parent_is_in_another_plan_is_at_the_top() -> None:
    assert _shape(_tree({_goal("1"): ID + "elsewhere/goal/1"}).branches) == [("1", [])]


def test_upper_levels_come_first_when_there_are_too_many() -> None:
    parents: dict[str, str | None] = {_goal(number): None for number in range(150)}
    parents |= {_goal(f"{number}.{below}"): _goal(number) for number in range(150) for below in range(10)}
    tree = _tree(parents)
    assert len(tree.branches) == 150
    assert sum(len(branch.children) for branch in tree.branches) == MOST - 150
    assert tree.left_out == 1650 - MOST


def test_a_tie_to_a_target_is_one_to_its_goal_and_stated_and_editorial_are_apart() -> None:
    claims = []
    for number, (target, basis) in enumerate(
        [("13.1", "Editorial"), ("13.2", "Editorial"), ("13", "StatedInPlan"), ("4", "Editorial")]
    ):
        link = f"{PLAN}/link/{number}"
        claims += [
            _triple(link, "rdf:type", expand("owl:Axiom")),
            _triple(link, "owl:annotatedSource", _goal("1")),
            _triple(link, "owl:annotatedProperty", expand("skos:relatedMatch")),
            _triple(link, "owl:annotatedTarget", SDG + target),
            _triple(link, "plan:basis", expand(f"plan:{basis}")),
        ]
    [branch] = _tree({_goal("1"): None}, claims).branches
    assert [(link.number, link.stated) for link in branch.sdg_links] == [("13", True), ("4", False), ("13", False)]


def test_a_focus_area_stands_in_the_tree_under_the_plans_own_word_or_that_of_its_kind() -> None:
    goals = [_goal(name) for name in ("a", "b", "c")]
    triples = [
        _triple(goals[0], "rdf:type", expand("plan:FocusArea")),
        _triple(goals[1], "rdf:type", expand("plan:FocusArea")),
        _triple(goals[1], "plan:level", ox.Literal("perspektiv", language="nb")),
        _triple(goals[2], "rdf:type", expand("plan:Goal")),
        _triple(goals[2], "plan:level", ox.Literal("samfunnsmål", language="nb")),
    ]
    tree = goal_tree(Reading(triples, READER), goals, Claims((), ()))
    assert [[word.text for word in branch.words] for branch in tree.branches] == [["focus area"], ["perspektiv"], []]


def test_goals_without_numbers_are_sorted_by_their_order_and_shown_without_a_number() -> None:
    goals = [_goal(name) for name in ("aa", "bb", "1")]
    triples = [_triple(goal, "plan:order", ox.Literal(order)) for goal, order in zip(goals, (10, 9, 11), strict=True)]
    tree = goal_tree(Reading(triples, READER), goals, Claims((), ()))
    assert [branch.goal.iri for branch in tree.branches] == [goals[1], goals[0], goals[2]]
    assert {branch.goal.notation for branch in tree.branches} == {None}
