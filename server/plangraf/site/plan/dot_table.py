"""The dot table of a plan: its goals in the rows, the SDGs in the columns, and a mark for each link."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plangraf.namespaces import expand
from plangraf.site.plan.lists import priority
from plangraf.site.plan.tree import goal_tree
from plangraf.view.claims import Claims, claim_href
from plangraf.view.reading import Name, Reading, Reference
from plangraf.vocabulary import GOAL_CLASSES, GOAL_KINDS

MOST = 80
"""The maximum number of goals in a table."""
MOST_OTHERS = 10
"""The maximum number of other parts of the plan in a table."""
MOST_IN_CELL = 3
"""The maximum number of marks in a cell."""


@dataclass(frozen=True)
class LinkMark:
    """A mark in a cell: a link to an SDG or to one of its targets.

    Attributes:
        number: the number of the SDG.
        label: the notation of what is linked to, such as `13.2`.
        stated: whether the link is stated; otherwise it is editorial.
        href: the address of the claim.
    """

    number: str
    label: str
    stated: bool
    href: str | None


@dataclass(frozen=True)
class MarkCell:
    """A cell: its marks, stated links first, and the number of those for which there is no room."""

    marks: tuple[LinkMark, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class GoalRow:
    """A row of the table.

    Attributes:
        goal: the goal or another part of the plan; None for the plan as a whole.
        depth: the number of goals above it.
        words: the plan's own words for what it is, else the word of its kind, if it is no goal; a goal has none.
        priority: the rank that the plan gives it, or None.
        cells: a cell for each column.
    """

    goal: Reference | None
    depth: int
    words: tuple[Name, ...]
    priority: str | None
    cells: tuple[MarkCell, ...]


@dataclass(frozen=True)
class DotTable:
    """The dot table of a plan.

    Attributes:
        columns: the SDGs; none if the plan has no links to them.
        rows: the plan as a whole, if it has links itself, and its goals in the plan's order.
        others: other parts of the plan that have links.
        left_out: the number of goals over the limit.
        untitled: the goals whose titles are missing, if they have neither links nor sub-goals.
        untitled_are_below: whether all of those are sub-goals.
    """

    columns: tuple[Reference, ...]
    rows: tuple[GoalRow, ...]
    others: tuple[GoalRow, ...]
    left_out: int
    untitled: tuple[Reference, ...]
    untitled_are_below: bool


def dot_table(reading: Reading, plan: str, claims: Claims) -> DotTable:
    """Return the dot table of the plan `plan` with its goals among the statements."""
    marks = _marks(reading, claims)
    columns = reading.sorted(reading.statements.instances(expand("sdgo:Goal"))) if marks else []
    goals = [iri for iri in reading.statements.instances(*GOAL_CLASSES) if iri != plan]
    broader = expand("skos:broader")
    above = {iri for goal in goals for iri in reading.statements.iris(goal, broader)}
    untitled = {goal for goal in goals if goal not in marks and goal not in above and _lacks_title(reading, goal)}
    tree = goal_tree(reading, [goal for goal in goals if goal not in untitled], MOST)
    numbers = [column.sdg or "" for column in columns]

    def row(goal: Reference, depth: int = 0) -> GoalRow:
        return GoalRow(
            goal, depth, _words(reading, goal.iri), priority(reading, goal.iri), _cells(marks.get(goal.iri), numbers)
        )

    whole = [GoalRow(None, 0, (), None, _cells(marks[plan], numbers))] if plan in marks else []
    others = reading.sorted(marks.keys() - set(goals) - {plan}, MOST_OTHERS)
    return DotTable(
        columns=tuple(columns),
        rows=(*whole, *(row(placed.goal, placed.depth) for placed in tree.goals)),
        others=tuple(row(other) for other in others),
        left_out=tree.left_out,
        untitled=tuple(reading.sorted(untitled)),
        untitled_are_below=all(reading.statements.iris(goal, broader) for goal in untitled),
    )


def notation_ranges(references: Iterable[Reference], most: int = 12) -> str:
    """Return the notations of things in order, with consecutive ones as a range, such as `2.1–2.5, 3.1`.

    Args:
        references: the things, in order; those without a notation are left out.
        most: the maximum number of ranges; an ellipsis stands for the rest.
    """
    ranges: list[list[str]] = []
    for reference in references:
        notation = reference.notation
        if not notation:
            continue
        if ranges and _follows(ranges[-1][-1], notation):
            ranges[-1].append(notation)
        else:
            ranges.append([notation])
    texts = [f"{found[0]}–{found[-1]}" if len(found) > 1 else found[0] for found in ranges[:most]]
    return ", ".join([*texts, "…"] if len(ranges) > most else texts)


def _follows(before: str, after: str) -> bool:
    """Return whether a notation is that of the next sibling, as 2.10 is after 2.9."""
    (parent, _, last), (other, _, following) = before.rpartition("."), after.rpartition(".")
    numbers = last.isdecimal() and following.isdecimal() and len(following) < 10
    return numbers and parent == other and int(following) == int(last) + 1


def _marks(reading: Reading, claims: Claims) -> Mapping[str, Mapping[str, list[LinkMark]]]:
    """Return the marks by the IRI of what is linked and the number of the SDG; links said twice have one mark."""
    found: dict[str, dict[str, list[LinkMark]]] = {}
    seen: set[tuple[str, str, bool]] = set()
    for claim in claims.everything:
        number, said = claim.target.sdg, (claim.source.iri, claim.target.iri, claim.stated)
        if number is None or said in seen:
            continue
        seen.add(said)
        mark = LinkMark(number, claim.target.notation or number, claim.stated, claim_href(reading, claim))
        found.setdefault(claim.source.iri, {}).setdefault(number, []).append(mark)
    return found


def _cells(marks: Mapping[str, list[LinkMark]] | None, numbers: Iterable[str]) -> tuple[MarkCell, ...]:
    of_row = marks or {}
    in_columns = (of_row.get(number, []) for number in numbers)
    return tuple(MarkCell(tuple(found[:MOST_IN_CELL]), max(0, len(found) - MOST_IN_CELL)) for found in in_columns)


def _lacks_title(reading: Reading, goal: str) -> bool:
    return expand("plan:TitleMissing") in reading.statements.iris(goal, expand("plan:transcription"))


def _words(reading: Reading, goal: str) -> tuple[Name, ...]:
    types = reading.statements.types(goal)
    own = [kind for kind in GOAL_KINDS if types.intersection(kind.classes)]
    if not own or own[0].key == "goal":
        return ()
    return tuple(reading.texts(goal, "plan:level")) or (Name(reading.reader.gettext(own[0].word)),)
