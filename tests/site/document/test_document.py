"""Documents and their forms, asked of a running server; what headers mean is tested in tests/test_negotiation.py."""

import asyncio
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from tests.engines import running

from plangraf import settings
from plangraf.app import assemble_app, make_services
from plangraf.formats import GRAPH_FORMATS, TURTLE, Format, content_type
from plangraf.namespaces import ID
from plangraf.release.release import Release

GOAL = "trondheim/samfunnsplan-2020-2032/goal/1.1"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        (None, "text/html; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
        (BROWSER, "text/html; charset=utf-8"),
        ("text/html;q=0.1, text/turtle;q=0.2, */*;q=0.05", "text/turtle; charset=utf-8"),
        ("application/x-turtle", "text/turtle; charset=utf-8"),
        ("application/turtle", "text/turtle; charset=utf-8"),
        ("text/n3", "text/n3; charset=utf-8"),
        ("application/trig", "application/trig"),
        ("application/n-quads", "application/n-quads"),
        ("application/json", "application/json"),
        ("application/xml", "application/xml"),
    ],
)
@pytest.mark.parametrize(
    "path", [f"/doc/{GOAL}", "/doc/sdg/13", "/graph/trondheim", "/ontology", "/shapes", "/doc/plangraf"]
)
def test_the_accept_header_chooses_the_form(server: str, path: str, accept: str | None, content_type: str) -> None:
    headers = {"Accept": accept} if accept is not None else {"Accept": ""}
    answer = httpx.get(server + path, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == content_type
    varying = {part.strip() for part in answer.headers["vary"].split(",")}
    assert varying == {"Accept", "Accept-Language", "Accept-Encoding"}
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("accept", ["image/png", "application/pdf", "text/html;q=0, image/*"])
def test_what_there_is_not_is_answered_with_what_there_is(server: str, accept: str) -> None:
    answer = httpx.get(f"{server}/doc/{GOAL}", headers={"Accept": accept})
    assert answer.status_code == 406
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == 406
    assert problem["available"] == ["text/html", *(f.media_type for f in GRAPH_FORMATS)]
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize("rdf_format", GRAPH_FORMATS, ids=lambda f: f.key)
@pytest.mark.parametrize(
    "path", [f"/doc/{GOAL}", "/doc/sdg", "/doc/sdg/C130201", "/graph/sdg/labels", "/ontology", "/shapes"]
)
def test_each_form_has_an_address_of_its_own(server: str, path: str, rdf_format: Format) -> None:
    answer = httpx.get(f"{server}{path}.{rdf_format.extension}", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == rdf_format.media_type
    assert answer.headers["vary"] == "Accept-Encoding"
    target = ox.RdfFormat.from_media_type(rdf_format.media_type)
    by_ending = {str(q.triple) for q in ox.parse(answer.content, format=target)}
    negotiated = httpx.get(server + path, headers={"Accept": "application/n-triples"})
    by_header = {str(q.triple) for q in ox.parse(negotiated.content, format=ox.RdfFormat.N_TRIPLES)}
    assert len(by_ending) == len(by_header)
    if path != "/shapes":  # the shapes have blank nodes, whose names differ
        assert by_ending == by_header


def test_a_thing_leads_to_its_document(server: str) -> None:
    answer = httpx.get(f"{server}/id/{GOAL}?lang=en", headers={"Accept": "text/turtle"})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/doc/{GOAL}?lang=en"
    followed = httpx.get(f"{server}/id/{GOAL}", headers={"Accept": "text/turtle"}, follow_redirects=True)
    assert followed.status_code == 200
    assert "Trondheim er en klimanøytral by" in followed.text


def test_the_data_have_canonical_iris_and_the_page_has_local_links(server: str) -> None:
    data = httpx.get(f"{server}/doc/{GOAL}.ttl").text
    assert ID + GOAL in data
    assert server not in data
    page = httpx.get(f"{server}/doc/{GOAL}").text
    assert 'href="/doc/trondheim/samfunnsplan-2020-2032"' in page
    assert f'href="{ID}' not in page


@pytest.mark.parametrize(
    "path",
    [
        "/id/nothing",
        "/doc/nothing",
        "/doc/nothing.ttl",
        "/graph/nothing",
        "/ontology/9.9.9",
        "/ontology.xyz",
        "/nothing",
    ],
)
@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        (BROWSER, "text/html; charset=utf-8"),
        ("text/turtle", "application/problem+json"),
        ("*/*", "application/problem+json"),
    ],
)
def test_what_is_not_there_is_not_found_in_the_form_asked_for(
    server: str, path: str, accept: str, content_type: str
) -> None:
    answer = httpx.get(server + path, headers={"Accept": accept})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == content_type
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", [f"/doc/{GOAL}", f"/id/{GOAL}", f"/doc/{GOAL}.ttl", "/", "/ontology"])
def test_head_answers_as_get_without_a_body(server: str, path: str) -> None:
    head, get = httpx.head(server + path), httpx.get(server + path)
    assert head.status_code == get.status_code
    assert head.headers["content-length"] == get.headers["content-length"]
    assert head.content == b""


def test_a_document_links_to_its_other_forms(server: str) -> None:
    links = httpx.get(f"{server}/doc/{GOAL}").headers["link"]
    for rdf_format in GRAPH_FORMATS:
        assert f'</doc/{GOAL}.{rdf_format.extension}>; rel="alternate"; type="{rdf_format.media_type}"' in links


def test_every_iri_of_ours_in_the_data_is_answered(server: str) -> None:
    query = """
      SELECT DISTINCT ?iri WHERE {
        { ?iri ?p ?o } UNION { ?s ?p ?iri } UNION { GRAPH ?iri { ?s ?p ?o } }
        FILTER (isIRI(?iri) && STRSTARTS(STR(?iri), "https://w3id.org/plangraf/"))
      }"""
    rows = httpx.get(f"{server}/sparql", params={"query": query, "format": "csv"}).text.split()[1:]
    assert len(rows) > 100
    missing = []
    with httpx.Client(follow_redirects=True, headers={"Accept": "application/n-triples"}) as client:
        for iri in rows:
            path = iri.removeprefix("https://w3id.org/plangraf").partition("#")[0]
            answer = client.get(server + path)
            if answer.status_code != 200 or f"<{iri}>" not in answer.text:
                missing.append(iri)
    assert missing == []


@pytest.mark.parametrize(
    "path", ["/doc/sdg/11", "/doc/sdg/11.7", "/doc/trondheim/samfunnsplan-2020-2032", "/doc/sdg"]
)
def test_every_sdg_target_and_indicator_on_a_page_has_its_name(server: str, path: str) -> None:
    page = httpx.get(f"{server}{path}?lang=en", headers={"Accept": "text/html"}).text
    assert page.count("/doc/sdg/") > 3
    assert ">sdg:" not in page


@pytest.mark.parametrize("order", [("a%2Fb", "a/b"), ("a/b", "a%2Fb")])
def test_two_addresses_that_differ_in_an_escape_are_two_documents(
    release: Release, tmp_path: Path, order: tuple[str, str]
) -> None:
    goal = f"{ID}{GOAL}"
    described = release.quads.read_text(encoding="utf-8").splitlines(keepends=True)
    copies = [
        line.replace(f"<{goal}>", f"<{goal}-{name}>", 1)
        for line in described
        if line.startswith(f"<{goal}>")
        for name in order
    ]
    quads = tmp_path / "quads.nq"
    quads.write_text("".join((*described, *copies)), encoding="utf-8")

    async def ask() -> list[tuple[str, list[str], str]]:
        async with running(quads) as engine:
            app = assemble_app(make_services(engine, release.manifest, quads, (), (), settings.load()))
            async with httpx.AsyncClient(
                transport=httpx.ASGITransport(app),
                base_url="http://test",
                headers={"Accept": "application/n-triples"},
            ) as client:
                found = []
                for _ in "ab":
                    for name in order:
                        answer = await client.get(f"/doc/{GOAL}-{name}")
                        told = [other for other in order if f"<{goal}-{other}> " in answer.text]
                        found.append((name, told, answer.headers["etag"]))
                return found

    found = asyncio.run(ask())
    assert [told for _, told, _ in found] == [[name] for name, _, _ in found]
    assert len({tag for _, _, tag in found}) == 2


def test_an_escape_that_an_iri_does_not_need_leads_to_the_address_without_it(server: str) -> None:
    for _ in "ab":
        answer = httpx.get(f"{server}/doc/trondheim/samfunnsplan-2020-2032/goal/%32.1?lang=en")
        assert answer.status_code == 308
        assert answer.headers["location"] == "/doc/trondheim/samfunnsplan-2020-2032/goal/2.1?lang=en"
        assert httpx.get(server + answer.headers["location"]).status_code == 200


def test_all_lines_of_a_header_count(server: str) -> None:
    address = f"{server}/doc/{GOAL}"

    def get(*headers: tuple[str, str]) -> httpx.Response:
        return httpx.get(address, headers=list(headers))

    assert get(("Accept", "text/html;q=0.1"), ("Accept", "text/turtle")).headers["content-type"] == content_type(
        TURTLE.media_type
    )
    page = get(("Accept", "text/html"), ("Accept-Language", "fi"), ("Accept-Language", "en"))
    assert page.headers["content-language"] == "en"
    known = [("If-None-Match", '"other"'), ("If-None-Match", page.headers["etag"])]
    assert get(("Accept", "text/html"), ("Accept-Language", "en"), *known).status_code == 304
