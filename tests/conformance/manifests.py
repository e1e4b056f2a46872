"""Read the manifests of the W3C test suites for queries."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")


@dataclass(frozen=True)
class QueryTest:
    """A test of a query.

    Attributes:
        name: its group and the fragment of its IRI.
        kind: its class, such as `QueryEvaluationTest`.
        query: the file of the query.
        data: the files of the default graph.
        graph_data: the files of the named graphs; their addresses are the names.
        result: the file of the result, where there is one.
    """

    name: str
    kind: str
    query: Path
    data: tuple[Path, ...]
    graph_data: tuple[Path, ...]
    result: Path | None

    @cached_property
    def text(self) -> str:
        """The query."""
        return self.query.read_text(encoding="utf-8")

    @property
    def negative(self) -> bool:
        """Whether the query is none, and must not be taken."""
        return self.kind.startswith("Negative")

    @property
    def dataset(self) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
        """The files of the dataset: those of the default graph, and those of the named graphs."""
        return self.data, self.graph_data

    def quads(self) -> list[ox.Quad]:
        """Return the dataset."""
        quads = [quad for path in self.data for quad in _read(path, ox.DefaultGraph())]
        return quads + [quad for path in self.graph_data for quad in _read(path, ox.NamedNode(path.as_uri()))]


def read_group(folder: Path) -> list[QueryTest]:
    """Return the tests of the manifest in `folder`, in its order."""
    graph = read_manifest(folder)
    return [_test(graph, entry, folder.name) for entry in entries(graph)]


def read_manifest(folder: Path) -> Graph:
    """Return the manifest in `folder`."""
    return Graph().parse(folder / "manifest.ttl", publicID=(folder / "manifest.ttl").as_uri())


def entries(graph: Graph) -> list[Node]:
    """Return the tests that a manifest lists, in its order."""
    (head,) = graph.objects(None, MF.entries)
    return list(Collection(graph, head))


def _test(graph: Graph, entry: Node, group: str) -> QueryTest:
    action = graph.value(entry, MF.action)
    result = graph.value(entry, MF.result)
    kind = graph.value(entry, RDF.type)
    query = graph.value(action, QT.query) or action
    assert isinstance(query, URIRef)
    assert isinstance(kind, URIRef)
    return QueryTest(
        name=f"{group}/{str(entry).rpartition('#')[2]}",
        kind=kind.fragment,
        query=_path(query),
        data=tuple(sorted(map(_path, graph.objects(action, QT.data)))),
        graph_data=tuple(sorted(map(_path, graph.objects(action, QT.graphData)))),
        result=_path(result) if result is not None else None,
    )


def _path(iri: Node) -> Path:
    assert str(iri).startswith("file://"), iri
    return Path(str(iri).removeprefix("file://"))


def _read(path: Path, graph: ox.NamedNode | ox.DefaultGraph) -> list[ox.Quad]:
    rdf_format = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    # Two files of a dataset share no blank nodes.
    triples = ox.parse(path=str(path), format=rdf_format, base_iri=path.as_uri(), rename_blank_nodes=True)
    return [ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples]
