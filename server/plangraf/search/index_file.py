"""The index file of a release: an SQLite database with the search index, the texts of all resources, and the reports.

It is written once, and then opened read-only by each process of a server, which shares its pages with the others in
the page cache of the kernel. Things have numbers. The full-text table holds terms but no texts, and a row for each
thing and language: the rowid is the number of the thing, shifted, plus the number of the language.

The index of a release is made whole or, if few parts have changed, as a copy of the previous one in which the things
of these parts are replaced. Both have the same content, but not the same numbers.
"""

import hashlib
import json
import sqlite3
import sys
from array import array
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from importlib import metadata
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote

from plangraf.linkeddata import reports
from plangraf.release.build_digest import code_digest
from plangraf.search.entries import entries, notation_keys
from plangraf.search.names import TABLES as NAME_TABLES
from plangraf.search.names import ThingName, add_names, names_of, remove_names
from plangraf.search.similar import TABLE as SIMILAR
from plangraf.search.similar import IndexedGoal, add_goals, remove_goals
from plangraf.search.statements import IndexSource, Text
from plangraf.search.things import Thing, sort_key

LANGUAGE_BITS = 6
"""The number of low bits of a rowid that hold the number of the language."""
COLUMNS = {"order": "I", "profile": "I", "languages": "Q"}
"""The arrays and their types: the order of the things, and by number of a thing its profile and mask of languages."""
_LAST_LANGUAGE = (1 << LANGUAGE_BITS) - 1
# FTS5 treats every character beyond ASCII as part of a word, so it does not split terms again.
_TERMS = """
CREATE VIRTUAL TABLE IF NOT EXISTS terms USING fts5(
  whole, first, label, notation, definition, content='', detail=column, columnsize=0, tokenize="ascii tokenchars '_'"
)
"""
_TABLES = (
    "CREATE TABLE IF NOT EXISTS layout (digest TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS things (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, plan TEXT)",
    "CREATE TABLE IF NOT EXISTS profiles (id INTEGER PRIMARY KEY, profile TEXT NOT NULL UNIQUE)",
    "CREATE TABLE IF NOT EXISTS languages (id INTEGER PRIMARY KEY, tag TEXT NOT NULL UNIQUE)",
    "CREATE TABLE IF NOT EXISTS notations (key TEXT, thing INTEGER, PRIMARY KEY (key, thing)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS texts (iri TEXT PRIMARY KEY, texts TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS columns (name TEXT PRIMARY KEY, content BLOB NOT NULL)",
    SIMILAR,
    _TERMS,
    *NAME_TABLES,
    "CREATE TABLE IF NOT EXISTS past (thing INTEGER PRIMARY KEY)",
)
_INSERT = "INSERT INTO terms (rowid, whole, first, label, notation, definition) VALUES (?, ?, ?, ?, ?, ?)"
_DELETE = (
    "INSERT INTO terms (terms, rowid, whole, first, label, notation, definition) VALUES ('delete', ?, ?, ?, ?, ?, ?)"
)


def layout() -> str:
    """Return a digest of the code that writes and reads index files; it reads no file with another one."""
    code = (code_digest(folder) for folder in (Path(__file__).parent, Path(reports.__file__).parent))
    parts = (*code, metadata.version("snowballstemmer"), sys.byteorder)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def layout_of(path: Path) -> str | None:
    """Return the digest of the code that wrote the file at `path`, or None if it is no index file."""
    try:
        with closing(open_read_only(path)) as database:
            [(digest,)] = database.execute("SELECT digest FROM layout")
            return str(digest)
    except (sqlite3.Error, ValueError):
        return None


def open_read_only(path: Path) -> sqlite3.Connection:
    """Return a connection to an index file, which must not change any more, for one thread at a time.

    Raises:
        sqlite3.Error: the file cannot be opened.
    """
    # `immutable` saves locks, and looking for changes before each query.
    address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=False)


def write_index(path: Path, source: IndexSource) -> None:
    """Write the index of a release to a new file; the same source gives the same bytes.

    Raises:
        sqlite3.Error: the file cannot be written.
    """
    with changing(path) as database:
        writer = _IndexWriter(database)
        writer.add(source)
        writer.optimize()
        writer.finish()


def update_index(path: Path, before: IndexSource, after: IndexSource) -> None:
    """Change a copy of the index of another release.

    Args:
        path: the copy.
        before: what the index contains of the parts that have changed; no other part describes the same things.
        after: what these parts contain now.

    Raises:
        sqlite3.Error: the file cannot be written.
    """
    with changing(path) as database:
        writer = _IndexWriter(database)
        writer.remove(before)
        writer.add(after)
        writer.finish()


@contextmanager
def changing(path: Path) -> Iterator[sqlite3.Connection]:
    """Open an index file to write it in one transaction, or create one.

    Raises:
        sqlite3.Error: the file cannot be written.
    """
    database = sqlite3.connect(path, isolation_level=None)
    try:
        # Nobody reads the file before it is complete, and whoever had it written synchronizes it as a whole.
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute("BEGIN")
        yield database
        database.execute("COMMIT")
    finally:
        database.close()


class _IndexWriter:
    """Adds and removes things; what there is once for each thing is in arrays, which it writes at the end."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        for table in _TABLES:
            database.execute(table)
        if not self._all("SELECT digest FROM layout"):
            database.execute("INSERT INTO layout VALUES (?)", (layout(),))
        self._columns = {name: read_column(database, name) for name in COLUMNS}
        self._tags: dict[str, int] = dict(self._all("SELECT tag, id FROM languages"))
        self._profiles: dict[str, int] = dict(self._all("SELECT profile, id FROM profiles"))
        self._kinds = {number: json.loads(profile)[0] for profile, number in self._profiles.items()}
        self._free: list[int] = []

    def remove(self, source: IndexSource) -> None:
        """Remove all that `add` has added of `source`."""
        self._database.executemany("DELETE FROM texts WHERE iri = ?", ((iri,) for iri in source.texts))
        removed = []
        for thing in source.things.things():
            [(number,)] = self._all("SELECT id FROM things WHERE iri = ?", thing.iri)
            texts = source.texts.get(thing.iri, ())
            self._database.executemany(_DELETE, self._rows(number, texts))
            self._database.executemany(
                "DELETE FROM notations WHERE key = ? AND thing = ?", ((key, number) for key in notation_keys(texts))
            )
            self._database.execute("DELETE FROM things WHERE id = ?", (number,))
            self._database.execute("DELETE FROM past WHERE thing = ?", (number,))
            self._free.append(number)
            removed.append((number, thing))
        remove_goals(self._database, _goals(source, removed))
        remove_names(self._database, _names(source, removed))
        self._free.sort(reverse=True)
        gone = set(self._free)
        self._columns["order"] = array("I", (number for number in self._columns["order"] if number not in gone))

    def add(self, source: IndexSource) -> None:
        """Add the things and texts of `source`."""
        for tag in sorted({text.language or "" for of in source.texts.values() for _, text in of} | {""}):
            if self._tags.setdefault(tag, len(self._tags)) == len(self._tags) - 1:
                self._database.execute("INSERT OR IGNORE INTO languages VALUES (?, ?)", (self._tags[tag], tag))
        self._database.executemany(
            "INSERT INTO texts VALUES (?, ?)",
            ((iri, "\n".join(f"{number}{text}" for number, text in of)) for iri, of in sorted(source.texts.items())),
        )
        numbered = [(self._number(thing), thing) for thing in source.things.things()]
        self._database.executemany(
            "INSERT INTO things VALUES (?, ?, ?)", ((number, thing.iri, thing.plan) for number, thing in numbered)
        )
        self._database.executemany(
            _INSERT,
            chain.from_iterable(self._rows(number, source.texts.get(thing.iri, ())) for number, thing in numbered),
        )
        self._database.executemany(
            "INSERT INTO notations VALUES (?, ?)",
            sorted(
                (key, number) for number, thing in numbered for key in notation_keys(source.texts.get(thing.iri, ()))
            ),
        )
        past = ((number,) for number, thing in numbered if source.things.is_past(thing))
        self._database.executemany("INSERT INTO past VALUES (?)", past)
        add_goals(self._database, _goals(source, numbered))
        add_names(self._database, _names(source, numbered))
        self._place(numbered)

    def optimize(self) -> None:
        """Merge the full-text table into one segment."""
        self._database.execute("INSERT INTO terms (terms) VALUES ('optimize')")

    def finish(self) -> None:
        """Write the arrays."""
        self._database.executemany(
            "INSERT OR REPLACE INTO columns VALUES (?, ?)",
            ((name, column.tobytes()) for name, column in self._columns.items()),
        )

    def _number(self, thing: Thing) -> int:
        """Return a free number for a thing, which has its profile from now on."""
        profiles, languages = self._columns["profile"], self._columns["languages"]
        if self._free:
            number = self._free.pop()
        else:
            number = len(profiles)
            profiles.append(0)
            languages.append(0)
        profile = json.dumps(thing.profile, ensure_ascii=False)
        if profile not in self._profiles:
            self._profiles[profile] = len(self._profiles)
            self._kinds[self._profiles[profile]] = thing.profile.kind
            self._database.execute("INSERT INTO profiles VALUES (?, ?)", (self._profiles[profile], profile))
        profiles[number], languages[number] = self._profiles[profile], 0
        return number

    def _rows(self, number: int, texts: Sequence[Text]) -> Iterator[tuple[int | str, ...]]:
        """Yield the rows of the full-text table for a thing, and record its languages."""
        for entry in entries(texts):
            language = min(self._tags[entry.language], _LAST_LANGUAGE)
            self._columns["languages"][number] |= 1 << language
            yield (number << LANGUAGE_BITS | language, *entry.columns)

    def _place(self, numbered: Sequence[tuple[int, Thing]]) -> None:
        """Insert things, which are sorted, into the order of all things."""
        order = self._columns["order"]
        if not order:
            order.extend(number for number, _ in numbered)
            return
        known = {number: sort_key(thing.iri, thing.profile.kind) for number, thing in numbered}

        def key(number: int) -> tuple[int, str, str]:
            if number not in known:
                [(iri,)] = self._all("SELECT iri FROM things WHERE id = ?", number)
                known[number] = sort_key(iri, self._kinds[self._columns["profile"][number]])
            return known[number]

        for number, _ in numbered:
            order.insert(bisect(order, key(number), key=key), number)

    def _all(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return self._database.execute(statement, values).fetchall()


def _goals(source: IndexSource, numbered: Iterable[tuple[int, Thing]]) -> Iterator[tuple[int, IndexedGoal]]:
    """Yield the goals among things, each with its number."""
    for number, thing in numbered:
        goal = source.things.goal(thing)
        if goal is not None:
            yield number, goal


def _names(source: IndexSource, numbered: Iterable[tuple[int, Thing]]) -> Iterator[tuple[int, ThingName]]:
    """Yield the names of things, each with the number of the thing."""
    for number, thing in numbered:
        for name in names_of(source.texts.get(thing.iri, ()), thing.profile.kind):
            yield number, name


def read_column(database: sqlite3.Connection, name: str) -> "array[int]":
    """Return one of the `COLUMNS`, from the thing with the number 0 on; `order` has the numbers of all things."""
    column = array(COLUMNS[name])
    for (content,) in database.execute("SELECT content FROM columns WHERE name = ?", (name,)):
        column.frombytes(content)
    return column
