"""HTTP/1.1 of a front: uvicorn's protocol with limits on what a client may send, and on the time that it may take."""

import asyncio
from asyncio import TimerHandle
from collections.abc import Callable
from functools import partial
from typing import Any

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from plangraf.errors import RequestError, RequestTimeout, TooManyConnections
from plangraf.languages import N_
from plangraf.serving.closing import ClosingTransport
from plangraf.serving.connections import Connections
from plangraf.serving.framing import RequestFraming
from plangraf.serving.half_closed import HalfClosedWatch
from plangraf.serving.header import header_error, invalid
from plangraf.serving.pace import BodyPace
from plangraf.serving.refusal import refusal
from plangraf.serving.stall import StallWatch

_HELD = 64 * 1024
"""Bytes of further requests that a connection holds while one is being answered, before it stops reading."""
_DISCARDED = 32 * 1024 * 1024
"""Bytes that a closing connection reads and discards; more than an upload may have."""


class LimitedProtocol(HttpToolsProtocol):
    """A connection whose requests are counted before they are parsed, and answered one at a time.

    Attributes:
        open: the open connections of this process and their limits, which `limited_protocol` sets.
    """

    open: Connections

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._framing = RequestFraming()
        self._socket: asyncio.Transport | None = None
        self._held = b""
        self._in_body = self._answering = False  # neither: a header is expected
        self._keep_alive = True
        self._error: RequestError | None = None
        self._ended = self._refused = self._lingering = False
        self._discarded = 0
        self._timer: TimerHandle | None = None  # of the header or the body
        self._stall: StallWatch | None = None
        self._half_closed: HalfClosedWatch | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Take the connection in, or refuse it."""
        self._socket = transport
        self._stall = StallWatch(transport, self.open.limits.stall_seconds, self.open.on_refused)
        self._sending = ClosingTransport(transport, self._close, self._is_closing)
        super().connection_made(self._sending)
        client = self.open.client(self.client[0] if self.client else None)
        if self.open.admit(self, client):
            self._timer = self.loop.call_later(self.open.limits.header_seconds, self._header_is_late)
        elif self.open.refuse(self):
            self._refuse(TooManyConnections(N_("All connections are in use; try again in a moment.")))
        else:
            self.open.on_refused("too-many-connections")
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self.open.remove(self)
        self._set_timer(None)
        for watch in (self._stall, self._half_closed):
            if watch is not None:
                watch.end()
        super().connection_lost(exc)

    def eof_received(self) -> bool:  # type: ignore[override]  # asyncio: true keeps the connection open
        """Note that the client sends no more, and return whether it still has an answer to get."""
        self._ended = True
        if not self._answering or self._lingering:
            return False
        if not self._held and not self.cycle.response_started:
            self.cycle.keep_alive = False
        if self._socket is not None:
            cycle = self.cycle
            interim = cycle.scope["http_version"] == "1.1"
            self._half_closed = HalfClosedWatch(self._socket, lambda: cycle.response_started, interim=interim)
        return True

    def data_received(self, data: bytes) -> None:
        """Parse what may be parsed now, and hold the rest until the current request is answered."""
        if self._is_closing():
            self._discard(len(data))
        elif self._answering:
            self._held += data
            if len(self._held) > _HELD:
                self.flow.pause_reading()
        else:
            self._parse(data)

    def on_message_begin(self) -> None:
        """Begin a request, which must begin where the framing expects it."""
        if self._in_body or self._answering:
            self._error = invalid()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Check the header, and have the request answered."""
        self._error = self._error or header_error(self.parser.get_http_version(), self.headers)
        if self._error is not None:
            return
        self._set_timer(None)
        self._sending.expect_head()
        super().on_headers_complete()
        self.open.works(self)
        self._begin_body()

    def on_message_complete(self) -> None:
        """Note that the request has arrived."""
        if self._error is not None:
            return
        super().on_message_complete()
        self._in_body, self._answering = False, True
        self._set_timer(None)
        if not self.cycle.response_started:
            self.cycle.keep_alive = self._keep_alive

    def on_response_complete(self) -> None:
        """Close the connection, or turn to the next request."""
        self._sending.flush()
        super().on_response_complete()
        if self._is_closing():
            return
        if not self._answering or (self._ended and not self._held):
            self.transport.close()
            return
        self._answering = False
        self._framing.begin()
        self.open.waits(self)
        held, self._held = self._held, b""
        if held:
            self._parse(held)
        if self._ended and not self._answering and not self._is_closing():
            self.transport.close()

    def pause_writing(self) -> None:
        """Wait until the client reads, but not for ever."""
        super().pause_writing()
        if self._stall is not None:
            self._stall.begin()

    def resume_writing(self) -> None:
        """Send more of the answer."""
        super().resume_writing()
        if self._stall is not None and not self._is_closing():
            self._stall.end()

    def shutdown(self) -> None:
        """Close the connection, after the answer to the current request if there is one."""
        self._keep_alive = False
        super().shutdown()

    def make_room(self) -> None:
        """Close the connection, on which no request is being answered, in favour of another."""
        self.open.on_refused("evicted")
        if self._socket is not None:
            self._socket.close()

    def _should_upgrade(self) -> bool:
        return False  # no other protocol is spoken here, so the request is answered as if it had not asked

    def _parse(self, data: bytes) -> None:
        position = 0
        if not self._in_body and not self._framing.started:
            position = len(data) - len(data.lstrip(b"\r\n"))  # empty lines before a request (RFC 9112, section 2.2)
            if position == len(data):
                return
        self._unset_keepalive_if_required()
        try:
            while position < len(data) and not self._answering:
                end = (
                    self._framing.body_end(data, position)
                    if self._in_body
                    else self._framing.header_end(data, position)
                )
                self.parser.feed_data(data[position:end])
                position = end
                if self._error is not None or (self._in_body and self._framing.body_is_due):
                    raise self._error or invalid()
        except RequestError as error:
            self._refuse(error)
        except httptools.HttpParserUpgrade:
            self._answer_without_upgrade()
        except httptools.HttpParserError:
            self._refuse(self._error or invalid())
        else:
            self._held = data[position:]
            if self._framing.started and not self._in_body and not self._answering and self._timer is None:
                self._set_timer(self.open.limits.header_seconds, self._header_is_late)

    def _answer_without_upgrade(self) -> None:
        """Answer a request for another protocol in HTTP/1.1; the parser reads nothing behind it."""
        if self._error is not None or self.cycle is None or not (self._in_body or self._answering):
            self._refuse(self._error or invalid())
            return
        self._keep_alive = False
        self.on_message_complete()

    def _begin_body(self) -> None:
        """Expect the body, before whose end no answer leaves the connection open."""
        fields = dict(self.headers)
        chunked = b"transfer-encoding" in fields
        length = 0 if chunked else int(fields.get(b"content-length", b"0"))
        self._in_body = True  # also of no bytes: the parser then completes the request at once
        self._framing.begin_body(None if chunked else length)
        self._keep_alive = self._keep_alive and self.cycle.keep_alive
        if chunked or length:
            self.cycle.keep_alive = False
            pace = BodyPace(self.open.limits.body_seconds, self.open.limits.body_rate)
            self._set_timer(pace.step, partial(self._check_body, pace))

    def _check_body(self, pace: BodyPace) -> None:
        waiting = self.flow.read_paused or self.cycle.waiting_for_100_continue
        late = pace.check(self._framing.body_bytes, counted=not waiting)
        if late is not None:
            self._refuse(late)
        else:
            self._set_timer(pace.step, partial(self._check_body, pace))

    def _header_is_late(self) -> None:
        if self._framing.started:
            self._refuse(
                RequestTimeout(
                    N_("The header of a request must arrive within {seconds} seconds."),
                    seconds=self.open.limits.header_seconds,
                )
            )
        else:
            self.transport.close()

    def _set_timer(self, seconds: float | None, then: Callable[[], None] | None = None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self.loop.call_later(seconds, then) if seconds is not None and then is not None else None

    def _refuse(self, error: RequestError) -> None:
        """Answer with a problem document and close the connection; cut an answer that has begun."""
        body_due = self.cycle is not None and not self.cycle.response_complete
        document = refusal(error, self.server_state.default_headers)
        self.open.on_refused(document.kind)
        self.open.works(self)
        self._set_timer(None)
        self._unset_keepalive_if_required()
        self._refused = True
        if body_due:
            begun = self.cycle.response_started
            self.cycle.disconnected = True
            self.cycle.message_event.set()
            if begun and self._socket is not None:
                self._socket.abort()
                return
        self.transport.write(document.answer)
        self.transport.close()

    def _is_closing(self) -> bool:
        return self._lingering or self._socket is None or self._socket.is_closing()

    def _close(self) -> None:
        """Close the connection; what the client is still sending is read for a while, so that no reset follows."""
        if self._is_closing() or self._socket is None:
            return
        self._set_timer(None)
        if (self._refused or self._in_body) and not self._ended:
            self._lingering = True
            self.flow.resume_reading()
            self._socket.write_eof()
            self._timer = self.loop.call_later(self.open.limits.linger_seconds, self._socket.close)
        else:
            self._socket.close()
        if self._stall is not None:
            self._stall.begin()

    def _discard(self, size: int) -> None:
        self._discarded += size
        if self._discarded > _DISCARDED and self._socket is not None:
            self._socket.abort()


def limited_protocol(connections: Connections) -> type[HttpToolsProtocol]:
    """Return a protocol for `uvicorn.Config(http=...)` whose connections are counted among `connections`."""

    class Limited(LimitedProtocol):
        open = connections

    return Limited
