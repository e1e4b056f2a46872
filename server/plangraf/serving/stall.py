"""The end of connections whose client does not read its answer."""

import asyncio
from collections.abc import Callable

_LEAST_READ = 16 * 1024
"""Bytes that a client has to take of an answer in each period, unless fewer are left."""


class StallWatch:
    """Aborts a connection whose client takes too little of what waits to be sent.

    Args:
        transport: the connection.
        seconds: the period in which the client has to take some of it.
        on_stalled: called with `stalled` when a connection is aborted.
    """

    def __init__(self, transport: asyncio.Transport, seconds: float, on_stalled: Callable[[str], None]) -> None:
        self._transport = transport
        self._seconds = seconds
        self._on_stalled = on_stalled
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Watch, if anything waits to be sent."""
        size = self._transport.get_write_buffer_size()
        if self._timer is None and size:
            self._timer = asyncio.get_running_loop().call_later(self._seconds, self._check, size)

    def end(self) -> None:
        """Stop watching."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _check(self, before: int) -> None:
        self._timer = None
        if self._transport.get_write_buffer_size() > max(0, before - _LEAST_READ):
            self._on_stalled("stalled")
            self._transport.abort()
        else:
            self.begin()
