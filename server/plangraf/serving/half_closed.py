"""Clients that have closed their half of a connection, and may wait for an answer or be gone.

TCP sends the same in both cases. The system of a client that is gone answers data with a reset, that of a client that
waits does not. Before its response has begun, a server may send nothing but an interim response (RFC 9110, section
15.2), so such a client gets `100 Continue` once a second. A client of HTTP/1.0 must not get one (section 15): its
request is answered in any case, within the limits of that.
"""

import asyncio
import select
from collections.abc import Callable

_FIRST, _LATER = 0.1, 1.0
"""Seconds before the first probe, which most answers precede, and before each further one."""
_REPLY = 0.1
"""Seconds between looking for the reply to a probe."""
_INTERIM = b"HTTP/1.1 100 Continue\r\n\r\n"


class HalfClosedWatch:
    """Aborts a connection when the client that has closed its half of it turns out to be gone.

    Args:
        transport: the connection.
        answered: returns whether the response has begun; sending it then shows whether the client is there.
        interim: whether the client may get interim responses.
    """

    def __init__(self, transport: asyncio.Transport, answered: Callable[[], bool], *, interim: bool) -> None:
        self._transport = transport
        self._answered = answered
        self._interim = interim
        self._since_probe = _LATER
        self._loop = asyncio.get_running_loop()
        self._timer = self._loop.call_later(_FIRST, self._check)

    def end(self) -> None:
        """Stop watching."""
        self._timer.cancel()

    def _check(self) -> None:
        if self._answered() or self._transport.is_closing():
            return
        if self._is_reset():
            self._transport.abort()
            return
        if self._interim and self._since_probe >= _LATER:
            self._transport.write(_INTERIM)
            self._since_probe = 0.0
        self._since_probe += _REPLY
        self._timer = self._loop.call_later(_REPLY, self._check)

    def _is_reset(self) -> bool:
        connection = self._transport.get_extra_info("socket")
        if connection is None or connection.fileno() < 0:
            return True
        poll = select.poll()
        poll.register(connection.fileno(), select.POLLIN)
        return any(events & (select.POLLERR | select.POLLHUP) for _, events in poll.poll(0))
