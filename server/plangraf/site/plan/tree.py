"""The goals of a plan in the order of their tree."""

from collections.abc import Mapping
from dataclasses import dataclass

from plangraf.namespaces import expand
from plangraf.view.claims import Claims
from plangraf.view.reading import Reading, Reference


@dataclass(frozen=True)
class LinkedSdg:
    """An SDG to which a thing is linked, directly or by a target, and whether the link is stated or editorial."""

    number: str
    stated: bool


@dataclass(frozen=True)
class PlacedGoal:
    """A goal, and the number of goals above it."""

    goal: Reference
    depth: int


@dataclass(frozen=True)
class GoalTree:
    """The goals of a plan.

    Attributes:
        goals: the goals, each before those below it.
        left_out: the number of goals over the limit.
    """

    goals: tuple[PlacedGoal, ...]
    left_out: int


def goal_tree(reading: Reading, goals: list[str], most: int) -> GoalTree:
    """Return the tree of `goals`, filled level by level with at most `most` goals.

    Each goal occurs once, so cycles in the data end; in a cycle without a top goal, the first goal counts as one.
    """
    statements, broader = reading.statements, expand("skos:broader")
    known = set(goals)
    below = {goal: [g for g in statements.subjects(broader, goal) if g in known] for goal in goals}
    level = sorted((g for g in goals if not known.intersection(statements.iris(g, broader))), key=reading.key)
    depths: dict[str, int] = {}
    children: dict[str | None, list[str]] = {None: level}
    depth = 0
    while level or len(depths) < len(known):
        if not level:  # the remaining goals are in cycles or below one
            level, depth = [min(known - depths.keys())], 0
            children[None] = [*children[None], *level]
        depths |= dict.fromkeys(level, depth)
        following: dict[str, None] = {}
        for goal in level:
            new = [child for child in below[goal] if child not in depths and child not in following]
            children[goal] = sorted(new, key=reading.key)
            following |= dict.fromkeys(children[goal])
        level, depth = list(following), depth + 1
    shown = set(list(depths)[:most])
    found: list[PlacedGoal] = []
    pending = children[None][::-1]
    while pending:
        goal = pending.pop()
        if goal in shown:
            found.append(PlacedGoal(reading.reference(goal), depths[goal]))
            pending += children[goal][::-1]
    return GoalTree(tuple(found), len(depths) - len(shown))


def linked_sdgs(claims: Claims) -> Mapping[str, tuple[LinkedSdg, ...]]:
    """Return the linked SDGs by IRI of the claims' sources; links to targets count as one link to their goal."""
    found: dict[str, set[tuple[bool, int]]] = {}
    for claim in claims.everything:
        if claim.target.sdg:
            found.setdefault(claim.source.iri, set()).add((not claim.stated, int(claim.target.sdg)))
    return {
        source: tuple(LinkedSdg(str(number), not judged) for judged, number in sorted(sdg_links))
        for source, sdg_links in found.items()
    }
