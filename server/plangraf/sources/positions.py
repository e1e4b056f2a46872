"""Find the lines on which statements stand.

rdflib's Turtle parser says where it is: a parser that listens gives each subject and each predicate its line. Its
own count of lines is not used, since it counts some line ends twice. Only Turtle and N-Triples are read so; for
other formats the lines are not known.
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
    """A parser that keeps the first line of each subject, and of each subject with each predicate."""

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
            # The keyword `a` comes as (SYMBOL, IRI).
            self._note(str(predicate[1] if isinstance(predicate, tuple) else predicate), i)
        return end

    def makeStatement(self, quadruple: Any) -> None:  # noqa: N802  # rdflib's name
        """Keep no statement; the places are all that is wanted."""

    def _note(self, predicate: str | None, offset: int) -> None:
        if isinstance(self._subject, URIRef):
            self.found.setdefault((str(self._subject), predicate), bisect_left(self._ends, offset) + 1)


def statement_lines(path: Path, content: bytes | None = None) -> Lines:
    """Return the line of each `(subject, predicate)` of a Turtle or N-Triples file, and of each `(subject, None)`.

    Args:
        path: the file.
        content: its bytes, where it does not lie there.

    A line is where the predicate or the subject stands first, counted from 1. Blank subjects have no line. For other
    formats the answer is empty; where rdflib cannot read on (RDF 1.2), it ends.
    """
    if by_extension(path.name, (TURTLE, N_TRIPLES)) is None:
        return {}
    text = (path.read_bytes() if content is None else content).decode("utf-8-sig")
    parser = _LineParser(text, path.resolve().as_uri())
    with suppress(BadSyntax):  # it was well-formed for the reader of the data, which knows more of RDF
        parser.loadBuf(text)
    return parser.found
