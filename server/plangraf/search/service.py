"""The search service of a release: it searches the index in threads of its own."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple

import pyoxigraph as ox

from plangraf.search.criteria import Criteria, ResultPage
from plangraf.search.index import CONNECTIONS
from plangraf.search.index_service import IndexService
from plangraf.search.resource_texts import TermTexts
from plangraf.search.similar import SimilarGoal, Topic
from plangraf.search.things import Thing

_THREADS = CONNECTIONS - 4  # the matching has two; the event loop and the report service have one each
_AT_ONCE = 100
"""The number of resources whose texts are looked up on the event loop, which takes less than a millisecond."""

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class SearchService:
    """Searches one release, and looks up texts of its resources. A quick search does not wait for a slow one.

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

    async def values(self) -> Mapping[str, frozenset[str]]:
        """Return, by facet, the values by which results can be filtered.

        Raises:
            IndexUnavailable: the index has not been made yet.
        """
        return (await self._indexes.index()).values

    async def suggest(self, text: str, most: int) -> tuple[Thing, ...]:
        """Return at most `most` suggestions for a text that a visitor is typing.

        Raises:
            IndexUnavailable: the index has not been made yet.
        """
        index = await self._indexes.index()
        return await self._in_thread(index.suggest, text, most)

    async def texts(self, iris: Collection[str]) -> list[ox.Triple]:
        """Return all indexed texts of resources, among them their labels.

        Raises:
            IndexUnavailable: the index has not been made yet.
        """
        index = await self._indexes.index()
        return index.texts(iris) if len(iris) <= _AT_ONCE else await self._in_thread(index.texts, iris)

    async def labels(self, iris: Collection[str]) -> list[TermTexts] | None:
        """Return the labels and notations of resources as texts of terms, or None if there is no index yet."""
        index = self._indexes.opened
        if index is None:
            return None
        return index.labels(iris) if len(iris) <= _AT_ONCE else await self._in_thread(index.labels, iris)

    async def similar(self, publishers: Collection[str], topics: Sequence[Topic]) -> list[SimilarGoal] | None:
        """Return the goals of other publishers that are most similar to one with these topics, the closest first.

        It is None as long as the release has no index, as an older one that was built without it.

        Args:
            publishers: the IRIs of the publishers of the goal's plan.
            topics: the topics of the goal, the closest first.
        """
        index = await self._indexes.found()
        if index is None:
            return None
        return await self._in_thread(index.similar, publishers, topics) if topics else []

    async def close(self) -> None:
        """End the running searches, and stop the threads."""
        if self._indexes.opened is not None:
            self._indexes.opened.interrupt()
        await asyncio.to_thread(self._threads.shutdown, wait=True, cancel_futures=True)

    def _in_thread(self, work: Callable[[*Ts], T], *arguments: *Ts) -> Awaitable[T]:
        return asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)
