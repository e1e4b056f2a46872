"""The report service: it reads the reports on a release from its index file."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from plangraf.errors import ResourceNotFound
from plangraf.languages import N_
from plangraf.linkeddata.quality import PAGE, PlanQuality
from plangraf.search.index_service import IndexService
from plangraf.search.report_tables import (
    count_paths,
    count_plans,
    read_mapping_set,
    read_paths,
    read_qualities,
    read_quality,
)

T = TypeVar("T")


@dataclass(frozen=True)
class QualityPage:
    """A page of the quality report.

    Attributes:
        qualities: the measurements of the plans on the page.
        total: the number of plans on all pages.
    """

    qualities: tuple[PlanQuality, ...]
    total: int


class ReportService:
    """The reports on one release, none of which is kept in memory.

    All methods raise `IndexUnavailable` if the index file has not been made yet.

    Args:
        indexes: provides the index file; whoever has created it closes it, after this service.
    """

    def __init__(self, indexes: IndexService) -> None:
        self._indexes = indexes
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="reports")  # SQLite must not block the event loop

    async def quality_page(self, number: int) -> QualityPage:
        """Return page `number` of the quality report, counted from 1.

        Raises:
            ResourceNotFound: there is no such page.
        """
        total = await self._read(count_plans)
        first = (number - 1) * PAGE
        if number < 1 or (number > 1 and first >= total):
            raise ResourceNotFound(N_("There is no page {number} here."), number=number)
        return QualityPage(await self._read(lambda database: read_qualities(database, first, PAGE)), total)

    async def quality(self, plan: str) -> PlanQuality:
        """Return the measurements of one plan.

        Raises:
            ResourceNotFound: there is no such plan.
        """
        found = await self._read(lambda database: read_quality(database, plan))
        if found is None:
            raise ResourceNotFound(N_("There is no plan {iri}."), iri=plan, members={"iri": plan})
        return found

    async def mapping_set(self, release: str) -> bytes:
        """Return the claims of the release as a mapping set in SSSOM/TSV, with `release` as its version."""
        return await self._read(lambda database: read_mapping_set(database).document(release))

    async def document_count(self) -> int:
        """Return the number of documents about things."""
        return await self._read(count_paths)

    async def document_paths(self, first: int, most: int) -> tuple[str, ...]:
        """Return at most `most` paths of documents about things, sorted, from the one with the index `first`."""
        return await self._read(lambda database: read_paths(database, first, most))

    async def close(self) -> None:
        """Stop the thread, after what it is reading."""
        await asyncio.to_thread(self._thread.shutdown, wait=True, cancel_futures=True)

    async def _read(self, read: Callable[[sqlite3.Connection], T]) -> T:
        index = await self._indexes.index()
        return await asyncio.get_running_loop().run_in_executor(self._thread, index.read, read)
