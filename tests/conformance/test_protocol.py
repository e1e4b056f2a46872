"""The W3C tests of the SPARQL 1.1 Protocol, through our HTTP door."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from tests.conformance.door import open_door
from tests.conformance.requests import ProtocolRequest, read_protocol_tests

from plangraf.formats import GRAPH_FORMATS, RESULT_FORMATS

NAMES = "http://kasei.us/2009/09/sparql/data/"
DATA = ("data1", "data2", "data3")

UPDATES = frozenset(
    {
        "update_base_uri",
        "update_dataset_default_graph",
        "update_dataset_default_graphs",
        "update_dataset_full",
        "update_dataset_named_graphs",
        "update_post_direct",
        "update_post_form",
    }
)
"""Updates that would be right, and are refused because the data are read-only."""

FORMATS = {
    "boolean": {f.media_type for f in RESULT_FORMATS},
    "tabular": {f.media_type for f in RESULT_FORMATS},
    "RDF": {f.media_type for f in GRAPH_FORMATS},
}


@pytest.fixture(scope="module")
def protocol(conformance: Path) -> Path:
    return conformance / "sparql" / "sparql11" / "protocol"


def test_queries_and_what_is_wrong_are_answered_as_the_protocol_says(protocol: Path, tmp_path: Path) -> None:
    tests = {name: found for name, found in read_protocol_tests(protocol).items() if name not in UPDATES}
    assert len(tests) == 34 - len(UPDATES)

    async def run() -> dict[str, list[str]]:
        async with _door(protocol, tmp_path) as client:
            return {name: [await _fault(client, request) for request in found] for name, found in tests.items()}

    faults = asyncio.run(run())
    assert {name: found for name, found in faults.items() if any(found)} == {}


def test_updates_are_refused_and_change_nothing(protocol: Path, tmp_path: Path) -> None:
    tests = read_protocol_tests(protocol)
    count = {"query": "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", "format": "csv"}

    async def run() -> tuple[dict[str, tuple[int, str]], list[str]]:
        async with _door(protocol, tmp_path) as client:
            before = await client.get("/sparql", params=count)
            answers = {name: await _send(client, tests[name][0]) for name in sorted(UPDATES)}
            after = await client.get("/sparql", params={**count, "after": "updates"})
            refused = {name: (a.status_code, a.json()["type"].partition("#")[2]) for name, a in answers.items()}
            return refused, [before.text, after.text]

    refused, (before, after) = asyncio.run(run())
    assert refused == dict.fromkeys(UPDATES, (403, "update-refused"))
    assert before == after
    assert before.split() == ["n", str(len(DATA))]


@asynccontextmanager
async def _door(protocol: Path, folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Yield a client of an application that has the graphs which the tests assume, under their names."""
    quads: list[ox.Quad] = []
    for name in DATA:
        graph = ox.NamedNode(f"{NAMES}{name}.rdf")
        found = ox.parse(path=str(protocol / f"{name}.nt"), format=ox.RdfFormat.N_TRIPLES)
        quads += [ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in found]
    async with open_door(quads, folder) as client:
        yield client


async def _send(client: httpx.AsyncClient, request: ProtocolRequest) -> httpx.Response:
    return await client.request(request.method, request.path, headers=request.headers, content=request.body)


async def _fault(client: httpx.AsyncClient, request: ProtocolRequest) -> str:
    """Return what is wrong with the answer to a request, or nothing."""
    answer = await _send(client, request)
    if f"{answer.status_code // 100}xx" not in request.statuses:
        return f"{answer.status_code}: {answer.text}"
    if request.format is not None and answer.headers["content-type"].partition(";")[0] not in FORMATS[request.format]:
        return f"comes as {answer.headers['content-type']}"
    if request.boolean is not None and answer.json()["boolean"] != request.boolean:
        return f"says {answer.text}"
    return ""
