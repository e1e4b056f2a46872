"""The goals of a plan as a tree, each with the SDGs that it is linked to."""

from collections.abc import Mapping
from dataclasses import dataclass

from plangraf.namespaces import expand
from plangraf.site.plan.lists import priority
from plangraf.view.claims import Claims
from plangraf.view.missing_title import says_title_is_missing
from plangraf.view.reading import Name, Reading, Reference
from plangraf.vocabulary import GOAL_KINDS

MOST = 200
"""The maximum number of goals in a tree."""


@dataclass(frozen=True)
class LinkedSdg:
    """An SDG to which a thing is linked, directly or by a target, and whether the link is stated or editorial."""

    number: str
    stated: bool


@dataclass(frozen=True)
class GoalBranch:
    """A goal with the goals below it.

    Attributes:
        goal: the goal, or another thing that is listed as one, such as a focus area.
        words: the plan's own words for what it is, else the word of its kind, if it is no goal; a goal has none.
        priority: the rank that the plan gives it, or None.
        missing: whether its title is missing.
        sdg_links: the linked SDGs: stated links first, then by number.
        children: the sub-goals.
    """

    goal: Reference
    words: tuple[Name, ...]
    priority: str | None
    missing: bool
    sdg_links: tuple[LinkedSdg, ...]
    children: tuple["GoalBranch", ...]


@dataclass(frozen=True)
class Tree:
    """The goals of a plan.

    Attributes:
        branches: the top goals.
        left_out: the number of goals over the limit, which are not in the tree.
    """

    branches: tuple[GoalBranch, ...]
    left_out: int


def goal_tree(reading: Reading, goals: list[str], claims: Claims) -> Tree:
    """Return the tree of `goals`, filled level by level with at most `MOST` goals.

    Each goal occurs once, so cycles in the data end; in a cycle without a top goal, the first goal counts as one.
    """
    statements, broader = reading.statements, expand("skos:broader")
    known = set(goals)
    below = {goal: [g for g in statements.subjects(broader, goal) if g in known] for goal in goals}
    level = [goal for goal in goals if not known.intersection(statements.iris(goal, broader))]
    order: list[str] = []
    parents: dict[str, str | None] = dict.fromkeys(level)
    while level or len(parents) < len(known):
        if not level:  # the remaining goals are in cycles or below one
            level = [min(known - parents.keys())]
            parents[level[0]] = None
        order += level
        following = []
        for goal in level:
            for child in below[goal]:
                if child not in parents:
                    parents[child] = goal
                    following.append(child)
        level = following
    shown = set(order[:MOST])
    sdg_links = linked_sdgs(claims)

    def branches(iris: list[str]) -> tuple[GoalBranch, ...]:
        return tuple(
            GoalBranch(
                goal=goal,
                words=_words(reading, goal.iri),
                priority=priority(reading, goal.iri),
                missing=expand("plan:TitleMissing") in statements.iris(goal.iri, expand("plan:transcription"))
                and not says_title_is_missing(goal.name.text),
                sdg_links=sdg_links.get(goal.iri, ()),
                children=branches([child for child in below[goal.iri] if parents[child] == goal.iri]),
            )
            for goal in reading.sorted(iri for iri in iris if iri in shown)
        )

    tops = [goal for goal in order if parents[goal] is None]
    return Tree(branches(tops), len(order) - len(shown))


def _words(reading: Reading, goal: str) -> tuple[Name, ...]:
    types = reading.statements.types(goal)
    own = [kind for kind in GOAL_KINDS if types.intersection(kind.classes)]
    if not own or own[0].key == "goal":
        return ()
    return tuple(reading.texts(goal, "plan:level")) or (Name(reading.reader.gettext(own[0].word)),)


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
