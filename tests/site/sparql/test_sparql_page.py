"""The page of the endpoint, through the running server: examples, charts, programs, downloads, bad input."""

import html
import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from tests.servers import PATIENCE

from plangraf.namespaces import PREFIXES

BROWSER = {"Accept": "text/html"}
BARS = "SELECT ?name ?n { VALUES (?name ?n) { ('one' 4) ('two' -2) ('three' 0) } }"
YEARS = "SELECT ?year ?n { VALUES (?year ?n) { (2019 1) (2021 5) (2020 3) } }"
AWKWARD = """SELECT ?text ?b {
  # it's "quoted" $HOME `id` $(id) !! %s
  BIND ("a\\\\b 'c' \\"d\\" \\n e" AS ?text)
  BIND (\"\"\"x"y\"\"\" AS ?b)
}"""


def show(server: str, query: str, **parameters: str) -> str:
    answer = httpx.get(f"{server}/sparql", params={"query": query, "lang": "en", **parameters}, headers=BROWSER)
    assert answer.status_code == 200, answer.text
    return answer.text


def snippet(page: str, language: str) -> str:
    match = re.search(rf'<code data-snippet="{language}">(.*?)</code>', page, re.DOTALL)
    assert match is not None
    return html.unescape(match[1])


def test_examples_come_first_each_with_its_description(server: str) -> None:
    page = httpx.get(f"{server}/sparql?lang=nb", headers=BROWSER).text
    assert page.index('id="examples"') < page.index('<form method="get" action="/sparql"')
    assert "Begynn her for å se hvilke planer som er med." in page
    assert page.count("<li><h3>") >= 15


def test_limits_are_those_of_the_settings(server: str) -> None:
    page = httpx.get(f"{server}/sparql?lang=en", headers=BROWSER).text
    assert "a query may take 600 seconds, a result may be 100 MB, and 4 of your queries run at once" in page


def test_classes_and_properties_lead_to_queries_that_find_something(server: str) -> None:
    page = httpx.get(f"{server}/sparql?lang=en", headers=BROWSER).text
    links = re.findall(r'<th scope="row"><a href="([^"]+)">(plan:Plan|dct:source)</a>', page)
    assert {name for _, name in links} == {"plan:Plan", "dct:source"}
    for href, _ in links:
        assert "<tbody>\n    <tr><td" in httpx.get(server + html.unescape(href), headers=BROWSER).text


def test_a_text_and_a_number_are_drawn_as_bars(server: str) -> None:
    page = show(server, BARS)
    assert re.findall(r'<rect x="([\d.]+)" width="([\d.]+)"', page) == [
        ("33.33", "66.67"),
        ("0.0", "33.33"),
        ("33.33", "0.0"),
    ]
    assert "<figure>" in page
    assert "<figure>" not in show(server, BARS, chart="table")
    assert "<polyline" not in show(server, BARS, chart="line")


def test_years_are_drawn_as_a_line_in_their_order(server: str) -> None:
    page = show(server, YEARS)
    match = re.search(r'<polyline points="([^"]+)"', page)
    assert match is not None
    across = [float(point.split(",")[0]) for point in match[1].split()]
    assert across == sorted(across)
    assert "Lowest 2019: 1, highest 2021: 5." in page
    assert "<polyline" not in show(server, YEARS, chart="bar")


def test_choices_of_a_chart_and_languages_keep_the_question(server: str) -> None:
    page = show(server, YEARS, chart="bar", limit="2")
    hrefs = [html.unescape(href) for href in re.findall(r'href="(/sparql\?[^"]*chart=[^"]*)"', page)]
    assert {parse_qs(urlsplit(href).query)["chart"][0] for href in hrefs} == {"table", "bar", "line"}
    for href in hrefs:
        asked = parse_qs(urlsplit(href).query)
        assert (asked["query"], asked["limit"]) == ([YEARS], ["2"])
    assert '<input type="hidden" name="limit" value="2">' in page


def test_what_is_no_text_with_a_number_is_a_table(server: str) -> None:
    for query in (
        "SELECT ?a ?b { VALUES (?a ?b) { ('x' 'y') } }",
        "SELECT ?a ?b { VALUES (?a ?b) { (1 2) } }",
        "SELECT ?a ?b ?c { VALUES (?a ?b ?c) { ('x' 2 3) } }",
        "SELECT ?a ?b { VALUES (?a ?b) { } }",
    ):
        assert "<figure>" not in show(server, query, chart="bar")


def test_numbers_that_cannot_be_drawn_are_left_out_and_said(server: str) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    values = "('a' 'NaN') ('b' 'INF') ('c' '1e308') ('d' '-1e308') ('e' 'nonsense')"
    page = show(server, f"SELECT ?t ?n {{ VALUES (?t ?v) {{ {values} }} BIND (STRDT(?v, <{xsd}double>) AS ?n) }}")
    assert "Rows without a number that can be drawn: 3." in page
    assert re.findall(r'<rect x="([\d.]+)" width="([\d.]+)"', page) == [("50.0", "50.0"), ("0.0", "50.0")]


@pytest.mark.parametrize("chart", ["table", "bar", "line"])
def test_markup_in_an_answer_stays_a_text(server: str, chart: str) -> None:
    query = "SELECT ('<script>alert(1)</script>\u202e\u05d0' AS ?t) (3 AS ?n) {}"
    page = show(server, query, chart=chart)
    assert "<script>" not in page
    assert "<bdi>&lt;script&gt;" in page


@pytest.mark.parametrize("chart", ["nonsense", "<script>"])
def test_a_chart_that_there_is_not_is_refused(server: str, chart: str) -> None:
    query = {"query": BARS, "chart": chart}
    answer = httpx.get(f"{server}/sparql", params=query, headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert "<script>" not in answer.text


def test_long_texts_are_cut_and_long_answers_too(server: str) -> None:
    text = "x" * 10_000
    assert "x" * 2_001 not in re.sub(
        r"(?s)<(textarea|pre|a|link).*?>.*?</\1>|<(link|input)[^>]*>",
        "",
        show(server, f"SELECT ('{text}' AS ?t) (1 AS ?n) {{}}"),
    )
    page = show(server, "SELECT ?s (STRLEN(STR(?o)) AS ?n) { ?s ?p ?o }")
    assert "The first 500 are shown" in page
    assert page.count('class="bar drawn"') == 500


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_programs_on_the_page_run_and_get_the_answer(server: str, line_end: str, tmp_path: Path) -> None:
    page = show(server, AWKWARD.replace("\n", line_end))
    expected = httpx.post(f"{server}/sparql", data={"query": AWKWARD}, headers={"Accept": "text/csv"})
    assert expected.status_code == 200, expected.text
    curl = subprocess.run(  # noqa: S603  # our own page's line, in the shell that it is for
        ["/bin/sh", "-c", snippet(page, "curl")], capture_output=True, timeout=PATIENCE, check=True
    )
    assert curl.stdout == expected.content
    python = subprocess.run(  # noqa: S603  # our own page's program
        [sys.executable, "-I", "-S", "-c", snippet(page, "Python")],
        capture_output=True,
        timeout=PATIENCE,
        check=True,
        cwd=tmp_path,
    )
    assert b"'b': 'x\"y'" in python.stdout
    assert 'query <- "' in snippet(page, "R")
    assert 'colClasses = "character"' in snippet(page, "R")


@pytest.mark.parametrize(
    ("query", "said"), [("ASK { ?s ?p ?o }", b"true"), ("DESCRIBE <http://metadata.un.org/sdg/13>", b"13")]
)
def test_the_program_in_python_prints_every_form_of_answer(server: str, query: str, said: bytes) -> None:
    run = subprocess.run(  # noqa: S603  # our own page's program, in a Python without packages
        [sys.executable, "-I", "-S", "-c", snippet(show(server, query), "Python")],
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
    assert said in run.stdout


def test_a_graph_is_offered_in_the_formats_of_graphs(server: str) -> None:
    page = show(server, "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 3")
    hrefs = [html.unescape(href) for href in re.findall(r'href="(/sparql\?[^"]*&amp;format=[^"]*)"', page)]
    assert [parse_qs(urlsplit(href).query)["format"][0] for href in hrefs][:1] == ["turtle"]
    for href in hrefs:
        assert httpx.get(server + href, headers=BROWSER).status_code == 200
    assert "Accept: text/turtle" in snippet(page, "curl")


def test_an_answer_is_offered_in_the_formats_of_tables(server: str) -> None:
    hrefs = re.findall(r'href="(/sparql\?[^"]*&amp;format=[^"]*)"', show(server, BARS))
    found = [httpx.get(server + html.unescape(href), headers=BROWSER) for href in hrefs]
    assert {answer.status_code for answer in found} == {200}
    assert {answer.headers["content-type"].partition(";")[0] for answer in found} == {
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    }


@pytest.mark.parametrize(("language", "tag", "other"), [("nb", "nb", "en"), ("nn", "nb", "en"), ("en", "en", "nb")])
def test_an_example_asks_for_names_in_the_language_of_the_page(
    server: str, language: str, tag: str, other: str
) -> None:
    page = httpx.get(f"{server}/sparql", params={"lang": language}, headers=BROWSER).text
    stories = page.split('class="stories"')[1].split("</section>")[0]
    queries = [
        parse_qs(urlsplit(html.unescape(href)).query)["query"][0]
        for href in re.findall(r'href="(/sparql\?query=[^"]*)"', stories)
    ]
    assert sum(f'LANG(?label) = "{tag}"' in query for query in queries) > 5
    assert sum(f'LANG(?plan) = "{other}"' in query for query in queries) == 0
    shown = html.unescape(page.split("<textarea")[1].split("</textarea>")[0])
    assert f'LANG(?label) = "{tag}"' in shown


LONG = "# " + "what is asked for; " * 1_050 + "\n" + BARS


def test_a_long_query_is_repeated_by_no_link(server: str) -> None:
    page = show(server, LONG)
    # The field, the form of downloads and charts, and the three programs hold it; no address does.
    assert len(page) - len(show(server, BARS)) < 5.2 * len(LONG)
    assert "what+is+asked+for" not in page
    assert "what%20is%20asked%20for" not in page


@pytest.mark.parametrize(("name", "value"), [("chart", "table"), ("format", "csv")])
def test_a_long_query_is_drawn_and_taken_along_by_the_buttons_of_a_form(server: str, name: str, value: str) -> None:
    page = show(server, LONG, limit="2")
    form = page[page.index('<section aria-labelledby="answer">') :].partition("</form>")[0]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    assert f'name="{name}" value="{value}"' in form
    asked = [(key, html.unescape(text)) for key, text in hidden]
    assert dict(asked) == {"lang": "en", "limit": "2", "query": LONG}
    answer = httpx.get(f"{server}/sparql", params=[*asked, (name, value)], headers=BROWSER)
    assert (answer.status_code, "<figure>" in answer.text) == (200, False)
    values = ["<bdi>one</bdi>", "<bdi>three</bdi>"] if name == "chart" else ["\r\none,4", "\r\nthree,0"]
    assert [value in answer.text for value in values] == [True, False]


def test_what_the_editor_offers_is_data_of_the_release(server: str, vendor: Path) -> None:  # it is there
    page = httpx.get(f"{server}/sparql?lang=nb", headers=BROWSER).text
    match = re.search(r'<script type="application/json" id="editor-settings">(.*?)</script>', page, re.DOTALL)
    assert match is not None
    settings = json.loads(match[1])
    assert settings["prefixes"] == dict(PREFIXES)
    assert "https://w3id.org/plangraf/ontology#Goal" in settings["classes"]
    assert "http://www.w3.org/2004/02/skos/core#broader" in settings["properties"]
    assert settings["mistake"] == "Linje {line}, kolonne {column}: ventet ikke «{found}» her."
    assert not set("<>&") & set(match[1])
    assert page.count("<script") == 4  # the search, the editor and what it is made of, its settings


@pytest.mark.parametrize("query", [{}, {"query": BARS}])
def test_the_page_is_compressed_and_not_sent_to_who_has_it(server: str, query: dict[str, str]) -> None:
    with httpx.Client(base_url=server, headers={**BROWSER, "Accept-Encoding": "identity"}) as client:
        whole = client.get("/sparql", params=query)
        short = client.get("/sparql", params=query, headers={"Accept-Encoding": "gzip"})
        assert (short.headers["content-encoding"], short.text) == ("gzip", whole.text)
        assert int(short.headers["content-length"]) < len(whole.content) / 3
        assert {"Accept", "Accept-Language", "Accept-Encoding"} <= set(whole.headers["vary"].split(", "))
        known = {"If-None-Match": whole.headers["etag"]}
        assert client.get("/sparql", params=query, headers=known).status_code == 304
        assert client.get("/sparql", params={**query, "lang": "en"}, headers=known).status_code == 200
        head = client.head("/sparql", params=query)
        assert (head.status_code, head.content) == (200, b"")
