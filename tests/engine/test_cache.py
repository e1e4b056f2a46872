import asyncio
import gzip
from collections.abc import AsyncIterator

import pytest
import zstandard

from plangraf.engine.cache import AnswerCache, Kept
from plangraf.engine.interface import Answer, AnswerForm, Query
from plangraf.formats import CSV
from plangraf.negotiation import Choice


class Body:
    """A body that has been read."""

    rows: int | None = 1

    async def __aiter__(self) -> AsyncIterator[bytes]:
        return
        yield

    async def close(self) -> None:
        """There is nothing to close."""


ANSWER = Answer(AnswerForm.SOLUTIONS, Choice(CSV, CSV.media_type), Body(), None, cut=False)


def test_what_is_kept_is_found_again_until_there_is_no_room() -> None:
    cache = AnswerCache(16 * 2000, "release")
    for number in range(40):
        cache.keep(Query(f"{number}"), ANSWER, b"x" * 1000)
    assert cache.get(Query("39")) is not None
    assert cache.get(Query("0")) is None
    assert cache.held <= 16 * 2000


def test_an_answer_that_is_too_large_is_returned_and_not_kept() -> None:
    cache = AnswerCache(16 * 2000, "release")
    kept = cache.keep(Query("q"), ANSWER, b"x" * 3000)
    assert kept.body == b"x" * 3000
    assert cache.get(Query("q")) is None


def test_the_tag_tells_releases_and_queries_apart() -> None:
    tags = {
        AnswerCache(1 << 20, release).keep(Query(text), ANSWER, b"").tag
        for release in ("one", "two")
        for text in ("a", "b")
    }
    assert len(tags) == 4


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
@pytest.mark.parametrize("size", [2000, 200_000])
def test_a_compressed_answer_is_the_same_answer_and_counts(coding: str, size: int) -> None:
    async def run() -> None:
        cache = AnswerCache(1 << 24, "release")
        asked = Query("q")
        kept = cache.keep(asked, ANSWER, b"abc" * size)
        before = cache.held
        data = await cache.encoded(asked, kept, coding)
        plain = gzip.decompress(data) if coding == "gzip" else zstandard.decompress(data)
        assert plain == kept.body
        assert cache.held == before + len(data)
        assert await cache.encoded(asked, kept, coding) is data

    asyncio.run(run())


def test_many_who_ask_the_same_at_once_cost_one_evaluation() -> None:
    async def run() -> None:
        cache = AnswerCache(1 << 20, "release")
        evaluated = 0

        async def answer() -> Kept | None:
            nonlocal evaluated
            evaluated += 1
            await asyncio.sleep(0.01)
            return cache.keep(Query("q"), ANSWER, b"1")

        answers = await asyncio.gather(*(cache.once(Query("q"), answer) for _ in range(20)))
        assert evaluated == 1
        assert all(kept is answers[0] for kept in answers)

    asyncio.run(run())


def test_an_error_is_the_firsts_own_and_is_not_kept() -> None:
    """The first may have asked for less time than the others, or have too many queries of its own."""

    async def run() -> None:
        cache = AnswerCache(1 << 20, "release")

        async def fail() -> Kept | None:
            await asyncio.sleep(0.01)
            raise ValueError("no")

        asked = [cache.once(Query("q"), fail) for _ in range(3)]
        first, *others = await asyncio.gather(*asked, return_exceptions=True)
        assert isinstance(first, ValueError)
        assert others == [None, None]

        async def succeed() -> Kept | None:
            return cache.keep(Query("q"), ANSWER, b"1")

        assert await cache.once(Query("q"), succeed) is not None

    asyncio.run(run())


def test_when_the_first_goes_away_the_others_ask_for_themselves() -> None:
    async def run() -> None:
        cache = AnswerCache(1 << 20, "release")

        async def forever() -> Kept | None:
            await asyncio.sleep(60)
            return None

        first = asyncio.ensure_future(cache.once(Query("q"), forever))
        await asyncio.sleep(0)
        second = asyncio.ensure_future(cache.once(Query("q"), forever))
        await asyncio.sleep(0)
        first.cancel()
        assert await second is None

    asyncio.run(run())
