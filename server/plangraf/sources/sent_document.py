"""RDF documents that a client sends, as files of a dataset."""

from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.formats import Format
from plangraf.sources.listed import ListedFile, SourceFile
from plangraf.sources.rdf import read_bytes


@dataclass(frozen=True, kw_only=True)
class SentDocument(ListedFile):
    """A document of a request, as if it were a file; the IRI of the graph is the base of relative IRIs.

    Attributes:
        data: the document.
        format: its format.
    """

    data: bytes
    format: Format

    @property
    def size(self) -> int:
        """The size of the document in bytes."""
        return len(self.data)

    def content(self) -> bytes:
        """Return the document."""
        return self.data

    def read(self) -> SourceFile:
        """Return the statements of the document.

        Raises:
            InputError: the document cannot be parsed.
        """
        quads = read_bytes(self.data, self.format, self.path, ox.NamedNode(self.graph), self.graph)
        return SourceFile(self.path, tuple(quads), self.data, placed=self.placed)
