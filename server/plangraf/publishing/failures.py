"""Requests with a wrong token: each further one of a client is answered later."""

import asyncio
from collections import Counter

from cachetools import TTLCache

from plangraf.errors import TooManyRequests
from plangraf.languages import N_

_REMEMBERED = 900.0
"""The time in seconds after which the failures of a client are forgotten."""
_CLIENTS = 10_000
_FIRST = 0.25
"""The delay of the first answer, in seconds; each further one takes twice as long."""
_LONGEST = 8.0
_WAITING = 4
"""The number of answers to one client that are delayed at once; further ones are refused."""


class Failures:
    """Counts the wrong tokens of each client, and delays the answers; a right token is never delayed.

    Args:
        first: the delay of the first answer, in seconds.
    """

    def __init__(self, first: float = _FIRST) -> None:
        self._first = first
        self._counts: TTLCache[str, int] = TTLCache(_CLIENTS, _REMEMBERED)
        self._waiting: Counter[str] = Counter()

    def delay(self, client: str) -> float:
        """Return the delay of the next answer to a client with a wrong token, in seconds."""
        return min(self._first * 2.0 ** min(self._counts.get(client, 0), 10), _LONGEST)

    async def slow(self, client: str) -> None:
        """Count a wrong token of a client, and wait.

        Raises:
            TooManyRequests: other answers to the client are being delayed.
        """
        delay = self.delay(client)
        self._counts[client] = self._counts.get(client, 0) + 1
        if self._waiting[client] >= _WAITING:
            raise TooManyRequests(
                N_("Too many requests with a wrong token; send the right one."), retry_after=int(_LONGEST)
            )
        self._waiting[client] += 1
        try:
            await asyncio.sleep(delay)
        finally:
            self._waiting[client] -= 1
            self._waiting += Counter()  # drop clients that wait for nothing
