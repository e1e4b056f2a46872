import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from plangraf.matching.query import MatchQuery
from plangraf.matching.service import MatchingService
from plangraf.release.release import Release
from plangraf.search.index_service import IndexService

T = TypeVar("T")
LONG = [MatchQuery(f"bærekraftig utvikling av byer og lokalsamfunn {number}") for number in range(3_000)]


def run(release: Release, work: Callable[[MatchingService], Awaitable[T]]) -> T:
    async def with_service() -> T:
        indexes = IndexService(release.quads, release.manifest.files)
        service = MatchingService(indexes, release.manifest.publishers)
        try:
            return await work(service)
        finally:
            await service.close()
            await indexes.close()

    return asyncio.run(with_service())


def test_queries_are_answered_in_their_order(release: Release) -> None:
    found = run(release, lambda service: service.match([MatchQuery("SDG 11"), MatchQuery("SDG 13")]))
    assert [candidates[0].thing.iri[-2:] for candidates in found] == ["11", "13"]


def test_a_short_batch_does_not_wait_for_a_long_one(release: Release) -> None:
    async def both(service: MatchingService) -> bool:
        long = asyncio.create_task(service.match(LONG))
        await service.match([MatchQuery("SDG 11")])
        waiting = not long.done()
        long.cancel()
        await asyncio.gather(long, return_exceptions=True)
        return waiting

    assert run(release, both)


def test_a_batch_that_nobody_waits_for_ends_early(release: Release) -> None:
    async def given_up(service: MatchingService) -> int:
        batch = asyncio.create_task(service.match(LONG * 1_000))
        await service.match([MatchQuery("SDG 11")])
        batch.cancel()
        with pytest.raises(asyncio.CancelledError):
            await batch
        # Both threads are free again, or closing the service would take hours.
        return len(await service.match([MatchQuery("SDG 11")]))

    assert run(release, given_up) == 1
