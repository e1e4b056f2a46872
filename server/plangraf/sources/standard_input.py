"""Standard input as a file of a dataset."""

import re
from pathlib import Path

from plangraf.formats import N_QUADS, TRIG, Format
from plangraf.namespaces import GRAPH
from plangraf.sources.file_in_memory import FileInMemory
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


def standard_input(data: bytes, rdf_format: Format | None = None) -> FileInMemory:
    """Return standard input as a file.

    Args:
        data: its bytes.
        rdf_format: their format; None to tell it from them.
    """
    return FileInMemory(
        path=_NAME, graph=f"{GRAPH}stdin", data=data, format=rdf_format or _recognize(data), base=_BASE
    )


def _recognize(data: bytes) -> Format:
    """Return the format of data; TriG has Turtle and N-Triples, and N-Quads but for their graphs."""
    found = recognize(data, TRIG)
    return N_QUADS if found == TRIG and _QUAD.match(data) else found
