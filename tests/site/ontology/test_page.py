"""The page of the ontology is made in few calls of the engine, and knows an example of everything."""

import asyncio

import pyoxigraph as ox
from rdflib import SH
from tests.engines import running

from plangraf.engine.ask import load_query
from plangraf.engine.interface import Answer, Engine, EngineStatistics, Query
from plangraf.linkeddata.description import describe_graph
from plangraf.namespaces import ONTOLOGY, PLAN, compact
from plangraf.release.release import Counts, Release
from plangraf.site.ontology.page import ontology_page
from plangraf.site.ontology.usage import read_usage
from plangraf.validation.shapes import Shapes
from plangraf.view.page import Metadata, Page
from plangraf.view.reader import Reader

USAGE = load_query("plangraf.site.ontology", "usage")


class Counting:
    """An engine that counts what it is asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.calls = 0

    async def start(self) -> None:
        await self._engine.start()

    async def evaluate(self, query: Query) -> Answer:
        self.calls += 1
        return await self._engine.evaluate(query)

    def statistics(self) -> EngineStatistics:
        return self._engine.statistics()

    async def close(self) -> None:
        await self._engine.close()


def test_the_page_takes_three_calls_of_the_engine(release: Release) -> None:
    async def ask() -> tuple[int, Page]:
        async with running(release.quads) as engine:
            counting = Counting(engine)
            triples = await describe_graph(counting, ONTOLOGY)
            usage = await read_usage(counting, [])
            page = ontology_page(triples, (), usage, release.manifest.counts, Reader("nb", named=False), Metadata())
            return counting.calls, page

    calls, page = asyncio.run(ask())
    assert calls == 3
    assert page.title == "Plangraf-vokabularet"


def test_a_release_without_any_plan_has_its_examples_from_the_invented_one(release: Release) -> None:
    async def ask() -> Page:
        async with running(release.quads) as engine:
            triples = await describe_graph(engine, ONTOLOGY)
        alone = release.path / "ontology-alone.nq"
        alone.write_bytes(ox.serialize((ox.Quad(*t) for t in triples), format=ox.RdfFormat.N_QUADS) or b"")
        async with running(alone) as engine:
            counts = Counts(triples=len(triples), graphs={}, classes={})
            return ontology_page(
                triples, (), await read_usage(engine, []), counts, Reader("en", named=False), Metadata()
            )

    topics = asyncio.run(ask()).context["topics"]
    assert isinstance(topics, list)
    examples = {section.anchor: section.example for topic in topics for section in topic.sections}
    assert examples["Goal"].published is False
    assert "/eksempelvik/" in examples["Goal"].iri


def test_the_classes_are_asked_of_every_property_that_the_shapes_ask_of_whatever_has_it(shapes: Shapes) -> None:
    named = {str(iri) for iri in shapes.graph.objects(None, SH.targetSubjectsOf) if str(iri).startswith(PLAN)}
    assert named
    assert [iri for iri in named if f"{compact(iri)}," not in USAGE and f"{compact(iri)})" not in USAGE] == []
