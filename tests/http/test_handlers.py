import asyncio
import re
from urllib.parse import quote

import httpx
import pytest
from fastapi import FastAPI
from starlette.exceptions import HTTPException

from plangraf.app import assemble_app, make_services
from plangraf.engine.errors import Overloaded
from plangraf.engine.interface import Answer, EngineStatistics, Query
from plangraf.http.handlers import ProblemHandlers
from plangraf.release.release import Release
from plangraf.settings import load
from plangraf.view.problem_page import problem_page


def test_the_page_of_problems_has_an_anchor_for_each_type(server: str) -> None:
    page = httpx.get(f"{server}/problems").text
    problem = httpx.get(f"{server}/nothing").json()
    assert f'id="{problem["type"].partition("#")[2]}"' in page


class FailingEngine:
    """An engine that answers nothing."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    async def start(self) -> None:
        pass

    async def evaluate(self, query: Query) -> Answer:
        raise self._error

    def statistics(self) -> EngineStatistics:
        return EngineStatistics(0, 0, {})

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
        app = assemble_app(
            make_services(FailingEngine(RuntimeError("secret")), release.manifest, release.quads, (), (), load())
        )
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get(path, headers={"Accept": accept})

    answer = asyncio.run(fetch())
    assert answer.status_code == 500
    assert answer.headers["content-type"] == content_type
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "secret" not in answer.text
    assert "secret" in caplog.text


def test_a_page_that_finds_too_many_queries_waiting_is_told_to_ask_again(release: Release) -> None:
    async def fetch() -> httpx.Response:
        app = assemble_app(
            make_services(FailingEngine(Overloaded()), release.manifest, release.quads, (), (), load())
        )
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            return await client.get("/?lang=en", headers={"Accept": "text/html"})

    answer = asyncio.run(fetch())
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "2"
    assert "Too many queries wait" in answer.text


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


def detail(page: str) -> str:
    return page.split('<p class="lead">')[1].split("</p>")[0]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "There is nothing at <bdi>/{path}</bdi>."),
        ("nb", "Det er ingenting på <bdi>/{path}</bdi>."),
        ("nn", "Det er ingenting på <bdi>/{path}</bdi>."),
    ],
)
@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("nothing", "nothing"),
        ("{path}%s%(x)s", "{path}%s%(x)s"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("\u05d0\u05d1", "\u05d0\u05d1"),
    ],
)
def test_a_page_tells_what_happened_in_the_language_of_its_reader(
    server: str, language: str, expected: str, path: str, shown: str
) -> None:
    headers = {"Accept": "text/html", "Accept-Language": language}
    answer = httpx.get(f"{server}/{quote(path)}", headers=headers)
    assert answer.status_code == 404
    assert detail(answer.text) == expected.replace("{path}", shown, 1)


@pytest.mark.parametrize(
    ("accept_language", "query", "language", "title"),
    [
        (None, "", "en", "Nothing is published here"),
        ("*", "", "en", "Nothing is published here"),
        ("de", "", "en", "Nothing is published here"),
        ("nb", "", "nb", "Fant ikke siden"),
        ("nn-NO, en;q=0.5", "", "nn", "Fann ikkje sida"),
        ("en, no;q=0.5", "", "en", "Nothing is published here"),
        ("en", "?lang=nb", "nb", "Fant ikke siden"),
    ],
)
def test_a_program_is_told_in_english_unless_it_asks_for_another_language(
    server: str, accept_language: str | None, query: str, language: str, title: str
) -> None:
    headers = {"Accept-Language": accept_language} if accept_language else {}
    answer = httpx.get(f"{server}/nothing{query}", headers=headers)
    assert answer.headers["content-language"] == language
    assert "Accept-Language" in answer.headers["vary"]
    assert answer.json()["title"] == title


def test_what_a_library_says_is_marked_as_english(server: str) -> None:
    parameters = {"query": "SELECT ?x ?x {}", "lang": "nb", "format": "html"}
    page = httpx.get(f"{server}/sparql", params=parameters, headers={"Accept": "text/html"}).text
    assert re.search(r'bryter spørringen en regel i SPARQL: <bdi lang="en">Duplicated[^<]+</bdi>\.</p>', page)


def test_a_query_is_told_where_it_goes_wrong_in_the_language_of_its_reader(server: str) -> None:
    parameters = {"query": "SELECT * {} NO&", "lang": "nb"}
    page = httpx.get(f"{server}/sparql", params=parameters, headers={"Accept": "text/html"}).text
    assert "<p>Linje 1, kolonne 13: ventet ikke «<bdi>NO&amp;</bdi>» her.</p>" in page


@pytest.mark.parametrize(
    ("status", "headers", "kind"),
    [
        (400, None, "https://w3id.org/plangraf/problems#request-malformed"),
        (413, None, "https://w3id.org/plangraf/problems#body-too-large"),
        (415, None, "https://w3id.org/plangraf/problems#media-type-unsupported"),
        (416, {"Content-Range": "bytes */3"}, "https://w3id.org/plangraf/problems#range-not-satisfiable"),
        (503, {"Retry-After": "9"}, "about:blank"),
    ],
)
def test_an_error_that_the_framework_raises_keeps_its_status_and_headers(
    release: Release, status: int, headers: dict[str, str] | None, kind: str
) -> None:
    app = FastAPI()
    engine = FailingEngine(RuntimeError("asked"))
    services = make_services(engine, release.manifest, release.quads, (), (), load())
    ProblemHandlers(services, problem_page).install(app)

    @app.get("/")
    async def fail() -> None:
        raise HTTPException(status, "no", headers)

    async def fetch() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            return await client.get("/")

    answer = asyncio.run(fetch())
    assert answer.status_code == answer.json()["status"] == status
    assert answer.json()["type"] == kind
    assert answer.headers["content-type"] == "application/problem+json"
    for name, value in (headers or {}).items():
        assert answer.headers[name] == value
