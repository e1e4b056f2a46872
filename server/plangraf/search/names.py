"""The names of things in the index: the distinct texts by which they are called, and the words that lead to them.

Many things have the same name, and are found and compared by it once. The names that have a word are listed with the
word, as one sorted array of their numbers. The high bits of the number of a name are the number of its words, so the
array of a common word begins with the shortest names that have it, and reading its beginning is enough.
"""

import hashlib
import sqlite3
from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from plangraf.namespaces import expand
from plangraf.search.statements import TEXT_PROPERTIES, Text
from plangraf.search.words import phrase_key, stem_forms, words

TABLES = (
    "CREATE TABLE IF NOT EXISTS names (id INTEGER PRIMARY KEY, role INTEGER NOT NULL, language TEXT NOT NULL, "
    "text TEXT NOT NULL, phrase INTEGER NOT NULL, things BLOB NOT NULL, UNIQUE (phrase, role, language, text))",
    "CREATE TABLE IF NOT EXISTS name_words (term TEXT PRIMARY KEY, names BLOB NOT NULL)",
)
LONGEST = 600
"""The maximum length of a name in the index, in characters; longer ones are cut."""
LENGTH_SHIFT = 24
"""The number of low bits of the number of a name, above which is the number of its words."""
_SERIAL = (1 << LENGTH_SHIFT) - 1
_MOST_WORDS = (1 << 32 - LENGTH_SHIFT) - 1


class NameRole(IntEnum):
    """In what way a text names a thing, the best first."""

    PREFERRED = 0
    ALTERNATIVE = 1
    DEFINITION = 2


@dataclass(frozen=True, order=True)
class ThingName:
    """A name of things.

    Attributes:
        role: in what way it names them.
        language: the language tag, or "".
        text: the name.
    """

    role: NameRole
    language: str
    text: str


_ROLES = {
    TEXT_PROPERTIES.index(expand(name)): role
    for role, properties in (
        (NameRole.PREFERRED, ("skos:prefLabel", "rdfs:label")),
        (NameRole.ALTERNATIVE, ("skos:altLabel", "dct:title")),
        (NameRole.DEFINITION, ("skos:definition",)),
    )
    for name in properties
}


def names_of(texts: Iterable[Text], kind: str) -> Iterator[ThingName]:
    """Yield the names of a thing of a kind; those who cite an SDG, target or indicator often cite its definition."""
    for number, text in texts:
        role = _ROLES.get(number)
        if role is not None and (role != NameRole.DEFINITION or kind.startswith("sdg")):
            yield ThingName(role, text.language or "", text.value[:LONGEST])


def name_terms(text: str, language: str | None) -> list[frozenset[str]]:
    """Return for each word of a name the terms by which it is found: the word and its stem."""
    return [stem_forms(word, language) for word in words(text)]


def phrase_number(text: str) -> int:
    """Return a number that is the same for texts with the same words."""
    digest = hashlib.blake2b(phrase_key(words(text)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def add_names(database: sqlite3.Connection, named: Iterable[tuple[int, ThingName]]) -> None:
    """Add the names of things, each with the number that the thing has in the index.

    Raises:
        sqlite3.Error: the file cannot be written.
    """
    added: dict[str, array[int]] = {}
    [(last,)] = database.execute("SELECT coalesce(max(id & ?), 0) FROM names", (_SERIAL,))
    anew = last == 0
    for name, things in _by_name(named).items():
        row = None if anew else _find(database, name)
        if row is not None:
            number, known = row
            database.execute("UPDATE names SET things = ? WHERE id = ?", (_bytes({*known, *things}), number))
            continue
        last += 1
        spelled = name_terms(name.text, name.language)
        number = min(len(spelled), _MOST_WORDS) << LENGTH_SHIFT | last
        values = (number, name.role, name.language, name.text, phrase_number(name.text), _bytes(things))
        database.execute("INSERT INTO names VALUES (?, ?, ?, ?, ?, ?)", values)
        for term in frozenset().union(*spelled):
            added.setdefault(term, array("I")).append(number)
    for term, numbers in added.items():
        if anew:
            _write(database, term, array("I", sorted(numbers)))
            continue
        found = _names_with(database, term)
        for number in numbers:  # few of them, among many
            insort(found, number)
        _write(database, term, found)


def remove_names(database: sqlite3.Connection, named: Iterable[tuple[int, ThingName]]) -> None:
    """Remove what `add_names` has added.

    Raises:
        sqlite3.Error: the file cannot be written.
    """
    removed: dict[str, array[int]] = {}
    for name, things in _by_name(named).items():
        row = _find(database, name)
        if row is None:
            continue
        number, known = row
        rest = set(known) - things
        if rest:
            database.execute("UPDATE names SET things = ? WHERE id = ?", (_bytes(rest), number))
            continue
        database.execute("DELETE FROM names WHERE id = ?", (number,))
        for term in frozenset().union(*name_terms(name.text, name.language)):
            removed.setdefault(term, array("I")).append(number)
    for term, numbers in removed.items():
        found = _names_with(database, term)
        for number in numbers:
            found.pop(bisect_left(found, number))
        _write(database, term, found)


def _by_name(named: Iterable[tuple[int, ThingName]]) -> dict[ThingName, set[int]]:
    found: dict[ThingName, set[int]] = {}
    for number, name in sorted(named):
        found.setdefault(name, set()).add(number)
    return found


def _find(database: sqlite3.Connection, name: ThingName) -> "tuple[int, array[int]] | None":
    row = database.execute(
        "SELECT id, things FROM names WHERE phrase = ? AND role = ? AND language = ? AND text = ?",
        (phrase_number(name.text), name.role, name.language, name.text),
    ).fetchone()
    return None if row is None else (row[0], numbers_in(row[1]))


def _names_with(database: sqlite3.Connection, term: str) -> "array[int]":
    row = database.execute("SELECT names FROM name_words WHERE term = ?", (term,)).fetchone()
    return array("I") if row is None else numbers_in(row[0])


def _write(database: sqlite3.Connection, term: str, numbers: "array[int]") -> None:
    if numbers:
        database.execute("INSERT OR REPLACE INTO name_words VALUES (?, ?)", (term, numbers.tobytes()))
    else:
        database.execute("DELETE FROM name_words WHERE term = ?", (term,))


def numbers_in(content: bytes) -> "array[int]":
    """Return the numbers in the content of a column with an array."""
    found = array("I")
    found.frombytes(content)
    return found


def _bytes(numbers: Iterable[int]) -> bytes:
    return array("I", sorted(numbers)).tobytes()
