import asyncio
import shutil
from pathlib import Path

import pytest

from plangraf.errors import DumpsUnavailable
from plangraf.release.dump_service import DumpService
from plangraf.release.dumps import DumpSelection, file_name
from plangraf.release.release import Release


def _selection(release: Release) -> DumpSelection:
    return DumpSelection(graphs=tuple(release.manifest.counts.graphs))


def test_dumps_are_made_once_however_many_ask(release: Release, tmp_path: Path) -> None:
    quads = tmp_path / "quads.nq"
    shutil.copy(release.quads, quads)

    async def run() -> None:
        service = DumpService(quads)
        first, second = await asyncio.gather(service.dumps(_selection(release)), service.dumps(_selection(release)))
        assert first is second
        assert service.path(file_name("all.nq.gz")).parent == tmp_path / _selection(release).folder
        await service.close()
        again = DumpService(quads)
        assert await again.dumps(_selection(release)) == first
        await again.close()

    asyncio.run(run())


def test_a_failure_is_told_and_tried_again(release: Release, tmp_path: Path) -> None:
    async def run() -> None:
        service = DumpService(tmp_path / "quads.nq")
        with pytest.raises(DumpsUnavailable):
            await service.dumps(_selection(release))
        shutil.copy(release.quads, tmp_path / "quads.nq")
        assert (await service.dumps(_selection(release))).files
        await service.close()

    asyncio.run(run())


def test_closing_ends_the_making(release: Release, tmp_path: Path) -> None:
    shutil.copy(release.quads, tmp_path / "quads.nq")

    async def run() -> None:
        service = DumpService(tmp_path / "quads.nq")
        asking = asyncio.create_task(service.dumps(_selection(release)))
        await asyncio.sleep(0.05)
        await service.close()
        with pytest.raises(asyncio.CancelledError):
            await asking

    asyncio.run(run())
    assert not list(tmp_path.glob("dumps-*"))
