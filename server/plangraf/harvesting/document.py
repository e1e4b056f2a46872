"""A document of a source: its statements, and the graphs in which they are published.

A document keeps the graphs that it has or describes. If it has none, its graph follows from the plan that it
describes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pyoxigraph as ox

from plangraf.errors import InputError
from plangraf.formats import JSON_LD, N_QUADS, Format
from plangraf.harvesting.address import SourceAddress
from plangraf.harvesting.client import HarvestResponse
from plangraf.harvesting.faults import HarvestError, NothingToHarvestError
from plangraf.harvesting.harvested_file import HarvestedFile, Subject, publisher_of
from plangraf.harvesting.recognition import recognize_document
from plangraf.languages import N_, Msgid
from plangraf.namespaces import GRAPH, ID, expand, is_derived_graph
from plangraf.publishing.ownership import is_publisher, owns_graph
from plangraf.rdf.well_formed import is_web_address
from plangraf.reserved_segments import reserved_segment_of
from plangraf.vocabulary import PLAN_CONCEPTS
from plangraf.workbook.addresses import slug
from plangraf.workbook.limits import WorkbookError

_UNNAMED = "urn:x-plangraf:no-graph"
"""The graph of statements in no graph, until it is known where they belong."""
_TYPE, _ROLE, _LICENCE, _SPACE = (
    ox.NamedNode(expand(name)) for name in ("rdf:type", "plan:graphRole", "dct:license", "void:uriSpace")
)
_PLAN = ox.NamedNode(expand("plan:Plan"))
_ORGANISATIONS = frozenset(ox.NamedNode(expand(name)) for name in ("foaf:Agent", "org:Organization"))
_CONCEPTS = frozenset(
    ox.NamedNode(iri) for iri in (expand("skos:Concept"), *(iri for kind in PLAN_CONCEPTS for iri in kind.classes))
)


@dataclass(frozen=True)
class HarvestedDocument:
    """A document with its statements.

    Attributes:
        address: the address of the document.
        files: its statements, one file for each publisher of its graphs.
        quads: the statements, in the graphs in which they are published.
        described: the graphs that it describes.
    """

    address: SourceAddress
    files: tuple[HarvestedFile, ...]
    quads: tuple[ox.Quad, ...]
    described: frozenset[str]

    @classmethod
    def of(cls, download: HarvestResponse, graph: str = "") -> "HarvestedDocument":
        """Return the document that an answer is.

        Args:
            download: the answer.
            graph: the graph of its statements that are in none; empty if the document tells it.

        Raises:
            HarvestError: it cannot be read, or has graphs that nobody can publish.
            NothingToHarvestError: it has no plan, and no graph of a publisher.
        """
        address, data = download.address, download.data
        rdf_format = recognize_document(download.media_type, address, data)
        base = str(address)
        quads = _quads(download, rdf_format)
        if rdf_format == JSON_LD and (named := _named_graphs(data, base)):
            data, rdf_format = named, N_QUADS
            quads = _quads(replace(download, data=data), rdf_format)
        graph = graph or _graph(quads, address)
        file = HarvestedFile(
            path=_path(address), graph=graph, placed=True, data=data, format=rdf_format.key, base=base
        )
        graphs = {
            name for name in {_name(quad) for quad in quads} if name.startswith(GRAPH) and not is_derived_graph(name)
        } | {graph}
        _check_graphs(graphs, address)
        main = {
            publisher_of(name): min((each for each in graphs if publisher_of(each) == publisher_of(name)), key=len)
            for name in graphs
        }
        files = tuple(
            replace(file, graph=graph if publisher == publisher_of(graph) else main[publisher])
            for publisher in sorted(main)
        )
        placed = tuple(quad for each in files for quad in each.read().quads)
        if not placed:
            raise _nothing(address)
        described = {
            quad.subject.value
            for quad in placed
            if quad.predicate == _ROLE and isinstance(quad.subject, ox.NamedNode)
        }
        return cls(address, files, placed, frozenset(described))

    @property
    def graphs(self) -> frozenset[str]:
        """The IRIs of its graphs."""
        return frozenset(_name(quad) for quad in self.quads)

    @property
    def publishers(self) -> frozenset[str]:
        """The publishers of its graphs."""
        return frozenset(map(publisher_of, self.graphs))

    @property
    def licences(self) -> tuple[str, ...]:
        """The licences that it states for its graphs."""
        graphs = {ox.NamedNode(graph) for graph in self.graphs}
        return tuple(
            sorted(
                {
                    quad.object.value
                    for quad in self.quads
                    if quad.predicate == _LICENCE
                    and quad.subject in graphs
                    and isinstance(quad.object, ox.NamedNode)
                    and is_web_address(quad.object.value)
                }
            )
        )

    def without(self, left_out: frozenset[Subject]) -> "HarvestedDocument":
        """Return the document without what it says about some subjects."""
        if not left_out:
            return self
        return replace(
            self,
            files=tuple(replace(file, left_out=left_out) for file in self.files),
            quads=tuple(quad for quad in self.quads if quad.subject not in left_out),
        )

    @property
    def concepts(self) -> int:
        """The number of concepts, such as goals, that it describes."""
        return len({quad.subject for quad in self.quads if quad.predicate == _TYPE and quad.object in _CONCEPTS})


def read_quads(download: HarvestResponse, rdf_format: Format) -> list[ox.Quad]:
    """Return the statements of an RDF document, of whatever graph.

    Raises:
        HarvestError: it cannot be read.
    """
    return list(_quads(download, rdf_format))


def _quads(download: HarvestResponse, rdf_format: Format) -> Sequence[ox.Quad]:
    base = str(download.address)
    file = HarvestedFile(
        path=_path(download.address),
        graph=_UNNAMED,
        placed=True,
        data=download.data,
        format=rdf_format.key,
        base=base,
    )
    try:
        return file.whole().read().quads
    except WorkbookError as error:
        raise HarvestError(error.template, **error.values) from error
    except InputError as error:
        place = ":".join(str(number) for number in (error.line, error.column) if number is not None)
        raise HarvestError(
            N_("{address} cannot be read: {cause}."),
            address=base,
            cause=f"{place}: {error.message}" if place else error.message,
        ) from error


def _named_graphs(data: bytes, base: str) -> bytes | None:
    """Return a JSON-LD document that has graphs of its own as N-Quads, and None of another one."""
    quads = list(ox.parse(data, format=ox.RdfFormat.JSON_LD, base_iri=base))
    if all(isinstance(quad.graph_name, ox.DefaultGraph) for quad in quads):
        return None
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS)


def _graph(quads: Iterable[ox.Quad], address: SourceAddress) -> str:
    """Return the graph of the statements that are in no graph of a publisher, or else the main one of the document.

    Raises:
        HarvestError: it describes several graphs.
        NothingToHarvestError: it has no plan and no organisation.
    """
    quads = list(quads)
    loose = [quad for quad in quads if not _name(quad).startswith(GRAPH)]
    if not loose:
        return min((name for quad in quads if not is_derived_graph(name := _name(quad))), key=_depth, default="") or (
            _refuse(_nothing(address))
        )
    described = sorted(
        {
            quad.subject.value
            for quad in loose
            if quad.predicate == _ROLE
            and isinstance(quad.subject, ox.NamedNode)
            and quad.subject.value.startswith(GRAPH)
        }
    )
    if len(described) > 1:
        raise HarvestError(
            N_(
                "{address} describes {count} graphs, such as {first} and {second}, and does not tell which statement "
                "is in which. Publish each graph as a file of its own, or all as TriG."
            ),
            address=str(address),
            count=len(described),
            first=described[0],
            second=described[1],
        )
    if described:
        return described[0]
    typed = [
        (quad.subject.value, quad.object)
        for quad in loose
        if quad.predicate == _TYPE and isinstance(quad.subject, ox.NamedNode)
    ]
    plans = sorted((iri for iri, kind in typed if kind == _PLAN), key=lambda iri: (len(iri), iri))
    if plans:
        return _graph_of_plan(plans[0], loose, address)
    organisations = sorted(
        iri
        for iri, kind in typed
        if kind in _ORGANISATIONS and iri.startswith(ID) and "/" not in iri.removeprefix(ID)
    )
    if not organisations:
        raise _nothing(address)
    return GRAPH + organisations[0].removeprefix(ID)


def _graph_of_plan(plan: str, quads: Iterable[ox.Quad], address: SourceAddress) -> str:
    """Return the graph of a plan whose document describes no graph, by the IRI of the plan."""
    if plan.startswith(ID):
        return GRAPH + "/".join(plan.removeprefix(ID).strip("/").split("/")[:2])
    declared = (
        quad.subject.value.removeprefix(ID)
        for quad in quads
        if quad.predicate == _SPACE
        and isinstance(quad.subject, ox.NamedNode)
        and quad.subject.value.startswith(ID)
        and isinstance(quad.object, ox.Literal)
        and plan.startswith(quad.object.value)
    )
    publisher = next((name for name in declared if is_publisher(name)), slug(address.host.replace(".", "-")))
    parts = urlsplit(plan)
    name = parts.fragment or next((each for each in reversed(parts.path.split("/")) if each), "plan")
    return GRAPH + quote(f"{publisher}/{slug(unquote(name))}")


def _check_graphs(graphs: Iterable[str], address: SourceAddress) -> None:
    """Check that a publisher may have the graphs.

    Raises:
        HarvestError: one has a name that is no publisher's, or that programs may take for another one.
    """
    for graph in sorted(graphs):
        if not owns_graph(publisher_of(graph), graph):
            words = N_("{address} has a graph with the name {graph}, which no publisher can have.")
        elif reserved_segment_of(graph) is not None:
            words = N_("{address} has a graph with the name {graph}, which is one of Plangraf's own.")
        else:
            continue
        raise HarvestError(words, address=str(address), graph=graph)


def _nothing(address: SourceAddress) -> NothingToHarvestError:
    words: Msgid = N_(
        "{address} has no plan (a thing of the class plan:Plan), and describes no graph of a publisher, so there is "
        "nothing to harvest."
    )
    return NothingToHarvestError(words, address=str(address))


def _refuse(error: HarvestError) -> str:
    raise error


def _name(quad: ox.Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""


def _depth(graph: str) -> tuple[int, str]:
    return graph.count("/"), graph


def _path(address: SourceAddress) -> Path:
    """Return the name of a document in reports."""
    return Path(f"{address.authority}{address.target}".rstrip("/"))
