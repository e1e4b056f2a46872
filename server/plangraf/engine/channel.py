"""The server's end of the stream to a worker, which sends and receives whole frames with backpressure."""

import asyncio
from collections import deque
from typing import cast

from plangraf.engine.frames import HEADER, FrameKind, frame

_QUEUED = 4
"""The number of frames that may wait in the queue before the channel pauses reading."""


class ChannelClosed(Exception):  # noqa: N818  # the name states the new state of the channel
    """The stream has ended: the worker has closed its end or has exited."""


class Channel(asyncio.Protocol):
    """Sends and receives frames. Only one task at a time may receive.

    The frames of a short answer arrive together, so the channel wakes the receiver only once for all of them.
    """

    def __init__(self) -> None:
        self._frames: deque[tuple[int, bytes]] = deque()
        self._partial = b""
        self._transport: asyncio.Transport | None = None
        self._receiver: asyncio.Future[None] | None = None
        self._paused = False
        self._closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.ended = False

    def send(self, kind: FrameKind, payload: bytes) -> None:
        """Send a frame, without waiting until the worker has read it; if it has ended, `receive` says so."""
        if self._transport is not None and not self.ended:
            self._transport.write(frame(kind, payload))

    async def receive(self) -> tuple[int, bytes]:
        """Return kind and payload of the next frame.

        Raises:
            ChannelClosed: the stream has ended.
        """
        while not self._frames:
            if self.ended:
                raise ChannelClosed
            self._receiver = asyncio.get_running_loop().create_future()
            try:
                await self._receiver
            finally:
                self._receiver = None
        received = self._frames.popleft()
        if self._paused and not self._frames and self._transport is not None:
            self._paused = False
            self._transport.resume_reading()
        return received

    def close(self) -> None:
        """Close the stream; a task that receives gets `ChannelClosed`."""
        if self._transport is not None:
            self._transport.close()

    async def wait_closed(self) -> None:
        """Wait until the event loop has closed the stream."""
        await self._closed

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Store the transport of the stream."""
        self._transport = cast("asyncio.Transport", transport)  # every event loop has such a transport for a stream

    def data_received(self, data: bytes) -> None:
        """Split the received bytes into frames."""
        data = self._partial + data if self._partial else data
        start = 0
        while len(data) - start >= HEADER.size:
            kind, length = HEADER.unpack_from(data, start)
            end = start + HEADER.size + length
            if len(data) < end:
                break
            self._frames.append((kind, data[start + HEADER.size : end]))
            start = end
        self._partial = data[start:]
        if len(self._frames) >= _QUEUED and not self._paused and self._transport is not None:
            self._paused = True
            self._transport.pause_reading()
        if self._frames:
            self._wake()

    def eof_received(self) -> None:
        """Record that the worker has closed its end."""
        self.ended = True
        self._wake()

    def connection_lost(self, _: Exception | None) -> None:
        """Record that the stream has ended."""
        self.ended = True
        self._wake()
        if not self._closed.done():
            self._closed.set_result(None)

    def _wake(self) -> None:
        if self._receiver is not None and not self._receiver.done():
            self._receiver.set_result(None)
