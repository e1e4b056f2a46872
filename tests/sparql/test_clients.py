"""Clients as they are used elsewhere, asking a running server."""

import os
import shutil
import subprocess
from typing import Any

import httpx
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import GET, JSON, POST, POSTDIRECTLY, SPARQLWrapper
from SPARQLWrapper.Wrapper import _allowedFormats
from tests.clients.javascript import Javascript

SUB_GOALS = """
PREFIX plan: <https://w3id.org/plangraf/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?goal ?label WHERE {
  ?goal a plan:Goal ; skos:broader ?parent ; skos:prefLabel ?label ;
    skos:inScheme <https://w3id.org/plangraf/id/trondheim/samfunnsplan-2020-2032> .
}
"""
GOAL = "http://metadata.un.org/sdg/13"
NOTATION = f"SELECT ?number {{ <{GOAL}> <http://www.w3.org/2004/02/skos/core#notation> ?number }}"
FORMS = {
    "SELECT": NOTATION,
    "ASK": f"ASK {{ <{GOAL}> ?p ?o }}",
    "CONSTRUCT": f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ <{GOAL}> }} ?s ?p ?o }}",
    "DESCRIBE": f"DESCRIBE <{GOAL}>",
}
RESULT_TYPES = {
    None: "application/sparql-results+xml",
    "xml": "application/sparql-results+xml",
    "json": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
GRAPH_TYPES = {
    None: "application/rdf+xml",
    "xml": "application/rdf+xml",
    "rdf": "application/rdf+xml",
    "rdf+xml": "application/rdf+xml",
    "turtle": "text/turtle",
    "n3": "text/turtle",
    "json-ld": "application/ld+json",
    "json": "application/ld+json",
}
METHODS = ["get", "postUrlencoded", "postDirect"]


@pytest.mark.parametrize("by_post", [False, True])
@pytest.mark.parametrize("directly", [False, True])
def test_sparqlwrapper_selects(server: str, by_post: bool, directly: bool) -> None:
    client = SPARQLWrapper(f"{server}/sparql", returnFormat=JSON)
    if by_post:
        client.setMethod(POST)
        client.setRequestMethod(POSTDIRECTLY if directly else "urlencoded")
    client.setQuery(SUB_GOALS)
    answer = client.queryAndConvert()
    assert isinstance(answer, dict)
    rows = answer["results"]["bindings"]
    assert len({row["goal"]["value"] for row in rows}) == 15
    assert {row["label"]["xml:lang"] for row in rows} == {"nb", "en"}


def _sparqlwrapper(server: str, query: str, name: str | None, method: str, *, directly: bool) -> tuple[str, object]:
    """Return the media type of the answer to SPARQLWrapper, and the value that it converts the answer to."""
    client = SPARQLWrapper(f"{server}/sparql", **({} if name is None else {"returnFormat": name}))
    client.setQuery(query)
    client.setMethod(method)
    if directly:
        client.setRequestMethod(POSTDIRECTLY)
    answer = client.query()
    return answer.info()["content-type"].partition(";")[0], answer.convert()


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # SPARQLWrapper makes one
@pytest.mark.filterwarnings("ignore:Sending Accept header:RuntimeWarning")  # where the name does not fit the form
@pytest.mark.filterwarnings("ignore:Format requested was:RuntimeWarning")
@pytest.mark.parametrize(("method", "directly"), [(GET, False), (POST, False), (POST, True)])
@pytest.mark.parametrize("name", [None, *_allowedFormats])
@pytest.mark.parametrize(("form", "query"), FORMS.items(), ids=FORMS)
def test_sparqlwrapper_takes_every_form_of_query_in_every_format(
    server: str, form: str, query: str, name: str | None, method: str, directly: bool
) -> None:
    graph = form in ("CONSTRUCT", "DESCRIBE")
    media_type, value = _sparqlwrapper(server, query, name, method, directly=directly)
    expected = (GRAPH_TYPES if graph else RESULT_TYPES).get(name)
    assert expected is None or media_type == expected
    if isinstance(value, Graph):
        assert Literal("Stoppe klimaendringene", lang="nb") in set(value.objects())
    elif isinstance(value, bytes):
        assert ("Stoppe klimaendringene" if graph else {"SELECT": "13", "ASK": "true"}[form]) in value.decode()
    else:
        assert value is not None


def test_rdflibs_sparqlstore_asks_and_walks(server: str) -> None:
    store = SPARQLStore(f"{server}/sparql")
    assert len(list(store.query(SUB_GOALS))) == 30
    goal = URIRef("http://metadata.un.org/sdg/13")
    notation = URIRef("http://www.w3.org/2004/02/skos/core#notation")
    values = [str(triple[2]) for triple, _ in store.triples((goal, notation, None))]
    assert values == ["13"]
    assert bool(store.query("ASK { <http://metadata.un.org/sdg/13> ?p ?o }").askAnswer)
    assert len(store) > 6000


def test_curl_like_clients_with_no_accept_header_get_json(server: str) -> None:
    request = httpx.Request("GET", f"{server}/sparql", params={"query": SUB_GOALS})
    assert "accept" not in request.headers
    with httpx.Client() as client:
        assert len(client.send(request).json()["results"]["bindings"]) == 30


@pytest.fixture(scope="module")
def roqet() -> str:
    """Return the path of Rasqal's roqet; where it is missing, that is an error on CI."""
    found = shutil.which("roqet")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("roqet is not installed")
        pytest.skip("roqet is not installed: it is in rasqal-utils of Debian")  # the gate has failed above
    return found


def test_roqet_selects(roqet: str, server: str) -> None:
    # Over the protocol, it reads tables alone.
    run = subprocess.run(  # noqa: S603  # a program of the system with our own arguments
        [roqet, "-q", "-r", "csv", "-p", f"{server}/sparql", "-e", NOTATION],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == ["number", "13"]


@pytest.mark.parametrize(("form", "query"), FORMS.items(), ids=FORMS)
def test_comunica_asks_the_endpoint(javascript: Javascript, server: str, form: str, query: str) -> None:
    _check(form, javascript.ask("comunica.mjs", query, f"{server}/sparql"))


@pytest.mark.parametrize("path", ["/doc/trondheim/samfunnsplan-2020-2032", "/catalog", "/ontology", "/doc/sdg/13"])
def test_comunica_reads_a_document(javascript: Javascript, server: str, path: str) -> None:
    [row] = _rows(javascript.ask("comunica.mjs", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", server + path))
    graph = Graph().parse(data=httpx.get(server + path, headers={"Accept": "text/turtle"}).text)
    assert int(row["n"]) == len(graph)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("form", "query"), FORMS.items(), ids=FORMS)
def test_sparql_http_client_asks_by_every_method(
    javascript: Javascript, server: str, form: str, query: str, method: str
) -> None:
    operation = {"SELECT": "select", "ASK": "ask"}.get(form, "construct")
    _check(form, javascript.ask("sparql-http-client.mjs", f"{server}/sparql", method, operation, query))


def _check(form: str, answer: object) -> None:
    if form == "SELECT":
        assert answer == [{"number": "13"}]
    elif form == "ASK":
        assert answer is True
    else:
        assert [GOAL, "http://www.w3.org/2004/02/skos/core#notation", "13"] in _rows(answer)


def _rows(answer: object) -> list[Any]:
    assert isinstance(answer, list)
    return answer
