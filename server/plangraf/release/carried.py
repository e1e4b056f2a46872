"""Named graphs that a publication carries over from the current release, as if they were files."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from plangraf.errors import InputError
from plangraf.namespaces import GRAPH, is_derived_graph
from plangraf.release.records import PartRecord
from plangraf.sources.dataset import ListedFile, SourceFile


@dataclass(frozen=True, kw_only=True)
class CarriedGraphs(ListedFile):
    """Named graphs of a part of the current release; its path is that of the file of quads.

    Attributes:
        offset: the position of the first byte of the part in the file of quads.
        length: the size of the part in the file of quads, in bytes.
        graphs: the IRIs of the graphs.
    """

    offset: int
    length: int
    graphs: frozenset[str]

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
            with self.path.open("rb") as file:
                file.seek(self.offset)
                content = file.read(self.length)
            graphs = {ox.NamedNode(graph) for graph in self.graphs}
            for quad in ox.parse(content, format=ox.RdfFormat.N_QUADS, rename_blank_nodes=rename):
                if quad.graph_name in graphs:
                    yield quad
        except (OSError, SyntaxError) as error:
            raise InputError(
                "cannot be read; go back to another release with plangraf rollback", self.path
            ) from error


@dataclass(frozen=True)
class Carried:
    """What a publication carries over from the current release.

    Attributes:
        files: the graphs, one item for each part.
        recorded: the hashes of the files of parts that are carried over whole, by name of the part.
    """

    files: tuple[CarriedGraphs, ...]
    recorded: Mapping[str, str]


def carry_over(
    quads: Path, records: Iterable[PartRecord], given: Iterable[str], is_replaced: Callable[[str], bool]
) -> Carried:
    """Return what a publication carries over.

    Args:
        quads: the file of quads of the current release.
        records: the records of its parts.
        given: the names of the parts of which files are given.
        is_replaced: returns whether the graph with this IRI is replaced, or goes.
    """
    files, recorded = [], {}
    with_files = set(given)
    for record in records:
        stated = {graph for graph in record.counts.graphs if not is_derived_graph(graph)}
        kept = frozenset(graph for graph in stated if not is_replaced(graph))
        if not kept:
            continue
        files.append(
            CarriedGraphs(
                path=quads, graph=min(kept), placed=True, offset=record.offset, length=record.size, graphs=kept
            )
        )
        if kept == stated and record.name not in with_files:
            recorded[record.name] = record.files_digest
    return Carried(tuple(files), recorded)
