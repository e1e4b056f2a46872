"""The services: the objects that request handlers need, created, started and closed in one place."""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from plangraf.engine.interface import Engine
from plangraf.http.answer_cache import AnswerCache
from plangraf.http.background import Background
from plangraf.http.cache import RepresentationCache
from plangraf.http.metrics import Metrics
from plangraf.http.places import PlaceLimits, Places
from plangraf.http.release_facts import ReleaseFacts
from plangraf.linkeddata.addresses import Addresses
from plangraf.matching.service import MatchingService
from plangraf.previewing.limits import PreviewLimits
from plangraf.release.change_service import ChangeService
from plangraf.release.ledger import Ledger
from plangraf.release.release import Manifest
from plangraf.release.state import StateFolder
from plangraf.search.index_service import IndexService
from plangraf.search.report_service import ReportService
from plangraf.search.service import SearchService
from plangraf.settings import Settings
from plangraf.sparql.examples import ExampleQueryFile

if TYPE_CHECKING:  # a circular import: handlers of resources take the services, which contain all resources
    from plangraf.http.resource import Resource

_SEARCH_DELAY = 1.0
"""Seconds from the start to the making of a missing search index, which would delay the first responses."""
_DUMPS_DELAY = 60.0
"""Seconds from the start to the writing of dumps that nobody has asked for."""
_MAKING = 8
"""The number of requests that are worked on at once; more would only wait for each other on the event loop."""
_LONG_QUERIES = 16
"""The number of long queries whose text is in memory at once."""


@dataclass(frozen=True)
class OlderRelease:
    """That a release is served which is not the current one.

    Attributes:
        release: its name.
        switched: when it first became the current one, if that is known.
    """

    release: str
    switched: datetime | None


@dataclass(frozen=True)
class Services:
    """The objects that request handlers need to serve a release.

    Attributes:
        engine: the engine, which evaluates queries on the release.
        manifest: the manifest of the release.
        addresses: the mapping between the IRIs of the release and paths.
        quads: the file of quads, from which the dumps are written.
        shapes: the triples of the shapes that the release conforms to.
        examples: the example queries.
        settings: the settings of the server.
        resources: all resources of the site, in the order of routing.
        facts: the release facts.
        indexes: the index file of the release.
        search: the full-text search.
        matching: the matching of texts with things.
        reports: the quality of plans, the mappings and the documents of the release.
        changes: the change log, as of the release.
        background: validates uploads and writes dumps.
        representations: the representation cache.
        answers: the answer cache.
        metrics: the metrics and the query log.
        making: the places of requests whose representation is not cached.
        long_queries: the places of queries whose text is long.
        ledger: all IRIs that have been published, as of the start; empty without a state folder, and for an older
            release, which knows nothing of what came later.
        older: set if the release is not the current one.
        preview: the limits of the preview, if only some pages of an upload are rendered.
    """

    engine: Engine
    manifest: Manifest
    addresses: Addresses
    quads: Path
    shapes: tuple[ox.Triple, ...]
    examples: tuple[ExampleQueryFile, ...]
    settings: Settings
    resources: "tuple[Resource[Any], ...]"
    facts: ReleaseFacts
    indexes: IndexService
    search: SearchService
    matching: MatchingService
    reports: ReportService
    changes: ChangeService
    background: Background
    representations: RepresentationCache
    answers: AnswerCache
    metrics: Metrics
    making: Places
    long_queries: Places
    ledger: Ledger
    older: OlderRelease | None
    preview: PreviewLimits | None = None

    @classmethod
    def of(
        cls,
        engine: Engine,
        manifest: Manifest,
        quads: Path,
        shapes: tuple[ox.Triple, ...],
        examples: tuple[ExampleQueryFile, ...],
        settings: Settings,
        resources: "tuple[Resource[Any], ...]",
        background: Background,
        metrics: Metrics,
        older: OlderRelease | None = None,
    ) -> "Services":
        """Return the services of a release; call `start` before the first request.

        Args:
            engine: the engine for the release.
            manifest: the manifest of the release.
            quads: the file of quads.
            shapes: the triples of the shapes.
            examples: the example queries.
            settings: the settings of the server.
            resources: all resources of the site, in the order of routing.
            background: validates uploads and writes dumps.
            metrics: the metrics, which observe the engine.
            older: set if the release is not the current one.
        """
        answers = AnswerCache(settings.cache_size, manifest.release, metrics.cache_changed)
        indexes = IndexService(quads, manifest.files, background.write_index, background.scratch)
        return cls(
            engine=engine,
            manifest=manifest,
            addresses=Addresses.of(manifest),
            quads=quads,
            shapes=shapes,
            examples=examples,
            settings=settings,
            resources=resources,
            facts=ReleaseFacts(engine, manifest, quads, settings, background),
            indexes=indexes,
            search=SearchService(indexes),
            matching=MatchingService(indexes, manifest.publishers),
            reports=ReportService(indexes),
            changes=ChangeService(quads, manifest),
            background=background,
            representations=RepresentationCache(settings.page_cache_size),
            answers=answers,
            metrics=metrics,
            making=_places(_MAKING, settings),
            long_queries=_places(_LONG_QUERIES, settings),
            ledger=Ledger(None if older or settings.served is None else StateFolder.around(settings.served).path),
            older=older,
        )

    @property
    def beyond_release(self) -> tuple[str, ...]:
        """The beginnings of the paths whose answers depend on more than the release, which cannot be asked for."""
        return tuple(resource.prefix for resource in self.resources if not resource.of_release)

    async def start(self) -> None:
        """Start the engine and wait for its first worker, and have the search index opened or made."""
        await self.engine.start()
        self.indexes.prepare(_SEARCH_DELAY)
        if self.older is None:
            self.facts.prepare_dumps(_DUMPS_DELAY)

    async def index_opened(self) -> None:
        """Wait for the index file of the release.

        Raises:
            IndexUnavailable: it is still being made, or making it failed.
        """
        await self.indexes.index()

    async def close(self) -> None:
        """Cancel running work and end all processes and threads, also if one of the services fails to close."""
        async with AsyncExitStack() as stack:
            stack.callback(self.metrics.retire, self.manifest.release)
            stack.push_async_callback(self.engine.close)  # closed last, because the others query it
            stack.push_async_callback(self.indexes.close)  # after the threads that search it
            for service in (
                *(self.reports, self.search, self.matching, self.facts, self.changes),
                *(self.answers, self.representations, self.background),
            ):
                stack.push_async_callback(service.close)


def _places(total: int, settings: Settings) -> Places:
    """Return places for which as many requests may wait as there are connections.

    A client that waits costs nothing, but one that is refused at once asks again at once.
    """
    return Places(
        PlaceLimits(
            total,
            settings.client_queries,
            client_waiting=settings.client_connections,
            waiting=settings.connections,
        )
    )
