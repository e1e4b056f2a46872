"""The change log of a state folder: an SQLite file with what each switch has changed, thing by thing.

It follows from the history and the releases: the holder of the lock brings it in line with the history, and makes it
anew if it is missing or damaged. It is written before the switch itself, so that a server of the new release finds it
complete. The file is replaced as a whole and never changes: readers need no locks, and go on with the one that they
have opened.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import orjson

from plangraf.release.change_finder import find_changes
from plangraf.release.changes import ChangeKind, Detail, ThingChange
from plangraf.release.described import DescribedRelease
from plangraf.release.files import synchronize_folder
from plangraf.release.history import HistoryEntry

CHANGES = "changes.sqlite"
_LAYOUT = 1
"""The number of the layout of the tables; a file with another one is made anew."""
_TABLES = f"""
PRAGMA user_version = {_LAYOUT};
CREATE TABLE switches (
  number INTEGER PRIMARY KEY, time TEXT NOT NULL, release TEXT NOT NULL, before TEXT, action TEXT NOT NULL,
  message TEXT NOT NULL, detail TEXT NOT NULL
);
CREATE TABLE plans (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE);
CREATE TABLE changes (
  sequence INTEGER PRIMARY KEY, switch INTEGER NOT NULL, iri TEXT NOT NULL, change TEXT NOT NULL, kind TEXT NOT NULL,
  notation TEXT NOT NULL, labels TEXT NOT NULL, plan INTEGER
);
CREATE TABLE counts (switch INTEGER NOT NULL, plan INTEGER, change TEXT NOT NULL, things INTEGER, first INTEGER);
CREATE INDEX changes_of_thing ON changes (iri);
CREATE INDEX changes_of_switch ON changes (switch, plan);
CREATE INDEX changes_of_plan ON changes (plan);
CREATE INDEX counts_of_switch ON counts (switch);
CREATE INDEX counts_of_plan ON counts (plan, switch);
"""
COLUMNS = "changes.iri, change, kind, notation, labels, plans.iri, switch, sequence"
"""The columns from which `thing_change` makes a change; in `JOINED`."""
JOINED = "changes LEFT JOIN plans ON plans.id = changes.plan"

Row = tuple[str, str, str, str, str, str | None, int, int]


def thing_change(row: Row) -> ThingChange:
    """Return the change in a row of the table."""
    iri, change, kind, notation, labels, plan, switch, sequence = row
    return ThingChange(iri, ChangeKind(change), kind, notation, orjson.loads(labels), plan, switch, sequence)


def open_log(folder: Path) -> sqlite3.Connection | None:
    """Return a connection to the change log of a state folder, for one thread at a time, or None if there is none.

    Raises:
        sqlite3.Error: the file is damaged.
    """
    path = folder / CHANGES
    if not path.is_file():
        return None
    # Nobody changes the file, so locks and looking for changes are saved.
    database = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )
    if database.execute("PRAGMA user_version").fetchone() == (_LAYOUT,):
        return database
    database.close()
    return None


def empty_log() -> sqlite3.Connection:
    """Return a change log in memory, without any switch."""
    database = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    database.executescript(_TABLES)
    return database


def update_log(folder: Path, history: Sequence[HistoryEntry]) -> None:
    """Bring the change log in line with a history; the caller holds the lock of the folder.

    Args:
        folder: the state folder.
        history: the switches, oldest first; the last one may be about to happen.

    Raises:
        OSError: a file cannot be read or written.
        InputError: the records of a release cannot be read.
    """
    try:
        database = open_log(folder)
        if database is not None:
            with closing(database):
                if _recorded(database) == [_row(number, history) for number in range(1, len(history) + 1)]:
                    return
    except sqlite3.DatabaseError:
        (folder / CHANGES).unlink()
        database = None
    try:
        with _replacing(folder, anew=database is None) as fresh:
            _LogWriter(folder, fresh).follow(history)
    except sqlite3.Error as error:
        raise OSError(0, str(error), str(folder / CHANGES)) from error


def recorded_time(folder: Path, number: int, release: str) -> datetime | None:
    """Return the time that the change log has of a switch to a release, or None if it has none."""
    try:
        database = open_log(folder)
        if database is None:
            return None
        with closing(database):
            row = database.execute(
                "SELECT time FROM switches WHERE number = ? AND release = ?", (number, release)
            ).fetchone()
    except sqlite3.DatabaseError:
        return None
    return datetime.fromisoformat(row[0]) if row else None


def _recorded(database: sqlite3.Connection) -> list[tuple[object, ...]]:
    return database.execute(
        "SELECT number, time, release, before, action, message FROM switches ORDER BY number"
    ).fetchall()


def _row(number: int, history: Sequence[HistoryEntry]) -> tuple[object, ...]:
    """Return the row of a switch, without its detail."""
    entry, before = history[number - 1], history[number - 2].release if number > 1 else None
    return (number, entry.time.isoformat(), entry.release, before, entry.action.value, entry.message)


@contextmanager
def _replacing(folder: Path, *, anew: bool) -> Iterator[sqlite3.Connection]:
    """Yield a connection to a copy of the change log, or to an empty one, which then replaces it."""
    path = folder / CHANGES
    descriptor, name = tempfile.mkstemp(prefix=f".{CHANGES}-", dir=folder)
    draft = Path(name)
    try:
        os.close(descriptor)
        if not anew:
            shutil.copyfile(path, draft)
        with closing(sqlite3.connect(draft, isolation_level=None)) as database:
            # Nobody reads the copy before it is complete and synchronized.
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            if anew:
                database.executescript(_TABLES)
            database.execute("BEGIN")
            yield database
            database.execute("COMMIT")
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.chmod(0o644)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    synchronize_folder(folder)


class _LogWriter:
    """Writes switches with what they have changed, in one transaction."""

    def __init__(self, folder: Path, database: sqlite3.Connection) -> None:
        self._folder = folder
        self._database = database

    def follow(self, history: Sequence[HistoryEntry]) -> None:
        """Remove what is not in the history, and add what is missing."""
        known = _recorded(self._database)
        same = 0
        for row in known[: len(history)]:
            wanted = _row(same + 1, history)
            if row[:4] != wanted[:4]:
                break
            same += 1
            if row != wanted:
                self._database.execute(
                    "UPDATE switches SET action = ?, message = ? WHERE number = ?", (*wanted[4:], same)
                )
        for table, column in (("changes", "switch"), ("counts", "switch"), ("switches", "number")):
            self._database.execute(f"DELETE FROM {table} WHERE {column} > ?", (same,))  # noqa: S608  # constants
        for number in range(same + 1, len(history) + 1):
            self._add(number, history)

    def _add(self, number: int, history: Sequence[HistoryEntry]) -> None:
        after = DescribedRelease.open(self._folder / history[number - 1].release)
        detail, changes = Detail.NONE, list[ThingChange]()
        if after is not None:
            described = self._database.execute(
                "SELECT release FROM switches WHERE detail <> ? ORDER BY number DESC LIMIT 1", (Detail.NONE.value,)
            ).fetchone()
            before = DescribedRelease.open(self._folder / described[0]) if described else None
            last = self._last if described else (lambda _: None)
            if described and before is None:
                detail, changes = Detail.PRESENCE, find_changes(None, after, last, self._present())
            else:
                detail, changes = Detail.WHOLE, find_changes(before, after, last)
        self._database.execute(
            "INSERT INTO switches (number, time, release, before, action, message, detail) VALUES (?,?,?,?,?,?,?)",
            (*_row(number, history), detail.value),
        )
        self._insert(number, changes)

    def _insert(self, number: int, changes: list[ThingChange]) -> None:
        self._database.executemany(
            "INSERT OR IGNORE INTO plans (iri) VALUES (?)", {(each.plan,) for each in changes if each.plan}
        )
        plans: dict[str | None, int] = dict(self._database.execute("SELECT iri, id FROM plans"))
        [(count,)] = self._database.execute("SELECT ifnull(max(sequence), 0) FROM changes")
        self._database.executemany(
            "INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    *(sequence, number, each.iri, each.change.value, each.kind, each.notation),
                    *(orjson.dumps(dict(each.labels)).decode(), plans.get(each.plan)),
                )
                for sequence, each in enumerate(changes, count + 1)
            ),
        )
        self._database.execute(
            "INSERT INTO counts SELECT switch, plan, change, count(*), min(sequence) FROM changes "
            "WHERE switch = ? GROUP BY plan, change",
            (number,),
        )

    def _last(self, iri: str) -> ThingChange | None:
        row = self._database.execute(
            f"SELECT {COLUMNS} FROM {JOINED} WHERE changes.iri = ? ORDER BY sequence DESC LIMIT 1",  # noqa: S608  # constants
            (iri,),
        ).fetchone()
        return None if row is None else thing_change(row)

    def _present(self) -> list[str]:
        """Return the IRIs of all things that are there after the last recorded switch."""
        rows = self._database.execute(
            "SELECT iri FROM (SELECT iri, change, max(sequence) FROM changes GROUP BY iri) WHERE change <> ?",
            (ChangeKind.WITHDRAWN.value,),
        )
        return [iri for (iri,) in rows]
