"""The tables of an index file that hold the reports on a release.

A row is found by the plan, the subject or the thing that it is about, so the rows of changed parts can be replaced.
"""

import sqlite3
from collections import Counter
from collections.abc import Sequence

import orjson

from plangraf.linkeddata.quality import PlanQuality
from plangraf.linkeddata.reports import ReportKeys, Reports
from plangraf.linkeddata.sssom import Mapping, MappingSet, write_mapping_set

_TABLES = (
    "CREATE TABLE IF NOT EXISTS qualities (plan TEXT PRIMARY KEY, counts TEXT NOT NULL, parts TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS mappings (subject TEXT, content TEXT, copies INTEGER NOT NULL, "
    "PRIMARY KEY (subject, content)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS mapping_set (prefixes TEXT NOT NULL, licence TEXT NOT NULL, content BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS documents (path TEXT PRIMARY KEY) WITHOUT ROWID",
)


def write_reports(database: sqlite3.Connection, reports: Reports) -> None:
    """Write the reports on a release, instead of those that the file may contain.

    Raises:
        sqlite3.Error: the file cannot be written.
    """
    _create(database)
    for table in ("qualities", "mappings", "documents"):
        database.execute(f"DELETE FROM {table}")  # noqa: S608  # the names are those above
    _add_tables(database, reports)
    _add_mappings(database, _rows(reports))


def update_reports(database: sqlite3.Connection, before: ReportKeys, after: Reports) -> None:
    """Replace the reports on some parts of a release.

    Args:
        database: the file, which contains the reports on another release.
        before: what its reports on these parts are about; no other part has reports on the same.
        after: the reports on these parts now.

    Raises:
        sqlite3.Error: the file cannot be written.
    """
    _create(database)
    known = set[tuple[str, str, int]]()
    for subject in before.subjects:
        known.update(database.execute("SELECT * FROM mappings WHERE subject = ?", (subject,)))
    for statement, keys in (
        ("DELETE FROM qualities WHERE plan = ?", before.plans),
        ("DELETE FROM documents WHERE path = ?", before.paths),
    ):
        database.executemany(statement, ((key,) for key in keys))
    _add_tables(database, after)
    mappings = _rows(after)
    if known != set(mappings):  # making the mapping set takes longer than all else
        database.executemany("DELETE FROM mappings WHERE subject = ?", ((key,) for key in before.subjects))
        _add_mappings(database, mappings)


def _create(database: sqlite3.Connection) -> None:
    for table in _TABLES:
        database.execute(table)


def _add_tables(database: sqlite3.Connection, reports: Reports) -> None:
    database.executemany(
        "INSERT INTO qualities VALUES (?, ?, ?)",
        ((each.plan, _json(each.counts), _json(each.parts)) for each in reports.qualities),
    )
    database.executemany("INSERT INTO documents VALUES (?)", ((path,) for path in sorted(reports.paths)))


def _rows(reports: Reports) -> list[tuple[str, str, int]]:
    """Return the rows of mappings, sorted."""
    claims = Counter((mapping.subject, _json(mapping.values)) for mapping in reports.mappings)
    return sorted((*claim, copies) for claim, copies in claims.items())


def _add_mappings(database: sqlite3.Connection, mappings: Sequence[tuple[str, str, int]]) -> None:
    """Add rows of mappings, and make the mapping set of all."""
    database.executemany("INSERT INTO mappings VALUES (?, ?, ?)", mappings)
    made = write_mapping_set(
        Mapping(subject, orjson.loads(content))
        for subject, content, copies in database.execute("SELECT * FROM mappings ORDER BY subject, content")
        for _ in range(copies)
    )
    database.execute("DELETE FROM mapping_set")
    database.execute("INSERT INTO mapping_set VALUES (?, ?, ?)", (_json(made.prefixes), made.licence, made.table))


def read_qualities(database: sqlite3.Connection, first: int, most: int) -> tuple[PlanQuality, ...]:
    """Return the measurements of at most `most` plans, sorted by IRI, from the one with the index `first`."""
    rows = database.execute("SELECT * FROM qualities ORDER BY plan LIMIT ? OFFSET ?", (most, first))
    return tuple(map(_quality, rows))


def read_quality(database: sqlite3.Connection, plan: str) -> PlanQuality | None:
    """Return the measurements of one plan, or None if there is no such plan."""
    return next(map(_quality, database.execute("SELECT * FROM qualities WHERE plan = ?", (plan,))), None)


def count_plans(database: sqlite3.Connection) -> int:
    """Return the number of plans that are measured."""
    [(number,)] = database.execute("SELECT COUNT(*) FROM qualities")
    return int(number)


def read_mapping_set(database: sqlite3.Connection) -> MappingSet:
    """Return the mapping set."""
    [(prefixes, licence, content)] = database.execute("SELECT prefixes, licence, content FROM mapping_set")
    return MappingSet(orjson.loads(prefixes), licence, content)


def read_paths(database: sqlite3.Connection, first: int, most: int) -> tuple[str, ...]:
    """Return at most `most` paths of documents, sorted, from the one with the index `first`."""
    rows = database.execute("SELECT path FROM documents ORDER BY path LIMIT ? OFFSET ?", (most, first))
    return tuple(path for (path,) in rows)


def count_paths(database: sqlite3.Connection) -> int:
    """Return the number of paths of documents."""
    [(number,)] = database.execute("SELECT COUNT(*) FROM documents")
    return int(number)


def _quality(row: Sequence[str]) -> PlanQuality:
    plan, counts, parts = row
    return PlanQuality(plan=plan, counts=orjson.loads(counts), parts=tuple(orjson.loads(parts)))


def _json(value: object) -> str:
    return orjson.dumps(value).decode()
