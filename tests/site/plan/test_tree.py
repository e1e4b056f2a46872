"""The tree of a plan's goals: order and depth, cycles that slipped in, and too many goals."""

import pyoxigraph as ox

from plangraf.namespaces import ID, expand
from plangraf.site.plan.tree import GoalTree, goal_tree
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading

PLAN = ID + "somewhere/plan"
READER = Reader("en", named=True)


def _triple(subject: str, predicate: str, value: str | ox.Literal) -> ox.Triple:
    term = ox.NamedNode(value) if isinstance(value, str) else value
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(expand(predicate)), term)


def _tree(parents: dict[str, str | None], more: list[ox.Triple] | None = None, most: int = 100) -> GoalTree:
    triples = list(more or [])
    for goal, parent in parents.items():
        triples.append(_triple(goal, "skos:notation", ox.Literal(goal.rpartition("/")[2])))
        if parent is not None:
            triples.append(_triple(goal, "skos:broader", parent))
    return goal_tree(Reading(triples, READER), list(parents), most)


def _goal(number: object) -> str:
    return f"{PLAN}/goal/{number}"


def _shape(tree: GoalTree) -> list[tuple[str | None, int]]:
    return [(placed.goal.notation, placed.depth) for placed in tree.goals]


def test_goals_stand_below_their_goals_in_the_order_of_their_numbers() -> None:
    parents: dict[str, str | None] = {_goal("10"): None, _goal("2"): None, _goal("1"): None}
    parents |= {_goal("2.10"): _goal("2"), _goal("2.9"): _goal("2"), _goal("2.9.1"): _goal("2.9")}
    tree = _tree(parents)
    assert _shape(tree) == [("1", 0), ("2", 0), ("2.9", 1), ("2.9.1", 2), ("2.10", 1), ("10", 0)]
    assert tree.left_out == 0


def test_every_goal_of_a_cycle_is_shown_once() -> None:
    tree = _tree({_goal("a"): _goal("c"), _goal("b"): _goal("a"), _goal("c"): _goal("b"), _goal("d"): _goal("d")})
    assert _shape(tree) == [("a", 0), ("b", 1), ("c", 2), ("d", 0)]


def test_a_goal_with_two_parents_is_shown_once() -> None:
    triples = [_triple(_goal("3"), "skos:broader", _goal("2"))]
    tree = _tree({_goal("1"): None, _goal("2"): None, _goal("3"): _goal("1")}, triples)
    assert sorted(_shape(tree)) == [("1", 0), ("2", 0), ("3", 1)]


def test_a_goal_whose_parent_is_in_another_plan_is_at_the_top() -> None:
    assert _shape(_tree({_goal("1"): ID + "elsewhere/goal/1"})) == [("1", 0)]


def test_a_limit_leaves_the_deepest_and_the_last_out_and_counts_them() -> None:
    parents: dict[str, str | None] = {_goal(number): None for number in (1, 2, 10)}
    tree = _tree(
        {**parents, _goal("1.1"): _goal("1"), _goal("2.1"): _goal("2"), _goal("2.1.1"): _goal("2.1")}, most=4
    )
    assert _shape(tree) == [("1", 0), ("1.1", 1), ("2", 0), ("10", 0)]
    assert tree.left_out == 2
