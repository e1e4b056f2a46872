"""The W3C's tests of the SPARQL 1.1 Graph Store HTTP Protocol, with graphs of a publisher whose graph is no plan."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Node
from tests.site.graphs.publishing import Publishing, publishing

from plangraf.namespaces import GRAPH

HT = Namespace("http://www.w3.org/2011/http#")
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
CNT = Namespace("http://www.w3.org/2011/content#")
STATUSES = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}
FILES = {"manifest-direct": 5, "manifest-indirect": 9}
"""The manifests, each with the number of its tests."""
EXCEPTIONS = {
    "put_get_default": "the merge of all graphs follows from them, and is not written to",
    "post_get_new_graph": "a graph has the name of its plan, and the client gives it",
    "put_get_uri_pct_encoded_twice": "an IRI with a needless escape is that of no graph, so that none has two",
}
"""The tests that do not fit, and why."""
RESERVED = {"http://www.example/gsp/": f"{GRAPH}w3c/", "/gsp/": "/graph/w3c/", ".ttl": ""}
"""What the tests write in another way here: the graphs are a publisher's, and an ending names a form of a graph."""
UNKNOWN = ("foaf:businessCard", "foaf:page")
"""A property that FOAF lacks, which the shapes report, and the one that stands in its place."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Publishing]:
    with publishing(tmp_path_factory.mktemp("w3c"), fronts=1) as running:
        yield running


def _name(test: Node) -> str:
    return str(test).rpartition("#")[2]


def _manifest(conformance: Path, file: str) -> Graph:
    path = conformance / "sparql" / "sparql11" / "graph-store-protocol" / f"{file}.ttl"
    return Graph().parse(path, format="turtle")


def _tests(manifest: Graph) -> list[Node]:
    return sorted(manifest.subjects(RDF.type, MF.GraphStoreProtocolTest), key=str)


def _adapted(text: str) -> str:
    """Return a path or a body of a test as it is here; percent-escapes are varied as the test varies them."""
    text = text.replace("http%3A%2F%2Fwww.example%2Fgsp%2F", GRAPH.replace(":", "%3A").replace("/", "%2F") + "w3c%2F")
    text = re.sub(r"^/gsp(?=\?|$)", "/graphs", text)
    for theirs, ours in RESERVED.items():
        text = text.replace(theirs, ours)
    return text.replace(*UNKNOWN)


def _body(text: str) -> str:
    """Return a body as it is here: the things of the tests have addresses outside of those of publishers."""
    return re.sub(r"http://www\.example/gsp/", "https://www.example.org/", text).replace(*UNKNOWN)


def _triples(text: str) -> ox.Dataset:
    found = ox.Dataset(ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=GRAPH))
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return found


def _chars(manifest: Graph, message: Node) -> str | None:
    body = manifest.value(message, HT.body)
    return None if body is None else str(manifest.value(body, CNT.chars))


def _headers(manifest: Graph, message: Node) -> dict[str, str]:
    listed = manifest.value(message, HT.headers)
    fields = list(Collection(manifest, listed)) if listed is not None else []
    return {str(manifest.value(field, HT.fieldName)): str(manifest.value(field, HT.fieldValue)) for field in fields}


def _perform(site: Publishing, manifest: Graph, request: Node) -> None:
    method = str(manifest.value(request, HT.methodName))
    headers = _headers(manifest, request)
    if method not in ("GET", "HEAD"):
        headers["Authorization"] = f"Bearer {site.tokens['w3c']}"
    body = _chars(manifest, request)
    path = _adapted(str(manifest.value(request, HT.absolutePath)))
    content = None if body is None else _body(body).encode()
    answer = httpx.request(method, site.server.address + path, content=content, headers=headers)
    expected = manifest.value(request, HT.resp)
    assert expected is not None
    statuses = {STATUSES[_name(status)] for status in manifest.objects(expected, MF.expectedStatus)}
    assert answer.status_code in statuses, f"{method} {path}: {answer.status_code} {answer.text[:1000]}"
    for name, value in _headers(manifest, expected).items():
        assert answer.headers[name] == value
    chars = _chars(manifest, expected)
    if chars is not None:
        assert _triples(answer.text) == _triples(_body(chars))


@pytest.mark.parametrize("file", FILES)
def test_the_graph_store_answers_as_the_tests_of_the_w3c_expect(
    site: Publishing, conformance: Path, file: str
) -> None:
    manifest = _manifest(conformance, file)
    assert len(_tests(manifest)) == FILES[file]
    failed = {}
    for test in _tests(manifest):
        _forget(site)
        try:
            action = manifest.value(test, MF.action)
            assert action is not None
            requests = manifest.value(action, HT.requests)
            assert requests is not None
            for request in Collection(manifest, requests):
                assert manifest.value(request, RDF.type) == HT.Request
                _perform(site, manifest, request)
        except AssertionError as error:
            failed[_name(test)] = str(error)
    assert set(failed) == {name for name in map(_name, _tests(manifest)) if name in EXCEPTIONS}, failed


def _forget(site: Publishing) -> None:
    """Remove the graphs of the test before: each begins with none."""
    for graph in ("w3c/person/1", "w3c/person/2"):
        if site.read(graph).status_code == 200:
            assert site.send("DELETE", graph, publisher="w3c").status_code == 204
