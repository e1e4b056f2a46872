"""The server's side of a worker process: its stream, its lease and the reason for its end."""

import asyncio
from dataclasses import dataclass
from enum import StrEnum

from plangraf.engine.channel import Channel
from plangraf.engine.schedule import Ticket


class EndReason(StrEnum):
    """The reason why a worker has ended; the values are labels in the metrics."""

    TIME = "time"
    MEMORY = "memory"
    CRASH = "crash"
    RECYCLED = "recycled"
    """The pool replaced a worker that had grown or that ran at low priority."""
    CLIENT_GONE = "gone"
    PREEMPTED = "overload"
    FORK_SERVER_ENDED = "keeper"


@dataclass(eq=False)
class Worker:
    """A worker process of the pool.

    Attributes:
        pid: the process identifier.
        channel: the stream to it.
        ended: a future of the reason, set when the process has ended.
        end_reason: the reason why the server ended it, or None if it did not.
        recycle: whether the pool must replace it after its query, because it runs at low priority or has grown.
    """

    pid: int
    channel: Channel
    ended: asyncio.Future[EndReason]
    end_reason: EndReason | None = None
    recycle: bool = False


@dataclass(eq=False)
class Lease:
    """The assignment of a worker to a query."""

    ticket: Ticket
    worker: Worker
