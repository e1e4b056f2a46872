"""The report service: the reports of a release that was built with them, and of one that was built without."""

import asyncio
import shutil
from pathlib import Path

import pytest

from plangraf.errors import ResourceNotFound
from plangraf.linkeddata.quality import measure
from plangraf.linkeddata.release_store import ReleaseStore
from plangraf.linkeddata.reports import document_paths
from plangraf.linkeddata.sssom import find_mappings
from plangraf.release.release import Release
from plangraf.search.index_service import IndexService
from plangraf.search.report_service import ReportService


@pytest.mark.parametrize("older", [False, True])
def test_the_reports_are_those_of_the_quads(older: bool, release: Release, tmp_path: Path) -> None:
    async def run() -> None:
        quads = Path(shutil.copy(release.quads, tmp_path)) if older else release.quads
        indexes = IndexService(quads, {} if older else release.manifest.files)
        await indexes.prepare(0)
        reports = ReportService(indexes)
        with quads.open("rb") as lines:
            store = ReleaseStore(lines)
        qualities = tuple(measure(store))
        page = await reports.quality_page(1)
        assert (page.qualities, page.total) == (qualities, len(qualities))
        assert await reports.quality(qualities[-1].plan) == qualities[-1]
        paths = sorted(document_paths(store))
        assert await reports.document_count() == len(paths)
        assert await reports.document_paths(3, 4) == tuple(paths[3:7])
        mappings = (await reports.mapping_set("abc")).decode()
        assert '#mapping_set_version: "abc"' in mappings
        rows = [line for line in mappings.splitlines() if not line.startswith("#")]
        assert len(rows) == 1 + len(list(find_mappings(store)))
        await reports.close()
        await indexes.close()

    asyncio.run(run())


def test_pages_and_plans_that_there_are_not_are_not_found(release: Release) -> None:
    async def run() -> None:
        indexes = IndexService(release.quads, release.manifest.files)
        reports = ReportService(indexes)
        for number in (-1, 0, 2, 10**30):
            with pytest.raises(ResourceNotFound):
                await reports.quality_page(number)
        with pytest.raises(ResourceNotFound):
            await reports.quality(f"{release.manifest.plans[0]}/goal/1")
        await reports.close()
        await indexes.close()

    asyncio.run(run())


def test_an_empty_release_has_one_empty_page(tmp_path: Path) -> None:
    (tmp_path / "quads.nq").write_bytes(b"")

    async def run() -> None:
        indexes = IndexService(tmp_path / "quads.nq", {})
        reports = ReportService(indexes)
        page = await reports.quality_page(1)
        assert (page.qualities, page.total) == ((), 0)
        assert await reports.document_count() == 0
        await reports.close()
        await indexes.close()

    asyncio.run(run())
