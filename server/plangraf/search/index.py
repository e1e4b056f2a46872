"""The search index of a release: an FTS5 table in memory that holds terms but no texts, and the things themselves."""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from cachetools import LRUCache

from plangraf.namespaces import expand
from plangraf.search.counting import ProfileGroup, count
from plangraf.search.criteria import PAGE, Criteria, Hit, ResultPage
from plangraf.search.things import Profile, Thing
from plangraf.search.words import QueryTerm, index_terms, phrase_key, query_term, typed_terms, words

_TABLE = """
CREATE VIRTUAL TABLE texts USING fts5(
  whole, first, label, notation, definition, content='', detail=column, columnsize=0, tokenize="ascii tokenchars '_'"
)
"""  # FTS5 treats every character beyond ASCII as part of a word, so it does not split terms again
_BITS = 6  # the low bits of a rowid hold the language
_RECENT = 4
_Key = tuple[int, int]  # the number of a profile, and a bit mask of the languages that match
_LABELS = {expand(name) for name in ("skos:prefLabel", "skos:altLabel", "rdfs:label", "dct:title")}
_NOTATIONS = {expand(name) for name in ("skos:notation", "dct:identifier")}

Text = tuple[str, str, str, str | None]
"""A thing, a property, a text and its language."""


class _Matches:
    """The matches of a text: their number for each profile, and their order, computed as far as it is needed."""

    def __init__(self, spoken: Mapping[int, int], profiles: Sequence[int], best: Iterator[int]) -> None:
        self._spoken = spoken
        self._profiles = profiles
        self._best = best
        self._known: list[int] = []
        # There are far fewer profiles than things, and integers compare fast.
        self.sizes: Counter[_Key] = Counter(zip(map(profiles.__getitem__, spoken), spoken.values(), strict=True))

    def ranked(self) -> Iterator[tuple[int, _Key]]:
        """Yield the positions of the matching things, the best match first, each with its key."""
        at = 0
        while True:
            if at == len(self._known):
                self._known += islice(self._best, PAGE)
                if at == len(self._known):
                    return
            place = self._known[at]
            yield place, (self._profiles[place], self._spoken[place])
            at += 1


class SearchIndex:
    """A search index over things. Only one thread at a time may use it."""

    def __init__(self, things: Sequence[Thing]) -> None:
        """Create an empty index; `add` fills it.

        Args:
            things: the things that can be found; equally good matches keep this order.
        """
        self._things = things
        self._places = {thing.iri: place for place, thing in enumerate(things)}
        numbers: dict[Profile, int] = {}
        self._profiles = [numbers.setdefault(thing.profile, len(numbers)) for thing in things]
        self._distinct = list(numbers)
        # Paging and filtering repeat the same search text.
        self._recent: LRUCache[str, _Matches] = LRUCache(_RECENT)
        self._languages: list[str] = []
        self._spoken = [0] * len(things)
        self._notations: dict[str, list[int]] = {}
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute(_TABLE)

    def add(self, texts: Iterable[Text]) -> None:
        """Index texts; one call has all texts of a thing. Texts of things that are not in the index are ignored."""
        by_thing: dict[str, list[Text]] = {}
        for text in texts:
            by_thing.setdefault(text[0], []).append(text)
        self._database.executemany(
            "INSERT INTO texts (rowid, whole, first, label, notation, definition) VALUES (?, ?, ?, ?, ?, ?)",
            self._rows(by_thing),
        )

    def finish(self) -> None:
        """Optimize the index after the last call of `add`."""
        self._database.execute("INSERT INTO texts (texts) VALUES ('optimize')")
        self._database.commit()
        self._places = {}

    def _rows(self, by_thing: Mapping[str, Iterable[Text]]) -> Iterator[tuple[int, str, str, str, str, str]]:
        for iri, texts in by_thing.items():
            place = self._places.get(iri)
            if place is None:
                continue
            labels: dict[str, set[str]] = {}
            definitions: dict[str, set[str]] = {}
            numbers: set[str] = set()
            for _, name, text, language in texts:
                if name in _NOTATIONS:
                    numbers.add(text)
                else:
                    (labels if name in _LABELS else definitions).setdefault(language or "", set()).add(text)
            for number in sorted(numbers):
                self._notations.setdefault(phrase_key(words(number)), []).append(place)
            for language in sorted({*labels, *definitions}) or [""]:
                called = [words(text) for text in labels.get(language, ())]
                yield (
                    (place << _BITS) | self._language(place, language),
                    " ".join(sorted(map(_phrase_hash, called))),
                    _tokens((name[0] for name in called if name), language),
                    _tokens(chain.from_iterable(called), language),
                    _tokens(chain.from_iterable(map(words, numbers)), None),
                    _tokens(chain.from_iterable(map(words, definitions.get(language, ()))), language),
                )

    def _language(self, place: int, language: str) -> int:
        if language not in self._languages:
            self._languages.append(language)
        number = min(self._languages.index(language), (1 << _BITS) - 1)
        self._spoken[place] |= 1 << number
        return number

    def search(self, criteria: Criteria) -> ResultPage:
        """Return a page of matches, the best first, and the counts of the facets."""
        matches = self._recent.get(criteria.text)
        if matches is None:
            matches = self._recent[criteria.text] = self._find_matches(criteria.text)
        tags = {mask: self._tags(mask) for mask in {mask for _, mask in matches.sizes}}
        groups = {
            key: ProfileGroup(self._distinct[key[0]], tags[key[1]], size) for key, size in matches.sizes.items()
        }
        fits, counts = count(groups, criteria)
        total = sum(matches.sizes[key] for key in fits)
        chosen = ((place, key) for place, key in matches.ranked() if key in fits)
        first = (criteria.number - 1) * PAGE
        page = islice(chosen, first, max(first, min(first + PAGE, total)))  # do not scan on after the last match
        return ResultPage(
            total, tuple(Hit(self._things[place], groups[key].languages) for place, key in page), counts
        )

    def suggest(self, text: str, most: int) -> tuple[Thing, ...]:
        """Return at most `most` suggestions for a text whose last word may be incomplete.

        Things with the text as notation or name come first, then those whose name begins with it, then those with its
        words in their name.
        """
        terms, query_words = typed_terms(text), words(text)
        if not terms:
            return ()
        every = _expression(terms, prefixes=True)
        numbered = self._notations.get(phrase_key(query_words), ())
        best: dict[int, None] = dict.fromkeys(
            sorted(numbered, key=lambda place: (not self._things[place].profile.kind.startswith("sdg"), place))
        )
        expressions = [
            f'whole : "{_phrase_hash(query_words)}"',
            f"first : ({_expression(terms[:1], prefixes=len(terms) == 1)}) AND label : ({every})",
            f"label : ({every})",
        ]
        if len(terms) == 1:
            expressions.insert(1 if query_words[0][0].isdigit() else 3, f"notation : ({every})")
        for place in chain.from_iterable(map(self._match, expressions)):
            if len(best) >= most:
                break
            best[place] = None
        return tuple(self._things[place] for place in islice(best, most))

    def _find_matches(self, text: str) -> _Matches:
        if not text.strip():
            return _Matches(dict(enumerate(self._spoken)), self._profiles, iter(range(len(self._things))))
        query_words = words(text)
        terms = [query_term(word) for word in dict.fromkeys(query_words)]
        spoken: dict[int, int] = {}
        for (row,) in self._rowids(_expression(terms, prefixes=True)) if terms else ():
            place = row >> _BITS
            spoken[place] = spoken.get(place, 0) | 1 << (row & ((1 << _BITS) - 1))
        return _Matches(spoken, self._profiles, self._best(query_words, terms, spoken))

    def _best(
        self, query_words: Sequence[str], terms: Sequence[QueryTerm], spoken: Mapping[int, int]
    ) -> Iterator[int]:
        """Yield the positions of the matches, the best first; each further query runs only when it is needed."""
        if not spoken:
            return
        seen: set[int] = set()

        def fresh(places: Iterable[int]) -> Iterator[int]:
            for place in places:
                if place in spoken and place not in seen:
                    seen.add(place)
                    yield place

        yield from fresh(sorted(self._notations.get(phrase_key(query_words), ())))
        yield from fresh(self._match(f'whole : "{_phrase_hash(query_words)}"'))
        yield from fresh(self._match(f"label : ({_expression(terms, prefixes=False)})"))
        yield from fresh(self._match(f"label : ({_expression(terms, prefixes=True)})"))
        yield from fresh(spoken)

    def _match(self, expression: str) -> Iterator[int]:
        """Return the positions of the things that match an expression, in order, once for each matching language."""
        return (row >> _BITS for (row,) in self._rowids(expression))

    def _rowids(self, expression: str) -> Iterator[tuple[int]]:
        return self._database.execute("SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rowid", (expression,))

    def _tags(self, mask: int) -> tuple[str, ...]:
        return tuple(language for number, language in enumerate(self._languages) if mask >> number & 1)


def _expression(terms: Iterable[QueryTerm], *, prefixes: bool) -> str:
    """Return an FTS5 expression; user input occurs in it only as quoted terms."""
    parts = []
    for word in terms:
        tokens = [f'"{form}"' for form in sorted(word.forms)]
        tokens += [f'"{form}" *' for form in word.prefixes] if prefixes else []
        parts.append(f"({' OR '.join(tokens)})")
    return " AND ".join(parts)


def _phrase_hash(query_words: Iterable[str]) -> str:
    """Return a hash of all words of a text, which the index holds as one term."""
    return hashlib.blake2b(phrase_key(query_words).encode(), digest_size=8).hexdigest()


def _tokens(found: Iterable[str], language: str | None) -> str:
    return " ".join(sorted({form for word in found for form in index_terms(word, language)}))
