"""The things that a switch from one release to another has added, changed, withdrawn or brought back."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from plangraf.namespaces import GRAPH, ID
from plangraf.release.changes import ChangeKind, ThingChange
from plangraf.release.described import DescribedRelease
from plangraf.release.thing_facts import DescribedThings, ThingFacts, stated
from plangraf.vocabulary import KINDS_BY_RANK

LastChange = Callable[[str], ThingChange | None]
"""Returns the last change of a thing, or None if it has never been described."""

_RANKS = {kind.key: rank for rank, kind in enumerate(KINDS_BY_RANK)}
_DIGITS = re.compile(r"\d+")


def find_changes(
    before: DescribedRelease | None, after: DescribedRelease, last: LastChange, present: Iterable[str] | None = None
) -> list[ThingChange]:
    """Return what the switch from one release to another has changed, sorted by plan, kind and IRI.

    Whether a thing was there before is told by its last change, so the changes add up to what there is.

    Args:
        before: the release before; None for the first one, or one that cannot be read any more.
        after: the release that became current.
        last: the last change of a thing before this switch.
        present: the IRIs of all things that were there, if the release before cannot be read; it is then not found
            out which of them were changed.

    Raises:
        OSError: a file of quads cannot be read.
        InputError: the records of a release cannot be read.
    """
    parts = {*after.parts} if before is None else after.differing(before)
    old, new = DescribedThings(before, parts), DescribedThings(after, parts)
    finder = _Finder(after, parts, new, last, after.plans | (before.plans if before is not None else frozenset()))
    found: list[ThingChange] = []
    for subject in new:
        if subject in old and _same(old.lines(subject), new.lines(subject)):
            continue
        change = finder.change(subject)
        if change is not None and not (change.change == ChangeKind.CHANGED and present is not None):
            found.append(change)
    gone = [subject for subject in old if subject not in new]
    gone += [iri.encode() for iri in (f"<{iri}>" for iri in present or ()) if iri.encode() not in new]
    found += [change for subject in gone if (change := finder.change(subject)) is not None]
    return sorted(found, key=lambda change: (change.plan or "~", _RANKS.get(change.kind, 99), _natural(change.iri)))


def _same(one: bytes, other: bytes) -> bool:
    return one == other or stated(one) == stated(other)


class _Finder:
    """Tells what was done to a thing whose statements in some parts of a release are not those of the one before."""

    def __init__(
        self,
        release: DescribedRelease,
        parts: set[str],
        things: DescribedThings,
        last: LastChange,
        plans: frozenset[str],
    ) -> None:
        self._release = release
        self._parts = parts
        self._things = things
        self._last = last
        self._plans = plans

    def change(self, subject: bytes) -> ThingChange | None:
        """Return what was done to a thing, or None if it neither is nor was there."""
        iri = subject[1:-1].decode()
        last, facts = self._last(iri), self._things.facts(subject)
        was = last is not None and last.change != ChangeKind.WITHDRAWN
        if facts is None and was and self._release.describes(iri, self._parts):
            facts = ThingFacts()
        if facts is None or facts.withdrawn:
            return replace(last, change=ChangeKind.WITHDRAWN) if was and last is not None else None
        known = last or ThingChange(iri, ChangeKind.ADDED)
        return ThingChange(
            iri,
            ChangeKind.ADDED if last is None else ChangeKind.CHANGED if was else ChangeKind.RETURNED,
            facts.kind or known.kind,
            facts.notation or known.notation,
            facts.labels or known.labels,
            self._plan_of(iri, facts.graphs) or known.plan,
        )

    def _plan_of(self, iri: str, graphs: Iterable[str]) -> str | None:
        """Return the plan that a thing is, whose IRI its own begins with, or in whose graph it is described."""
        for each in (iri, *graphs):
            name = ID + each.removeprefix(GRAPH) if each.startswith(GRAPH) else each
            while name:
                if name in self._plans:
                    return name
                name = name[: max(name.rfind("/"), name.rfind("#"), 0)]
        return None


def _natural(iri: str) -> tuple[str, str]:
    """Return a sort key that puts 1.2 before 1.10."""
    return _DIGITS.sub(lambda digits: f"{len(digits[0]):04}{digits[0]}", iri), iri
