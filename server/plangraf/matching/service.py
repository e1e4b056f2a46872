"""The matching service of a release: it matches texts in threads of its own."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TypeVar

from plangraf.matching.matcher import Matcher
from plangraf.matching.query import MatchCandidate, MatchQuery
from plangraf.search.index_service import IndexService

_THREADS = 2
"""The number of threads: more would only wait for each other, but a short batch does not wait for one long one."""

T = TypeVar("T")


class MatchingService:
    """Matches texts with the things of one release.

    Args:
        indexes: provides the index; whoever has created it closes it, after this service.
        same: the IRIs of publishers, each with that of the thing that stands for it.
    """

    def __init__(self, indexes: IndexService, same: Mapping[str, str]) -> None:
        self._indexes = indexes
        self._same = same
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="matching")
        self._making: asyncio.Task[Matcher] | None = None
        self._closing = Event()

    async def match(self, queries: Sequence[MatchQuery]) -> list[list[MatchCandidate]]:
        """Return the candidates for each query; the work ends early if the caller is cancelled.

        Raises:
            IndexUnavailable: the index of the release has not been made yet.
        """
        matcher = await self._matcher()
        gone = Event()

        def work() -> list[list[MatchCandidate]]:
            found = []
            for query in queries:
                if gone.is_set() or self._closing.is_set():
                    break
                found.append(matcher.match(query))
            return found

        return await self._in_thread(work, gone)

    async def ask(self, question: Callable[[Matcher], T]) -> T:
        """Return the answer of the matcher to a short question, which is asked in a thread.

        Raises:
            IndexUnavailable: the index of the release has not been made yet.
        """
        matcher = await self._matcher()
        return await self._in_thread(lambda: question(matcher), Event())

    async def close(self) -> None:
        """End the running work, and stop the threads."""
        self._closing.set()
        if self._making is not None:
            self._making.cancel()
        await asyncio.to_thread(self._threads.shutdown, wait=True, cancel_futures=True)

    async def _in_thread(self, work: Callable[[], T], gone: Event) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        except asyncio.CancelledError:
            gone.set()
            raise

    async def _matcher(self) -> Matcher:
        """Return the matcher, which the first call makes."""
        if self._making is None or (self._making.done() and self._making.exception() is not None):
            self._making = asyncio.create_task(self._make())
        # The cancellation of one waiting request must not affect the others.
        return await asyncio.shield(self._making)

    async def _make(self) -> Matcher:
        index = await self._indexes.index()
        return await asyncio.get_running_loop().run_in_executor(self._threads, Matcher, index, self._same)
