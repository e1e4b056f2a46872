"""What programs find by themselves, asked of a running server."""

import httpx
import pyoxigraph as ox
import pytest

from plangraf.formats import GRAPH_FORMATS, Format
from plangraf.namespaces import BASE, expand

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
VOID = "/.well-known/void"


def _triples(answer: httpx.Response) -> set[ox.Quad]:
    assert answer.status_code == 200, answer.text
    rdf_format = ox.RdfFormat.from_media_type(answer.headers["content-type"])
    assert rdf_format is not None
    return set(ox.parse(answer.content, format=rdf_format))


@pytest.mark.parametrize("rdf_format", GRAPH_FORMATS, ids=lambda f: f.key)
def test_void_comes_in_every_graph_format(server: str, rdf_format: Format) -> None:
    expected = _triples(httpx.get(f"{server}{VOID}.nt"))
    assert len(expected) > 50
    asked = httpx.get(f"{server}{VOID}", headers={"Accept": rdf_format.media_type})
    assert asked.headers["content-type"].partition(";")[0] == rdf_format.media_type
    assert "Accept" in asked.headers["vary"]
    assert f'<{VOID}.{rdf_format.extension}>; rel="alternate"' in asked.headers["link"]
    assert _triples(asked) == expected
    named = httpx.get(f"{server}{VOID}.{rdf_format.extension}")
    assert named.headers["content-type"].partition(";")[0] == rdf_format.media_type
    assert named.headers["vary"] == "Accept-Encoding"
    assert _triples(named) == expected


@pytest.mark.parametrize("path", [VOID, f"{VOID}?format=turtle"])
@pytest.mark.parametrize("accept", [BROWSER, "text/html", "*/*"])
def test_browsers_get_turtle(server: str, path: str, accept: str) -> None:
    answer = httpx.get(f"{server}{path}", headers={"Accept": accept})
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    assert "void:Dataset" in answer.text


@pytest.mark.parametrize("path", [VOID, "/sparql"])
def test_what_there_is_not_is_not_acceptable(server: str, path: str) -> None:
    for parameters in ({}, {"format": "png"}):
        answer = httpx.get(f"{server}{path}", params=parameters, headers={"Accept": "image/png"})
        assert answer.status_code == 406
        assert answer.json()["type"].endswith("#not-acceptable")
        assert answer.json()["available"]


def test_what_void_leads_to_is_there(server: str) -> None:
    triples = _triples(httpx.get(f"{server}{VOID}.nt"))
    names = {expand(f"void:{name}") for name in ("exampleResource", "rootResource", "subset")}
    targets = {t.object.value for t in triples if t.predicate.value in names and isinstance(t.object, ox.NamedNode)}
    targets = {target.partition("#")[0] for target in targets}
    assert len(targets) > 5
    with httpx.Client(headers={"Accept": "text/turtle"}, follow_redirects=True) as client:
        statuses = {target: client.get(target.replace(BASE, server)).status_code for target in targets}
    assert statuses == dict.fromkeys(targets, 200)


def test_the_service_description_is_taken_by_format_too(server: str) -> None:
    answer = httpx.get(f"{server}/sparql", params={"format": "jsonld"})
    assert answer.headers["content-type"] == "application/ld+json"
    assert any(quad.predicate.value == expand("sd:endpoint") for quad in _triples(answer))
