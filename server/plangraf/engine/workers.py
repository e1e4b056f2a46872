"""A worker as the front knows it."""

import asyncio
import signal
from dataclasses import dataclass

from plangraf.engine.limits import EXIT_MEMORY
from plangraf.engine.schedule import Ticket


@dataclass(eq=False)
class Worker:
    """A worker process and the stream to it.

    Attributes:
        pid: its process.
        reader: what it says.
        writer: what it is told.
        ended: becomes the reason when it has ended.
        sentence: why we have ended it, if we have.
        long: whether it has run a long query, and is to make place for a fresh one.
    """

    pid: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    ended: asyncio.Future[str]
    sentence: str | None = None
    long: bool = False


@dataclass(eq=False)
class Lease:
    """A worker lent to a query."""

    ticket: Ticket
    worker: Worker


def reason_of(code: int) -> str:
    """Return why a process has ended, from its exit code (negative for a signal)."""
    if code == -signal.SIGALRM:
        return "time"
    if code in (-signal.SIGABRT, EXIT_MEMORY):
        return "memory"
    return "worn" if code == 0 else "crash"
