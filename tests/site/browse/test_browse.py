"""Browsing, asked of a running server, and the query behind each list."""

import csv
import html
import io
import re
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

HTML = {"Accept": "text/html"}
PLAN = "trondheim/samfunnsplan-2020-2032"


def _page(server: str, path: str) -> str:
    answer = httpx.get(server + path, headers=HTML)
    assert answer.status_code == 200, answer.text
    return answer.text


def _records(server: str, path: str) -> list[dict[str, str]]:
    answer = httpx.get(server + path)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.text)))


def _query(page: str) -> str:
    """Return the query that a page's list is made by."""
    [link] = re.findall(r'href="(/sparql\?query=[^"]+)" rel="nofollow">Show the query behind it', page)
    return parse_qs(urlsplit(html.unescape(link)).query)["query"][0]


def _ask(server: str, page: str) -> list[dict[str, str]]:
    answer = httpx.get(f"{server}/sparql", params={"query": _query(page), "format": "csv"})
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


def _triples(server: str, page: str) -> list[str]:
    answer = httpx.get(f"{server}/sparql", params={"query": _query(page), "format": "ntriples"})
    assert answer.status_code == 200, answer.text
    return answer.text.splitlines()


def test_everything_is_listed_with_its_number_of_concepts(server: str) -> None:
    page, records = _page(server, "/browse?lang=en"), _records(server, "/browse.csv?lang=en")
    assert {PLAN, "sdg", "los", "u4ssc"} <= {record["dataset"] for record in records}
    assert [record["form"] for record in records] == sorted(
        (record["form"] for record in records), key=["plan", "scheme", "collection"].index
    )
    assert page.count(" concepts</span>") + page.count(" concept</span>") == len(records)
    rows = {(row["scheme"], row["concepts"] or "0") for row in _ask(server, page)}
    assert {(record["iri"], record["concepts"]) for record in records} == rows
    for record in records:
        assert httpx.get(record["page"], headers=HTML).status_code == 200
    assert httpx.get(f"{server}/browse.json?lang=en").json()["records"][0]["iri"] == records[0]["iri"]


@pytest.mark.parametrize("name", [PLAN, "sdg", "los", "u4ssc"])
def test_the_query_of_a_list_gives_what_the_list_and_its_data_hold(server: str, name: str) -> None:
    page = _page(server, f"/browse/{name}?lang=en")
    asked = {row["concept"] for row in _ask(server, page)}
    records = _records(server, f"/browse/{name}.csv?lang=en")
    assert {record["iri"] for record in records} == asked
    assert len(records) == len(asked)
    assert f">{len(asked)} {'parts' if name == PLAN else 'concepts'}" in page.replace("<p>", ">")
    document = httpx.get(f"{server}/browse/{name}.json?lang=en").json()
    assert [record["iri"] for record in document["records"]] == [record["iri"] for record in records]


def test_the_tree_of_a_plan_holds_all_its_concepts(server: str) -> None:
    page = _page(server, f"/browse/{PLAN}?lang=en")
    listed = {iri.rpartition("/id")[2] for iri in (row["concept"] for row in _ask(server, page))}
    assert set(re.findall(rf'href="/doc(/{PLAN}/[^"?]+)', page)) == listed
    assert page.index("/goal/1.1?") < page.index("/goal/1.2?") < page.index("/goal/2?")
    assert "<details open>" in page


def test_a_large_tree_is_opened_a_level_at_a_time(server: str) -> None:
    top = _page(server, "/browse/sdg?lang=en")
    assert len(re.findall(r'class="chip', top)) == 17
    below = _page(server, "/browse/sdg?lang=en&under=13")
    assert 'href="/doc/sdg/13.2?lang=en"' in below
    assert 'href="/doc/sdg/12.2?lang=en"' not in below
    assert _page(server, "/browse/sdg?lang=en&under=http://metadata.un.org/sdg/13").count("13.2") == below.count(
        "13.2"
    )


def test_a_list_is_by_the_norwegian_alphabet_and_paged(server: str) -> None:
    path = "/browse/los?order=alphabetical&lang=nb"
    pages = [_page(server, path), _page(server, f"{path}&page=2")]
    assert httpx.get(f"{server}{path}&page=3", headers=HTML).status_code == 404
    records = _records(server, "/browse/los.csv?order=alphabetical&lang=nb")
    labels = [record["label"] for record in records]
    found = [re.findall(r'<li> ?<a href="/doc/los/[^"]*"><bdi>([^<]+)', re.sub(r"\s+", " ", p)) for p in pages]
    assert [html.unescape(label) for label in (*found[0], *found[1])] == labels
    assert [len(of_page) for of_page in found] == [50, 42]
    last = _page(server, f"{path}&letter=%C3%98")
    assert 'letter=%C3%98&amp;lang=nb" rel="nofollow" aria-current="true">Ø<' in last
    assert labels[-1][0] in "ØÅ"


def test_a_kind_narrows_the_page_and_the_data(server: str) -> None:
    assert {record["kind"] for record in _records(server, f"/browse/{PLAN}.csv?kind=indicator")} == {"indicator"}
    page = _page(server, f"/browse/{PLAN}?kind=indicator&lang=en")
    assert "/indicator/1" in page
    assert "/goal/1" not in page
    assert f"/browse/{PLAN}.csv?kind=indicator" in page
    assert 'href="/browse/trondheim/samfunnsplan-2020-2032?kind=indicator&amp;lang=nb"' in page


def test_ties_to_the_sdgs_come_with_who_makes_them(server: str) -> None:
    goals = {record["notation"]: record for record in _records(server, f"/browse/{PLAN}.csv?kind=goal")}
    assert goals["1.1"]["sdg_editorial"] == "http://metadata.un.org/sdg/13.2"
    assert goals["1.1"]["sdg_stated"] == ""
    assert goals["1.1"]["broader"].endswith("/goal/1")
    assert any(record["sdg_unclaimed"] for record in _records(server, "/browse/u4ssc.csv"))


def test_the_editions_of_the_indicators_are_lists_of_their_dataset(server: str) -> None:
    edition = "https://w3id.org/plangraf/id/sdg/edition/2019"
    page = _page(server, f"/browse/sdg?scheme={edition}&lang=en")
    records = _records(server, f"/browse/sdg.csv?scheme={edition}")
    assert {record["kind"] for record in records} == {"sdg-indicator"}
    assert {row["concept"] for row in _ask(server, page)} == {record["iri"] for record in records}


def test_an_empty_plan_has_an_empty_list(server: str) -> None:
    path = "/browse/drammen/temaplan-boligutvikling-2023-2033"
    assert "There is nothing in this list." in _page(server, f"{path}?lang=en")
    assert _records(server, f"{path}.csv") == []
    assert httpx.get(f"{server}{path}.csv").text.startswith("iri,kind,notation,label,language,broader,sdg_stated")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/browse?page=0", 404),
        ("/browse?page=2", 404),
        ("/browse/nothing", 404),
        ("/browse/", 308),
        ("/browse/sdg/edition", 404),
        ("/browse/%00%C3", 404),
        ("/browse/" + "x" * 5000, 404),
        ("/browse/sdg?page=0", 404),
        ("/browse/sdg?page=2", 404),
        ("/browse/sdg?page=-1", 400),
        ("/browse/sdg?page=" + "9" * 30, 404),
        ("/browse/sdg?order=alphabetical&page=10", 404),
        ("/browse/sdg?under=nothing", 400),
        ("/browse/sdg?under=%3Cscript%3E%22'%00", 400),
        ("/browse/sdg?under=" + "x" * 8_000, 400),
        ("/browse/sdg?scheme=los", 400),
        ("/browse/sdg?order=size", 400),
        ("/browse/sdg?kind=dog", 400),
        ("/browse/sdg?letter=AB", 400),
        ("/browse/sdg?letter=%E2%80%AE", 400),
        ("/browse/sdg?letter=%C3%9F", 400),
        ("/browse/sdg?kind=goal", 200),
        ("/browse/sdg?letter=%23", 200),
        ("/browse/sdg?letter=%C3%A5", 200),
        ("/browse/sdg?order=&kind=&letter=&under=&scheme=", 200),
    ],
)
def test_what_cannot_be_browsed_is_a_problem_and_no_fault(server: str, path: str, status: int) -> None:
    answer = httpx.get(server + path, headers=HTML)
    assert answer.status_code == status
    assert "<script>" not in answer.text


@pytest.mark.parametrize("path", ["/browse", "/browse/los"])
def test_data_come_by_negotiation_too(server: str, path: str) -> None:
    for form in ("text/csv", "application/json"):
        answer = httpx.get(server + path, headers={"Accept": form})
        assert answer.headers["content-type"].startswith(form)
        assert "Accept" in answer.headers["vary"]
    assert httpx.get(server + path, headers={"Accept": "image/png"}).status_code == 406


def test_the_query_of_the_comparison_gives_its_numbers(server: str) -> None:
    for choice in ("", "&publisher=trondheim&publisher=asker"):
        rows = _ask(server, _page(server, f"/compare?lang=en{choice}"))
        found = {
            (row["publisher"], row["goal"].rpartition("/")[2], row["basis"].endswith("#StatedInPlan")): row["things"]
            for row in rows
        }
        shown = {
            (record["publisher"], record["sdg"], basis == "stated"): record[basis]
            for record in _records(server, f"/compare.csv?lang=en{choice}")
            for basis in ("stated", "editorial")
            if record[basis] != "0"
        }
        assert found == shown


@pytest.mark.parametrize("path", ["/doc/sdg/13", "/doc/sdg/13.2", "/compare?sdg=13"])
def test_the_query_of_what_contributes_gives_its_claims(server: str, path: str) -> None:
    page = _page(server, f"{path}{'&' if '?' in path else '?'}lang=en")
    claims = {
        line.split()[0]
        for line in _triples(server, page)
        if "owl#annotatedTarget" in line and "<http://metadata.un.org/sdg/13" in line
    }
    counted = re.findall(r"(?:Plans state|An editor has assessed) (\d+) links?", page)
    assert len(claims) == sum(map(int, counted)) > 0
    if path == "/doc/sdg/13":
        assert 'href="/compare.csv?sdg=13&amp;lang=en" type="text/csv"' in page


def test_the_query_of_the_plans_and_of_the_coverage_give_them(server: str) -> None:
    page = _page(server, "/?lang=en")
    plans = [line for line in _triples(server, page) if line.endswith("ontology#Plan> .")]
    assert f"<strong>{len(plans)}</strong> plans</a>" in page
    assert len(plans) > 10
    overview = _page(server, "/doc/sdg?lang=en")
    total = sum(int(row["things"]) for row in _ask(server, overview))
    assert total == sum(map(int, re.findall(r'<td class="number"><a href="/compare[^"]+">(\d+)</a></td>', overview)))


def test_a_flat_list_with_numbers_is_in_their_order(server: str) -> None:
    page = httpx.get(f"{server}/browse/u4ssc?lang=en", headers={"Accept": "text/html"}).text
    numbers = re.findall(r">(EC|EN|SC): ", page)
    assert len(numbers) > 50
    assert numbers == sorted(numbers)
    assert 'aria-current="true">By number</a>' in page
    by_name = httpx.get(f"{server}/browse/u4ssc?lang=en&order=alphabetical", headers={"Accept": "text/html"}).text
    assert re.findall(r">(EC|EN|SC): ", by_name) != sorted(numbers)


@pytest.mark.parametrize(("path", "counted"), [(PLAN, "parts"), ("los", "concepts")])
def test_a_plan_has_parts_and_another_list_concepts(server: str, path: str, counted: str) -> None:
    page = httpx.get(f"{server}/browse/{path}?lang=en", headers={"Accept": "text/html"}).text
    assert re.search(rf"<p>\d+ {counted} · <a [^>]+>About (the plan|it)</a>", page)
