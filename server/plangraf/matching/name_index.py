"""The names of a release: which there are, the words that lead to them, and the things that they name."""

import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache

from plangraf.matching.query import Constraints
from plangraf.matching.vocabulary import Vocabulary
from plangraf.search.index import SearchIndex
from plangraf.search.names import NameRole, name_terms, numbers_in, phrase_number
from plangraf.search.words import words

_COMMON = 500
"""The number of names from which a word is so common that those are looked up in a set."""
_SETS = 64
"""The number of these sets in memory, of some hundred kilobytes each."""


@dataclass(frozen=True)
class IndexedName:
    """A name.

    Attributes:
        role: in what way it names its things.
        language: the language tag, or "".
        text: the name.
        normalized: its words, normalized, with a space between them.
        weights: how much each word says.
        terms: the terms by which the index has each word. They are plain tuples, which the garbage collector passes
            over: there are hundreds of thousands.
    """

    role: NameRole
    language: str
    text: str
    normalized: str
    weights: tuple[float, ...]
    terms: tuple[tuple[str, ...], ...]


class NameIndex:
    """The names of a release, read from its index; several threads may use it at once.

    Args:
        index: the index of the release.
        same: the IRIs of publishers, each with that of the thing that stands for it; others stand for themselves.

    Attributes:
        vocabulary: the words of the names.
        things: the numbers of the things that have a name, by its number.
        past: the numbers of the things that are replaced, deprecated, superseded or repealed.
    """

    def __init__(self, index: SearchIndex, same: Mapping[str, str]) -> None:
        self._index = index
        counts, self.things, rows, self.past = index.read(_read)
        self.vocabulary = Vocabulary(counts, len(self.things))
        self._same = same
        self._plans = {number: plan for number, _, plan in rows if plan is not None}
        organisations = {iri: number for number, iri, _ in rows if index.profile(number).kind == "organisation"}
        self._stands_for = {
            organisations[iri]: organisations[other]
            for iri, other in same.items()
            if iri != other and iri in organisations and other in organisations
        }
        self._by_kind: dict[str, array[int]] = {}
        self._by_publisher: dict[str, array[int]] = {}
        self._by_sdg: dict[str, array[int]] = {}
        self._by_plan: dict[str, array[int]] = {}
        own = {number: self.publisher(iri) for iri, number in organisations.items()}
        for name, things in self.things.items():
            for maps, keys in (
                (self._by_kind, {index.profile(thing).kind for thing in things}),
                (self._by_sdg, {number for thing in things for number, _ in index.profile(thing).sdg_links}),
                (self._by_plan, {self._plans[thing] for thing in things if thing in self._plans}),
                (
                    self._by_publisher,
                    {self.publisher(iri) for thing in things for iri in index.profile(thing).publishers}
                    | {own[thing] for thing in things if thing in own},
                ),
            ):
                for key in keys:
                    maps.setdefault(key, array("I")).append(name)
        self.name = lru_cache(20_000)(self._name)
        self.with_term = lru_cache(5_000)(self._with_term)
        self._set_with = lru_cache(_SETS)(self._find_set)
        self._allowed = lru_cache(500)(self._find_allowed)

    @property
    def organisations(self) -> Iterable[int]:
        """The numbers of the names of organisations."""
        return self._by_kind.get("organisation", ())

    def publisher(self, iri: str) -> str:
        """Return the IRI that stands for a publisher, which may have several."""
        return self._same.get(iri, iri)

    def standing_for(self, thing: int) -> int:
        """Return the number of the thing that stands for a thing."""
        return self._stands_for.get(thing, thing)

    def with_phrase(self, text: str) -> list[int]:
        """Return the numbers of the names with the words of a text."""
        found = self._index.read(
            lambda database: database.execute(
                "SELECT id FROM names WHERE phrase = ? ORDER BY role, id", (phrase_number(text),)
            ).fetchall()
        )
        return [number for (number,) in found]

    def noted(self, text: str) -> list[int]:
        """Return the numbers of the things that have a text as their notation."""
        return self._index.noted(text)

    def with_iri(self, iri: str) -> int | None:
        """Return the number of the thing with an IRI, or None."""
        found = self._index.read(
            lambda database: database.execute("SELECT id FROM things WHERE iri = ?", (iri,)).fetchone()
        )
        return None if found is None else int(found[0])

    def fulfils(self, thing: int, constraints: Constraints) -> bool:
        """Return whether a thing fulfills constraints, that on the language of the name excepted."""
        profile = self._index.profile(thing)
        if constraints.kinds and profile.kind not in constraints.kinds:
            return False
        if constraints.sdgs and constraints.sdgs.isdisjoint(number for number, _ in profile.sdg_links):
            return False
        if constraints.plans and self._plans.get(thing) not in constraints.plans:
            return False
        if not constraints.publishers:
            return True
        published = {self.publisher(iri) for iri in profile.publishers}
        if profile.kind == "organisation":
            published.update(self.publisher(found.iri) for found in self._index.things([thing]))
        return not constraints.publishers.isdisjoint(published)

    def allowed(self, constraints: Constraints) -> frozenset[int] | None:
        """Return the numbers of the names that a thing may have that fulfills constraints; None for all names.

        A name may be that of several things: whether a thing fulfills the constraints is to be asked for each.
        """
        return self._allowed(constraints)

    def _find_allowed(self, constraints: Constraints) -> frozenset[int] | None:
        narrowed: frozenset[int] | None = None
        for maps, keys in (
            (self._by_publisher, constraints.publishers),
            (self._by_plan, constraints.plans),
            (self._by_sdg, constraints.sdgs),
            (self._by_kind, constraints.kinds),
        ):
            if keys:
                found = frozenset().union(*(maps.get(key, ()) for key in keys))
                narrowed = found if narrowed is None else narrowed & found
        return narrowed

    def _name(self, number: int) -> IndexedName:
        role, language, text = self._index.read(
            lambda database: database.execute(
                "SELECT role, language, text FROM names WHERE id = ?", (number,)
            ).fetchone()
        )
        terms = name_terms(text, language)
        return IndexedName(
            NameRole(role),
            language,
            text,
            " ".join(words(text)),
            tuple(map(self.vocabulary.weight, terms)),
            tuple(map(tuple, terms)),
        )

    def with_term_among(self, term: str, numbers: Set[int]) -> Iterable[int]:
        """Return those of the names with these numbers that have a term."""
        found = self.with_term(term)
        if len(found) > _COMMON:
            return self._set_with(term).intersection(numbers)
        return [number for number in found if number in numbers]

    def _with_term(self, term: str) -> "array[int]":
        """Return the numbers of the names that have a term, those of the shortest names first."""
        found = self._index.read(
            lambda database: database.execute("SELECT names FROM name_words WHERE term = ?", (term,)).fetchone()
        )
        return array("I") if found is None else numbers_in(found[0])

    def _find_set(self, term: str) -> frozenset[int]:
        return frozenset(self.with_term(term))


def _read(
    database: sqlite3.Connection,
) -> "tuple[dict[str, int], dict[int, array[int]], list[tuple[int, str, str | None]], frozenset[int]]":
    """Return the number of names by term, the things by name, all things, and the numbers of those of the past."""
    size = array("I").itemsize
    counts = dict(database.execute("SELECT term, length(names) / ? FROM name_words", (size,)))
    things = {number: numbers_in(content) for number, content in database.execute("SELECT id, things FROM names")}
    past = frozenset(number for (number,) in database.execute("SELECT thing FROM past"))
    return counts, things, database.execute("SELECT id, iri, plan FROM things").fetchall(), past
