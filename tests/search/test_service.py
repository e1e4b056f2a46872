"""Searches of a release: their results agree with its data, and they end with the service."""

import asyncio
import shutil
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from plangraf.namespaces import expand
from plangraf.release.release import Release
from plangraf.search.criteria import Criteria
from plangraf.search.index_service import IndexService
from plangraf.search.resource_texts import parse_texts
from plangraf.search.service import SearchService
from plangraf.search.similar import Likeness, Topic


def _run(release: Release, test: Callable[[SearchService], Coroutine[Any, Any, None]]) -> None:
    async def go() -> None:
        indexes = IndexService(release.quads, release.manifest.files)
        search = SearchService(indexes)
        try:
            await test(search)
        finally:
            await search.close()
            await indexes.close()

    asyncio.run(go())


def test_every_goal_is_found(release: Release) -> None:
    async def test(search: SearchService) -> None:
        found = await search.find(Criteria("", {"kind": ("goal",)}))
        assert found.total == release.manifest.counts.classes[expand("plan:Goal")]

    _run(release, test)


def test_searches_at_once_have_the_results_of_searches_one_by_one(release: Release) -> None:
    texts = ["klima", "barn", "", "bolig", "klima", "by", "11.3", "transport", "klima"]

    async def test(search: SearchService) -> None:
        pages = [Criteria(text, number=number) for text in texts for number in (1, 2)]
        at_once = await asyncio.gather(*map(search.find, pages))
        assert list(at_once) == [await search.find(page) for page in pages]

    _run(release, test)


def test_paging_shows_each_match_once(release: Release) -> None:
    async def test(search: SearchService) -> None:
        first = await search.find(Criteria(""))
        pages = [await search.find(Criteria("", number=number)) for number in range(1, first.pages + 1)]
        found = [hit.thing.iri for page in pages for hit in page.hits]
        assert len(found) == len(set(found)) == first.total > 500

    _run(release, test)


def test_labels_are_those_of_the_data(release: Release) -> None:
    names = ("skos:prefLabel", "rdfs:label", "dct:title", "skos:notation", "plan:order")
    naming = [ox.NamedNode(expand(name)) for name in names]
    store = ox.Store()
    store.bulk_load(path=str(release.quads), format=ox.RdfFormat.N_QUADS)
    subjects, stated = set[str](), set[ox.Triple]()
    for name in naming:
        for quad in store.quads_for_pattern(None, name, None, ox.DefaultGraph()):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                subjects.add(quad.subject.value)
                stated.add(quad.triple)

    async def go() -> None:
        indexes = IndexService(release.quads, release.manifest.files)
        index = await indexes.index()
        found = parse_texts(index.labels(subjects | {"http://example.org/unknown"}))
        await indexes.close()
        assert len(found) == len(stated)
        assert set(found) == stated

    asyncio.run(go())


def test_a_release_without_an_index_has_no_similar_goals_and_is_no_error(release: Release, tmp_path: Path) -> None:
    quads = Path(shutil.copy(release.quads, tmp_path))
    topics = [Topic(Likeness.SDG, "13")]

    async def test() -> None:
        indexes = IndexService(quads, {})
        search = SearchService(indexes)
        try:
            assert await search.similar([], topics) is None
            assert indexes.opened is None, "no index is made for a page"
            await indexes.index()
            assert await search.similar([], topics)
            assert await search.similar([], []) == []
        finally:
            await search.close()
            await indexes.close()

    asyncio.run(test())
