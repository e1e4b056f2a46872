"""Single flight: concurrent calls for one key share one computation, whose result may be cached.

Each computation runs in its own task, which all callers await. The cancellation of one caller does not affect the
others; when all callers are cancelled, the task is cancelled too. An exception is raised in all waiting callers and
is never cached.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Hashable
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from cachetools import LRUCache

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass
class _Flight(Generic[V]):
    task: asyncio.Task[V]
    waiting: int = 0
    received: bool = False


class SingleFlight(Generic[K, V]):
    """Coalesces concurrent computations by key, without a cache.

    Args:
        discard: frees a result that no caller has received, because all left when it was ready.
    """

    def __init__(self, discard: Callable[[V], Coroutine[Any, Any, None]] | None = None) -> None:
        self._flights: dict[K, _Flight[V]] = {}
        self._discard = discard
        self._discarding: set[asyncio.Task[None]] = set()

    async def do(self, key: K, make: Callable[[], Awaitable[V]]) -> V:
        """Return the result of `make`, which is called unless a computation for `key` is running.

        Raises:
            Exception: the exception of `make`, in all waiting callers.
        """
        flight = self._flights.get(key)
        if flight is None or flight.task.done():
            flight = self._flights[key] = _Flight(asyncio.create_task(_awaited(make)))
            flight.task.add_done_callback(partial(self._land, key, flight))
        flight.waiting += 1
        try:
            result = await asyncio.shield(flight.task)
            flight.received = True
            return result
        finally:
            flight.waiting -= 1
            if not flight.waiting and not flight.task.done():
                self._forget(key, flight.task)
                flight.task.cancel()
            self._discard_unreceived(flight)

    async def close(self) -> None:
        """Cancel all computations, and wait until they have ended."""
        tasks = [flight.task for flight in self._flights.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, *self._discarding, return_exceptions=True)

    def _land(self, key: K, flight: _Flight[V], task: asyncio.Task[V]) -> None:
        self._forget(key, task)
        if not task.cancelled():
            task.exception()  # mark it as retrieved, because all callers may have been cancelled
        self._discard_unreceived(flight)

    def _discard_unreceived(self, flight: _Flight[V]) -> None:
        """Discard a result, once, if all callers were cancelled before they received it."""
        task = flight.task
        ready = task.done() and not task.cancelled() and task.exception() is None
        if self._discard is not None and ready and not flight.waiting and not flight.received:
            flight.received = True
            discarding = asyncio.create_task(self._discard(task.result()))
            self._discarding.add(discarding)
            discarding.add_done_callback(self._discarding.discard)

    def _forget(self, key: K, task: asyncio.Task[V]) -> None:
        flight = self._flights.get(key)
        if flight is not None and flight.task is task:
            del self._flights[key]


async def _awaited(make: Callable[[], Awaitable[V]]) -> V:
    return await make()


@dataclass(frozen=True, slots=True)
class _Entry(Generic[V]):
    value: V
    weight: int


def _one(_: object, __: object) -> int:
    return 1


class OnceCache(Generic[K, V]):
    """A least-recently-used cache with single flight.

    Args:
        capacity: the maximum total weight of the entries.
        weigh: returns the weight of an entry; by default each weighs 1, so the capacity is a number of entries.
        largest: the maximum weight of a cached entry; by default an entry may fill the cache.
    """

    def __init__(self, capacity: int, weigh: Callable[[K, V], int] = _one, *, largest: int | None = None) -> None:
        self._weigh = weigh
        self._largest = capacity if largest is None else min(largest, capacity)
        self._kept: LRUCache[K, _Entry[V]] = LRUCache(max(1, capacity), getsizeof=lambda entry: entry.weight)
        self._flights: SingleFlight[K, V] = SingleFlight()

    @property
    def weight(self) -> int:
        """The total weight of the entries."""
        return int(self._kept.currsize)

    def get(self, key: K) -> V | None:
        """Return the cached value of `key`, or None."""
        entry = self._kept.get(key)
        return None if entry is None else entry.value

    def put(self, key: K, value: V) -> None:
        """Add or replace an entry; an entry that is too heavy is removed."""
        weight = self._weigh(key, value)
        if weight <= self._largest:
            self._kept[key] = _Entry(value, weight)
        else:
            self._kept.pop(key, None)

    def reweigh(self, key: K, value: V) -> None:
        """Weigh a value anew that has grown, if it is kept; it may grow beyond the weight of new entries."""
        entry = self._kept.get(key)
        if entry is not None and entry.value is value:
            weight = self._weigh(key, value)
            if weight <= self._kept.maxsize:
                self._kept[key] = _Entry(value, weight)
            else:
                self._kept.pop(key)

    async def once(self, key: K, make: Callable[[], Awaitable[V]]) -> V:
        """Return the cached value of `key`, or call `make` once for all concurrent callers and cache its result.

        Raises:
            Exception: the exception of `make`, in all waiting callers; the next caller tries again.
        """
        entry = self._kept.get(key)
        if entry is not None:
            return entry.value

        async def kept() -> V:
            value = await make()
            self.put(key, value)
            return value

        return await self._flights.do(key, kept)

    async def close(self) -> None:
        """Cancel all computations, and wait until they have ended."""
        await self._flights.close()
