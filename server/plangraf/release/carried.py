"""Named graphs that a publication carries over from the current release, as if they were files.

What is said of a withdrawn thing is carried over too, also if the graph is replaced that says it, until a file that
is published describes the thing again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from plangraf.errors import InputError
from plangraf.namespaces import GRAPH, expand, is_derived_graph
from plangraf.release.records import PartRecord
from plangraf.sources.dataset import ListedFile, SourceFile

_TYPE = ox.NamedNode(expand("rdf:type"))
_DEPRECATED = expand("owl:deprecated")
_WITHDRAWN_AT = ox.NamedNode(expand("prov:invalidatedAtTime"))

Subject = ox.NamedNode | ox.BlankNode | ox.Triple


@dataclass(frozen=True, kw_only=True)
class CarriedGraphs(ListedFile):
    """Named graphs of a part of the current release; its path is that of the file of quads.

    Attributes:
        offset: the position of the first byte of the part in the file of quads.
        length: the size of the part in the file of quads, in bytes.
        graphs: the IRIs of the graphs.
        without: things that are not withdrawn any more: the statements about them are left out.
        withdrawn: things of which the statements in other graphs of the part are carried over too.
    """

    offset: int
    length: int
    graphs: frozenset[str]
    without: frozenset[Subject] = frozenset()
    withdrawn: frozenset[Subject] = frozenset()

    @property
    def size(self) -> int:
        """The size of the part in bytes, which is at least that of the graphs."""
        return self.length

    def content(self) -> bytes:
        """Return the statements as sorted lines of N-Quads.

        Raises:
            InputError: the file of quads cannot be read.
        """
        return "\n".join(sorted(map(str, self._quads(rename=False)))).encode()

    def read(self) -> SourceFile:
        """Return the statements, under a name that tells the release and the graph.

        Raises:
            InputError: the file of quads cannot be read.
        """
        quads = tuple(self._quads(rename=True))
        content = "".join(f"{quad} .\n" for quad in quads).encode()
        return SourceFile(
            Path(f"{self.path.parent.name}/{self.graph.removeprefix(GRAPH)}.nq"), quads, content, placed=True
        )

    def _quads(self, *, rename: bool) -> Iterator[ox.Quad]:
        try:
            graphs = {ox.NamedNode(graph) for graph in self.graphs}
            for quad in _parse(self.path, self.offset, self.length, rename=rename):
                if quad.graph_name in graphs:
                    if quad.subject not in self.without:
                        yield quad
                elif quad.subject in self.withdrawn and _is_stated(quad):
                    yield quad
        except (OSError, SyntaxError) as error:
            raise InputError(
                "cannot be read; go back to another release with plangraf rollback", self.path
            ) from error


def _parse(path: Path, offset: int, length: int, *, rename: bool) -> Iterator[ox.Quad]:
    """Yield the statements of a part of a file of quads.

    Raises:
        OSError, SyntaxError: they cannot be read.
    """
    with path.open("rb") as file:
        file.seek(offset)
        content = file.read(length)
    yield from ox.parse(content, format=ox.RdfFormat.N_QUADS, rename_blank_nodes=rename)


def _is_stated(quad: ox.Quad) -> bool:
    graph = quad.graph_name
    return isinstance(graph, ox.NamedNode) and not is_derived_graph(graph.value)


@dataclass(frozen=True)
class Described:
    """The resources that published files describe.

    Attributes:
        subjects: the things that they say something of.
        typed: those of them whose type they say.
    """

    subjects: frozenset[Subject]
    typed: frozenset[Subject]

    @classmethod
    def of(cls, files: Iterable[ListedFile]) -> "Described":
        """Return what files describe.

        Raises:
            InputError: a file cannot be read or parsed.
        """
        quads = [quad for file in files for quad in file.read().quads]
        return cls(
            frozenset(quad.subject for quad in quads),
            frozenset(quad.subject for quad in quads if quad.predicate == _TYPE),
        )


@dataclass(frozen=True)
class Carried:
    """The content that a publication carries over from the current release.

    Attributes:
        files: the graphs, one item for each part.
        recorded: the hashes of the files of parts that are carried over whole, by name of the part.
    """

    files: tuple[CarriedGraphs, ...]
    recorded: Mapping[str, str]


def carry_over(
    quads: Path,
    records: Iterable[PartRecord],
    given: Iterable[str],
    is_replaced: Callable[[str], bool],
    described: Callable[[], Described] | None = None,
) -> Carried:
    """Return what a publication carries over.

    Args:
        quads: the file of quads of the current release.
        records: the records of its parts.
        given: the names of the parts of which files are given.
        is_replaced: returns whether the graph with this IRI is replaced, or goes.
        described: returns what the given files describe; it is called if something has been withdrawn.

    Raises:
        InputError: the file of quads, or a given file, cannot be read.
    """
    files, recorded = [], {}
    with_files = set(given)
    for record in records:
        stated = {graph for graph in record.counts.graphs if not is_derived_graph(graph)}
        if not stated:
            continue
        kept = frozenset(graph for graph in stated if not is_replaced(graph))
        carried = CarriedGraphs(
            path=quads, graph=min(kept or stated), placed=True, offset=record.offset, length=record.size, graphs=kept
        )
        if described is not None and _DEPRECATED in record.counts.properties:
            carried = _with_withdrawn(carried, described())
        if kept or carried.withdrawn:
            files.append(carried)
        if kept == stated and record.name not in with_files and not carried.without:
            recorded[record.name] = record.files_digest
    return Carried(tuple(files), recorded)


def _with_withdrawn(carried: CarriedGraphs, described: Described) -> CarriedGraphs:
    """Return carried graphs without what is no longer withdrawn, and with what still is.

    Raises:
        InputError: the file of quads cannot be read.
    """
    graphs = {ox.NamedNode(graph) for graph in carried.graphs}
    kept: set[Subject] = set()
    replaced: set[Subject] = set()
    try:
        for quad in _parse(carried.path, carried.offset, carried.length, rename=False):
            # What a graph says of itself goes with it.
            if quad.predicate == _WITHDRAWN_AT and _is_stated(quad) and quad.subject != quad.graph_name:
                (kept if quad.graph_name in graphs else replaced).add(quad.subject)
    except (OSError, SyntaxError) as error:
        raise InputError("cannot be read; go back to another release with plangraf rollback", carried.path) from error
    return replace(
        carried, without=frozenset(kept & described.typed), withdrawn=frozenset(replaced - described.subjects)
    )
