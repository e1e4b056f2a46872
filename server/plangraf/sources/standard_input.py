"""Standard input as a file of a dataset."""

import re
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from plangraf.formats import N_QUADS, SOURCE_FORMATS, TRIG, Format, by_key
from plangraf.namespaces import GRAPH
from plangraf.sources.dataset import ListedFile, SourceFile
from plangraf.sources.rdf import read_bytes
from plangraf.sources.recognition import recognize

_NAME = Path("<stdin>")
_BASE = "file:///dev/stdin"
_NODE = rb"(?:<[^<>]*>|_:\S+)"
_LITERAL = rb'"(?:[^"\\]|\\.)*+"(?:@[A-Za-z0-9-]+|\^\^<[^<>]*>)?'
# A statement of N-Quads with a graph, which no other format has, after comments and statements without one.
_QUAD = re.compile(
    rb"(?>\s+|\#[^\n]*|%(n)s\s+<[^<>]*>\s+(?:%(n)s|%(l)s)\s*\.)*+%(n)s\s+<[^<>]*>\s+(?:%(n)s|%(l)s)\s+%(n)s\s*\."
    % {b"n": _NODE, b"l": _LITERAL}
)


@dataclass(frozen=True, kw_only=True)
class StandardInput(ListedFile):
    """The data of standard input.

    Attributes:
        data: the bytes.
        format_key: the key of their format.
    """

    data: bytes
    format_key: str

    @classmethod
    def of(cls, data: bytes, rdf_format: Format | None = None) -> "StandardInput":
        """Return standard input as a file.

        Args:
            data: its bytes.
            rdf_format: their format; None to tell it from them.
        """
        found = rdf_format or _recognize(data)
        return cls(path=_NAME, graph=f"{GRAPH}stdin", data=data, format_key=found.key)

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
        rdf_format = by_key(self.format_key, SOURCE_FORMATS)
        assert rdf_format is not None  # noqa: S101  # it is the key of one of them
        quads = read_bytes(self.data, rdf_format, self.path, ox.NamedNode(self.graph), _BASE)
        return SourceFile(self.path, tuple(quads), self.data, rdf_format=rdf_format)


def _recognize(data: bytes) -> Format:
    """Return the format of data; TriG has Turtle and N-Triples, and N-Quads but for their graphs."""
    found = recognize(data, TRIG)
    return N_QUADS if found == TRIG and _QUAD.match(data) else found
