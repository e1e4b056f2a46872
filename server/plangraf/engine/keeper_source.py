"""Where a pool gets a keeper from: one of its own, or those that the supervisor of the server passes on."""

import asyncio
import logging
import socket
from time import monotonic
from typing import Protocol

from plangraf.engine.backoff import Backoff
from plangraf.engine.errors import EngineUnavailable
from plangraf.engine.keeper_process import KeeperProcess
from plangraf.engine.limits import Limits
from plangraf.engine.store_location import StoreLocation

_log = logging.getLogger(__name__)


class KeeperSource(Protocol):
    """Connects a pool to keepers of one release, one after the other."""

    async def connect(self) -> socket.socket:
        """Wait until there is a keeper, and return a socket to it.

        Raises:
            EngineUnavailable: there will be no keeper, because the release cannot be loaded.
        """

    async def close(self) -> None:
        """End what the source has started, after the pool has closed its socket."""


class OwnKeeper:
    """A keeper that this process starts, and starts again when it has ended, with increasing delays."""

    def __init__(self, location: StoreLocation, limits: Limits) -> None:
        self._location = location
        self._limits = limits
        self._backoff = Backoff()
        self._process: KeeperProcess | None = None
        self._was_ready = False

    async def connect(self) -> socket.socket:
        """Start a keeper; the first one must be able to load the release."""
        if self._process is not None:
            process, self._process = self._process, None
            process.receive()
            process.kill()
            await asyncio.to_thread(process.wait)
            self._was_ready = self._was_ready or process.ready
            if not self._was_ready:
                _log.error("the keeper cannot load the release: %s", process.failure or "it has ended")
                raise EngineUnavailable
        while True:
            await asyncio.sleep(self._backoff.due(monotonic()) - monotonic())
            self._backoff.start(monotonic())
            try:
                self._process = KeeperProcess.start(self._location, self._limits)
                return self._process.attach()
            except OSError as error:
                _log.error("the keeper cannot be started, and will be tried again: %s", error)

    async def close(self) -> None:
        """End the keeper."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            await asyncio.to_thread(process.wait)


class PassedKeepers:
    """Keepers that another process owns and passes on."""

    def __init__(self) -> None:
        self._sockets: asyncio.Queue[socket.socket] = asyncio.Queue()

    def put(self, stream: socket.socket) -> None:
        """Pass on the socket to a keeper; an older one that no pool has taken is closed."""
        while not self._sockets.empty():
            self._sockets.get_nowait().close()
        self._sockets.put_nowait(stream)

    async def connect(self) -> socket.socket:
        """Wait for the next socket."""
        return await self._sockets.get()

    async def close(self) -> None:
        """Close the sockets that no pool has taken."""
        while not self._sockets.empty():
            self._sockets.get_nowait().close()
