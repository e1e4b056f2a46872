"""Filtering of matches by facets, and counting of matches for each value of a facet."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from plangraf.search.criteria import FACETS, Criteria
from plangraf.search.things import Profile, SdgLink


class ProfileGroup(NamedTuple):
    """Things with the same profile whose texts match in the same languages, and their number."""

    profile: Profile
    languages: tuple[str, ...]
    size: int


Key = TypeVar("Key")


def count(groups: Mapping[Key, ProfileGroup], criteria: Criteria) -> tuple[set[Key], Mapping[str, Mapping[str, int]]]:
    """Return the groups that match the criteria, and for each facet the number of things for each of its values.

    The values selected in a facet do not filter the counts of that facet: its counts show the effect of another
    selection. SDG and basis are matched in the same link, because a thing that its plan links to SDG 13 and an editor
    to SDG 3 has no stated link to SDG 3.
    """
    counters: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    kinds, publishers, numbers, languages, bases = (frozenset(criteria.values(facet)) for facet in FACETS)
    linked: dict[tuple[SdgLink, ...], bool] = {}
    # Many groups share few combinations of links, publishers and languages, so values are counted per combination.
    by_links: Counter[tuple[SdgLink, ...]] = Counter()
    by_publishers: Counter[tuple[str, ...]] = Counter()
    by_languages: Counter[tuple[str, ...]] = Counter()
    fits = set()
    for key, (profile, spoken, size) in groups.items():
        kind, published_by, sdg_links = profile
        of_kind = not kinds or kind in kinds
        published = not publishers or not publishers.isdisjoint(published_by)
        spoken_so = not languages or not languages.isdisjoint(spoken)
        if of_kind + published + spoken_so < 2:
            continue
        everything = of_kind and published and spoken_so
        if everything:
            by_links[sdg_links] += size
        if sdg_links not in linked:
            linked[sdg_links] = _is_linked(sdg_links, numbers, bases)
        if not linked[sdg_links]:
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
    for sdg_links, size in by_links.items():
        for number in {number for number, basis in sdg_links if not bases or basis in bases}:
            counters["sdg"][number] += size
        for basis in {basis for number, basis in sdg_links if not numbers or number in numbers}:
            counters["basis"][basis] += size
    return fits, {facet: {v: n for v, n in counter.items() if v} for facet, counter in counters.items()}


def _spread(sizes: Mapping[tuple[str, ...], int], counter: Counter[str]) -> None:
    for values, size in sizes.items():
        for value in values:
            counter[value] += size


def _is_linked(sdg_links: Iterable[SdgLink], numbers: frozenset[str], bases: frozenset[str]) -> bool:
    if not numbers and not bases:
        return True
    return any((not numbers or n in numbers) and (not bases or b in bases) for n, b in sdg_links)
