"""Clients as they are used elsewhere, asking a running server."""

import httpx
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, RDFXML, TURTLE, SPARQLWrapper

SUB_GOALS = """
PREFIX plan: <https://w3id.org/plangraf/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?goal ?label WHERE {
  ?goal a plan:Goal ; skos:broader ?parent ; skos:prefLabel ?label ;
    skos:inScheme <https://w3id.org/plangraf/id/trondheim/samfunnsplan-2020-2032> .
}
"""
GOAL_13 = "CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?s { <http://metadata.un.org/sdg/13> } ?s ?p ?o }"


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


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # SPARQLWrapper makes one
def test_sparqlwrapper_takes_csv_and_graphs(server: str) -> None:
    client = SPARQLWrapper(f"{server}/sparql", returnFormat=CSV)
    client.setQuery(SUB_GOALS)
    table = client.queryAndConvert()
    assert isinstance(table, bytes)
    assert table.decode().splitlines()[0] == "goal,label"
    client = SPARQLWrapper(f"{server}/sparql", returnFormat=TURTLE)
    client.setQuery(GOAL_13)
    turtle = client.queryAndConvert()
    assert isinstance(turtle, bytes)
    assert "Stoppe klimaendringene" in turtle.decode()
    client = SPARQLWrapper(f"{server}/sparql", returnFormat=RDFXML)
    client.setQuery(GOAL_13)
    graph = client.queryAndConvert()
    assert isinstance(graph, Graph)
    assert Literal("Stoppe klimaendringene", lang="nb") in set(graph.objects())


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
