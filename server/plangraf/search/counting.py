"""Narrow what was found, and count what each further choice would leave."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from plangraf.search.criteria import FACETS, Criteria
from plangraf.search.things import Profile, Tie


class Group(NamedTuple):
    """Things with the same profile whose texts fit in the same languages, and how many they are."""

    profile: Profile
    languages: tuple[str, ...]
    size: int


Key = TypeVar("Key")


def count(groups: Mapping[Key, Group], criteria: Criteria) -> tuple[set[Key], Mapping[str, Mapping[str, int]]]:
    """Return which groups fit all that is chosen, and for each facet how many things fit each of its values.

    What is chosen of a facet does not narrow the counts of that facet itself: they say what choosing otherwise gives.
    A thing that is tied to SDG 13 by its plan and to SDG 3 by an editor is not tied to SDG 3 by its plan, so SDG and
    basis are looked at together.
    """
    counters: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    kinds, publishers, numbers, languages, bases = (frozenset(criteria.values(facet)) for facet in FACETS)
    tied: dict[tuple[Tie, ...], bool] = {}
    # Groups are many, and have far fewer ties, kinds and publishers: those are counted first, and their values once.
    by_ties: Counter[tuple[Tie, ...]] = Counter()
    by_publishers: Counter[tuple[str, ...]] = Counter()
    by_languages: Counter[tuple[str, ...]] = Counter()
    fits = set()
    for key, (profile, spoken, size) in groups.items():
        kind, published_by, ties = profile
        of_kind = not kinds or kind in kinds
        published = not publishers or not publishers.isdisjoint(published_by)
        spoken_so = not languages or not languages.isdisjoint(spoken)
        if of_kind + published + spoken_so < 2:
            continue
        everything = of_kind and published and spoken_so
        if everything:
            by_ties[ties] += size
        if ties not in tied:
            tied[ties] = _tied(ties, numbers, bases)
        if not tied[ties]:
            continue
        if published and spoken_so:
            counters["kind"][kind] += size
        if of_kind and spoken_so:
            by_publishers[published_by] += size
        if of_kind and published:
            by_languages[spoken] += size
        if everything:
            fits.add(key)
    _spread(by_publishers, counters["publisher"])
    _spread(by_languages, counters["language"])
    for ties, size in by_ties.items():
        for number in {number for number, basis in ties if not bases or basis in bases}:
            counters["sdg"][number] += size
        for basis in {basis for number, basis in ties if not numbers or number in numbers}:
            counters["basis"][basis] += size
    return fits, {facet: {v: n for v, n in counter.items() if v} for facet, counter in counters.items()}


def _spread(sizes: Mapping[tuple[str, ...], int], counter: Counter[str]) -> None:
    for values, size in sizes.items():
        for value in values:
            counter[value] += size


def _tied(ties: Iterable[Tie], numbers: frozenset[str], bases: frozenset[str]) -> bool:
    if not numbers and not bases:
        return True
    return any((not numbers or n in numbers) and (not bases or b in bases) for n, b in ties)
