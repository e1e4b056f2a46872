"""The index service: one index for all who wait, and a folder for it wherever there is one."""

import asyncio
import shutil
from pathlib import Path

import pytest

from plangraf.errors import IndexUnavailable
from plangraf.release.release import Release
from plangraf.search.criteria import Criteria
from plangraf.search.index_file import layout
from plangraf.search.index_service import IndexService


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let requests wait for as long as a busy machine takes."""
    monkeypatch.setattr("plangraf.search.index_service.PATIENCE", 300)


@pytest.fixture
def quads(release: Release, tmp_path: Path) -> Path:
    return Path(shutil.copy(release.quads, tmp_path / "quads.nq"))


def test_an_index_is_made_once_however_many_ask(quads: Path) -> None:
    async def run() -> None:
        service = IndexService(quads, {})
        assert service.opened is None
        first, second = await asyncio.gather(service.index(), service.index())
        assert first is second is service.opened
        assert first.search(Criteria("klima")).total > 0
        await service.close()

    asyncio.run(run())
    assert (quads.parent / f"index-{layout()}").is_dir()


def test_an_index_that_is_there_is_opened_without_delay(quads: Path) -> None:
    async def run() -> None:
        maker = IndexService(quads, {})
        await maker.index()
        await maker.close()
        service = IndexService(quads, {})
        await asyncio.wait_for(service.prepare(3600), 300)
        assert service.opened is not None
        await service.close()

    asyncio.run(run())


def test_a_missing_index_is_made_after_the_delay(quads: Path) -> None:
    async def run() -> None:
        service = IndexService(quads, {})
        await service.prepare(0.01)
        assert service.opened is not None
        await service.close()

    asyncio.run(run())


def test_an_index_has_a_temporary_folder_where_the_release_has_no_room(quads: Path) -> None:
    (quads.parent / f"index-{layout()}").write_text("in the way", encoding="utf-8")

    async def run() -> list[Path]:
        service = IndexService(quads, {})
        index = await service.index()
        assert index.search(Criteria("klima")).total > 0
        assert not index.path.is_relative_to(quads.parent)
        await service.close()
        return [index.path]

    [path] = asyncio.run(run())
    assert not path.exists()


def test_a_failure_is_told_and_tried_again(release: Release, tmp_path: Path) -> None:
    async def run() -> None:
        service = IndexService(tmp_path / "quads.nq", {})
        with pytest.raises(IndexUnavailable):
            await service.index()
        shutil.copy(release.quads, tmp_path / "quads.nq")
        assert (await service.index()).search(Criteria("klima")).total > 0
        await service.close()

    asyncio.run(run())


def test_closing_ends_the_making(quads: Path) -> None:
    async def run() -> None:
        service = IndexService(quads, {})
        asking = asyncio.create_task(service.index())
        await asyncio.sleep(0.05)
        await service.close()
        with pytest.raises(asyncio.CancelledError):
            await asking

    asyncio.run(run())
    assert not list(quads.parent.glob("index-*"))


def test_whoever_waits_too_long_is_told_when_to_ask_again(quads: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plangraf.search.index_service.PATIENCE", 0.01)

    async def run() -> None:
        service = IndexService(quads, {})
        with pytest.raises(IndexUnavailable) as raised:
            await service.index()
        assert raised.value.retry_after is not None
        await service.close()

    asyncio.run(run())
