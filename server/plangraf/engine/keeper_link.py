"""The pool's end of the socket to its keeper, on the event loop."""

import asyncio
import socket
from collections.abc import Callable

import orjson

_AGAIN = 0.1
"""The delay, in seconds, before a message is sent again to a keeper that does not read."""


class KeeperLink:
    """A connection to a keeper.

    Args:
        stream: the socket.
        on_message: called with each message and the descriptors in it.
        on_end: called when the keeper has ended, unless the link has been closed.
    """

    def __init__(
        self,
        stream: socket.socket,
        on_message: Callable[[dict[str, int], list[int]], None],
        on_end: Callable[[], None],
    ) -> None:
        self._stream: socket.socket | None = stream
        self._on_message = on_message
        self._on_end = on_end
        stream.setblocking(False)
        asyncio.get_running_loop().add_reader(stream, self._receive)

    def send(self, message: dict[str, int]) -> None:
        """Send a message, later if the keeper has not read the ones before; nothing happens if it has ended."""
        if self._stream is None:
            return
        try:
            self._stream.send(orjson.dumps(message))
        except BlockingIOError:
            asyncio.get_running_loop().call_later(_AGAIN, self.send, message)
        except (BrokenPipeError, ConnectionResetError):
            return

    def close(self) -> None:
        """Close the socket, so that the keeper ends the pool's workers."""
        if self._stream is not None:
            asyncio.get_running_loop().remove_reader(self._stream)
            self._stream.close()
            self._stream = None

    def _receive(self) -> None:
        while self._stream is not None:
            try:
                data, descriptors, _, _ = socket.recv_fds(self._stream, 4096, 1)
            except BlockingIOError:
                return
            except ConnectionResetError:
                data, descriptors = b"", []
            if not data:
                self.close()
                self._on_end()
                return
            self._on_message(orjson.loads(data), descriptors)
