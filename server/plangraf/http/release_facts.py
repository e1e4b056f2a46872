"""What a release holds, read once and kept: its datasets, the catalogue, the dumps, the pages."""

import asyncio
from collections.abc import Awaitable, Callable
from importlib.resources import files
from typing import Annotated, TypeVar

import pyoxigraph as ox
from anyio import to_thread
from cachetools import LRUCache
from fastapi import Depends, Request

import plangraf.linkeddata
from plangraf.citing.citation import Citations
from plangraf.engine.ask import select
from plangraf.engine.interface import Query
from plangraf.formats import Format
from plangraf.http.services import Site
from plangraf.linkeddata.addresses import document_path
from plangraf.linkeddata.catalogue import describe_catalogue
from plangraf.linkeddata.datasets import Datasets, read_datasets
from plangraf.linkeddata.statements import Statements
from plangraf.rdf.serialization import serialize
from plangraf.release.dump_service import DumpService
from plangraf.release.dumps import Dumps
from plangraf.site.browse.concepts import Concept, read_concepts
from plangraf.site.browse.schemes import PATH as BROWSE
from plangraf.site.browse.schemes import Scheme, read_schemes

_PAGES = (files(plangraf.linkeddata) / "queries" / "pages.rq").read_text(encoding="utf-8")
_ALWAYS = ("/", "/about", BROWSE, "/catalog", "/cite", "/ontology", "/shapes", "/problems", "/sparql")
_CONCEPTS = 20_000  # that are kept, some 20 MB of them

T = TypeVar("T")


class Holdings:
    """Answers about one release that do not change while it is served.

    Each is made when it is first asked for, once, however many ask; a failure is not kept.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._kept: dict[str, object] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._concepts: LRUCache[str, tuple[Concept, ...]] = LRUCache(_CONCEPTS, getsizeof=lambda of: len(of) + 1)
        self.maker = DumpService(site.quads)

    async def datasets(self) -> Datasets:
        """Return the datasets of the release."""
        return await self._once("datasets", lambda: read_datasets(self._site.engine, self._site.manifest))

    async def citations(self) -> Citations:
        """Return the citations of the release."""
        return Citations(await self.datasets(), self._site.manifest, self._site.settings)

    async def dumps(self) -> Dumps:
        """Return the dumps of the release.

        Raises:
            DumpsUnavailable: they are not made yet.
        """
        return await self.maker.dumps((await self.datasets()).dump_selection)

    async def catalogue(self) -> list[ox.Triple]:
        """Return the catalogue with the checksums of the dumps.

        Raises:
            DumpsUnavailable: they are not made yet.
        """

        async def make() -> list[ox.Triple]:
            return await self._describe(await self.dumps())

        return await self._once("catalogue", make)

    async def outline(self) -> Statements:
        """Return the catalogue without the checksums, for those who need not wait for dumps."""

        async def make() -> Statements:
            return Statements(await self._describe(None))

        return await self._once("outline", make)

    async def serialized_catalogue(self, rdf_format: Format) -> bytes:
        """Return the catalogue in one of the graph formats.

        Raises:
            DumpsUnavailable: the dumps are not made yet.
        """

        async def make() -> bytes:
            return await to_thread.run_sync(serialize, await self.catalogue(), rdf_format)

        return await self._once(f"catalogue.{rdf_format.key}", make)

    async def pages(self) -> tuple[str, ...]:
        """Return the paths of all pages, sorted."""

        async def make() -> tuple[str, ...]:
            found = await select(self._site.engine, Query(_PAGES))
            paths = {document_path(solution["iri"].value) for solution in found}
            return (*_ALWAYS, *sorted(path for path in paths if path is not None and "#" not in path))

        return await self._once("pages", make)

    async def schemes(self) -> tuple[Scheme, ...]:
        """Return the plans, the other schemes and the collections, with how many concepts each has."""
        return await self._once("schemes", lambda: read_schemes(self._site.engine))

    async def concepts(self, scheme: str) -> tuple[Concept, ...]:
        """Return the concepts of a scheme or a collection; those that were asked for last are kept."""
        found = self._concepts.get(scheme)
        if found is None:
            found = await read_concepts(self._site.engine, scheme)
            if len(found) < _CONCEPTS:
                self._concepts[scheme] = found
        return found

    async def close(self) -> None:
        """Stop what is being made."""
        await self.maker.close()

    async def _describe(self, dumps: Dumps | None) -> list[ox.Triple]:
        site = self._site
        return await to_thread.run_sync(
            describe_catalogue, await self.datasets(), site.manifest, site.settings, dumps
        )

    async def _once(self, name: str, make: Callable[[], Awaitable[T]]) -> T:
        async with self._locks.setdefault(name, asyncio.Lock()):
            if name not in self._kept:
                self._kept[name] = await make()
            return self._kept[name]  # type: ignore[return-value]  # each name has one type


def _holdings(request: Request) -> Holdings:
    holdings = request.app.state.holdings
    assert isinstance(holdings, Holdings)  # noqa: S101  # assemble_app put it there
    return holdings


TheHoldings = Annotated[Holdings, Depends(_holdings)]
