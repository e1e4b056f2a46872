"""Line numbers of statements in Turtle and N-Triples files.

A subclass of rdflib's Turtle parser records the offset of each subject and predicate. The parser's own line count is
not used, because it counts some line ends twice. Other formats have no line numbers.
"""

from bisect import bisect_left
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from rdflib import Graph, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax, RDFSink, SinkParser

from plangraf.formats import N_TRIPLES, TURTLE, by_extension

Lines = Mapping[tuple[str, str | None], int]


class _LineParser(SinkParser):
    """A parser that records the first line of each subject, and of each pair of subject and predicate."""

    def __init__(self, text: str, base: str) -> None:
        super().__init__(RDFSink(Graph()), baseURI=base, turtle=True)
        self.found: dict[tuple[str, str | None], int] = {}
        self._subject: object = None
        self._ends = [offset for offset, character in enumerate(text) if character == "\n"]

    def property_list(self, argstr: str, i: int, subj: Any) -> int:
        outer, self._subject = self._subject, subj
        self._note(None, i)
        end = super().property_list(argstr, i, subj)
        self._subject = outer
        return end

    def verb(self, argstr: str, i: int, res: Any) -> int:
        end = super().verb(argstr, i, res)
        if end > 0:
            predicate = res[-1][1]
            # rdflib represents the keyword `a` as (SYMBOL, IRI).
            self._note(str(predicate[1] if isinstance(predicate, tuple) else predicate), i)
        return end

    def makeStatement(self, quadruple: Any) -> None:  # noqa: N802  # rdflib's name
        """Discard the statement; only its position is needed."""

    def _note(self, predicate: str | None, offset: int) -> None:
        if isinstance(self._subject, URIRef):
            self.found.setdefault((str(self._subject), predicate), bisect_left(self._ends, offset) + 1)


def statement_lines(path: Path, content: bytes | None = None) -> Lines:
    """Return the first line, counted from 1, of each `(subject, predicate)` and `(subject, None)` of a file.

    Args:
        path: the path of the file, whose extension gives the format.
        content: the bytes, if the file is not on disk.

    Blank nodes as subjects have no line. For formats other than Turtle and N-Triples the result is empty; it ends at
    syntax that rdflib cannot parse (RDF 1.2).
    """
    if by_extension(path.name, (TURTLE, N_TRIPLES)) is None:
        return {}
    text = (path.read_bytes() if content is None else content).decode("utf-8-sig")
    parser = _LineParser(text, path.resolve().as_uri())
    with suppress(BadSyntax):  # pyoxigraph, which supports more syntax, has already accepted the file
        parser.loadBuf(text)
    return parser.found
