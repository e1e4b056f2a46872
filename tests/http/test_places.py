import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from plangraf.engine.errors import Overloaded
from plangraf.errors import TooManyRequests
from plangraf.http.places import PlaceLimits, Places


class Worker:
    """Takes places, and remembers in what order they were granted."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self.granted: list[str] = []
        self.finish = asyncio.Event()

    async def work(self, client: str) -> None:
        async with self._places.hold(client):
            self.granted.append(client)
            await self.finish.wait()


async def begin(*work: Coroutine[Any, Any, None]) -> list[asyncio.Task[None]]:
    """Start tasks, one after the other, and let each come as far as it can."""
    tasks = []
    for each in work:
        tasks.append(asyncio.ensure_future(each))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    return tasks


def test_a_client_has_no_more_places_than_its_own_limit_and_all_no_more_than_theirs() -> None:
    async def run() -> None:
        places = Places(PlaceLimits(total=3, client=2))
        worker = Worker(places)
        tasks = await begin(*(worker.work(client) for client in "aaabbb"))
        assert worker.granted == ["a", "a", "b"]
        assert places.held == 3
        worker.finish.set()
        await asyncio.gather(*tasks)
        assert places.held == 0
        assert sorted(worker.granted) == list("aaabbb")

    asyncio.run(run())


def test_the_first_request_of_a_client_comes_before_the_next_of_one_that_has_places() -> None:
    async def run() -> None:
        places = Places(PlaceLimits(total=2, client=2))
        first, others = Worker(places), Worker(places)
        tasks = await begin(first.work("a"), first.work("a"), others.work("a"), others.work("a"), others.work("b"))
        others.finish.set()
        first.finish.set()
        await asyncio.gather(*tasks)
        assert others.granted == ["b", "a", "a"]

    asyncio.run(run())


def test_too_many_of_one_client_and_too_many_of_all_are_told_apart() -> None:
    async def run() -> None:
        places = Places(PlaceLimits(total=1, client=1, client_waiting=2, waiting=3))
        worker = Worker(places)
        tasks = await begin(*(worker.work(client) for client in "aaab"))
        with pytest.raises(TooManyRequests) as raised:
            await worker.work("a")
        assert raised.value.retry_after == 1
        with pytest.raises(Overloaded):
            await worker.work("c")
        worker.finish.set()
        await asyncio.gather(*tasks)

    asyncio.run(run())


def test_a_request_that_waits_too_long_is_refused_and_leaves_no_trace() -> None:
    async def run() -> None:
        places = Places(PlaceLimits(total=1, client=1, longest_wait=0.01))
        worker = Worker(places)
        [task] = await begin(worker.work("a"))
        with pytest.raises(Overloaded):
            await worker.work("b")
        worker.finish.set()
        await task
        await worker.work("b")
        assert places.held == 0

    asyncio.run(run())


@pytest.mark.parametrize("waits", [True, False])
def test_a_request_that_is_cancelled_gives_its_place_back(waits: bool) -> None:
    async def run() -> None:
        places = Places(PlaceLimits(total=1, client=1))
        worker = Worker(places)
        first, second = await begin(worker.work("a"), worker.work("b"))
        cancelled, other = (second, first) if waits else (first, second)
        cancelled.cancel()
        worker.finish.set()
        await asyncio.wait([first, second])
        assert cancelled.cancelled()
        assert other.exception() is None
        assert places.held == 0

    asyncio.run(run())
