"""Read the requests of the W3C protocol tests, which are written as HTTP in RDF."""

from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Node
from tests.conformance.manifests import MF, entries, read_manifest

HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")


@dataclass(frozen=True)
class ProtocolRequest:
    """A request, and what is expected of the response.

    Attributes:
        method: its method.
        path: its path, with the query string.
        headers: its headers.
        body: its body, encoded.
        statuses: the classes of status that are right, such as `2xx`.
        boolean: the answer to an ASK query, where one is expected.
        format: `boolean`, `tabular` or `RDF`, where one is expected.
    """

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    statuses: frozenset[str]
    boolean: bool | None
    format: str | None


def read_protocol_tests(folder: Path) -> dict[str, list[ProtocolRequest]]:
    """Return the requests of each test of the manifest in `folder`, by name."""
    graph = read_manifest(folder)
    return {str(entry).rpartition("#")[2]: _requests(graph, entry) for entry in entries(graph)}


def _requests(graph: Graph, entry: Node) -> list[ProtocolRequest]:
    return [_request(graph, node) for node in _list(graph, graph.value(entry, MF.action), HT.requests)]


def _request(graph: Graph, node: Node) -> ProtocolRequest:
    response = graph.value(node, HT.resp)
    body = graph.value(node, HT.body)
    encoding = str(graph.value(body, CNT.characterEncoding)) if body else "utf-8"
    boolean = graph.value(response, MF.expectedBoolean)
    expected_format = graph.value(response, MF.expectedFormat)
    return ProtocolRequest(
        method=str(graph.value(node, HT.methodName)),
        path=str(graph.value(node, HT.absolutePath)),
        headers={
            str(graph.value(header, HT.fieldName)): str(graph.value(header, HT.fieldValue))
            for header in _list(graph, node, HT.headers)
        },
        body=str(graph.value(body, CNT.chars)).encode(encoding) if body else b"",
        statuses=frozenset(str(s).rpartition("StatusCode")[2] for s in graph.objects(response, MF.expectedStatus)),
        boolean=None if boolean is None else str(boolean) == "true",
        format=None if expected_format is None else str(expected_format),
    )


def _list(graph: Graph, subject: Node | None, predicate: Node) -> list[Node]:
    head = graph.value(subject, predicate)
    return [] if head is None else list(Collection(graph, head))
