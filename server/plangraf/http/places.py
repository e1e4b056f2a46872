"""Places for work that is limited as a whole and for each client, with turns that are fair between clients."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from plangraf.engine.errors import Overloaded
from plangraf.errors import TooManyRequests
from plangraf.languages import N_

_RETRY = 1


@dataclass(frozen=True)
class PlaceLimits:
    """The limits of places.

    Attributes:
        total: the number of places.
        client: the number of places that one client may have at once.
        client_waiting: the number of requests of one client that may wait for a place.
        waiting: the number of requests of all clients that may wait.
        longest_wait: the time in seconds after which a waiting request is refused.
    """

    total: int
    client: int
    client_waiting: int = 100
    waiting: int = 1000
    longest_wait: float = 30.0


@dataclass(eq=False)
class _Turn:
    client: str
    granted: asyncio.Future[None]


class Places:
    """Places that requests hold while they are worked on.

    A free place goes to the client that has the fewest, and among those to the one that has waited longest. So the
    first request of one client comes before the second of another.
    """

    def __init__(self, limits: PlaceLimits) -> None:
        self._limits = limits
        self._held: Counter[str] = Counter()
        self._waiting: list[_Turn] = []

    @property
    def held(self) -> int:
        """The number of places that are taken."""
        return self._held.total()

    @asynccontextmanager
    async def hold(self, client: str) -> AsyncIterator[None]:
        """Hold a place for a request of `client`.

        Raises:
            TooManyRequests: too many requests of the client wait.
            Overloaded: too many requests of all clients wait, or this one has waited too long.
        """
        await self._take(client)
        try:
            yield
        finally:
            self._give_back(client)

    async def _take(self, client: str) -> None:
        if sum(turn.client == client for turn in self._waiting) >= self._limits.client_waiting:
            raise TooManyRequests(
                N_(
                    "You have {running} requests that are worked on and {waiting} waiting; ask again when some are "
                    "done."
                ),
                running=self._limits.client,
                waiting=self._limits.client_waiting,
                retry_after=_RETRY,
            )
        if len(self._waiting) >= self._limits.waiting:
            raise Overloaded
        turn = _Turn(client, asyncio.get_running_loop().create_future())
        self._waiting.append(turn)
        self._grant()
        try:
            async with asyncio.timeout(self._limits.longest_wait):
                await turn.granted
        except BaseException as error:
            if turn.granted.done() and not turn.granted.cancelled():
                self._give_back(client)  # the place was granted just before the cancellation
            else:
                self._waiting.remove(turn)
            if isinstance(error, TimeoutError):
                raise Overloaded from None
            raise

    def _give_back(self, client: str) -> None:
        self._held[client] -= 1
        if not self._held[client]:
            del self._held[client]
        self._grant()

    def _grant(self) -> None:
        while self.held < self._limits.total:
            ready = [
                turn
                for turn in self._waiting
                if self._held[turn.client] < self._limits.client and not turn.granted.done()
            ]
            if not ready:
                return
            turn = min(ready, key=lambda turn: self._held[turn.client])
            self._waiting.remove(turn)
            self._held[turn.client] += 1
            turn.granted.set_result(None)
