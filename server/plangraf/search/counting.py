"""Narrow what was found, and count what each further choice would leave."""

from collections import Counter
from collections.abc import Iterable, Mapping

from plangraf.search.criteria import FACETS, Criteria
from plangraf.search.things import Profile, Tie

Group = tuple[Profile, tuple[str, ...]]
"""Things with the same profile whose texts fit in the same languages."""


def count(groups: Mapping[Group, int], criteria: Criteria) -> tuple[set[Group], Mapping[str, Mapping[str, int]]]:
    """Return which groups fit all that is chosen, and for each facet how many things fit each of its values.

    What is chosen of a facet does not narrow the counts of that facet itself: they say what choosing otherwise gives.
    A thing that is tied to SDG 13 by its plan and to SDG 3 by an editor is not tied to SDG 3 by its plan, so SDG and
    basis are looked at together.
    """
    counters: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    kinds, publishers, numbers, languages, bases = (frozenset(criteria.values(facet)) for facet in FACETS)
    fits = set()
    for group, size in groups.items():
        profile, spoken = group
        failed = set()
        if kinds and profile.kind not in kinds:
            failed.add("kind")
        if publishers and publishers.isdisjoint(profile.publishers):
            failed.add("publisher")
        if languages and languages.isdisjoint(spoken):
            failed.add("language")
        tied = _tied(profile.ties, numbers, bases)
        counted: dict[str, Iterable[str]] = {
            "kind": (profile.kind,) if tied else (),
            "publisher": profile.publishers if tied else (),
            "language": spoken if tied else (),
            "sdg": {number for number, basis in profile.ties if not bases or basis in bases},
            "basis": {basis for number, basis in profile.ties if not numbers or number in numbers},
        }
        for facet, values in counted.items():
            if not failed - {facet}:
                for value in values:
                    counters[facet][value] += size
        if tied and not failed:
            fits.add(group)
    return fits, {facet: {v: n for v, n in counter.items() if v} for facet, counter in counters.items()}


def _tied(ties: Iterable[Tie], numbers: frozenset[str], bases: frozenset[str]) -> bool:
    if not numbers and not bases:
        return True
    return any((not numbers or n in numbers) and (not bases or b in bases) for n, b in ties)
