"""A worker process as the server sees it."""

import asyncio
from dataclasses import dataclass
from enum import StrEnum

from plangraf.engine.channel import Channel
from plangraf.engine.schedule import Ticket


class EndReason(StrEnum):
    """Why a worker has ended; the values are labels in the metrics."""

    TIME = "time"
    MEMORY = "memory"
    CRASH = "crash"
    RECYCLED = "recycled"
    """It had grown or run at low priority, and made place for a fresh one."""
    CLIENT_GONE = "gone"
    PREEMPTED = "overload"
    FORK_SERVER_ENDED = "keeper"


@dataclass(eq=False)
class Worker:
    """A worker process and the stream to it.

    Attributes:
        pid: the process.
        channel: the stream to it.
        ended: a future of the reason, set when the process has ended.
        end_reason: why the server ended it; None while it has not.
        recycle: whether it is to be replaced after its query: it runs at low priority, or has grown.
    """

    pid: int
    channel: Channel
    ended: asyncio.Future[EndReason]
    end_reason: EndReason | None = None
    recycle: bool = False


@dataclass(eq=False)
class Lease:
    """A worker that evaluates a query."""

    ticket: Ticket
    worker: Worker
