"""The index of a release: an FTS5 table in memory that holds words and no texts, and what is known of each thing."""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from cachetools import LRUCache

from plangraf.namespaces import expand
from plangraf.search.counting import Group, count
from plangraf.search.criteria import PAGE, Criteria, Found, Hit
from plangraf.search.things import Profile, Thing
from plangraf.search.words import Asked, asked, forms, typed, whole, words

_TABLE = """
CREATE VIRTUAL TABLE texts USING fts5(
  whole, first, label, notation, definition, content='', detail=column, columnsize=0, tokenize="ascii tokenchars '_'"
)
"""  # every character beyond ASCII belongs to a word: what is split here is never split again
_BITS = 6  # of a row's number tell the language
_RECENT = 4
_Key = tuple[int, int]  # the number of a profile, and the languages that fit as bits
_LABELS = {expand(name) for name in ("skos:prefLabel", "skos:altLabel", "rdfs:label", "dct:title")}
_NOTATIONS = {expand(name) for name in ("skos:notation", "dct:identifier")}

Text = tuple[str, str, str, str | None]
"""A thing, a property, a text and its language."""


class _Fitting:
    """What fits a text: how many there are of each profile, and their order as far as it was asked for."""

    def __init__(self, spoken: Mapping[int, int], profiles: Sequence[int], best: Iterator[int]) -> None:
        self._spoken = spoken
        self._profiles = profiles
        self._best = best
        self._known: list[int] = []
        # There are far fewer profiles than things; comparing numbers is what makes this quick.
        self.sizes: Counter[_Key] = Counter(zip(map(profiles.__getitem__, spoken), spoken.values(), strict=True))

    def ranked(self) -> Iterator[tuple[int, _Key]]:
        """Return the places, best first, each with its key."""
        at = 0
        while True:
            if at == len(self._known):
                self._known += islice(self._best, PAGE)
                if at == len(self._known):
                    return
            place = self._known[at]
            yield place, (self._profiles[place], self._spoken[place])
            at += 1


class Index:
    """Finds things by their texts. It is used by one thread at a time."""

    def __init__(self, things: Sequence[Thing]) -> None:
        """Begin an index; the texts are added to it.

        Args:
            things: what can be found; equally good results come in this order.
        """
        self._things = things
        self._places = {thing.iri: place for place, thing in enumerate(things)}
        numbers: dict[Profile, int] = {}
        self._profiles = [numbers.setdefault(thing.profile, len(numbers)) for thing in things]
        self._distinct = list(numbers)
        # Who leafs and narrows asks for the same words again.
        self._recent: LRUCache[str, _Fitting] = LRUCache(_RECENT)
        self._languages: list[str] = []
        self._spoken = [0] * len(things)
        self._notations: dict[str, list[int]] = {}
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute(_TABLE)

    def add(self, texts: Iterable[Text]) -> None:
        """Take texts: all those of a thing at once. Those of what is not to be found are passed over."""
        by_thing: dict[str, list[Text]] = {}
        for text in texts:
            by_thing.setdefault(text[0], []).append(text)
        self._database.executemany(
            "INSERT INTO texts (rowid, whole, first, label, notation, definition) VALUES (?, ?, ?, ?, ?, ?)",
            self._rows(by_thing),
        )

    def finish(self) -> None:
        """Say that all texts have been added."""
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
                self._notations.setdefault(whole(words(number)), []).append(place)
            for language in sorted({*labels, *definitions}) or [""]:
                called = [words(text) for text in labels.get(language, ())]
                yield (
                    (place << _BITS) | self._language(place, language),
                    " ".join(sorted(map(_mark, called))),
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

    def search(self, criteria: Criteria) -> Found:
        """Return a page of what fits, best first, and how it can be narrowed."""
        fitting = self._recent.get(criteria.text)
        if fitting is None:
            fitting = self._recent[criteria.text] = self._fitting(criteria.text)
        tags = {mask: self._tags(mask) for mask in {mask for _, mask in fitting.sizes}}
        groups = {key: Group(self._distinct[key[0]], tags[key[1]], size) for key, size in fitting.sizes.items()}
        fits, counts = count(groups, criteria)
        total = sum(fitting.sizes[key] for key in fits)
        chosen = ((place, key) for place, key in fitting.ranked() if key in fits)
        first = (criteria.number - 1) * PAGE
        page = islice(chosen, first, max(first, min(first + PAGE, total)))  # past the last one there is only waiting
        return Found(total, tuple(Hit(self._things[place], groups[key].languages) for place, key in page), counts)

    def suggest(self, text: str, most: int) -> tuple[Thing, ...]:
        """Return what may be meant by a text of which the last word is not all there: at most `most` things.

        Numbers and names that are the text come first, then those that begin with it, then names that have its words.
        """
        wanted, spelled = typed(text), words(text)
        if not wanted:
            return ()
        every = _expression(wanted, beginnings=True)
        numbered = self._notations.get(whole(spelled), ())
        best: dict[int, None] = dict.fromkeys(
            sorted(numbered, key=lambda place: (not self._things[place].profile.kind.startswith("sdg"), place))
        )
        expressions = [
            f'whole : "{_mark(spelled)}"',
            f"first : ({_expression(wanted[:1], beginnings=len(wanted) == 1)}) AND label : ({every})",
            f"label : ({every})",
        ]
        if len(wanted) == 1:
            expressions.insert(1 if spelled[0][0].isdigit() else 3, f"notation : ({every})")
        for place in chain.from_iterable(map(self._match, expressions)):
            if len(best) >= most:
                break
            best[place] = None
        return tuple(self._things[place] for place in islice(best, most))

    def _fitting(self, text: str) -> _Fitting:
        if not text.strip():
            return _Fitting(dict(enumerate(self._spoken)), self._profiles, iter(range(len(self._things))))
        spelled = words(text)
        wanted = [asked(word) for word in dict.fromkeys(spelled)]
        spoken: dict[int, int] = {}
        for (row,) in self._rowids(_expression(wanted, beginnings=True)) if wanted else ():
            place = row >> _BITS
            spoken[place] = spoken.get(place, 0) | 1 << (row & ((1 << _BITS) - 1))
        return _Fitting(spoken, self._profiles, self._best(spelled, wanted, spoken))

    def _best(self, spelled: Sequence[str], wanted: Sequence[Asked], spoken: Mapping[int, int]) -> Iterator[int]:
        """Return the places of what fits, best first: what is asked of the database only when it comes to that."""
        if not spoken:
            return
        seen: set[int] = set()

        def fresh(places: Iterable[int]) -> Iterator[int]:
            for place in places:
                if place in spoken and place not in seen:
                    seen.add(place)
                    yield place

        yield from fresh(sorted(self._notations.get(whole(spelled), ())))
        yield from fresh(self._match(f'whole : "{_mark(spelled)}"'))
        yield from fresh(self._match(f"label : ({_expression(wanted, beginnings=False)})"))
        yield from fresh(self._match(f"label : ({_expression(wanted, beginnings=True)})"))
        yield from fresh(spoken)

    def _match(self, expression: str) -> Iterator[int]:
        """Return the places of what an expression fits, in their order; a place comes again for each language."""
        return (row >> _BITS for (row,) in self._rowids(expression))

    def _rowids(self, expression: str) -> Iterator[tuple[int]]:
        return self._database.execute("SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rowid", (expression,))

    def _tags(self, mask: int) -> tuple[str, ...]:
        return tuple(language for number, language in enumerate(self._languages) if mask >> number & 1)


def _expression(wanted: Iterable[Asked], *, beginnings: bool) -> str:
    """Return an FTS5 expression; what was typed stands in it as quoted words only."""
    parts = []
    for word in wanted:
        tokens = [f'"{form}"' for form in sorted(word.whole)]
        tokens += [f'"{form}" *' for form in word.beginnings] if beginnings else []
        parts.append(f"({' OR '.join(tokens)})")
    return " AND ".join(parts)


def _mark(spelled: Iterable[str]) -> str:
    """Return a word that stands for all words of a text."""
    return hashlib.blake2b(whole(spelled).encode(), digest_size=8).hexdigest()


def _tokens(found: Iterable[str], language: str | None) -> str:
    return " ".join(sorted({form for word in found for form in forms(word, language)}))
