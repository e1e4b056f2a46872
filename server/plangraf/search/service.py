"""The search service of a release: it searches the index in threads of its own."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple

from plangraf.search.criteria import Criteria, ResultPage
from plangraf.search.index_service import IndexService
from plangraf.search.things import Thing

_THREADS = 4
"""The number of searches at once; a quick one does not wait for a slow one."""

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class SearchService:
    """Searches one release.

    Args:
        indexes: provides the index; whoever has created it closes it, after this service.
    """

    def __init__(self, indexes: IndexService) -> None:
        self._indexes = indexes
        # SQLite must not block the event loop.
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="search")

    async def find(self, criteria: Criteria) -> ResultPage:
        """Return one page of results.

        Raises:
            IndexUnavailable: the index has not been made yet.
        """
        index = await self._indexes.index()
        return await self._in_thread(index.search, criteria)

    async def suggest(self, text: str, most: int) -> tuple[Thing, ...]:
        """Return at most `most` suggestions for a text that a visitor is typing.

        Raises:
            IndexUnavailable: the index has not been made yet.
        """
        index = await self._indexes.index()
        return await self._in_thread(index.suggest, text, most)

    async def close(self) -> None:
        """End the running searches, and stop the threads."""
        if self._indexes.opened is not None:
            self._indexes.opened.interrupt()
        await asyncio.to_thread(self._threads.shutdown, wait=True, cancel_futures=True)

    def _in_thread(self, work: Callable[[*Ts], T], *arguments: *Ts) -> Awaitable[T]:
        return asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)
