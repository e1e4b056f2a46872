"""Files of a dataset that are not on disk: standard input, the documents of a request, and what Plangraf states."""

from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.formats import Format
from plangraf.sources.listed import ListedFile, SourceFile
from plangraf.sources.rdf import read_bytes


@dataclass(frozen=True, kw_only=True)
class FileInMemory(ListedFile):
    """Data as a file, whose path is only a name for messages.

    Attributes:
        data: the bytes.
        format: their format.
        base: the base IRI, against which relative IRIs are resolved.
    """

    data: bytes
    format: Format
    base: str

    @property
    def size(self) -> int:
        """The number of bytes."""
        return len(self.data)

    def content(self) -> bytes:
        """Return the bytes."""
        return self.data

    def read(self) -> SourceFile:
        """Return the statements.

        Raises:
            InputError: the data cannot be parsed.
        """
        quads = read_bytes(self.data, self.format, self.path, ox.NamedNode(self.graph), self.base)
        return SourceFile(self.path, tuple(quads), self.data, placed=self.placed, rdf_format=self.format)
