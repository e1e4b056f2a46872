"""Find the lines on which statements stand.

rdflib's Turtle parser counts lines as it goes; a sink that notes the count gives each statement its line. Only
Turtle and N-Triples are read so; for other formats the lines are not known.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rdflib import Graph, URIRef
from rdflib.plugins.parsers.notation3 import RDFSink, SinkParser

from plangraf.formats import N_TRIPLES, TURTLE, by_extension

Lines = Mapping[tuple[str, str | None], int]


class _LineSink(RDFSink):
    """A sink that keeps the first line of each subject, and of each subject with each predicate."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph)
        self.parser: SinkParser | None = None
        self.lines: dict[tuple[str, str | None], int] = {}

    def makeStatement(self, quadruple: Any, why: Any | None = None) -> None:  # noqa: N802  # rdflib's name
        _, predicate, subject, _ = quadruple
        if isinstance(predicate, tuple):  # the keyword `a` comes as (SYMBOL, IRI)
            predicate = predicate[1]
        if self.parser is not None and isinstance(subject, URIRef):
            line = self.parser.lines + 1
            self.lines.setdefault((str(subject), None), line)
            self.lines.setdefault((str(subject), str(predicate)), line)


def statement_lines(path: Path) -> Lines:
    """Return the line of each `(subject, predicate)` of a Turtle or N-Triples file, and of each `(subject, None)`.

    A line is where the first object of the statement ends, counted from 1. Blank subjects have no line. For other
    formats the answer is empty.
    """
    if by_extension(path.name, (TURTLE, N_TRIPLES)) is None:
        return {}
    sink = _LineSink(Graph())
    parser = SinkParser(sink, baseURI=path.resolve().as_uri(), turtle=True)
    sink.parser = parser
    parser.loadBuf(path.read_bytes())
    return sink.lines
