"""Facts about a release that several pages need; each is read or computed once, at the first request."""

import logging
from asyncio import Task, create_task, sleep
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar, cast

import pyoxigraph as ox
from anyio import to_thread

from plangraf.citing.citation import Citations
from plangraf.engine.errors import EngineError
from plangraf.engine.interface import Engine
from plangraf.http.background import Background
from plangraf.linkeddata.catalogue import describe_catalogue, describe_dataset
from plangraf.linkeddata.datasets import Datasets, read_datasets
from plangraf.linkeddata.sources import Sources
from plangraf.linkeddata.statements import Statements
from plangraf.once import OnceCache
from plangraf.release.dump_service import DumpService
from plangraf.release.dumps import Dumps
from plangraf.release.release import Manifest
from plangraf.settings import Settings

_log = logging.getLogger(__name__)

_ENTRIES = 1000
_DATASETS = 32
"""The number of datasets whose descriptions are cached, about 100 kB each; making one takes milliseconds."""
_ROWS = 20_000
"""The maximum total number of rows of cached lists, about 20 MB; a longer list is read for each request."""

T = TypeVar("T")


class ReleaseFacts:
    """A cache of the facts about a release that are not in its manifest, such as its datasets and its catalogue.

    Args:
        engine: the engine, which has loaded the release.
        manifest: the manifest of the release.
        quads: the file of quads, from which the dumps are written.
        settings: the settings, which name the publisher of the catalogue.
        background: writes the dumps.

    Attributes:
        dump_service: generates the dumps.
    """

    def __init__(
        self, engine: Engine, manifest: Manifest, quads: Path, settings: Settings, background: Background
    ) -> None:
        self._engine = engine
        self._manifest = manifest
        self._settings = settings
        self._known: OnceCache[Hashable, object] = OnceCache(_ENTRIES)
        self._described: OnceCache[tuple[str | None, bool], Statements] = OnceCache(_DATASETS)
        self._lists: OnceCache[Hashable, tuple[object, ...]] = OnceCache(_ROWS, lambda _, rows: len(rows) + 1)
        self._preparing: Task[None] | None = None
        self.dump_service = DumpService(quads, background.write_dumps, background.scratch)

    async def once(self, key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        """Return the cached fact of `key`, or call `make` once for all concurrent callers and cache its result.

        Args:
            key: identifies the fact; the type of its value must always be the same.
            make: reads or computes the fact.

        Raises:
            PlangrafError: the exception of `make`, in all waiting callers; the next caller tries again.
        """
        return cast("T", await self._known.once(key, make))

    async def rows(self, key: Hashable, make: Callable[[], Awaitable[tuple[T, ...]]]) -> tuple[T, ...]:
        """Return the list of `key`, as `once` does, from a least-recently-used cache that is bounded by rows.

        Raises:
            PlangrafError: the exception of `make`, in all waiting callers; the next caller tries again.
        """
        return cast("tuple[T, ...]", await self._lists.once(key, make))

    async def datasets(self) -> Datasets:
        """Return the datasets of the release.

        Raises:
            PlangrafError: the engine cannot answer the queries.
        """
        return await self.once("datasets", lambda: read_datasets(self._engine, self._manifest))

    async def sources(self) -> Sources | None:
        """Return all graphs of the release as sources; None if the engine cannot name them now.

        Descriptions of the server and pages such as that about it do without the engine.
        """
        try:
            return (await self.datasets()).all_sources
        except EngineError:
            return None

    async def catalogue_sources(self) -> Sources:
        """Return the graphs of the release as the sources of the catalogue, whose creator is its publisher.

        Raises:
            PlangrafError: the engine cannot answer the queries.
        """
        return replace((await self.datasets()).all_sources, creators=(self._settings.publisher,))

    async def citations(self) -> Citations:
        """Return the citations of the datasets and their plans.

        Raises:
            PlangrafError: the engine cannot answer the queries.
        """
        return Citations(await self.datasets(), self._manifest, self._settings)

    async def dumps(self) -> Dumps:
        """Return the list of dumps; the first call starts to write them.

        Raises:
            DumpsUnavailable: the dumps are still being written, or writing them failed.
        """
        return await self.dump_service.dumps((await self.datasets()).dump_selection)

    async def written_dumps(self) -> Dumps | None:
        """Return the list of dumps; None if they have not been written, which the first call starts then."""
        selection = (await self.datasets()).dump_selection
        written = await to_thread.run_sync(self.dump_service.made, selection)
        if written is None:
            self.dump_service.begin(selection)
        return written

    def prepare_dumps(self, delay: float) -> None:
        """Have the dumps written after a delay in seconds, if nobody asks for them before."""

        async def write() -> None:
            await sleep(delay)
            try:
                await self.written_dumps()
            except EngineError as error:
                _log.warning("the dumps are not written before somebody asks for them: %s", error)

        self._preparing = create_task(write())

    async def catalogue(self, dumps: Dumps | None) -> list[ox.Triple]:
        """Return the triples of the catalogue.

        Args:
            dumps: the dumps, for their sizes and checksums, which are left out if it is None.
        """

        async def make() -> list[ox.Triple]:
            datasets = await self.datasets()
            return await to_thread.run_sync(describe_catalogue, datasets, self._manifest, self._settings, dumps)

        return await self.once("catalogue" if dumps is None else "catalogue with dumps", make)

    async def dataset(self, name: str | None) -> Statements:
        """Return what the catalogue says of one dataset.

        It has sizes and checksums once the dumps have been written; a page does not wait for them.

        Args:
            name: the name of the dataset; None is the dataset of the whole release.
        """
        datasets = await self.datasets()
        dumps = await to_thread.run_sync(self.dump_service.made, datasets.dump_selection)

        async def make() -> Statements:
            return Statements(describe_dataset(datasets, self._manifest, self._settings, name, dumps))

        return await self._described.once((name, dumps is None), make)

    async def close(self) -> None:
        """Cancel all running computations, and stop the dump service."""
        if self._preparing is not None:
            self._preparing.cancel()
        await self._known.close()
        await self._described.close()
        await self._lists.close()
        await self.dump_service.close()
