"""Search one release: its index is made once, in the background, and asked in one thread of its own."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple

from plangraf.engine.errors import EngineError
from plangraf.engine.interface import Engine
from plangraf.once import Once
from plangraf.search.criteria import Criteria, Found
from plangraf.search.index import Index
from plangraf.search.slices import read_facts, read_texts, read_things
from plangraf.search.things import Gathering, Thing

_log = logging.getLogger(__name__)

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Searching:
    """The search of one release."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._once = Once(1)
        # Neither the loop waits for SQLite nor do two threads use one connection.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="search")
        self._preparing: asyncio.Task[None] | None = None

    def prepare(self, after: float) -> None:
        """Make the index in `after` seconds, so that who searches first need not wait; who searches now begins it."""
        self._preparing = asyncio.create_task(self._prepare(after))

    async def find(self, criteria: Criteria) -> Found:
        """Return what is found."""
        index = await self._index()
        return await self._in_thread(index.search, criteria)

    async def suggest(self, text: str, most: int) -> tuple[Thing, ...]:
        """Return at most `most` things that may be meant by a text that is being typed."""
        index = await self._index()
        return await self._in_thread(index.suggest, text, most)

    async def close(self) -> None:
        """Stop what is being made, and end the thread."""
        if self._preparing is not None:
            self._preparing.cancel()
            await asyncio.wait([self._preparing])
        await self._once.close()
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _prepare(self, after: float) -> None:
        await asyncio.sleep(after)
        try:
            await self._index()
        except EngineError as error:
            _log.warning("The index of the search will be made at the first search: %s", error)

    async def _index(self) -> Index:
        return await self._once.get("index", self._make)

    async def _make(self) -> Index:
        """Make the index in short steps: between them answers are given, and it can be stopped."""
        gathering = Gathering()
        await self._each(gathering.add, read_facts(self._engine, await read_things(self._engine)))
        things = await self._in_thread(gathering.things)
        index = await self._in_thread(Index, things)
        await self._each(index.add, read_texts(self._engine, [thing.iri for thing in things]))
        await self._in_thread(index.finish)
        return index

    async def _each(self, take: Callable[[T], None], slices: AsyncIterator[T]) -> None:
        """Have each slice taken in the thread while the next one is read."""
        taken: Awaitable[None] | None = None
        async for part in slices:
            if taken is not None:
                await taken
            taken = self._in_thread(take, part)
        if taken is not None:
            await taken

    def _in_thread(self, work: Callable[[*Ts], T], *arguments: *Ts) -> Awaitable[T]:
        return asyncio.get_running_loop().run_in_executor(self._thread, work, *arguments)
