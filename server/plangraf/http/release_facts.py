"""Facts of a release: read or made when they are first needed, once, and kept as long as the release is served."""

from collections.abc import Awaitable, Callable, Hashable
from pathlib import Path
from typing import TypeVar, cast

import pyoxigraph as ox
from anyio import to_thread

from plangraf.citing.citation import Citations
from plangraf.engine.interface import Engine
from plangraf.linkeddata.catalogue import describe_catalogue
from plangraf.linkeddata.datasets import Datasets, read_datasets
from plangraf.linkeddata.statements import Statements
from plangraf.once import OnceCache
from plangraf.release.dump_service import DumpService
from plangraf.release.dumps import Dumps
from plangraf.release.release import Manifest
from plangraf.settings import Settings

_ENTRIES = 1000
_ROWS = 20_000
"""Rows of lists that are kept in all, some 20 MB of them; a longer list is read each time."""

T = TypeVar("T")


class ReleaseFacts:
    """What is known of one release beyond its manifest: its datasets, its catalogue, its dumps.

    Args:
        engine: answers queries on the release.
        manifest: what the release says of itself.
        quads: the release's file of quads, which dumps are made from.
        settings: the operator's choices, which name the publisher of the catalogue.
    """

    def __init__(self, engine: Engine, manifest: Manifest, quads: Path, settings: Settings) -> None:
        self._engine = engine
        self._manifest = manifest
        self._settings = settings
        self._known: OnceCache[Hashable, object] = OnceCache(_ENTRIES)
        self._lists: OnceCache[Hashable, tuple[object, ...]] = OnceCache(_ROWS, lambda _, rows: len(rows) + 1)
        self.dump_service = DumpService(quads)

    async def once(self, key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        """Return a fact that is the same for a key throughout the release; `make` is called once.

        Raises:
            PlangrafError: as `make` does; the next caller tries again.
        """
        return cast("T", await self._known.once(key, make))

    async def rows(self, key: Hashable, make: Callable[[], Awaitable[tuple[T, ...]]]) -> tuple[T, ...]:
        """Return a list of which there are many; those that were asked for last are kept.

        Raises:
            PlangrafError: as `make` does; the next caller tries again.
        """
        return cast("tuple[T, ...]", await self._lists.once(key, make))

    async def datasets(self) -> Datasets:
        """Return the datasets of the release."""
        return await self.once("datasets", lambda: read_datasets(self._engine, self._manifest))

    async def citations(self) -> Citations:
        """Return the citations of the release."""
        return Citations(await self.datasets(), self._manifest, self._settings)

    async def dumps(self) -> Dumps:
        """Return the dumps of the release.

        Raises:
            DumpsUnavailable: they are not made yet.
        """
        return await self.dump_service.dumps((await self.datasets()).dump_selection)

    async def catalogue(self) -> list[ox.Triple]:
        """Return the catalogue with the checksums of the dumps.

        Raises:
            DumpsUnavailable: they are not made yet.
        """

        async def make() -> list[ox.Triple]:
            return await self._describe(await self.dumps())

        return await self.once("catalogue", make)

    async def outline(self) -> Statements:
        """Return the catalogue without the checksums, for those who need not wait for dumps."""

        async def make() -> Statements:
            return Statements(await self._describe(None))

        return await self.once("outline", make)

    async def close(self) -> None:
        """Stop what is being made."""
        await self._known.close()
        await self._lists.close()
        await self.dump_service.close()

    async def _describe(self, dumps: Dumps | None) -> list[ox.Triple]:
        datasets = await self.datasets()
        return await to_thread.run_sync(describe_catalogue, datasets, self._manifest, self._settings, dumps)
