import asyncio
from pathlib import Path

import pytest
from tests.engines import running

from plangraf import shipped
from plangraf.engine.errors import QueryTimeout
from plangraf.engine.interface import Query, read
from plangraf.errors import InputError
from plangraf.formats import CSV, N_TRIPLES
from plangraf.negotiation import Choice
from plangraf.release.build import build_release
from plangraf.release.disk import disk_store
from plangraf.release.release import Release
from plangraf.sources.dataset import list_files
from plangraf.sparql.examples import load_examples
from plangraf.validation.shapes import Shapes

RESULTS = Choice(CSV, CSV.media_type)
GRAPHS = Choice(N_TRIPLES, N_TRIPLES.media_type)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, shapes: Shapes) -> Release:
    return build_release(list_files([shipped.DATA]), tmp_path_factory.mktemp("releases"))


def answers(source: Path) -> list[list[bytes]]:
    """Return the answers to all examples, their rows sorted."""

    async def run() -> list[list[bytes]]:
        async with running(source) as engine:
            queries = [
                Query(example.text, results=RESULTS, graphs=GRAPHS)
                for example in load_examples(shipped.DATA / "queries")
            ]
            return [sorted((await read(await engine.evaluate(q))).splitlines()) for q in queries]

    return asyncio.run(run())


def test_a_store_on_disk_answers_as_one_in_memory(built: Release) -> None:
    assert answers(disk_store(built)) == answers(built.quads)


def test_it_is_made_once(built: Release) -> None:
    first = disk_store(built)
    made = {path: path.stat().st_mtime_ns for path in first.rglob("*")}
    assert disk_store(built) == first
    assert {path: path.stat().st_mtime_ns for path in first.rglob("*")} == made


def test_queries_on_disk_are_ended_at_their_limit_too(built: Release) -> None:
    async def run() -> None:
        async with running(disk_store(built)) as engine:
            query = Query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", results=RESULTS, seconds=0.3)
            with pytest.raises(QueryTimeout):
                await engine.evaluate(query)

    asyncio.run(run())


def test_a_release_that_cannot_be_written_is_told(tmp_path: Path, built: Release) -> None:
    gone = Release(tmp_path / "nowhere", built.manifest)
    with pytest.raises(InputError, match="cannot be written"):
        disk_store(gone)
