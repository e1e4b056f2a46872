"""`Services`: all that the handlers of requests need, in one frozen set that is started and closed in one place."""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from plangraf.engine.interface import Engine
from plangraf.http.answer_cache import AnswerCache
from plangraf.http.cache import RepresentationCache
from plangraf.http.metrics import Metrics
from plangraf.http.release_facts import ReleaseFacts
from plangraf.linkeddata.quality import QualityService
from plangraf.release.release import Manifest
from plangraf.search.service import SearchService
from plangraf.settings import Settings
from plangraf.sparql.examples import ExampleQueryFile
from plangraf.validation.service import ValidationService

if TYPE_CHECKING:  # a resource is declared with what its handlers get, and what they get holds all resources
    from plangraf.http.resource import Resource

_SEARCH_DELAY = 1.0
"""Seconds in which the first visitors are answered before the index of the search is made beside them."""


@dataclass(frozen=True)
class Services:
    """One release being served.

    Attributes:
        engine: answers queries on the release.
        manifest: what the release says of itself.
        quads: the release's file of quads, which dumps are made from.
        shapes: the triples of the shapes that the release conforms to.
        examples: example queries.
        settings: the operator's choices.
        resources: all resources of the site, in the order in which they are routed.
        facts: what is known of the release beyond its manifest.
        search: the search in the texts of the release.
        quality: the measures of the plans of the release.
        validation: checks uploads.
        representations: pages and documents that are kept.
        answers: answers to queries that are kept.
        metrics: the counters.
    """

    engine: Engine
    manifest: Manifest
    quads: Path
    shapes: tuple[ox.Triple, ...]
    examples: tuple[ExampleQueryFile, ...]
    settings: Settings
    resources: "tuple[Resource[Any], ...]"
    facts: ReleaseFacts
    search: SearchService
    quality: QualityService
    validation: ValidationService
    representations: RepresentationCache
    answers: AnswerCache
    metrics: Metrics

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
    ) -> "Services":
        """Return the services of a release; `start` comes before the first request.

        Args:
            engine: answers queries on the release.
            manifest: what the release says of itself.
            quads: the release's file of quads.
            shapes: the triples of the shapes.
            examples: example queries.
            settings: the operator's choices.
            resources: all resources of the site.
        """
        answers = AnswerCache(settings.cache_size, manifest.release)
        return cls(
            engine=engine,
            manifest=manifest,
            quads=quads,
            shapes=shapes,
            examples=examples,
            settings=settings,
            resources=resources,
            facts=ReleaseFacts(engine, manifest, quads, settings),
            search=SearchService(engine),
            quality=QualityService(engine),
            validation=ValidationService(settings),
            representations=RepresentationCache(settings.page_cache_size),
            answers=answers,
            metrics=Metrics(engine, answers),
        )

    async def start(self) -> None:
        """Start the engine, and have the index of the search made soon."""
        await self.engine.start()
        self.search.prepare(_SEARCH_DELAY)

    async def close(self) -> None:
        """Stop what is being made and end all processes and threads of this release, even if one of them fails to."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.engine.close)  # the last, since the others ask it
            for service in (
                *(self.quality, self.search, self.facts),
                *(self.answers, self.representations, self.validation),
            ):
                stack.push_async_callback(service.close)
