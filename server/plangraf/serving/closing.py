"""A transport that closes a connection so that the client can still read the answer."""

import asyncio
from collections.abc import Callable
from typing import Any


class ClosingTransport(asyncio.Transport):
    """Passes everything on to the transport of a connection, except `close`.

    uvicorn closes its connections in many places; the protocol learns of all of them here.

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

    def close(self) -> None:
        """Close the connection as the protocol sees fit."""
        self._close()

    def is_closing(self) -> bool:
        """Return whether the connection takes no more data."""
        return self._closing()

    def write(self, data: "bytes | bytearray | memoryview[Any]") -> None:
        """Send data, in the background."""
        self._transport.write(data)

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Return what the transport knows of the connection."""
        return self._transport.get_extra_info(name, default)

    def pause_reading(self) -> None:
        """Leave further data with the system."""
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Read again."""
        self._transport.resume_reading()
