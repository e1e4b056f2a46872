"""How to cite, asked of a running server."""

import asyncio
import html
import json
import re

import httpx
import pytest
import rispy
from pybtex.database import parse_string
from tests.engines import Counting, running

from plangraf.app import assemble_app, make_services
from plangraf.formats import BIBTEX, CITATION_FORMATS, CSL_JSON, RIS, Format
from plangraf.linkeddata.addresses import with_release
from plangraf.linkeddata.catalogue import CATALOGUE, dataset_iri
from plangraf.namespaces import BASE, DATA_LICENCE, GRAPH, ID, ONTOLOGY
from plangraf.release.release import Release
from plangraf.settings import load

NAME = "trondheim/samfunnsplan-2020-2032"
GOAL = f"/doc/{NAME}/goal/1.1"
_HTML = {"Accept": "text/html"}
_PAGES = (GOAL, f"/doc/{NAME}", "/doc/sdg/13", "/doc/sdg", f"/graph/{NAME}", "/ontology", "/catalog")
CITED = {
    "/cite": CATALOGUE,
    f"/cite/doc/{NAME}": ID + NAME,
    f"/cite{GOAL}": f"{ID}{NAME}/goal/1.1",
    f"/cite/doc/{NAME}/link/1.1-13.2": f"{ID}{NAME}/link/1.1-13.2",
    "/cite/doc/sdg/13": f"{BASE}/doc/sdg/13",
    "/cite/doc/sdg": f"{BASE}/doc/sdg",
    f"/cite/graph/{NAME}/editorial": f"{GRAPH}{NAME}/editorial",
    "/cite/ontology": ONTOLOGY,
    f"/cite/dataset/{NAME}": dataset_iri(NAME),
}


def _csl(server: str, path: str, **parameters: str) -> dict[str, object]:
    [item] = httpx.get(f"{server}{path}.json", params=parameters).json()
    assert isinstance(item, dict)
    return item


@pytest.mark.parametrize("path", CITED)
def test_all_forms_say_the_same(server: str, release: Release, path: str) -> None:
    item = _csl(server, path)
    [entry] = parse_string(httpx.get(f"{server}{path}.bib").text, "bibtex").entries.values()
    [record] = rispy.loads(httpx.get(f"{server}{path}.ris").text)
    page = httpx.get(f"{server}{path}", headers=_HTML)
    assert item["URL"] == entry.fields["url"] == record["urls"][0] == with_release(CITED[path], str(item["version"]))
    assert entry.fields["title"].strip("{}") == item["title"] == record["title"]
    assert item["version"] == entry.fields["version"] == record["edition"] == release.manifest.release
    assert item["issued"] == {"date-parts": [[int(part) for part in entry.fields["date"].split("-")]]}
    assert record["date"] == entry.fields["date"].replace("-", "/")
    assert item["note"] == record["notes"][0] == entry.fields["note"].replace("\\_", "_") == f"Lisens: {DATA_LICENCE}"
    assert page.status_code == 200
    assert CITED[path] in page.text
    assert f"{path}.bib" in page.text


def test_authors_are_those_whose_words_they_are(server: str) -> None:
    authors = {path: _csl(server, path, lang="en")["author"] for path in CITED}
    plangraf = [path for path, found in authors.items() if found == [{"literal": "Plangraf"}]]
    assert set(plangraf) == set(CITED) - {f"/cite/doc/{NAME}", f"/cite{GOAL}"}
    assert authors[f"/cite{GOAL}"] == authors[f"/cite/doc/{NAME}"] == [{"literal": "Trondheim municipality"}]


def test_names_are_in_the_readers_language(server: str) -> None:
    title = "1.1 Trondheim is a climate-neutral city (The Trondheim Promise)"
    assert _csl(server, f"/cite{GOAL}", lang="en")["title"] == title
    asked = httpx.get(f"{server}/cite{GOAL}.json", headers={"Accept-Language": "en"})
    assert asked.json()[0]["title"] == title
    assert asked.headers["content-language"] == "en"
    assert "Accept-Language" in asked.headers["vary"]
    assert _csl(server, f"/cite{GOAL}")["title"] == "1.1 Trondheim er en klimanøytral by (Trondheimsløftet)"


@pytest.mark.parametrize("form", CITATION_FORMATS, ids=lambda f: f.key)
def test_a_form_is_asked_for_by_its_type_or_its_ending(server: str, form: Format) -> None:
    path = f"/cite{GOAL}"
    answer = httpx.get(server + path, headers={"Accept": form.media_type})
    assert answer.headers["content-type"] == form.media_type
    assert "Accept" in answer.headers["vary"]
    name = f"plangraf-trondheim-samfunnsplan-2020-2032-goal-1.1.{form.extension}"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert f'<{GOAL}>; rel="describes"; type="text/html"' in answer.headers["link"]
    ended = httpx.get(f"{server}{path}.{form.extension}")
    assert ended.content == answer.content
    assert httpx.head(f"{server}{path}.{form.extension}").headers["content-length"] == str(len(ended.content))
    assert httpx.get(f"{server}{path}?_mediatype={form.media_type.replace('+', '%2B')}").content == answer.content


def test_ris_ends_its_lines_as_it_must(server: str) -> None:
    content = httpx.get(f"{server}/cite.ris").content
    assert content.count(b"\r\n") == content.count(b"\n")
    assert content.endswith(b"ER  - \r\n")


@pytest.mark.parametrize(
    "path",
    [
        "/cite/x",
        "/cite/doc/",
        "/cite/doc/nothing",
        "/cite/doc/nothing.bib",
        "/cite/doc/%00.ris",
        "/cite/doc/<a>.json",
        "/cite/graph/nothing.json",
        "/cite/dataset/nothing.bib",
        "/cite/dataset/" + 3000 * "a",
        "/cite.ttl",
        "/cite/sparql",
    ],
)
def test_what_is_not_there_cannot_be_cited(server: str, path: str) -> None:
    answer = httpx.get(server + path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.content) < 4000


def test_a_form_that_there_is_not_is_refused(server: str) -> None:
    answer = httpx.get(f"{server}/cite{GOAL}", headers={"Accept": "text/turtle"})
    assert answer.status_code == 406
    assert set(answer.json()["available"]) == {"text/html", *(f.media_type for f in (BIBTEX, RIS, CSL_JSON))}
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize("path", _PAGES)
def test_a_page_says_how_to_cite_it_as_its_citation_does(server: str, path: str) -> None:
    text = httpx.get(f"{server}{path}?lang=en").text
    cited = "/cite" if path == "/catalog" else f"/cite{path}"
    line = text.split("<dt>Cite</dt>")[-1].split("</dl>")[0]
    words = html.unescape(re.sub(r"<[^>]+>", "", line))
    item = _csl(server, cited, lang="en")
    assert str(item["title"]) in words
    assert str(item["version"]) in words
    assert str(item["URL"]) in words
    assert json.dumps(item["author"]) == json.dumps([{"literal": words.strip().partition(" (")[0]}])
    for form in CITATION_FORMATS:
        assert f'<a href="{cited}.{form.extension}?lang=en" type="{form.media_type}"' in line


def test_each_dataset_of_the_catalogue_leads_to_its_citation(server: str) -> None:
    links = re.findall(r'href="(/cite/dataset/[^"?]+)"', httpx.get(f"{server}/catalog", headers=_HTML).text)
    assert len(links) > 5
    assert all(httpx.get(f"{server}{link}.bib").status_code == 200 for link in links)


def test_citing_asks_the_engine_once_and_no_page_more_often_for_it(release: Release) -> None:
    async def count() -> dict[str, int]:
        found = {}
        async with running(release.quads) as engine:
            counting = Counting(engine)
            app = assemble_app(make_services(counting, release.manifest, release.quads, (), (), load()))
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://x", headers=_HTML) as client:
                await client.get("/cite")  # the datasets are read once for all
                for path in ("/about", *CITED, *(path.removeprefix("/cite") for path in list(CITED)[1:-1])):
                    before = len(counting.asked)
                    assert (await client.get(path)).status_code == 200, path
                    found[path] = len(counting.asked) - before
        return found

    calls = asyncio.run(count())
    assert {calls[path] for path in CITED} <= {0, 1}
    assert calls["/about"] == calls["/cite"] == 0
    assert max(calls.values()) == 3
