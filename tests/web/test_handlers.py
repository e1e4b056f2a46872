import asyncio
import re

import httpx
import pytest

from plangraf.engine.interface import Acceptable, Answer, Query
from plangraf.release.release import Release
from plangraf.settings import load
from plangraf.web.app import assemble_app
from plangraf.web.site import Site


def test_the_page_of_problems_has_an_anchor_for_each_type(server: str) -> None:
    page = httpx.get(f"{server}/problems").text
    problem = httpx.get(f"{server}/nothing").json()
    assert f'id="{problem["type"].partition("#")[2]}"' in page


class FaultyEngine:
    """An engine with a fault that nobody foresaw."""

    async def start(self) -> None:
        pass

    async def evaluate(self, query: Query, acceptable: Acceptable) -> Answer:
        raise RuntimeError("secret")

    async def close(self) -> None:
        pass


@pytest.mark.parametrize("path", ["/", "/sparql?query=ASK%7B%7D"])
@pytest.mark.parametrize(
    ("accept", "content_type"),
    [("text/html", "text/html; charset=utf-8"), ("*/*", "application/problem+json")],
)
def test_a_fault_of_ours_is_a_problem_too_and_tells_nothing_of_the_inside(
    release: Release, caplog: pytest.LogCaptureFixture, path: str, accept: str, content_type: str
) -> None:
    async def fetch() -> httpx.Response:
        app = assemble_app(Site(FaultyEngine(), release.manifest, release.quads, (), (), load()))
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get(path, headers={"Accept": accept})

    answer = asyncio.run(fetch())
    assert answer.status_code == 500
    assert answer.headers["content-type"] == content_type
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "secret" not in answer.text
    assert "secret" in caplog.text


@pytest.mark.parametrize(
    "path", ["/doc/trondheim/klimaplan-2020", '/doc/"><script>alert(1)</script>', "/doc/" + 3000 * "a"]
)
def test_an_address_that_is_not_there_offers_to_search_for_it(server: str, path: str) -> None:
    answer = httpx.get(f"{server}{path}", headers={"Accept": "text/html", "Accept-Language": "nb"})
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text
    found = re.search(r'name="q" type="search" value="([^"]*)"> <button', answer.text.split("<main")[1])
    assert found is not None
    assert 0 < len(found[1]) <= 200
