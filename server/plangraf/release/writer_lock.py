"""The lock of a state folder: one process at a time changes it.

The kernel releases the lock when its process ends, in whatever way. The lock file tells who holds it.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from plangraf.errors import InputError, StateLockedError

LOCK = "lock"
_LOOK = 0.05
"""The time in seconds between two attempts to get the lock."""


class LockHolder(BaseModel):
    """The process that holds the lock of a state folder.

    Attributes:
        command: the command that it runs.
        process: its number.
        started: when it took the lock, in UTC.
    """

    model_config = ConfigDict(frozen=True)

    command: str
    process: int
    started: AwareDatetime


@contextmanager
def writer_lock(folder: Path, command: str, patience: float = 0.0) -> Iterator[None]:
    """Hold the lock of a state folder, which is created if necessary.

    Args:
        folder: the state folder.
        command: the command, for the message to others.
        patience: the time in seconds to wait for another process.

    Raises:
        InputError: the folder cannot be written.
        StateLockedError: another process holds the lock.
    """
    path = folder / LOCK
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", path) from error
    try:
        until = time.monotonic() + patience
        while not _locked(descriptor):
            if time.monotonic() >= until:
                raise StateLockedError(folder, _describe(path))
            time.sleep(_LOOK)
        holder = LockHolder(command=command, process=os.getpid(), started=datetime.now(UTC).replace(microsecond=0))
        try:
            os.truncate(descriptor, 0)
            os.pwrite(descriptor, holder.model_dump_json().encode() + b"\n", 0)
        except OSError as error:
            raise InputError(f"cannot be written: {error.strerror}", path) from error
        yield
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _describe(path: Path) -> str:
    """Describe the holder of the lock; it may be about to say who it is."""
    try:
        holder = LockHolder.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return "another process"
    return f"plangraf {holder.command} (process {holder.process}, since {holder.started:%Y-%m-%d %H:%M:%S} UTC)"
