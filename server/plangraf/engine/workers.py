"""A worker as the front knows it."""

import asyncio
from dataclasses import dataclass

from plangraf.engine.channel import Channel
from plangraf.engine.schedule import Ticket


@dataclass(eq=False)
class Worker:
    """A worker process and the stream to it.

    Attributes:
        pid: its process.
        channel: the stream to it.
        ended: becomes the reason when it has ended.
        sentence: why we have ended it, if we have.
        spent: whether it is to make place for a fresh one: it has been put behind others, or has grown.
    """

    pid: int
    channel: Channel
    ended: asyncio.Future[str]
    sentence: str | None = None
    spent: bool = False


@dataclass(eq=False)
class Lease:
    """A worker lent to a query."""

    ticket: Ticket
    worker: Worker
