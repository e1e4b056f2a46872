"""The search service of a release: it builds the index once, in the background, and queries it in its own thread."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple

from plangraf.engine.errors import EngineError
from plangraf.engine.interface import Engine
from plangraf.once import OnceCache
from plangraf.search.criteria import Criteria, ResultPage
from plangraf.search.index import SearchIndex
from plangraf.search.slices import read_facts, read_texts, read_things
from plangraf.search.things import Thing, ThingCollector

_log = logging.getLogger(__name__)

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class SearchService:
    """Searches one release, with an index that is built from the engine's answers."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: OnceCache[str, SearchIndex] = OnceCache(1)
        # SQLite must not block the event loop, and one connection must not be used by two threads.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="search")
        self._preparing: asyncio.Task[None] | None = None

    def prepare(self, after: float) -> None:
        """Schedule the build of the index in `after` seconds; a search before that starts the build at once."""
        self._preparing = asyncio.create_task(self._prepare(after))

    async def find(self, criteria: Criteria) -> ResultPage:
        """Return one page of results.

        Raises:
            EngineError: the index could not be built.
        """
        index = await self._index()
        return await self._in_thread(index.search, criteria)

    async def suggest(self, text: str, most: int) -> tuple[Thing, ...]:
        """Return at most `most` suggestions for a text that a visitor is typing.

        Raises:
            EngineError: the index could not be built.
        """
        index = await self._index()
        return await self._in_thread(index.suggest, text, most)

    async def close(self) -> None:
        """Cancel an unfinished build of the index, and stop the thread."""
        if self._preparing is not None:
            self._preparing.cancel()
            await asyncio.wait([self._preparing])
        await self._known.close()
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _prepare(self, after: float) -> None:
        await asyncio.sleep(after)
        try:
            await self._index()
        except EngineError as error:
            _log.warning("The index of the search will be made at the first search: %s", error)

    async def _index(self) -> SearchIndex:
        return await self._known.once("index", self._make)

    async def _make(self) -> SearchIndex:
        """Build the index in short steps, between which the thread serves searches and the build can be cancelled."""
        collector = ThingCollector()
        await self._each(collector.add, read_facts(self._engine, await read_things(self._engine)))
        things = await self._in_thread(collector.things)
        index = await self._in_thread(SearchIndex, things)
        await self._each(index.add, read_texts(self._engine, [thing.iri for thing in things]))
        await self._in_thread(index.finish)
        return index

    async def _each(self, take: Callable[[T], None], slices: AsyncIterator[T]) -> None:
        """Process each slice in the thread while the next one is being read."""
        taken: Awaitable[None] | None = None
        async for part in slices:
            if taken is not None:
                await taken
            taken = self._in_thread(take, part)
        if taken is not None:
            await taken

    def _in_thread(self, work: Callable[[*Ts], T], *arguments: *Ts) -> Awaitable[T]:
        return asyncio.get_running_loop().run_in_executor(self._thread, work, *arguments)
