"""The history of a state folder: a file with one line for each switch to a release, oldest first.

The name of a release is a hash of its content, so going back brings an old name again: only the history tells when a
release was current. A line is appended after the switch. If the process ends between the two, the next writer appends
the line that is missing; if it ends within the line, the next writer removes the half of it.
"""

import os
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from plangraf.errors import InputError

HISTORY = "history.jsonl"


class HistoryError(InputError):
    """A history cannot be read, or has a line that is not an entry."""


class Action(StrEnum):
    """The command that switched to a release."""

    BUILD = "build"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    ROLLBACK = "rollback"
    UNRECORDED = "unrecorded"
    """A switch that was found afterwards: the process that made it ended before it could record it."""


class HistoryEntry(BaseModel):
    """A switch to a release.

    Attributes:
        time: when the release became current, in UTC.
        release: the identifier of the release.
        action: the command that switched.
        by: who gave the command; empty if that is not known.
        message: what the operator says about the change; empty if nothing.
    """

    model_config = ConfigDict(frozen=True)

    time: AwareDatetime
    release: str
    action: Action
    by: str = ""
    message: str = ""


def read_history(folder: Path) -> tuple[HistoryEntry, ...]:
    """Return the switches in a state folder, oldest first; a line that has not been written to its end is left out.

    Raises:
        HistoryError: the file cannot be read, or a line is not an entry.
    """
    path = folder / HISTORY
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise HistoryError(f"cannot be read: {error.strerror}", path) from error
    entries = []
    for number, line in enumerate(content[: content.rfind(b"\n") + 1].splitlines(), 1):
        try:
            entries.append(HistoryEntry.model_validate_json(line))
        except ValidationError as error:
            raise HistoryError(
                "is not an entry of a history that this version reads: "
                "restore the file from a backup, or remove the line",
                path,
                number,
            ) from error
    return tuple(entries)


def append_history(folder: Path, entry: HistoryEntry) -> None:
    """Append an entry and have the kernel write it to the disk; the caller holds the lock of the folder.

    Raises:
        OSError: the file cannot be written.
    """
    path = folder / HISTORY
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        os.lseek(descriptor, _end_of_lines(descriptor), os.SEEK_SET)
        os.truncate(descriptor, os.lseek(descriptor, 0, os.SEEK_CUR))
        line = entry.model_dump_json().encode() + b"\n"
        written = 0
        while written < len(line):
            written += os.write(descriptor, line[written:])
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def next_time(entries: tuple[HistoryEntry, ...], now: datetime | None = None) -> datetime:
    """Return the time of the next switch, in whole seconds: now, but always after the last one.

    Clients put the versions of a thing in order by their times, and the dates of HTTP have no fractions.
    """
    now = (now or datetime.now(UTC)).replace(microsecond=0)
    return max(now, entries[-1].time + timedelta(seconds=1)) if entries else now


def _end_of_lines(descriptor: int) -> int:
    """Return the position after the last complete line of a file."""
    end = os.lseek(descriptor, 0, os.SEEK_END)
    while end:
        start = max(0, end - 4096)
        block = os.pread(descriptor, end - start, start)
        place = block.rfind(b"\n")
        if place >= 0:
            return start + place + 1
        end = start
    return 0
