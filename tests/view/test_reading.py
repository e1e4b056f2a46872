"""Labels on a page: the same from the index of the release and, before it is made, from the engine."""

import asyncio
import random
import shutil
from pathlib import Path

import httpx
import pytest
from tests.engines import Counting, running
from tests.site.addresses import EXAMPLES

from plangraf import settings
from plangraf.app import assemble_app, make_services
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import expand
from plangraf.release.release import Manifest, Release
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading


@pytest.mark.parametrize("seed", range(20))
def test_the_first_of_a_list_are_those_of_the_whole_list(seed: int) -> None:
    drawn = random.Random(seed)  # noqa: S311  # a reproducible choice of test data
    statements = Statements()
    for number in range(30):
        subject = f"<http://e.org/{number}>"
        if drawn.random() < 0.8:
            statements.add_texts(
                [(subject, f"<{expand('skos:notation')}>", f'"{drawn.choice(["1", "2", "1.2", "1.10", "x"])}"')]
            )
        for tag in drawn.sample(["@nb", "@en", "@se", ""], drawn.randrange(4)):
            statements.add_texts([(subject, f"<{expand('skos:prefLabel')}>", f'"{drawn.choice("aBc")}"{tag}')])
    iris = [f"http://e.org/{number}" for number in range(30)]
    whole = Reading(statements, Reader("nn", named=False)).sorted(iris)
    for most in (1, 5, 29, 30, 40):
        assert Reading(statements, Reader("nn", named=False)).sorted(iris, most) == whole[:most]
    reading = Reading(statements, Reader("nn", named=False))
    assert [reading.key(reference.iri) for reference in whole] == [reference.key for reference in whole]


@pytest.mark.parametrize(("name", "saved"), [("plan", 1), ("SDG goal", 1), ("compare one SDG", 1), ("goal", 0)])
def test_a_page_is_the_same_before_and_after_the_index_is_made(release: Release, name: str, saved: int) -> None:
    async def run() -> tuple[list[bytes], list[int]]:
        pages, calls = [], []
        async with running(release.quads) as engine:
            counting = Counting(engine)
            chosen = settings.load(page_cache_size=0, cache_size=0)
            services = make_services(counting, release.manifest, release.quads, (), (), chosen)
            transport = httpx.ASGITransport(assemble_app(services))
            async with httpx.AsyncClient(
                transport=transport, base_url="http://test", headers={"Accept": "text/html", "Accept-Language": "en"}
            ) as client:
                await client.get(EXAMPLES[name].path)  # what is read once a release is read now
                for _ in range(2):
                    counting.asked.clear()
                    pages.append((await client.get(EXAMPLES[name].path)).content)
                    calls.append(len(counting.asked))
                    await services.indexes.index()
            await services.close()
        return pages, calls

    (before, after), (most, least) = asyncio.run(run())
    assert before == after
    assert most - least == saved


def test_a_release_of_an_older_version_is_searched(release: Release, tmp_path: Path) -> None:
    quads = Path(shutil.copy(release.quads, tmp_path / "quads.nq"))
    older = release.manifest.model_copy(update={"files": {}})

    async def run(quads: Path, manifest: Manifest) -> bytes:
        async with running(quads) as engine:
            services = make_services(engine, manifest, quads, (), (), settings.load())
            transport = httpx.ASGITransport(assemble_app(services))
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                answer = await client.get("/search.json?q=klima")
                assert answer.status_code == 200
            await services.close()
            return answer.content

    assert asyncio.run(run(quads, older)) == asyncio.run(run(release.quads, release.manifest))
