"""Municipalities compared, asked of a running server."""

import codecs
import csv
import html
import io
import re

import httpx
import pytest

from plangraf.site.compare.page import MARKS, ROWS, CountMark, PublisherRow, table_pages
from plangraf.view.publishers import Publisher
from plangraf.view.reading import Name, Reference

HTML = {"Accept": "text/html"}


def _page(server: str, path: str, **parameters: str) -> str:
    answer = httpx.get(server + path, params={"lang": "en", **parameters} if "?" not in path else None, headers=HTML)
    assert answer.status_code == 200, answer.text
    return answer.text


def _records(server: str, query: str = "") -> list[dict[str, str]]:
    answer = httpx.get(f"{server}/compare.csv{query}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_the_table_has_every_publisher_and_sdg(server: str) -> None:
    records = _records(server)
    keys = {record["key"] for record in records}
    assert {"trondheim", "asker", "baerum"} <= keys
    assert len(records) == 17 * len(keys)
    assert {"stated", "editorial"} < set(records[0])
    page = _page(server, "/compare")
    assert page.count('<th scope="row">') == len(keys)
    assert page.count("<td>") == 17 * len(keys)


def test_the_numbers_are_those_of_a_query(server: str) -> None:
    query = """PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX plan: <https://w3id.org/plangraf/ontology#>
    PREFIX dct: <http://purl.org/dc/terms/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    SELECT ?publisher (COUNT(DISTINCT ?thing) AS ?n) {
      { ?c owl:annotatedTarget <http://metadata.un.org/sdg/13> }
      UNION { ?c owl:annotatedTarget/skos:broader <http://metadata.un.org/sdg/13> }
      ?c owl:annotatedSource ?thing ; plan:basis plan:StatedInPlan .
      { ?thing skos:inScheme ?plan } UNION { ?thing a plan:Plan BIND (?thing AS ?plan) }
      ?plan dct:publisher ?publisher } GROUP BY ?publisher"""
    answer = httpx.get(f"{server}/sparql", params={"query": query, "format": "csv"}).text
    expected = {row["publisher"]: row["n"] for row in csv.DictReader(io.StringIO(answer))}
    found = {r["publisher"]: r["stated"] for r in _records(server) if r["sdg"] == "13" and r["stated"] != "0"}
    assert found == expected
    assert expected


def test_a_choice_of_publishers_and_basis_holds_on_the_page_and_in_the_data(server: str) -> None:
    records = _records(server, "?publisher=trondheim&publisher=asker&basis=stated")
    assert {record["key"] for record in records} == {"trondheim", "asker"}
    assert "editorial" not in records[0]
    page = _page(server, "/compare?publisher=trondheim&publisher=asker&basis=stated&lang=en")
    assert page.count('<th scope="row">') == 2
    assert "/compare.csv?publisher=trondheim&amp;publisher=asker&amp;basis=stated" in page
    assert 'value="trondheim" checked' in page
    assert 'value="baerum">' in page


def test_every_number_in_the_table_leads_to_as_many_things_and_zeros_are_blank(server: str) -> None:
    page = _page(server, "/compare")
    marks = re.findall(
        r'<a class="dot numbered( editorial)?" href="([^"]+)">(\d+)<span class="unseen"> (\w+)</span>', page
    )
    numbers = [int(record[basis]) for record in _records(server) for basis in ("stated", "editorial")]
    assert sorted(int(number) for _, _, number, _ in marks) == sorted(filter(None, numbers))
    assert page.count("<td></td>") > 0
    for kind, href, number, word in marks[:6] + marks[-6:]:
        assert word == ("editorial" if kind else "stated")
        parameters = html.unescape(href).partition("?")[2].replace("&lang=en", "")
        assert len({record["thing"] for record in _records(server, f"?{parameters}")}) == int(number)
        assert httpx.get(server + html.unescape(href), headers=HTML).status_code == 200


def test_a_municipality_whose_goals_are_not_transcribed_says_so(server: str) -> None:
    page = _page(server, "/compare")
    rows = re.findall(r'<tr( class="missing")?><th scope="row">.*?value="([^"]+)".*?</tr>', page)
    missing = {key for kind, key in rows if kind}
    assert "hamar" in missing
    assert "trondheim" not in missing
    [row] = re.findall(
        r'<tr class="missing"><th scope="row">[^\n]*value="hamar"[^\n]*</tr>', _page(server, "/compare")
    )
    assert "links not transcribed yet" in row


def test_a_page_of_the_table_ends_when_it_has_many_rows_or_many_marks() -> None:
    publisher = Publisher("x", Reference("https://e.example/", None, Name("X"), None, local=False), ())

    def row(marks: int) -> PublisherRow:
        return PublisherRow(publisher, True, ((CountMark(1, "stated", "/"),) * marks,))

    assert [len(page) for page in table_pages([row(0)] * (2 * ROWS + 1))] == [ROWS, ROWS, 1]
    assert [len(page) for page in table_pages([row(34)] * 357)][:2] == [MARKS // 34] * 2
    assert [len(page) for page in table_pages([row(2 * MARKS)] * 2)] == [1, 1]
    assert table_pages([]) == []


def test_one_sdg_lists_what_each_contributes_with_basis_and_source(server: str) -> None:
    page = _page(server, "/compare?sdg=13&publisher=trondheim&lang=en")
    assert "13.2, editorial" in page
    assert "13, stated" in _page(server, "/compare?sdg=13&publisher=asker&lang=en")
    assert "/doc/trondheim/samfunnsplan-2020-2032/goal/1.1" in page
    records = _records(server, "?sdg=13&publisher=trondheim")
    assert {record["basis"] for record in records} == {"editorial"}
    assert all("/trondheim/" in record["plan"] and record["sources"] for record in records)
    document = httpx.get(f"{server}/compare.json?sdg=13&publisher=trondheim").json()
    assert [record["claim"] for record in document["records"]] == [record["claim"] for record in records]


def test_the_language_links_keep_the_choice(server: str) -> None:
    page = _page(server, "/compare?sdg=13&publisher=trondheim&lang=en")
    assert 'href="/compare?publisher=trondheim&amp;sdg=13&amp;lang=nb"' in page


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("publisher=nobody", 400),
        ("publisher=%3Cscript%3E%22'%00", 400),
        ("sdg=18", 400),
        ("sdg=%E2%80%AE", 400),
        ("basis=both", 400),
        ("page=0", 404),
        ("page=999999999", 404),
        ("page=99999999999999999999", 404),
        ("page=-1", 400),
        ("sdg=13&page=1000", 404),
        ("publisher=" + "x" * 8_000, 400),
        ("publisher=&basis=&sdg=&page=1", 200),
    ],
)
def test_what_cannot_be_compared_is_a_problem_and_no_fault(server: str, query: str, status: int) -> None:
    answer = httpx.get(f"{server}/compare?{query}", headers=HTML)
    assert answer.status_code == status
    assert "<script>" not in answer.text


def test_the_table_comes_for_spreadsheets_too(server: str) -> None:
    plain, sheet = (httpx.get(f"{server}/compare.csv?{query}") for query in ("", "format=spreadsheet"))
    assert sheet.content.startswith(codecs.BOM_UTF8)
    assert sheet.headers["content-type"] == plain.headers["content-type"] == "text/csv; charset=utf-8"
    assert sheet.headers["content-disposition"] == plain.headers["content-disposition"]
    lines = csv.reader(sheet.content.decode("utf-8-sig").splitlines(), delimiter=";")
    assert list(lines) == list(csv.reader(plain.text.splitlines()))
    assert httpx.get(f"{server}/compare.csv?format=xlsx").status_code == 400


@pytest.mark.parametrize("path", ["/", "/compare", "/doc/sdg/13", "/browse", "/browse/sdg", "/search?q=klima"])
def test_pages_in_norwegian_link_to_the_table_for_spreadsheets(server: str, path: str) -> None:
    for language in ("nb", "nn", "en"):
        page = httpx.get(server + path, headers={**HTML, "Accept-Language": language}).text
        [href] = re.findall(r'<a href="([^"]+)" type="text/csv">CSV</a>', page)
        assert ("format=spreadsheet" in href) == (language != "en")
        assert httpx.get(server + html.unescape(href)).status_code == 200


@pytest.mark.parametrize(("accept", "expected"), [("text/csv", "text/csv"), ("application/json", "application/json")])
def test_data_come_by_negotiation_too(server: str, accept: str, expected: str) -> None:
    answer = httpx.get(f"{server}/compare", headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(expected)
    assert "Accept" in answer.headers["vary"]


def test_an_sdg_lists_its_contributions_by_municipality_then_plan(server: str) -> None:
    page = _page(server, "/doc/sdg/13")
    assert page.index("Trondheim municipality") < page.index("/doc/trondheim/")
    assert page.index("Asker municipality") < page.index("Trondheim municipality")
    assert page == _page(server, "/doc/sdg/13")
    assert "%(" not in page


@pytest.mark.parametrize(
    ("page", "status"), [("0", 404), ("100", 404), ("x", 400), ("-1", 400), ("1e3", 400), ("9" * 30, 404)]
)
def test_an_sdg_has_no_absurd_pages(server: str, page: str, status: int) -> None:
    assert httpx.get(f"{server}/doc/sdg/13?page={page}", headers=HTML).status_code == status


@pytest.mark.parametrize("path", ["/", "/doc/sdg", "/doc/sdg/13"])
def test_pages_lead_to_the_comparison(server: str, path: str) -> None:
    assert 'href="/compare' in httpx.get(server + path, headers=HTML).text
