"""Stop work when the client that it is for has gone."""

import asyncio
from collections.abc import Awaitable

from starlette.types import Receive

_GRACE = 0.02
"""Seconds of work before the client is watched: watching costs more than most answers, which are there by then."""


async def unless_gone(receive: Receive, work: Awaitable[None]) -> bool:
    """Do some work, but stop it when the client goes. Return whether it has gone.

    Args:
        receive: of the request, whose body has been read.
        work: is cancelled when the client goes.
    """
    watch = _Watch(receive)
    try:
        await work
    except asyncio.CancelledError:
        if not watch.gone:
            raise
        watch.task.uncancel()
        return True
    finally:
        watch.end()
    return False


class _Watch:
    """Watches a client after some grace, and cancels the current task when the client goes."""

    def __init__(self, receive: Receive) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # requests are answered in tasks
        self.task = task
        self.gone = False
        self._receive = receive
        self._watching: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(_GRACE, self._begin)

    def end(self) -> None:
        """Watch no longer."""
        self._timer.cancel()
        if self._watching is not None:
            self._watching.cancel()

    def _begin(self) -> None:
        self._watching = asyncio.get_running_loop().create_task(self._wait())

    async def _wait(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.gone = True
        self.task.cancel()
