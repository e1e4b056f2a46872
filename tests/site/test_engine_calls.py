"""How often a page asks the engine, counted at the engine's own interface."""

import asyncio

import httpx
import pytest
from tests.engines import Counting, running

from plangraf import settings, shipped
from plangraf.app import assemble_app
from plangraf.http.services import Site
from plangraf.release.release import Release
from plangraf.sparql.examples import load_examples

MOST = 3
PLAN = "/doc/trondheim/samfunnsplan-2020-2032"
# What every kind of page asks; fewer is welcome, and is then written here.
CALLS = {
    "/": 2,
    PLAN: 2,
    PLAN + "/goal/1.1": 1,
    PLAN + "/challenge/1": 1,
    PLAN + "/actor/1": 1,
    PLAN + "/indicator/1": 1,
    PLAN + "/link/1.1-13.2": 1,
    "/doc/sdg": 2,
    "/doc/sdg/11": 3,
    "/doc/sdg/11.7": 3,
    "/doc/sdg/C110601": 3,
    "/graph/trondheim/samfunnsplan-2020-2032": 1,
    "/compare": 2,
    "/compare?publisher=trondheim&basis=stated": 2,
    "/compare?sdg=11": 3,
    "/search?q=klima": 1,
    "/catalog": 0,
    "/ontology": 1,
    "/shapes": 0,
    "/quality": 1,
    "/validate": 0,
    "/problems": 0,
    "/sparql": 0,
    "/sparql?query=ASK%20%7B%7D": 1,
}


@pytest.fixture(scope="module")
def counted(release: Release) -> dict[str, list[str]]:
    """Return what each page asks when nothing of the page is kept, but what is read once a release is."""

    async def count() -> dict[str, list[str]]:
        async with running(release.quads) as engine:
            counting = Counting(engine)
            site = Site(
                engine=counting,
                manifest=release.manifest,
                quads=release.quads,
                shapes=(),
                examples=load_examples(shipped.DATA / "queries"),
                settings=settings.load(page_cache_size=0, cache_size=0),
            )
            found = {}
            transport = httpx.ASGITransport(assemble_app(site))
            async with httpx.AsyncClient(
                transport=transport, base_url="http://test", headers={"Accept": "text/html"}
            ) as client:
                for path in CALLS:
                    await client.get(path)
                    counting.asked.clear()
                    answer = await client.get(path)
                    assert answer.status_code == 200, (path, answer.text)
                    found[path] = list(counting.asked)
            return found

    return asyncio.run(count())


@pytest.mark.parametrize("path", CALLS)
def test_a_page_asks_as_often_as_is_written_here(counted: dict[str, list[str]], path: str) -> None:
    asked = [text.partition("\n")[0] for text in counted[path]]
    assert len(asked) == CALLS[path], asked
    assert len(asked) <= MOST
