"""The search index of a release, read from its index file."""

import json
import sqlite3
import sys
import threading
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar

import pyoxigraph as ox
from cachetools import LRUCache

from plangraf.errors import InputError
from plangraf.languages import INTERFACE_LANGUAGES
from plangraf.search.counting import ProfileGroup, count
from plangraf.search.criteria import PAGE, Criteria, Hit, ResultPage
from plangraf.search.entries import phrase_hash
from plangraf.search.index_file import LANGUAGE_BITS, open_read_only, read_column
from plangraf.search.resource_texts import TermTexts, find_texts, parse_texts
from plangraf.search.similar import SimilarGoal, Topic, find_similar
from plangraf.search.things import BASES, KINDS, Profile, SdgLink, Thing
from plangraf.search.words import QueryTerm, phrase_key, query_term, typed_terms, words
from plangraf.vocabulary import GOAL_NUMBERS

CONNECTIONS = 8
"""The number of threads that can read an index at the same time."""
_RECENT = 4
_LANGUAGE = (1 << LANGUAGE_BITS) - 1
T = TypeVar("T")
_Key = tuple[int, int]  # the number of a profile, and a bit mask of the languages that match


class _Matches:
    """The matches of a text: their number for each profile, and their order, computed as far as it is needed.

    Several threads may use it.
    """

    def __init__(
        self,
        numbers: Iterable[int],
        spoken: Mapping[int, int] | Sequence[int],
        profiles: Sequence[int],
        best: Iterator[int],
    ) -> None:
        self._spoken = spoken
        self._profiles = profiles
        self._best = best
        self._known: list[int] = []
        self._ranking = threading.Lock()
        # There are far fewer profiles than things, and integers compare fast.
        self.sizes: Counter[_Key] = Counter((profiles[number], spoken[number]) for number in numbers)

    def ranked(self) -> Iterator[tuple[int, _Key]]:
        """Yield the numbers of the matching things, the best match first, each with its key."""
        at = 0
        while True:
            if at == len(self._known):
                with self._ranking:
                    if at == len(self._known):
                        self._known += islice(self._best, PAGE)
                if at == len(self._known):
                    return
            number = self._known[at]
            yield number, (self._profiles[number], self._spoken[number])
            at += 1


class SearchIndex:
    """The search index and the texts of a release. Several threads may use it at once.

    Args:
        path: the index file, which must not change any more.

    Attributes:
        path: the index file.
        values: by facet, the values by which its things can be filtered.

    Raises:
        InputError: the file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        # All are opened now, because a build may replace the file of a release that is built again.
        self._open: list[sqlite3.Connection] = []
        self._free: SimpleQueue[sqlite3.Connection] = SimpleQueue()
        try:
            for _ in range(CONNECTIONS):
                self._open.append(open_read_only(path))
                self._free.put(self._open[-1])
            with self._connection() as database:
                self._order = read_column(database, "order")
                self._profiles = read_column(database, "profile")
                self._spoken = read_column(database, "languages")
                self._languages = dict(database.execute("SELECT id, tag FROM languages"))
                self._distinct = _read_profiles(database)
        except (sqlite3.Error, ValueError) as error:
            self.close()
            raise InputError(f"is not an index: {error}", path) from error
        self.values: Mapping[str, frozenset[str]] = {
            "kind": frozenset(KINDS),
            "publisher": frozenset(iri for profile in self._distinct.values() for iri in profile.publishers),
            "sdg": frozenset(GOAL_NUMBERS),
            "language": frozenset((*INTERFACE_LANGUAGES, *self._languages.values())),
            "basis": frozenset(BASES),
        }
        self._ranks = array("I", bytes(4 * len(self._profiles)))
        for rank, number in enumerate(self._order):
            self._ranks[number] = rank
        # Paging and filtering repeat the same search text.
        self._recent: LRUCache[str, _Matches] = LRUCache(_RECENT)
        self._recalling = threading.Lock()

    def close(self) -> None:
        """Close the file; no thread may use it any more."""
        for database in self._open:
            database.close()

    def interrupt(self) -> None:
        """End what other threads are searching, with an exception."""
        for database in self._open:
            database.interrupt()

    def labels(self, iris: Iterable[str]) -> list[TermTexts]:
        """Return the labels and notations of resources, as texts of terms; those without a label are left out."""
        with self._connection() as database:
            return find_texts(database, iris, naming=True)

    def texts(self, iris: Iterable[str]) -> list[ox.Triple]:
        """Return all indexed texts of resources, among them their labels; those without texts are left out."""
        with self._connection() as database:
            return parse_texts(find_texts(database, iris))

    def similar(self, publishers: Collection[str], topics: Sequence[Topic]) -> list[SimilarGoal]:
        """Return the goals of other publishers that are most similar to one with these topics, the closest first.

        Args:
            publishers: the IRIs of the publishers of the goal's plan.
            topics: the topics of the goal, the closest first.
        """
        with self._connection() as database:
            found = dict(find_similar(database, publishers, topics))
        things = zip(self._things(found), found.values(), strict=True)
        return [SimilarGoal(thing.iri, thing.plan, thing.profile.publishers, topic) for thing, topic in things]

    def things(self, numbers: Iterable[int]) -> list[Thing]:
        """Return the things with these numbers, in their order."""
        return self._things(numbers)

    def noted(self, text: str) -> list[int]:
        """Return the numbers of the things that have a text as their notation, in order."""
        return self._noted(words(text))

    def profile(self, number: int) -> Profile:
        """Return the profile of the thing with this number."""
        return self._distinct[self._profiles[number]]

    def rank(self, number: int) -> int:
        """Return the place of the thing with this number in the order of equally good matches."""
        return self._ranks[number]

    def read(self, read: Callable[[sqlite3.Connection], T]) -> T:
        """Return what a function reads from other tables of the index file."""
        with self._connection() as database:
            return read(database)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """Take a connection, which no other thread uses meanwhile; wait for one if all are in use."""
        database = self._free.get()
        try:
            yield database
        finally:
            self._free.put(database)

    def search(self, criteria: Criteria) -> ResultPage:
        """Return a page of matches, the best first, and the counts of the facets."""
        with self._recalling:
            matches = self._recent.get(criteria.text)
        if matches is None:
            matches = self._find_matches(criteria.text)
            with self._recalling:
                self._recent[criteria.text] = matches
        tags = {mask: self._tags(mask) for mask in {mask for _, mask in matches.sizes}}
        groups = {
            key: ProfileGroup(self._distinct[key[0]], tags[key[1]], size) for key, size in matches.sizes.items()
        }
        fits, counts = count(groups, criteria)
        total = sum(matches.sizes[key] for key in fits)
        chosen = ((number, key) for number, key in matches.ranked() if key in fits)
        first = (criteria.number - 1) * PAGE
        # Do not scan on after the last match.
        page = dict(islice(chosen, first, max(first, min(first + PAGE, total))))
        hits = zip(self._things(page), page.values(), strict=True)
        return ResultPage(total, tuple(Hit(thing, groups[key].languages) for thing, key in hits), counts)

    def suggest(self, text: str, most: int) -> tuple[Thing, ...]:
        """Return at most `most` suggestions for a text whose last word may be incomplete.

        Things with the text as notation or name come first, then those whose name begins with it, then those with its
        words in their name.
        """
        terms, query_words = typed_terms(text), words(text)
        if not terms:
            return ()
        every = _expression(terms, prefixes=True)
        numbered = self._noted(query_words)
        best: dict[int, None] = dict.fromkeys(sorted(numbered, key=lambda number: not self._is_sdg(number)))
        expressions = [
            f'whole : "{phrase_hash(query_words)}"',
            f"first : ({_expression(terms[:1], prefixes=len(terms) == 1)}) AND label : ({every})",
            f"label : ({every})",
        ]
        if len(terms) == 1:
            expressions.insert(1 if query_words[0][0].isdigit() else 3, f"notation : ({every})")
        for number in chain.from_iterable(map(self._match, expressions)):
            if len(best) >= most:
                break
            best[number] = None
        return tuple(self._things(islice(best, most)))

    def _find_matches(self, text: str) -> _Matches:
        if not text.strip():
            return _Matches(self._order, self._spoken, self._profiles, iter(self._order))
        query_words = words(text)
        terms = [query_term(word) for word in dict.fromkeys(query_words)]
        spoken: dict[int, int] = {}
        for row in self._rowids(_expression(terms, prefixes=True)) if terms else ():
            number = row >> LANGUAGE_BITS
            spoken[number] = spoken.get(number, 0) | 1 << (row & _LANGUAGE)
        return _Matches(spoken, spoken, self._profiles, self._best(query_words, terms, spoken))

    def _best(
        self, query_words: Sequence[str], terms: Sequence[QueryTerm], spoken: Mapping[int, int]
    ) -> Iterator[int]:
        """Yield the numbers of the matches, the best first; each further query runs only when it is needed."""
        if not spoken:
            return
        seen: set[int] = set()

        def fresh(numbers: Iterable[int]) -> Iterator[int]:
            for number in numbers:
                if number in spoken and number not in seen:
                    seen.add(number)
                    yield number

        yield from fresh(self._noted(query_words))
        yield from fresh(self._match(f'whole : "{phrase_hash(query_words)}"'))
        yield from fresh(self._match(f"label : ({_expression(terms, prefixes=False)})"))
        yield from fresh(self._match(f"label : ({_expression(terms, prefixes=True)})"))
        yield from fresh(self._ranked(spoken))

    def _noted(self, query_words: Sequence[str]) -> list[int]:
        """Return the numbers of the things with these words as notation, in order."""
        return self._ranked(self._numbers("SELECT thing FROM notations WHERE key = ?", phrase_key(query_words)))

    def _match(self, expression: str) -> list[int]:
        """Return the numbers of the things that match an expression, in order."""
        return self._ranked({row >> LANGUAGE_BITS for row in self._rowids(expression)})

    def _ranked(self, numbers: Iterable[int]) -> list[int]:
        return sorted(numbers, key=self._ranks.__getitem__)

    def _rowids(self, expression: str) -> list[int]:
        return self._numbers("SELECT rowid FROM terms WHERE terms MATCH ?", expression)

    def _numbers(self, statement: str, value: str) -> list[int]:
        with self._connection() as database:
            return [number for (number,) in database.execute(statement, (value,))]

    def _things(self, numbers: Iterable[int]) -> list[Thing]:
        """Return the things with these numbers."""
        things = []
        with self._connection() as database:
            for number in numbers:
                [(iri, plan)] = database.execute("SELECT iri, plan FROM things WHERE id = ?", (number,))
                things.append(Thing(iri, plan, self._distinct[self._profiles[number]]))
        return things

    def _is_sdg(self, number: int) -> bool:
        return self._distinct[self._profiles[number]].kind.startswith("sdg")

    def _tags(self, mask: int) -> tuple[str, ...]:
        return tuple(sorted(tag for number, tag in self._languages.items() if mask >> number & 1))


def _read_profiles(database: sqlite3.Connection) -> dict[int, Profile]:
    """Return the profiles by number; they share equal parts, of which there are far fewer."""
    publishers: dict[tuple[str, ...], tuple[str, ...]] = {}
    links: dict[tuple[SdgLink, ...], tuple[SdgLink, ...]] = {}
    one_link: dict[SdgLink, SdgLink] = {}
    profiles = {}
    for number, text in database.execute("SELECT id, profile FROM profiles"):
        kind, by, to = json.loads(text)
        by, to = tuple(by), tuple(one_link.setdefault((goal, basis), (goal, basis)) for goal, basis in to)
        profiles[number] = Profile(sys.intern(kind), publishers.setdefault(by, by), links.setdefault(to, to))
    return profiles


def _expression(terms: Iterable[QueryTerm], *, prefixes: bool) -> str:
    """Return an FTS5 expression; user input occurs in it only as quoted terms."""
    parts = []
    for word in terms:
        tokens = [f'"{form}"' for form in sorted(word.forms)]
        tokens += [f'"{form}" *' for form in word.prefixes] if prefixes else []
        parts.append(f"({' OR '.join(tokens)})")
    return " AND ".join(parts)
