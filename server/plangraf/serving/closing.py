"""A transport that sends a short answer at once, and closes a connection so that the client can still read it."""

import asyncio
from collections.abc import Callable
from typing import Any

_INTERIM = b"HTTP/1.1 1"
"""The beginning of an interim response, which is sent before the final one."""


class ClosingTransport(asyncio.Transport):
    """Passes everything on to the transport of a connection, except `close`, and the head of a response alone.

    uvicorn closes its connections in many places; the protocol learns of all of them here. It also writes head and
    body of a response one after the other: the head waits for the body, as sending is what costs most of a short
    answer.

    Args:
        transport: the transport of the event loop.
        close: called instead of the transport's own `close`.
        closing: returns whether nothing may be written any more.
    """

    def __init__(self, transport: asyncio.Transport, close: Callable[[], None], closing: Callable[[], bool]) -> None:
        super().__init__()
        self._transport = transport
        self._close = close
        self._closing = closing
        self._head: bytes | None = None

    def expect_head(self) -> None:
        """Treat what is written next as the head of a response, which waits for the first part of its body."""
        self._head = b""

    def flush(self) -> None:
        """Send a head that waits; its response has no body, or will have no more of it."""
        head, self._head = self._head, None
        if head:
            self._transport.write(head)

    def close(self) -> None:
        """Close the connection as the protocol sees fit."""
        self.flush()
        self._close()

    def is_closing(self) -> bool:
        """Return whether the connection takes no more data."""
        return self._closing()

    def write(self, data: "bytes | bytearray | memoryview[Any]") -> None:
        """Send data, in the background."""
        if self._head is None:
            self._transport.write(data)
        elif self._head:
            head, self._head = self._head, None
            self._transport.write(head + data)
        elif data[: len(_INTERIM)] == _INTERIM:
            self._transport.write(data)
        else:
            self._head = bytes(data)

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Return what the transport knows of the connection."""
        return self._transport.get_extra_info(name, default)

    def pause_reading(self) -> None:
        """Leave further data with the system."""
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Read again."""
        self._transport.resume_reading()
