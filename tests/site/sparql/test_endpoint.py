"""The SPARQL 1.1 Protocol, asked of a running server."""

import httpx
import pyoxigraph as ox
import pytest

from plangraf.spreadsheet import to_spreadsheet

SELECT = "SELECT ?g WHERE { ?g <http://www.w3.org/2004/02/skos/core#notation> '13' }"
ASK = "ASK { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT { <http://metadata.un.org/sdg/13> ?p ?o } WHERE { <http://metadata.un.org/sdg/13> ?p ?o }"
DESCRIBE = "DESCRIBE <http://metadata.un.org/sdg/13>"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
RESULTS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
}
GRAPHS = {
    "turtle": "text/turtle; charset=utf-8",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}


@pytest.mark.parametrize("send", ["get", "form", "direct"])
@pytest.mark.parametrize("query", [SELECT, ASK, CONSTRUCT, DESCRIBE])
def test_each_form_of_query_is_taken_in_each_way(server: str, send: str, query: str) -> None:
    if send == "get":
        answer = httpx.get(f"{server}/sparql", params={"query": query})
    elif send == "form":
        answer = httpx.post(f"{server}/sparql", data={"query": query})
    else:
        headers = {"Content-Type": "application/sparql-query; charset=UTF-8"}
        answer = httpx.post(f"{server}/sparql", content=query.encode(), headers=headers)
    assert answer.status_code == 200
    expected = RESULTS["json"] if query in (SELECT, ASK) else GRAPHS["turtle"]
    assert answer.headers["content-type"] == expected
    assert answer.content


@pytest.mark.parametrize(
    ("query", "formats"), [(SELECT, RESULTS), (ASK, RESULTS), (CONSTRUCT, GRAPHS), (DESCRIBE, GRAPHS)]
)
@pytest.mark.parametrize("by", ["parameter", "header"])
def test_each_format_can_be_asked_for(server: str, query: str, formats: dict[str, str], by: str) -> None:
    for key, content_type in formats.items():
        parameters = {"query": query} | ({"format": key} if by == "parameter" else {})
        headers = {"Accept": content_type.split(";")[0]} if by == "header" else {}
        answer = httpx.get(f"{server}/sparql", params=parameters, headers=headers)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == content_type
        if formats is GRAPHS:
            target = ox.RdfFormat.from_media_type(content_type.split(";")[0])
            assert len(list(ox.parse(answer.content, format=target))) > 3
        elif query == SELECT:
            assert "http://metadata.un.org/sdg/13" in answer.text


@pytest.mark.parametrize(
    ("accept", "query", "content_type"),
    [
        ("application/json", SELECT, "application/json"),
        ("text/turtle, application/sparql-results+json", SELECT, RESULTS["json"]),
        ("text/turtle, application/sparql-results+json", CONSTRUCT, GRAPHS["turtle"]),
    ],
)
def test_the_accept_header_is_weighed(server: str, accept: str, query: str, content_type: str) -> None:
    answer = httpx.get(f"{server}/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.headers["content-type"] == content_type
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize("query", [SELECT, ASK, CONSTRUCT], ids=["SELECT", "ASK", "CONSTRUCT"])
@pytest.mark.parametrize(
    ("accept", "parameters"),
    [
        ("text/html, text/plain, text/sgml, text/css, application/xhtml+xml, */*;q=0.01", {}),
        ("text/html, text/*;q=0.5, image/*, application/*", {}),
        ("text/html, text/plain, text/css", {}),
        ("text/html", {}),
        (BROWSER, {"format": "pdf"}),
        ("image/png", {"format": "html"}),
        ("*/*", {"output": "text/html; charset=utf-8"}),
    ],
)
def test_a_page_is_an_answer_to_every_query(server: str, query: str, accept: str, parameters: dict[str, str]) -> None:
    answer = httpx.get(f"{server}/sparql", params={"query": query, **parameters}, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("accept", "query", "parameters"),
    [
        ("text/turtle, text/html;q=0.1", SELECT, {}),
        ("text/csv, text/html;q=0.1", CONSTRUCT, {}),
        ("text/html;q=0.9, application/n-triples", SELECT, {}),
        (BROWSER, SELECT, {"format": "turtle"}),
        (BROWSER, CONSTRUCT, {"format": "csv"}),
    ],
)
def test_a_page_stands_in_where_the_preferred_format_does_not_fit_the_query(
    server: str, accept: str, query: str, parameters: dict[str, str]
) -> None:
    answer = httpx.get(f"{server}/sparql", params={"query": query, **parameters}, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("accept", "query", "listed"),
    [("image/png", SELECT, "text/csv"), ("text/csv", CONSTRUCT, "text/turtle"), ("text/turtle", SELECT, "text/csv")],
)
def test_406_lists_what_there_is(server: str, accept: str, query: str, listed: str) -> None:
    answer = httpx.get(f"{server}/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 406
    assert answer.headers["content-type"] == "application/problem+json"
    assert listed in answer.json()["available"]


def test_a_query_that_does_not_parse_is_told_where(server: str) -> None:
    answer = httpx.get(f"{server}/sparql", params={"query": "SELECT *\nWHERE { ?s ?p"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json()["line"], answer.json()["column"]) == (2, 14)
    assert answer.json()["type"] == "https://w3id.org/plangraf/problems#query-syntax"


@pytest.mark.parametrize(
    ("status", "slug", "request_"),
    [
        (400, "query-missing", {"method": "POST", "content": b"", "headers": FORM}),
        (400, "request-malformed", {"method": "GET", "params": [("query", ASK), ("query", ASK)]}),
        (400, "request-malformed", {"method": "POST", "content": b"query=%FF%FE", "headers": FORM}),
        (
            400,
            "request-malformed",
            {"method": "POST", "content": b"\xff", "headers": {"Content-Type": "application/sparql-query"}},
        ),
        (400, "request-malformed", {"method": "GET", "params": {"query": ASK, "default-graph-uri": "not an iri"}}),
        (403, "service-refused", {"method": "GET", "params": {"query": "ASK { SERVICE <http://127.0.0.1:1/> {} }"}}),
        (403, "update-refused", {"method": "POST", "data": {"update": "CLEAR ALL"}}),
        (
            403,
            "update-refused",
            {"method": "POST", "content": b"CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}},
        ),
        (405, "method-refused", {"method": "PUT"}),
        (413, "body-too-large", {"method": "POST", "data": {"query": "#" * (2 * 1024 * 1024)}}),
        (
            415,
            "media-type-unsupported",
            {"method": "POST", "content": b"ASK {}", "headers": {"Content-Type": "text/plain"}},
        ),
        (
            406,
            "not-acceptable",
            {"method": "GET", "params": {"query": ASK, "format": "nonsense"}, "headers": {"Accept": "image/png"}},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_bad_request_is_answered_as_a_problem(
    server: str, status: int, slug: str, request_: dict[str, object]
) -> None:
    answer = httpx.request(url=f"{server}/sparql", **request_)  # type: ignore[arg-type]  # the table is well-formed
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    problem = answer.json()
    assert problem["type"].endswith(f"#{slug}")
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]


def test_turtle_of_construct_has_the_prefixes_of_the_query(server: str) -> None:
    query = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX sdg: <http://metadata.un.org/sdg/>
        # PREFIX none: <http://none.example/>
        CONSTRUCT { ?s skos:notation ?o } WHERE { VALUES ?s { sdg:13 } ?s skos:notation ?o }"""
    answer = httpx.get(f"{server}/sparql", params={"query": query})
    assert answer.text.splitlines() == [
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
        "@prefix sdg: <http://metadata.un.org/sdg/> .",
        'sdg:13 skos:notation "13" .',
    ]


def test_several_graphs_are_one_default_graph(server: str) -> None:
    def count(*graphs: str) -> int:
        answer = httpx.get(
            f"{server}/sparql",
            params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "default-graph-uri": list(graphs)},
        )
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])

    listed = httpx.get(f"{server}/sparql", params={"query": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"})
    graphs = [row["g"]["value"] for row in listed.json()["results"]["bindings"]]
    assert count(graphs[0], graphs[0]) == count(graphs[0])
    assert count(*graphs) == count()
    assert count(*graphs[:-1]) <= count()


def test_a_missing_prefix_is_named_with_the_line_that_declares_it(server: str) -> None:
    problem = httpx.get(f"{server}/sparql", params={"query": "SELECT * { ?s skos:notation ?o }"}).json()
    assert (problem["line"], problem["column"]) == (1, 15)
    assert "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>" in problem["detail"]


def test_a_property_with_service_in_its_name_is_no_service(server: str) -> None:
    query = "PREFIX dcat: <http://www.w3.org/ns/dcat#> ASK { ?s dcat:accessService ?o { ?o ?p ?q } }"
    assert httpx.get(f"{server}/sparql", params={"query": query}).json()["boolean"] is False


def test_any_origin_may_ask_and_preflight(server: str) -> None:
    preflight = httpx.options(
        f"{server}/sparql",
        headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"},
    )
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert "POST" in preflight.headers["access-control-allow-methods"]


def test_both_spellings_of_the_address_answer(server: str) -> None:
    assert httpx.get(f"{server}/sparql/", params={"query": ASK}).json()["boolean"] is True


def test_a_browser_gets_a_form_and_then_a_table(server: str) -> None:
    form = httpx.get(f"{server}/sparql", headers={"Accept": BROWSER})
    assert form.status_code == 200
    assert '<form method="get" action="/sparql"' in form.text
    table = httpx.get(f"{server}/sparql", params={"query": SELECT}, headers={"Accept": BROWSER})
    assert '<a href="/doc/sdg/13">sdg:13</a>' in table.text
    anyone = httpx.get(f"{server}/sparql", params={"query": SELECT, "format": "html"})
    assert anyone.headers["content-type"] == "text/html; charset=utf-8"
    csv = httpx.get(f"{server}/sparql", params={"query": SELECT, "format": "csv"}, headers={"Accept": BROWSER})
    assert csv.headers["content-type"] == RESULTS["csv"]


def test_a_table_comes_for_spreadsheets_too(server: str) -> None:
    query = "SELECT ?a ?b { VALUES (?a ?b) { ('=1+1' 'x;\"y\"\\nz') ('æ,ø' -3.5) } }"
    for parameters in ({}, {"limit": "5"}):
        answer = httpx.get(f"{server}/sparql", params={"query": query, "format": "spreadsheet", **parameters})
        assert answer.headers["content-type"] == RESULTS["csv"]
        assert answer.content.decode() == '\ufeffa;b\r\n\'=1+1;"x;""y""\nz"\r\næ,ø;-3.5\r\n'


def test_a_long_table_comes_for_spreadsheets_whole(server: str) -> None:
    query = {"query": "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 9000"}
    plain, sheet = (
        httpx.get(f"{server}/sparql", params={**query, "format": name}) for name in ("csv", "spreadsheet")
    )
    assert to_spreadsheet(plain.content) == sheet.content


def test_a_browser_is_shown_its_mistake_with_its_query(server: str) -> None:
    wrong = "SELECT <script>alert(1)</script>"
    page = httpx.get(f"{server}/sparql", params={"query": wrong}, headers={"Accept": BROWSER})
    assert page.status_code == 400
    assert "<script>" not in page.text
    assert "&lt;script&gt;" in page.text
