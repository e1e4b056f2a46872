"""How often a page asks the engine, counted at the engine's own interface."""

import asyncio

import httpx
import pytest
from tests.engines import Counting, running
from tests.site.addresses import EXAMPLES

from plangraf import settings, shipped
from plangraf.app import assemble_app, make_services
from plangraf.release.release import Release
from plangraf.sparql.examples import load_examples

MOST = 3
"""The most calls of the engine that a page may cost."""


@pytest.fixture(scope="module")
def counted(release: Release) -> dict[str, list[str]]:
    """Return what each page asks when nothing of the page is kept, but what is read once a release is."""

    async def count() -> dict[str, list[str]]:
        async with running(release.quads) as engine:
            counting = Counting(engine)
            site = make_services(
                engine=counting,
                manifest=release.manifest,
                quads=release.quads,
                shapes=(),
                examples=load_examples(shipped.DATA / "queries"),
                settings=settings.load(page_cache_size=0, cache_size=0),
            )
            await site.indexes.index()
            found = {}
            transport = httpx.ASGITransport(assemble_app(site))
            async with httpx.AsyncClient(
                transport=transport, base_url="http://test", headers={"Accept": "text/html"}
            ) as client:
                for name, example in EXAMPLES.items():
                    await client.get(example.path)
                    counting.asked.clear()
                    answer = await client.get(example.path)
                    assert answer.status_code == example.status, (example.path, answer.text)
                    found[name] = list(counting.asked)
            await site.close()
            return found

    return asyncio.run(count())


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_page_asks_as_often_as_its_resource_declares(counted: dict[str, list[str]], name: str) -> None:
    asked = [text.partition("\n")[0] for text in counted[name]]
    assert len(asked) == EXAMPLES[name].engine_calls, asked
    assert len(asked) <= MOST


def test_many_at_once_cost_as_many_calls_as_one(release: Release) -> None:
    """A page that nothing is known of yet, asked for by 20 clients at the same time."""

    async def count() -> dict[str, int]:
        found = {}
        async with running(release.quads) as engine:
            for name in ("plan", "SDG goal", "compare"):
                calls = []
                for clients in (1, 20):
                    counting = Counting(engine)
                    services = make_services(counting, release.manifest, release.quads, (), (), settings.load())
                    transport = httpx.ASGITransport(assemble_app(services))
                    async with httpx.AsyncClient(
                        transport=transport, base_url="http://test", headers={"Accept": "text/html"}, timeout=60
                    ) as client:
                        answers = await asyncio.gather(*(client.get(EXAMPLES[name].path) for _ in range(clients)))
                    assert {answer.status_code for answer in answers} == {200}
                    calls.append(len(counting.asked))
                found[name] = calls[1] - calls[0]
        return found

    assert asyncio.run(count()) == {"plan": 0, "SDG goal": 0, "compare": 0}


@pytest.mark.parametrize("path", ["/ontology", "/shapes", EXAMPLES["plan"].path, EXAMPLES["SDG goal"].path])
def test_other_ways_to_ask_for_the_same_page_cost_no_call(release: Release, path: str) -> None:
    """Headers with which a client can ask for the same form in the same language share its entry in the cache."""

    async def count() -> tuple[list[str], set[str], int]:
        async with running(release.quads) as engine:
            counting = Counting(engine)
            services = make_services(counting, release.manifest, release.quads, (), (), settings.load())
            transport = httpx.ASGITransport(assemble_app(services))
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                await client.get(path, headers={"Accept": "text/html", "Accept-Language": "en"})
                size = services.representations.size
                counting.asked.clear()
                tags = set()
                for number in range(20):
                    headers = {
                        "Accept": f"text/html, x/{number};q=0.{number}",
                        "Accept-Language": f"en, de;q=0.{number}",
                    }
                    answer = await client.get(path, headers=headers)
                    assert answer.headers["content-type"].startswith("text/html")
                    assert {"Accept", "Accept-Language"} <= set(answer.headers["vary"].split(", "))
                    tags.add(answer.headers["etag"])
                grown = services.representations.size - size
            await services.close()
            return counting.asked, tags, grown

    asked, tags, grown = asyncio.run(count())
    assert asked == []
    assert len(tags) == 1
    assert grown == 0
