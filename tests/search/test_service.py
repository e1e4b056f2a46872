"""How the index comes about: before it is asked for, in slices, and not after the end."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from tests.engines import running

from plangraf.engine.ask import select
from plangraf.engine.errors import EngineUnavailable
from plangraf.engine.interface import Answer, Engine, EngineStatistics, Query
from plangraf.release.release import Release
from plangraf.search.criteria import Criteria
from plangraf.search.service import SearchService

COUNT = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT (COUNT(DISTINCT ?thing) AS ?n) { ?thing a <https://w3id.org/plangraf/ontology#Goal> }
"""


class Recording:
    """An engine that keeps what it is asked, and has another answer it; it can be made to answer no more."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.asked: list[Query] = []
        self.down = False
        self.fourth = asyncio.Event()
        self.refused = asyncio.Event()

    async def start(self) -> None:
        """Do nothing: the other is running."""

    def statistics(self) -> EngineStatistics:
        return self._engine.statistics()

    async def close(self) -> None:
        """Do nothing: whoever started the other closes it."""

    async def evaluate(self, query: Query) -> Answer:
        self.asked.append(query)
        if len(self.asked) == 4:
            self.fourth.set()
        if self.down:
            self.refused.set()
            raise EngineUnavailable
        return await self._engine.evaluate(query)


def _run(release: Release, test: Callable[[Recording, SearchService], Coroutine[Any, Any, None]]) -> None:
    async def go() -> None:
        async with running(release.quads) as engine:
            recording = Recording(engine)
            search = SearchService(recording)
            try:
                await test(recording, search)
            finally:
                await search.close()

    asyncio.run(go())


def test_who_searches_first_asks_nothing_of_the_engine(release: Release) -> None:
    async def test(engine: Recording, search: SearchService) -> None:
        search.prepare(0)
        assert (await search.find(Criteria("klima"))).total > 0  # it waits
        asked = len(engine.asked)
        assert (await search.find(Criteria("barn"))).total > 0
        assert len(await search.suggest("b", 8)) == 8
        assert len(engine.asked) == asked

    _run(release, test)


def test_who_searches_before_it_is_begun_begins_it(release: Release) -> None:
    async def test(engine: Recording, search: SearchService) -> None:
        search.prepare(3600)
        assert (await search.find(Criteria("klima"))).total > 0

    _run(release, test)


def test_everything_is_read_in_slices(release: Release) -> None:
    async def test(engine: Recording, search: SearchService) -> None:
        found = await search.find(Criteria("", {"kind": ("goal",)}))
        [counted] = await select(engine, Query(COUNT))
        assert found.total == int(counted["n"].value)
        slices = [len(query.values["thing"]) for query in engine.asked if "thing" in query.values]
        assert max(slices) <= 500
        assert len(slices) > 3

    _run(release, test)


def test_what_is_being_made_ends_at_the_end(release: Release) -> None:
    async def test(engine: Recording, search: SearchService) -> None:
        search.prepare(0)
        await engine.fourth.wait()
        await search.close()
        asked = len(engine.asked)
        await asyncio.sleep(0.3)
        assert len(engine.asked) == asked
        assert not any("skos:definition" in query.text for query in engine.asked), "it had not got to the texts"

    _run(release, test)


def test_an_engine_that_fails_at_first_is_asked_again(release: Release, caplog: pytest.LogCaptureFixture) -> None:
    async def test(engine: Recording, search: SearchService) -> None:
        engine.down = True
        search.prepare(0)
        await engine.refused.wait()
        engine.down = False
        assert (await search.find(Criteria("klima"))).total > 0

    _run(release, test)
    assert "at the first search" in caplog.text
