"""The index of a release: an FTS5 table in memory that holds words and no texts, and what is known of each thing."""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from cachetools import LRUCache

from plangraf.namespaces import expand
from plangraf.search.counting import count
from plangraf.search.criteria import PAGE, Criteria, Found, Hit
from plangraf.search.things import Profile, Thing
from plangraf.search.words import Asked, asked, forms, whole, words

_TABLE = """
CREATE VIRTUAL TABLE texts USING fts5(
  whole, label, notation, definition, content='', detail=column, columnsize=0, tokenize="ascii tokenchars '_'"
)
"""  # every character beyond ASCII belongs to a word: what is split here is never split again
_BITS = 6  # of a row's number tell the language
_RECENT = 4
_Key = tuple[int, int]  # the numbers of a profile and of the languages that fit
_LABELS = {expand(name) for name in ("skos:prefLabel", "skos:altLabel", "rdfs:label", "dct:title")}
_NOTATIONS = {expand(name) for name in ("skos:notation", "dct:identifier")}

Text = tuple[str, str, str, str | None]
"""A thing, a property, a text and its language."""


class Index:
    """Finds things by their texts. It is used by one thread at a time."""

    def __init__(self, things: Sequence[Thing], texts: Iterable[Text]) -> None:
        """Make the index.

        Args:
            things: what can be found; equally good results come in this order.
            texts: all texts, those of a thing together; those of others are passed over.
        """
        self._things = things
        numbers: dict[Profile, int] = {}
        self._profiles = [numbers.setdefault(thing.profile, len(numbers)) for thing in things]
        self._distinct = list(numbers)
        # Who leafs and narrows asks for the same words again.
        self._recent: LRUCache[str, tuple[Sequence[int], list[_Key], Counter[_Key]]] = LRUCache(_RECENT)
        self._languages: list[str] = []
        self._spoken = [0] * len(things)
        self._notations: dict[str, list[int]] = {}
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute(_TABLE)
        rows = self._rows({thing.iri: place for place, thing in enumerate(things)}, texts)
        self._database.executemany(
            "INSERT INTO texts (rowid, whole, label, notation, definition) VALUES (?, ?, ?, ?, ?)", rows
        )
        self._database.execute("INSERT INTO texts (texts) VALUES ('optimize')")
        self._database.commit()

    def _rows(self, places: dict[str, int], texts: Iterable[Text]) -> Iterator[tuple[int, str, str, str, str]]:
        for iri, group in groupby(texts, key=lambda text: text[0]):
            place = places.get(iri)
            if place is None:
                continue
            labels: dict[str, set[str]] = {}
            definitions: dict[str, set[str]] = {}
            numbers: set[str] = set()
            for _, name, text, language in group:
                if name in _NOTATIONS:
                    numbers.add(text)
                else:
                    (labels if name in _LABELS else definitions).setdefault(language or "", set()).add(text)
            for number in sorted(numbers):
                self._notations.setdefault(whole(number), []).append(place)
            for language in sorted({*labels, *definitions}) or [""]:
                yield (
                    (place << _BITS) | self._language(place, language),
                    " ".join(sorted(map(_mark, labels.get(language, ())))),
                    _tokens(labels.get(language, ()), language),
                    _tokens(numbers, None),
                    _tokens(definitions.get(language, ()), language),
                )

    def _language(self, place: int, language: str) -> int:
        if language not in self._languages:
            self._languages.append(language)
        number = min(self._languages.index(language), (1 << _BITS) - 1)
        self._spoken[place] |= 1 << number
        return number

    def search(self, criteria: Criteria) -> Found:
        """Return a page of what fits, best first, and how it can be narrowed."""
        found = self._recent.get(criteria.text)
        if found is None:
            ranked, spoken = self._ranked(criteria.text)
            # There are far fewer profiles than things; comparing numbers is what makes this quick.
            keys = list(zip(map(self._profiles.__getitem__, ranked), spoken, strict=True))
            found = self._recent[criteria.text] = (ranked, keys, Counter(keys))
        ranked, keys, sizes = found
        groups = {key: (self._distinct[key[0]], self._tags(key[1])) for key in sizes}
        fits, counts = count({groups[key]: size for key, size in sizes.items()}, criteria)
        fitting = {key for key, group in groups.items() if group in fits}
        if len(fitting) < len(groups):
            places: Sequence[int] = [place for place, key in enumerate(keys) if key in fitting]
        else:
            places = range(len(keys))
        first = (criteria.number - 1) * PAGE
        hits = tuple(Hit(self._things[ranked[i]], self._tags(keys[i][1])) for i in places[first : first + PAGE])
        return Found(len(places), hits, counts)

    def _ranked(self, text: str) -> tuple[Sequence[int], Sequence[int]]:
        """Return the places of what fits, best first, and the languages in which each does."""
        if not text.strip():
            return range(len(self._things)), self._spoken
        wanted = [asked(word) for word in dict.fromkeys(words(text))]
        if not wanted:
            return [], []
        spoken: dict[int, int] = {}
        for row in self._match(_expression(wanted, beginnings=True)):
            place = row >> _BITS
            spoken[place] = spoken.get(place, 0) | 1 << (row & ((1 << _BITS) - 1))
        best: dict[int, None] = dict.fromkeys(p for p in self._notations.get(whole(text), ()) if p in spoken)
        for narrower in (
            f'whole : "{_mark(text)}"',
            f"label : ({_expression(wanted, beginnings=False)})",
            f"label : ({_expression(wanted, beginnings=True)})",
        ):
            best.update(dict.fromkeys(row >> _BITS for row in self._match(narrower) if row >> _BITS in spoken))
        best.update(dict.fromkeys(sorted(spoken)))
        return list(best), [spoken[place] for place in best]

    def _match(self, expression: str) -> list[int]:
        found = self._database.execute("SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rowid", (expression,))
        return [row for (row,) in found]

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


def _mark(text: str) -> str:
    """Return a word that stands for a whole text."""
    return hashlib.blake2b(whole(text).encode(), digest_size=8).hexdigest()


def _tokens(texts: Iterable[str], language: str | None) -> str:
    return " ".join(sorted({form for text in texts for word in words(text) for form in forms(word, language)}))
