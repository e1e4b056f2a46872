"""The profile `tree` over HTTP: where it is, how it is found, and that clients of JSON-LD read it."""

import re

import httpx
import orjson
import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic
from tests.clients.javascript import Javascript
from tests.rdf_readers import find_readers

from plangraf.formats import JSON_LD
from plangraf.linkeddata.plan_tree import PROFILE
from plangraf.namespaces import BASE, ID
from plangraf.rdf.terms import to_graph

PLAN = "/doc/trondheim/samfunnsplan-2020-2032"
TREE = f"{PLAN}?_profile=tree"


def links(answer: httpx.Response, relation: str) -> list[str]:
    return re.findall(rf'<([^>]*)>; rel="{relation}"', answer.headers["link"])


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (TREE, {}),
        (TREE, {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}),
        (f"{PLAN}?_profile={PROFILE.replace('#', '%23')}", {}),
        (f"{TREE}&_mediatype=application/ld%2Bjson", {"Accept": "text/turtle"}),
        (f"{PLAN}.jsonld?_profile=tree", {}),
        (PLAN, {"Accept-Profile": f"<{PROFILE}>"}),
        (PLAN, {"Accept-Profile": f"<https://schema.org/>;q=0.5, <{PROFILE}>", "Accept": "application/ld+json"}),
    ],
)
def test_a_plan_comes_as_a_tree(server: str, path: str, headers: dict[str, str]) -> None:
    answer = httpx.get(server + path, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == JSON_LD.media_type
    assert answer.headers["content-profile"] == f"<{PROFILE}>"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert links(answer, "profile") == [PROFILE]
    assert answer.content == httpx.get(server + TREE).content
    assert answer.json()["id"] == ID + PLAN.removeprefix("/doc/")


def test_a_tree_comes_as_plain_json_to_those_who_ask_for_it(server: str) -> None:
    answer = httpx.get(server + TREE, headers={"Accept": "application/json"})
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["goals"][0]["subGoals"]


@pytest.mark.parametrize(
    "path",
    [
        f"{PLAN}/goal/1?_profile=tree",
        f"{PLAN}/goal/1?_profile=x",
        "/doc/sdg?_profile=tree",
        "/doc/sdg/13?_profile=tree",
    ],
)
def test_what_is_no_plan_has_no_tree(server: str, path: str) -> None:
    answer = httpx.get(server + path)
    assert answer.status_code == 400
    assert "plan" in answer.json()["detail"]


def test_a_header_for_a_tree_is_no_demand_where_there_is_none(server: str) -> None:
    answer = httpx.get(f"{server}/doc/sdg", headers={"Accept-Profile": f"<{PROFILE}>", "Accept": "text/turtle"})
    assert answer.status_code == 200
    assert PROFILE not in answer.headers["link"]
    goal = httpx.get(f"{server}{PLAN}/goal/1", headers={"Accept-Profile": f"<{PROFILE}>", "Accept": "text/turtle"})
    assert (goal.status_code, goal.headers["content-type"]) == (200, "text/turtle; charset=utf-8")


@pytest.mark.parametrize("path", [f"{TREE}&_mediatype=text/turtle", f"{PLAN}.ttl?_profile=tree"])
def test_a_tree_comes_in_no_other_form(server: str, path: str) -> None:
    answer = httpx.get(server + path)
    assert answer.status_code == 406
    assert answer.json()["available"] == [JSON_LD.media_type]


def test_a_tree_is_found_from_the_plan(server: str) -> None:
    """By the links of the document, by the list of its representations, and on its page."""
    address = f"{TREE}&_mediatype=application/ld%2Bjson"
    for accept in ("text/turtle", "text/html"):
        answer = httpx.get(server + PLAN, headers={"Accept": accept})
        assert (
            f'<{address}>; rel="alternate"; type="application/ld+json"; formats="{PROFILE}"' in answer.headers["link"]
        )
    assert f'href="{address.replace("&", "&amp;")}" type="application/ld+json"' in answer.text
    listed = httpx.get(f"{server}{PLAN}?_profile=alt", headers={"Accept": "application/n-triples"}).text
    assert f"<{BASE}{address}> <http://purl.org/dc/terms/conformsTo> <{PROFILE}>" in listed
    assert "tree" in str(httpx.get(f"{server}/openapi.json").json()["paths"]["/doc/{name}"]["parameters"])


def test_the_iri_of_the_profile_leads_to_its_terms(server: str) -> None:
    address = PROFILE.replace(BASE, server).partition("#")[0]
    assert "@reverse" in httpx.get(address).json()["@context"]["subGoals"]


def test_a_tree_says_what_the_documents_of_the_plan_say(server: str) -> None:
    query = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    everything = httpx.get(f"{server}/sparql", params={"query": query}, headers={"Accept": "application/n-triples"})
    said = {str(quad.triple) for quad in ox.parse(everything.content, format=ox.RdfFormat.N_TRIPLES)}
    tree = httpx.get(server + TREE).content
    found = {str(quad.triple) for quad in ox.parse(tree, format=ox.RdfFormat.JSON_LD)}
    assert len(found) > 100
    assert [line for line in found - said if not line.startswith(f"<{BASE}{PLAN}> ")] == []


def test_clients_read_one_graph_with_the_context_embedded_and_fetched(server: str, javascript: Javascript) -> None:
    body = httpx.get(server + TREE).content
    expected = to_graph(ox.parse(body, format=ox.RdfFormat.JSON_LD))
    assert len(expected) > 100
    find_readers(javascript).assert_same(body, JSON_LD, expected)
    fetched = orjson.dumps({**orjson.loads(body), "@context": f"{server}/ontology/context.jsonld"})
    read = Graph().parse(data=javascript.run("jsonld-to-ntriples.mjs", data=fetched), format="nt")
    assert isomorphic(read, expected)


def test_a_tree_is_remembered(server: str) -> None:
    first = httpx.get(server + TREE)
    again = httpx.get(server + TREE, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
