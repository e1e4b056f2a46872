"""Work that is done once in a release, however many ask for it."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import TypeVar, cast

from cachetools import LRUCache

T = TypeVar("T")


class Once:
    """Results by key: what is being worked out is waited for, and what has been is kept, up to a number."""

    def __init__(self, kept: int) -> None:
        self._tasks: LRUCache[str, asyncio.Task[object]] = LRUCache(kept)

    async def get(self, key: str, work: Callable[[], Coroutine[object, object, T]]) -> T:
        """Return what `work` gives, which is the same for a key; a failure is not kept."""
        task = self._tasks.get(key)
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            task = self._tasks[key] = asyncio.create_task(work())
        # A client that leaves does not end the work for the others.
        return cast("T", await asyncio.shield(task))

    async def close(self) -> None:
        """End what is being worked out, and wait until it has ended."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
