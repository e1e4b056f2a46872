import asyncio

import pytest

from plangraf.once import OnceCache, SingleFlight


class Work:
    """Work that takes until it is told to end, and says how often it has begun and been cancelled."""

    def __init__(self) -> None:
        self.begun = 0
        self.cancelled = 0
        self.end = asyncio.Event()
        self.fails = False

    async def __call__(self) -> int:
        self.begun += 1
        try:
            await self.end.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if self.fails:
            raise ValueError("no")
        return self.begun


async def _settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_many_who_ask_at_once_cost_one_piece_of_work() -> None:
    async def run() -> None:
        flights, work = SingleFlight[str, int](), Work()
        waiting = [asyncio.create_task(flights.do("key", work)) for _ in range(20)]
        await _settle()
        work.end.set()
        assert await asyncio.gather(*waiting) == [1] * 20
        assert await flights.do("key", work) == 2  # nothing is kept

    asyncio.run(run())


def test_keys_are_worked_on_apart() -> None:
    async def run() -> None:
        flights, work = SingleFlight[str, int](), Work()
        work.end.set()
        assert sorted(await asyncio.gather(flights.do("a", work), flights.do("b", work))) == [1, 2]

    asyncio.run(run())


def test_who_comes_after_a_failure_starts_anew_even_before_the_others_have_been_told() -> None:
    async def run() -> None:
        cache, late = OnceCache[str, int](1), list[asyncio.Task[int]]()

        async def succeed() -> int:
            return 1

        async def fail() -> int:
            late.append(asyncio.create_task(cache.once("key", succeed)))  # it runs when this has failed, and at once
            raise ValueError("no")

        with pytest.raises(ValueError, match="no"):
            await cache.once("key", fail)
        assert await late[0] == 1

    asyncio.run(run())


def test_who_leaves_does_not_end_the_work_of_others() -> None:
    async def run() -> None:
        flights, work = SingleFlight[str, int](), Work()
        first, second = (asyncio.create_task(flights.do("key", work)) for _ in range(2))
        await _settle()
        first.cancel()
        await _settle()
        work.end.set()
        assert await second == 1
        assert (work.begun, work.cancelled) == (1, 0)

    asyncio.run(run())


def test_work_that_nobody_waits_for_is_cancelled_and_begins_anew_for_the_next() -> None:
    async def run() -> None:
        flights, work = SingleFlight[str, int](), Work()
        leaving = [asyncio.create_task(flights.do("key", work)) for _ in range(2)]
        await _settle()
        for task in leaving:
            task.cancel()
        following = asyncio.create_task(flights.do("key", work))
        await _settle()
        assert (work.begun, work.cancelled) == (2, 1)
        work.end.set()
        assert await following == 2

    asyncio.run(run())


def test_a_failure_reaches_all_who_wait_and_is_not_kept() -> None:
    async def run() -> None:
        cache, work = OnceCache[str, int](2), Work()
        work.fails = True
        waiting = [asyncio.create_task(cache.once("key", work)) for _ in range(3)]
        await _settle()
        work.end.set()
        assert [type(error) for error in await asyncio.gather(*waiting, return_exceptions=True)] == [ValueError] * 3
        work.fails = False
        assert await cache.once("key", work) == 2
        assert cache.get("key") == 2

    asyncio.run(run())


def test_closing_ends_what_is_under_way() -> None:
    async def run() -> None:
        cache, work = OnceCache[str, int](2), Work()
        waiting = asyncio.create_task(cache.once("key", work))
        await _settle()
        await cache.close()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert work.cancelled == 1

    asyncio.run(run())


def test_a_value_is_made_once_and_kept_until_there_is_no_room() -> None:
    async def run() -> None:
        cache, made = OnceCache[int, str](10, lambda _, value: len(value)), list[int]()

        async def make(key: int) -> str:
            made.append(key)
            return "four"

        for key in (1, 1, 2, 1, 3, 1, 2):
            await cache.once(key, lambda key=key: make(key))  # type: ignore[misc]  # bound by its default
        assert made == [1, 2, 3, 2]
        assert cache.weight == 8

    asyncio.run(run())


@pytest.mark.parametrize(("capacity", "largest"), [(10, 3), (3, None), (0, None)])
def test_what_is_too_heavy_is_returned_and_not_kept(capacity: int, largest: int | None) -> None:
    async def run() -> None:
        cache = OnceCache[str, str](capacity, lambda _, value: len(value), largest=largest)

        async def make() -> str:
            return "four"

        assert await cache.once("key", make) == "four"
        assert cache.get("key") is None
        assert cache.weight == 0

    asyncio.run(run())


def test_a_value_that_has_grown_is_weighed_anew() -> None:
    weights = {"a": 2, "b": 2}
    cache = OnceCache[str, str](6, lambda key, _: weights[key])
    cache.put("a", "")
    cache.put("b", "")
    weights["a"] = 5
    cache.put("a", "")
    assert cache.get("a") is not None
    assert cache.get("b") is None
    weights["a"] = 7
    cache.put("a", "")
    assert cache.weight == 0


def test_a_result_that_nobody_has_received_is_discarded_once() -> None:
    discarded: list[int] = []

    async def discard(result: int) -> None:
        discarded.append(result)

    async def run() -> None:
        flights, work = SingleFlight[str, int](discard), Work()
        kept, left = (asyncio.create_task(flights.do(key, work)) for key in ("kept", "left"))
        await _settle()
        work.end.set()
        await asyncio.sleep(0)  # the work is done, and those who wait have not been told yet
        left.cancel()
        await asyncio.wait([kept, left])
        await flights.close()
        assert not kept.cancelled()
        assert left.cancelled()

    asyncio.run(run())
    assert discarded == [2]


def test_what_has_grown_is_kept_beyond_the_weight_of_new_entries_but_not_beyond_the_room() -> None:
    cache: OnceCache[str, bytearray] = OnceCache(100, lambda _, value: len(value), largest=10)
    value = bytearray(10)
    cache.put("a", value)
    value.extend(bytes(40))
    cache.reweigh("a", value)
    assert (cache.get("a"), cache.weight) == (value, 50)
    cache.reweigh("b", value)
    cache.reweigh("a", bytearray(1))  # another value
    assert cache.weight == 50
    value.extend(bytes(60))
    cache.reweigh("a", value)
    assert (cache.get("a"), cache.weight) == (None, 0)
