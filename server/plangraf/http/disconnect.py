"""Cancellation of work whose client has disconnected."""

import asyncio
from collections.abc import Awaitable

from starlette.types import Receive

_GRACE = 0.02
"""Seconds before listening for a disconnect starts; most answers are ready by then, and listening costs more."""


async def unless_gone(receive: Receive, work: Awaitable[None]) -> bool:
    """Await `work`, and cancel it if the client disconnects. Return whether the client has disconnected.

    Args:
        receive: the ASGI channel of the request, whose body must have been read.
        work: the work to await.

    Raises:
        Exception: the exception of `work`.
        CancelledError: the server, not a disconnect, cancelled the task.
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
    """Listens for a disconnect after the grace period, and then cancels the task that created it."""

    def __init__(self, receive: Receive) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # requests are answered in tasks
        self.task = task
        self.gone = False
        self._receive = receive
        self._watching: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(_GRACE, self._begin)

    def end(self) -> None:
        """Stop listening."""
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
