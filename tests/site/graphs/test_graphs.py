import httpx
import pyoxigraph as ox
import pytest

from plangraf.formats import GRAPH_FORMATS, Format
from plangraf.release.release import Release

GRAPH = "https://w3id.org/plangraf/graph/trondheim/samfunnsplan-2020-2032"
TARGETS = {f.media_type: ox.RdfFormat.from_media_type(f.media_type) for f in GRAPH_FORMATS}


def _triples(answer: httpx.Response) -> set[ox.Triple]:
    rdf_format = TARGETS[answer.headers["content-type"].partition(";")[0]]
    return {quad.triple for quad in ox.parse(answer.content, format=rdf_format)}


@pytest.mark.parametrize("rdf_format", GRAPH_FORMATS, ids=lambda f: f.key)
def test_a_graph_is_read_by_its_iri_in_every_form(server: str, release: Release, rdf_format: Format) -> None:
    answer = httpx.get(f"{server}/graphs", params={"graph": GRAPH}, headers={"Accept": rdf_format.media_type})
    assert answer.status_code == 200
    assert len(_triples(answer)) == release.manifest.counts.graphs[GRAPH]
    assert answer.headers["access-control-allow-origin"] == "*"


def test_every_graph_of_the_release_is_there(server: str, release: Release) -> None:
    with httpx.Client(base_url=server) as client:
        read = {
            iri: len(_triples(client.get("/graphs", params={"graph": iri, "format": "nt"})))
            for iri in release.manifest.counts.graphs
        }
    assert read == dict(release.manifest.counts.graphs)


def test_the_default_graph_is_the_merge(server: str, release: Release) -> None:
    answer = httpx.get(f"{server}/graphs?default", headers={"Accept": "application/n-triples"})
    assert len(answer.text.splitlines()) == release.manifest.counts.triples


def test_head_tells_the_same_without_a_body(server: str) -> None:
    parameters = {"graph": GRAPH}
    got, told = (httpx.request(method, f"{server}/graphs", params=parameters) for method in ("GET", "HEAD"))
    assert told.status_code == 200
    assert told.content == b""
    assert told.headers["content-type"] == got.headers["content-type"] == "text/turtle; charset=utf-8"


@pytest.mark.parametrize(
    "query", ["", "?graph", "?graph=", f"?default&graph={GRAPH}", f"?graph={GRAPH}&graph={GRAPH}"]
)
def test_one_graph_is_to_be_named(server: str, query: str) -> None:
    answer = httpx.get(f"{server}/graphs{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert "/graphs?default" in answer.json()["detail"]


@pytest.mark.parametrize("iri", ["https://example.org/none", "trondheim", f"{GRAPH}/"])
def test_a_graph_that_is_not_there_is_404(server: str, iri: str) -> None:
    answer = httpx.get(f"{server}/graphs", params={"graph": iri})
    assert answer.status_code == 404
    assert iri in answer.json()["detail"]


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_graphs_are_read_only(server: str, method: str) -> None:
    answer = httpx.request(method, f"{server}/graphs", params={"graph": GRAPH})
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


def test_a_format_that_a_graph_has_not_is_406(server: str) -> None:
    answer = httpx.get(f"{server}/graphs", params={"graph": GRAPH}, headers={"Accept": "text/csv"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.json()["available"]


@pytest.mark.parametrize("query", [f"graph={GRAPH}", "default", f"graph={GRAPH}&format=nt"])
def test_the_endpoint_sends_such_requests_there(server: str, query: str) -> None:
    answer = httpx.get(f"{server}/sparql?{query}")
    assert answer.status_code == 308
    assert answer.headers["location"] == f"/graphs?{query}"
    assert httpx.get(server + answer.headers["location"]).status_code == 200
