"""The statements of a harvested document as a file of a dataset, in the graphs in which they are published."""

from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from plangraf.formats import SOURCE_FORMATS, by_key
from plangraf.namespaces import GRAPH, is_derived_graph
from plangraf.sources.file_in_memory import FileInMemory
from plangraf.sources.listed import ListedFile, SourceFile
from plangraf.sources.workbook_file import WorkbookFile

Subject = ox.NamedNode | ox.BlankNode | ox.Triple


@dataclass(frozen=True, kw_only=True)
class HarvestedFile(ListedFile):
    """The statements of a document in the graphs of one publisher.

    Statements outside the graphs of publishers are in `graph`; what was derived elsewhere is left out, because it is
    derived anew.

    Attributes:
        data: the document.
        format: the key of its format; that of no RDF format means a workbook. The registry has one object for each
            format, and other processes, to which files are sent, have their own.
        base: the base IRI, against which relative IRIs are resolved.
        left_out: the subjects of statements that are left out.
    """

    data: bytes
    format: str
    base: str
    left_out: frozenset[Subject] = frozenset()

    @property
    def size(self) -> int:
        """The number of bytes of the document."""
        return len(self.data)

    @property
    def publisher(self) -> str:
        """The first segment of the path of the graph."""
        return publisher_of(self.graph)

    def content(self) -> bytes:
        """Return the bytes of the document, and what is left out of it."""
        return b"\n".join((self.data, *sorted(str(subject).encode() for subject in self.left_out)))

    def read(self) -> SourceFile:
        """Return the statements.

        Raises:
            InputError: the document cannot be read.
        """
        found = self.whole().read()
        places = [self._graph_of(quad) for quad in found.quads]
        kept = [
            number
            for number, (quad, graph) in enumerate(zip(found.quads, places, strict=True))
            if publisher_of(graph) == self.publisher
            and not is_derived_graph(graph)
            and quad.subject not in self.left_out
        ]
        return replace(
            found,
            quads=tuple(
                ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(places[number]))
                for number in kept
                for quad in (found.quads[number],)
            ),
            cells=None if found.cells is None else tuple(found.cells[number] for number in kept),
            numbers=tuple(kept),
        )

    def _graph_of(self, quad: ox.Quad) -> str:
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        return name if name.startswith(GRAPH) else self.graph

    def whole(self) -> FileInMemory | WorkbookFile:
        """Return the document with all statements, each in its own graph."""
        rdf_format = by_key(self.format, SOURCE_FORMATS)
        if rdf_format is None:
            return WorkbookFile.sent(self.data, Path(self.path), self.graph, self.base)
        return FileInMemory(
            path=self.path, graph=self.graph, placed=True, data=self.data, format=rdf_format, base=self.base
        )


def publisher_of(graph: str) -> str:
    """Return the first segment of the path of a graph, which is its publisher; nothing of other graphs."""
    return graph.removeprefix(GRAPH).partition("/")[0] if graph.startswith(GRAPH) else ""
