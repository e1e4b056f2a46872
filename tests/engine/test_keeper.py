"""The keeper, with pools in this process: real processes, forked by a real keeper."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.servers import alive, children, process_name, soon

from plangraf.engine.embedded import EmbeddedEngine
from plangraf.engine.errors import EngineUnavailable
from plangraf.engine.interface import Query, read
from plangraf.engine.keeper_process import KeeperProcess
from plangraf.engine.keeper_source import PassedKeepers
from plangraf.engine.limits import Limits
from plangraf.engine.schedule import Policy
from plangraf.engine.store_location import StoreLocation
from plangraf.formats import JSON
from plangraf.negotiation import Choice
from plangraf.release.release import Release

ASK = Query("ASK {}", results=Choice(JSON, JSON.media_type))


@asynccontextmanager
async def attached(keeper: KeeperProcess, workers: int) -> AsyncIterator[EmbeddedEngine]:
    """Yield an engine whose workers a keeper forks that is not its own."""
    source = PassedKeepers()
    source.put(keeper.attach())
    engine = EmbeddedEngine(source, sharing=Policy(workers=workers))
    await engine.start()
    try:
        yield engine
    finally:
        await engine.close()


@pytest.fixture
def location(release: Release) -> StoreLocation:
    return StoreLocation(quads=str(release.quads))


def test_pools_share_a_keeper_and_their_ends_do_not_touch_each_other(location: StoreLocation) -> None:
    async def run() -> None:
        keeper = KeeperProcess(location, Limits())
        async with attached(keeper, 3) as first:
            async with attached(keeper, 2) as second:
                await read(await second.evaluate(ASK))
                await asyncio.to_thread(soon, lambda: len(children(keeper.pid)) == 5)
            await asyncio.to_thread(soon, lambda: len(children(keeper.pid)) == 3)
            await read(await first.evaluate(ASK))
            keeper.close()
            await read(await first.evaluate(ASK))  # it stays as long as a pool does
        keeper.wait()

    asyncio.run(run())


def test_a_pool_goes_on_with_the_next_keeper(location: StoreLocation) -> None:
    async def run() -> None:
        keepers = [KeeperProcess(location, Limits()) for _ in range(2)]
        source = PassedKeepers()
        source.put(keepers[0].attach())
        engine = EmbeddedEngine(source, sharing=Policy(workers=2))
        await engine.start()
        keepers[0].kill()
        keepers[0].wait()
        source.put(keepers[1].attach())
        async with asyncio.timeout(60):
            while True:
                try:
                    await read(await engine.evaluate(ASK))
                    break
                except EngineUnavailable:
                    await asyncio.sleep(0.01)
        await engine.close()
        keepers[1].close()
        keepers[1].wait()

    asyncio.run(run())


def test_an_engine_starts_its_keeper_again(location: StoreLocation) -> None:
    async def run() -> None:
        engine = EmbeddedEngine(location, sharing=Policy(workers=2))
        await engine.start()
        [keeper] = [pid for pid in children(os.getpid()) if process_name(pid) == "plangraf-keeper"]
        os.kill(keeper, signal.SIGKILL)
        async with asyncio.timeout(60):
            while True:
                try:
                    await read(await engine.evaluate(ASK))
                    if not alive(keeper):
                        break
                except EngineUnavailable:
                    await asyncio.sleep(0.01)
        await engine.close()

    asyncio.run(run())


@pytest.mark.parametrize("data", [None, "this is no quad\n"])
def test_an_engine_whose_release_cannot_be_loaded_says_so_once(tmp_path: Path, data: str | None) -> None:
    quads = tmp_path / "quads.nq"
    if data is not None:
        quads.write_text(data)

    async def run() -> None:
        engine = EmbeddedEngine(StoreLocation(quads=str(quads)))
        with pytest.raises(EngineUnavailable):
            await engine.start()
        await engine.close()

    asyncio.run(run())


def test_a_keeper_says_why_it_cannot_load_a_release(tmp_path: Path) -> None:
    keeper = KeeperProcess(StoreLocation(quads=str(tmp_path / "nothing.nq")), Limits())
    assert keeper.wait() == 1
    assert not keeper.receive()
    assert not keeper.ready
    assert keeper.failure is not None
    assert "No such file" in keeper.failure
    keeper.close()
