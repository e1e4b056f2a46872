"""The migration of a Turtle or TriG text by edits: what is not concerned stays as it is, and so do comments."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise, takewhile

import pyoxigraph as ox

from plangraf.migration.edits import Edits
from plangraf.migration.rewrites import StatementMigration
from plangraf.migration.turtle_layout import Block, Layout, PredicateObjects, UnknownLayout
from plangraf.migration.turtle_layout_reader import layout_of
from plangraf.migration.turtle_names import TurtleNames
from plangraf.migration.turtle_tokens import Span
from plangraf.namespaces import expand

_LINKS = (expand("rdf:first"), expand("rdf:rest"))
_GroupOutcomes = dict[PredicateObjects, list[StatementMigration]]


def edited(text: str, found: Sequence[StatementMigration]) -> str:
    """Return a Turtle or TriG text with the outcomes of its statements.

    Args:
        text: the text.
        found: the outcomes, in the order in which the parser yields the statements of the text.

    Raises:
        UnknownLayout: the places of the statements cannot be told, or two edits are in the same place.
    """
    layout = layout_of(text)
    return _TurtleEdit(text, layout).edited(_by_block(layout, found))


def _by_block(layout: Layout, found: Sequence[StatementMigration]) -> dict[Block, _GroupOutcomes]:
    """Return the outcomes of the objects of each group, by blocks."""
    placed = [outcome for outcome in found if outcome.before.predicate.value not in _LINKS]
    if len(placed) != len(layout.places):
        raise UnknownLayout("the statements and their places do not agree")
    blocks: dict[Block, _GroupOutcomes] = defaultdict(lambda: defaultdict(list))
    for place, outcome in zip(layout.places, placed, strict=True):
        group = blocks[place.block][place.group]
        if place.group.iri not in (None, outcome.before.predicate.value) or place.index != len(group):
            raise UnknownLayout("the statements and their places do not agree")
        group.append(outcome)
    return blocks


class _TurtleEdit:
    def __init__(self, text: str, layout: Layout) -> None:
        self._text = text
        self._edits = Edits(text, layout.comments)
        self._names = TurtleNames(text, layout)

    def edited(self, blocks: dict[Block, _GroupOutcomes]) -> str:
        for block, groups in blocks.items():
            if any(outcome.changes for found in groups.values() for outcome in found):
                self._block(block, groups)
        self._names.declare(self._edits)
        return self._edits.made()

    def _block(self, block: Block, groups: _GroupOutcomes) -> None:
        removed = {group for group, found in groups.items() if all(outcome.after is None for outcome in found)}
        for group, found in groups.items():
            if group not in removed and any(outcome.changes for outcome in found):
                self._group(block, group, found, removed)
        self._remove(block, removed)

    def _group(
        self, block: Block, group: PredicateObjects, found: list[StatementMigration], removed: set[PredicateObjects]
    ) -> None:
        """Rewrite a group of which something stays: its objects and, before the first of each, their predicate."""
        verb = found[0].before.predicate
        staying: int | None = None
        for index, outcome in enumerate(found):
            if outcome.after is None:
                self._remove_object(group, index, behind_another=staying is not None)
                continue
            if outcome.after.predicate != (verb if staying is None else self._predicate(found[staying])):
                self._edits.replace(*self._before_object(group, index, outcome.after, first=staying is None))
            staying = index
            if outcome.after.object != outcome.before.object:
                written = self._names.name(_iri(outcome.after.object), group, self._written(group, index))
                self._edits.replace(group.objects[index], written)
            if outcome.added is not None:
                name = self._names.name(outcome.added.predicate.value, group, group.verb.text)
                value = self._names.name(_iri(outcome.added.object), group, self._written(group, index))
                self._insert(block, group, f"{name} {value}", removed)

    def _predicate(self, outcome: StatementMigration) -> ox.NamedNode | None:
        return None if outcome.after is None else outcome.after.predicate

    def _before_object(self, group: PredicateObjects, index: int, after: ox.Quad, *, first: bool) -> tuple[Span, str]:
        """Return the mark before an object of another predicate, and what takes its place."""
        written = group.verb.text
        name = (
            written if after.predicate.value == group.iri else self._names.name(after.predicate.value, group, written)
        )
        if first:
            return group.verb, name
        comma = group.commas[index - 1]
        return comma, f"; {name}" + ("" if self._text[comma.end].isspace() else " ")

    def _written(self, group: PredicateObjects, index: int) -> str:
        return self._text[group.objects[index].start : group.objects[index].end]

    def _remove_object(self, group: PredicateObjects, index: int, *, behind_another: bool) -> None:
        """Remove an object of several, with the comma before it, or behind it if it comes first."""
        if behind_another:
            self._edits.remove(group.objects[index - 1].end, group.objects[index].end)
        else:
            self._edits.remove(group.objects[index].start, group.objects[index + 1].start)

    def _insert(self, block: Block, group: PredicateObjects, words: str, removed: set[PredicateObjects]) -> None:
        """Insert a group behind another one, on a line of its own where the groups have theirs."""
        index = block.groups.index(group)
        following = block.groups[index + 1] if index + 1 < len(block.groups) else None
        if following is not None and following not in removed and group.semicolon is not None:
            indentation = self._edits.indentation(following.verb.start)
            if indentation is not None and self._edits.line_ends(group.semicolon.end):
                self._edits.insert_line(group.semicolon.end, f"{words} ;", indentation)
                return
        indentation = self._edits.indentation(group.verb.start)
        space = " " if indentation is None else self._edits.line_break + indentation
        self._edits.insert(group.objects[-1].end, f" ;{space}{words}")

    def _remove(self, block: Block, removed: set[PredicateObjects]) -> None:
        """Remove groups: the first ones, the last ones and those between, which end in different marks."""
        if not removed:
            return
        first = list(takewhile(removed.__contains__, block.groups))
        if len(first) == len(block.groups):
            self._remove_all(block)
            return
        last = list(takewhile(removed.__contains__, reversed(block.groups)))
        if first:
            self._edits.remove(first[0].verb.start, block.groups[len(first)].verb.start)
        if last:
            stays = block.groups[-len(last) - 1]
            self._edits.remove(stays.objects[-1].end, last[0].objects[-1].end)
        between = block.groups[len(first) : len(block.groups) - len(last)]
        for before, group in pairwise(between):
            if group in removed:
                self._remove_between(before, group)

    def _remove_between(self, before: PredicateObjects, group: PredicateObjects) -> None:
        if before.semicolon is None or group.semicolon is None:
            raise UnknownLayout("groups without a semicolon between them")
        start, end = before.semicolon.end, group.semicolon.end
        line_end = self._text.find("\n", end)
        if self._edits.has_comment(start, line_end if line_end >= 0 else len(self._text)):
            start = group.verb.start
        self._edits.remove(start, end)

    def _remove_all(self, block: Block) -> None:
        """Remove all groups of a block, and the block itself unless its subject is needed."""
        last = block.groups[-1]
        if block.bracket or block.subject_speaks:
            self._edits.remove(block.groups[0].verb.start, (last.semicolon or last.objects[-1]).end)
        else:
            self._edits.remove(block.start, (block.end or last.semicolon or last.objects[-1]).end)


def _iri(term: object) -> str:
    """Return the IRI of a term that a rewrite has made."""
    return str(getattr(term, "value", ""))
