"""The release that an upload alone would be, in memory: its statements, what follows of them, and reference data."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf import __version__, shipped
from plangraf.formats import Format
from plangraf.namespaces import DERIVED_GRAPH, GRAPH, ONTOLOGY, expand
from plangraf.release.count import count, plans
from plangraf.release.derived_graphs import describe_derived_graphs
from plangraf.release.parts import PartIndex, taken_iris
from plangraf.release.plan_graphs import PlanGraphs
from plangraf.release.release import Manifest, release_identifier
from plangraf.sources.dataset import ListedFile, list_files
from plangraf.sources.reference import list_reference
from plangraf.validation.context import DescriptionIndex, ReferenceData, find_context
from plangraf.validation.terms import UPLOAD_BASE
from plangraf.validation.upload_file import upload_file

_ROLE = ox.NamedNode(expand("plan:graphRole"))
_UPLOAD = ox.NamedNode(UPLOAD_BASE)


@dataclass(frozen=True)
class UploadRelease:
    """A release of an upload, which is nowhere on disk.

    Attributes:
        manifest: its manifest.
        store: its named graphs, and their merge as the default graph.
        described: the IRIs that the upload describes.
    """

    manifest: Manifest
    store: ox.Store
    described: frozenset[str]


class UploadReleases:
    """Makes releases of uploads. The reference data are read once, before any upload."""

    def __init__(self) -> None:
        ontology = ListedFile(shipped.ONTOLOGY, ONTOLOGY).read().quads
        reference = [quad for file in list_reference() for quad in file.read().quads]
        known = [quad for file in list_files([shipped.DATA]) for quad in file.read().quads]
        derived = find_context(reference, [], ontology).derived
        self._ontology = ontology
        self._known = DescriptionIndex([*known, *ontology])
        self._reference = _with_merge([*reference, *ontology, *_placed(derived)])

    def of(self, data: bytes, source: Format) -> UploadRelease:
        """Return the release of an upload.

        Raises:
            InputError: the upload cannot be read.
        """
        quads = _in_its_graph(upload_file(data, source).read().quads)
        described = {quad.subject for quad in quads}
        context = find_context(quads, [], self._ontology, ReferenceData([self._known], described))
        graphs = PlanGraphs([*quads, *context.descriptions], context.derived)
        derived = [
            *(ox.Quad(t.subject, t.predicate, t.object, graphs.derived_graph(t.subject)) for t in context.derived),
            *describe_derived_graphs(quads, graphs, []),
        ]
        merged = _with_merge([*quads, *derived])
        store = ox.Store()
        store.bulk_extend(self._reference)
        store.bulk_extend(_with_merge(context.descriptions))
        store.bulk_extend(merged)
        index = PartIndex.of(quads)
        digest = hashlib.sha256(data).hexdigest()
        manifest = Manifest(
            release=release_identifier(digest),
            sha256=digest,
            size=len(data),
            software=__version__,
            counts=count(store),
            plans=plans(quads),
            validation={},
            uri_spaces=index.uri_spaces,
            taken=taken_iris(index.uri_spaces, [index]),
            draft=True,
        )
        iris = frozenset(node.value for node in described if isinstance(node, ox.NamedNode))
        return UploadRelease(manifest, store, iris)


def _in_its_graph(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return the statements of a document, in the graph that it describes instead of that of the upload."""
    found = list(quads)
    graphs = {
        quad.subject
        for quad in found
        if quad.predicate == _ROLE and isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(GRAPH)
    }
    if len(graphs) != 1:
        return found
    [graph] = graphs
    return [
        ox.Quad(quad.subject, quad.predicate, quad.object, graph) if quad.graph_name == _UPLOAD else quad
        for quad in found
    ]


def _placed(triples: Iterable[ox.Triple]) -> list[ox.Quad]:
    graph = ox.NamedNode(DERIVED_GRAPH)
    return [ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples]


def _with_merge(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return statements in their graphs, and once more in the default graph."""
    named = list(dict.fromkeys(quads))
    merge = dict.fromkeys(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in named)
    return [*named, *merge]
