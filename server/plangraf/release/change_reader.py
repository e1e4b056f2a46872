"""The change log as a server reads it: the switches up to the one that made its release the current one."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from plangraf.release.change_log import COLUMNS, JOINED, empty_log, open_log, thing_change
from plangraf.release.changes import ChangeKind, Detail, RecordedSwitch, ThingChange, ThingVersion
from plangraf.release.history import Action

_SWITCH = "number, time, release, before, action, message, detail"
_CHANGES = f"SELECT {COLUMNS} FROM {JOINED}"  # noqa: S608  # constants


@dataclass(frozen=True)
class ChangeCount:
    """How many things of a plan, or of no plan, a switch has changed in one way."""

    plan: str | None
    change: ChangeKind
    things: int


class ChangeReader:
    """The change log as a server of one release sees it, for one thread at a time.

    The log may already have a switch that is about to happen; a server shows it when it serves its release.

    Args:
        folder: the state folder; without a change log, there is one switch, of which nothing is known.
        release: the release that is served.
        built: when it was built.

    Attributes:
        recorded: whether there is a change log.
    """

    def __init__(self, folder: Path, release: str, built: datetime) -> None:
        try:
            database = open_log(folder)
        except sqlite3.DatabaseError:
            database = None
        self.recorded = database is not None
        self._database = database or empty_log()
        if database is None:
            row = (1, built.isoformat(), release, None, Action.BUILD.value, "", Detail.NONE.value)
            self._database.execute("INSERT INTO switches VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        [(own, last)] = self._all("SELECT max(number) FILTER (WHERE release = ?), max(number) FROM switches", release)
        self._switch = own or last or 0
        [(self._sequence,)] = self._all(
            "SELECT ifnull(max(sequence), 0) FROM changes WHERE switch <= ?", self._switch
        )

    @property
    def last(self) -> int:
        """The sequence number of the last change; 0 if there is none."""
        return int(self._sequence)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def switch(self, number: int) -> RecordedSwitch | None:
        """Return a switch by its number, or None if there is none."""
        found = self._switches("WHERE number = ? AND number <= ?", number, self._switch)
        return found[0] if found else None

    def switches(self, first: int, most: int, plan: str | None = None) -> list[RecordedSwitch]:
        """Return switches, the newest first.

        Args:
            first: the number of newer ones to leave out.
            most: the maximum number.
            plan: the IRI of a plan, for switches that have changed something in it.
        """
        where, values = self._where(plan)
        return self._switches(f"{where} ORDER BY number DESC LIMIT ? OFFSET ?", *values, most, first)

    def count_switches(self, plan: str | None = None) -> int:
        """Return the number of switches, or of those that have changed something in a plan."""
        where, values = self._where(plan)
        [(count,)] = self._all(f"SELECT count(*) FROM switches {where}", *values)  # noqa: S608  # constants
        return int(count)

    def counts(self, number: int) -> list[ChangeCount]:
        """Return how many things a switch has changed in each plan and way, in the order of the changes."""
        rows = self._all(
            "SELECT plans.iri, change, things FROM counts LEFT JOIN plans ON plans.id = counts.plan "
            "WHERE switch = ? AND switch <= ? ORDER BY first",
            *(number, self._switch),
        )
        return [ChangeCount(plan, ChangeKind(change), count) for plan, change, count in rows]

    def of_switch(self, number: int, first: int, most: int) -> list[ThingChange]:
        """Return the changes of a switch in their order, without the first ones."""
        [(start, count)] = self._all("SELECT min(first), sum(things) FROM counts WHERE switch = ?", number)
        if start is None:
            return []
        return self.between(start + first, start + min(count, first + most) - 1)

    def in_plan(self, number: int, plan: str | None, most: int) -> list[ThingChange]:
        """Return the first changes of a switch in a plan, or of what belongs to no plan."""
        return self._changes(
            "WHERE switch = ? AND changes.plan IS (SELECT id FROM plans WHERE iri = ?) ORDER BY sequence LIMIT ?",
            *(number, plan, most),
        )

    def newest(self, first: int, most: int, plan: str | None = None) -> list[ThingChange]:
        """Return changes, the newest first; the arguments are as for `switches`."""
        if plan is None:
            return self._changes(
                "WHERE sequence <= ? ORDER BY sequence DESC LIMIT ?", max(0, self._sequence - first), most
            )
        return self._changes(
            "WHERE changes.plan = (SELECT id FROM plans WHERE iri = ?) AND sequence <= ? "
            "ORDER BY sequence DESC LIMIT ? OFFSET ?",
            *(plan, self._sequence, most, first),
        )

    def count_changes(self, plan: str) -> int:
        """Return the number of changes in a plan."""
        [(count,)] = self._all(
            "SELECT ifnull(sum(things), 0) FROM counts WHERE plan = (SELECT id FROM plans WHERE iri = ?) "
            "AND switch <= ?",
            *(plan, self._switch),
        )
        return int(count)

    def between(self, first: int, last: int) -> list[ThingChange]:
        """Return the changes with the sequence numbers from `first` to `last`."""
        return self._changes("WHERE sequence BETWEEN ? AND ? ORDER BY sequence", first, min(last, self._sequence))

    def time_of(self, sequence: int) -> datetime | None:
        """Return the time of the change with a sequence number, or None if there is none."""
        rows = self._all(
            "SELECT time FROM changes JOIN switches ON switches.number = changes.switch WHERE sequence = ?",
            min(sequence, self._sequence + 1),
        )
        return datetime.fromisoformat(rows[0][0]) if rows and sequence <= self._sequence else None

    def versions(self, iri: str, most: int) -> list[ThingVersion]:
        """Return the versions of a thing, the newest first: the switches at which it changed."""
        rows = self._all(
            f"SELECT {_SWITCH}, change FROM changes JOIN switches ON number = switch "  # noqa: S608  # constants
            "WHERE iri = ? AND sequence <= ? ORDER BY sequence DESC LIMIT ?",
            *(iri, self._sequence, most),
        )
        return [ThingVersion(_recorded_switch(row[:-1]), ChangeKind(row[-1])) for row in rows]

    def last_change(self, iri: str) -> ThingChange | None:
        """Return the last change of a thing, which has its names, or None if it has never been described."""
        found = self._changes(
            "WHERE changes.iri = ? AND sequence <= ? ORDER BY sequence DESC LIMIT 1", iri, self._sequence
        )
        return found[0] if found else None

    def plans(self) -> list[ThingChange]:
        """Return the last change of each plan that there has been, sorted by IRI."""
        plans = self._all("SELECT iri FROM plans ORDER BY iri")
        return [change for (iri,) in plans if (change := self.last_change(iri)) is not None]

    def has_plan(self, iri: str) -> bool:
        """Return whether there has been a plan with this IRI."""
        return bool(self.count_switches(iri))

    def _where(self, plan: str | None) -> tuple[str, tuple[object, ...]]:
        if plan is None:
            return "WHERE number <= ?", (self._switch,)
        among = "SELECT switch FROM counts WHERE plan = (SELECT id FROM plans WHERE iri = ?)"
        return f"WHERE number <= ? AND number IN ({among})", (self._switch, plan)

    def _switches(self, rest: str, *values: object) -> list[RecordedSwitch]:
        return [_recorded_switch(row) for row in self._all(f"SELECT {_SWITCH} FROM switches {rest}", *values)]  # noqa: S608  # constants

    def _changes(self, rest: str, *values: object) -> list[ThingChange]:
        return [thing_change(row) for row in self._database.execute(f"{_CHANGES} {rest}", values)]

    def _all(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return self._database.execute(statement, values).fetchall()


def _recorded_switch(row: tuple[Any, ...]) -> RecordedSwitch:
    number, time, release, before, action, message, detail = row
    return RecordedSwitch(
        number, datetime.fromisoformat(time), release, before, Action(action), message, Detail(detail)
    )
