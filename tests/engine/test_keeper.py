"""The keeper, with pools in this process: real processes, forked by a real keeper."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path

import orjson
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
from plangraf.engine.store_update import ByteRange, StoreUpdate
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


def pid_of(keeper: KeeperProcess) -> int:
    """Return the process identifier of a keeper, which a copy tells once it has started."""

    def told() -> bool:
        keeper.receive()
        return keeper.pid is not None

    soon(told)
    assert keeper.pid is not None
    return keeper.pid


def ready(keeper: KeeperProcess) -> bool:
    """Wait until a keeper has loaded its release, and return whether it has."""
    soon(lambda: not keeper.receive() or keeper.ready)
    return keeper.ready


def changed_file(folder: Path, title: str) -> StoreUpdate:
    """Write a file with one quad, and return the update to it from the file `before.nq` with another."""
    before, after = folder / "before.nq", folder / f"{title}.nq"
    after.write_text(f'<https://e.example/s> <https://e.example/p> "{title}" .\n', encoding="utf-8")
    spans = [(ByteRange(0, path.stat().st_size),) for path in (before, after)]
    return StoreUpdate(str(before), 3, spans[0], str(after), 3, spans[1])


def test_pools_share_a_keeper_and_their_ends_do_not_touch_each_other(location: StoreLocation) -> None:
    async def run() -> None:
        keeper = KeeperProcess.start(location, Limits())
        async with attached(keeper, 3) as first:
            async with attached(keeper, 2) as second:
                await read(await second.evaluate(ASK))
                await asyncio.to_thread(soon, lambda: len(children(pid_of(keeper))) == 5)
            await asyncio.to_thread(soon, lambda: len(children(pid_of(keeper))) == 3)
            await read(await first.evaluate(ASK))
            keeper.close()
            await read(await first.evaluate(ASK))  # it stays as long as a pool does
        keeper.wait()

    asyncio.run(run())


def test_a_pool_goes_on_with_the_next_keeper(location: StoreLocation) -> None:
    async def run() -> None:
        keepers = [KeeperProcess.start(location, Limits()) for _ in range(2)]
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
    keeper = KeeperProcess.start(StoreLocation(quads=str(tmp_path / "nothing.nq")), Limits())
    assert keeper.wait() == 1
    assert not keeper.receive()
    assert not keeper.ready
    assert keeper.failure is not None
    assert "No such file" in keeper.failure
    keeper.close()


@pytest.fixture
def small(tmp_path: Path) -> StoreLocation:
    """Return the location of three quads, of which an update may replace one."""
    lines = [f'<https://e.example/{name}> <https://e.example/p> "{name}" .\n' for name in ("s", "t", "u")]
    (tmp_path / "before.nq").write_text(lines[0], encoding="utf-8")
    whole = tmp_path / "whole.nq"
    whole.write_text("".join(lines), encoding="utf-8")
    return StoreLocation(quads=str(whole))


def value(engine_answer: bytes) -> str:
    """Return the value of `o` in the only row of results in JSON."""
    [row] = orjson.loads(engine_answer)["results"]["bindings"]
    return str(row["o"]["value"])


VALUE = Query("SELECT ?o { <https://e.example/s> ?p ?o }", results=Choice(JSON, JSON.media_type))


def test_a_copy_holds_the_next_release_while_the_keeper_holds_its_own(tmp_path: Path, small: StoreLocation) -> None:
    async def run() -> None:
        keeper = KeeperProcess.start(small, Limits())
        assert await asyncio.to_thread(ready, keeper)
        async with attached(keeper, 1) as first:
            copy = keeper.copy(changed_file(tmp_path, "next"))
            assert copy is not None
            assert await asyncio.to_thread(ready, copy)
            async with attached(copy, 1) as second:
                assert value(await read(await first.evaluate(VALUE))) == "s"
                assert value(await read(await second.evaluate(VALUE))) == "next"
        keeper.close()
        keeper.wait()
        # The copy is no child of the keeper, and lives on.
        assert pid_of(copy) in children(os.getpid())
        async with attached(copy, 1) as second:
            assert value(await read(await second.evaluate(VALUE))) == "next"
        copy.close()
        copy.wait()

    asyncio.run(run())


def test_a_copy_that_cannot_be_updated_says_why_and_ends(tmp_path: Path, small: StoreLocation) -> None:
    keeper = KeeperProcess.start(small, Limits())
    assert ready(keeper)
    update = changed_file(tmp_path, "next")
    Path(update.after).unlink()
    copy = keeper.copy(update)
    assert copy is not None
    assert not ready(copy)
    assert copy.failure is not None
    assert "next.nq" in copy.failure
    assert copy.wait() == 1
    copy.close()
    keeper.kill()
    keeper.wait()


def test_an_update_that_is_too_long_to_be_sent_makes_no_copy(small: StoreLocation) -> None:
    keeper = KeeperProcess.start(small, Limits())
    spans = tuple(ByteRange(number, 1) for number in range(10_000))
    assert keeper.copy(StoreUpdate("before", 3, spans, "after", 3, spans)) is None
    keeper.kill()
    keeper.wait()


def test_a_copy_ends_with_its_owner(tmp_path: Path, small: StoreLocation) -> None:
    program = f"""
import sys, time
from plangraf.engine.keeper_process import KeeperProcess
from plangraf.engine.limits import Limits
from plangraf.engine.store_location import StoreLocation
from plangraf.engine.store_update import StoreUpdate
keeper = KeeperProcess.start(StoreLocation(quads={small.quads!r}), Limits())
while not keeper.ready:
    keeper.receive()
    time.sleep(0.01)
copy = keeper.copy(StoreUpdate.of({asdict(changed_file(tmp_path, "next"))!r}))
while not copy.ready:
    copy.receive()
    time.sleep(0.01)
print(copy.pid, flush=True)
time.sleep(600)
"""
    owner = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)  # noqa: S603  # our own program
    assert owner.stdout is not None
    copy = int(owner.stdout.readline())
    assert alive(copy)
    owner.kill()
    owner.wait()
    owner.stdout.close()
    soon(lambda: not alive(copy))
