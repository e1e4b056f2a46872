"""Evaluate and serialize one query on a pyoxigraph store, in one go and in one thread.

A result of pyoxigraph must never be touched by another thread than the one that made it.
"""

import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any, Protocol, cast

import pyoxigraph as ox

from plangraf.engine.interface import Acceptable, Form, Query
from plangraf.engine.rows import RowCount
from plangraf.engine.writing import written
from plangraf.formats import GRAPH_FORMATS, RESULT_FORMATS, Format
from plangraf.languages import N_
from plangraf.namespaces import SPARQL
from plangraf.negotiation import Choice
from plangraf.problems import NotAcceptable, QuerySyntax, RequestMalformed

_PLACE = re.compile(r"^error at (\d+):(\d+): (.*)$", re.DOTALL)
_WORD_END = re.compile(r"[\w?$]+$")
# What the engine says, and what that means for whoever wrote the query.
_REASONS = {
    "Prefix not found": N_(
        "Line {line}, column {column}: a prefix before this place is not declared; add a PREFIX line for it."
    ),
    "IRI parsing failed": N_("Line {line}, column {column}: the IRI before this place is not valid or not absolute."),
    "variable that is unbound": N_(
        "Line {line}, column {column}: SELECT has a variable that is neither grouped nor bound."
    ),
    "expected CONSTRUCT": N_("Line {line}, column {column}: expected SELECT, ASK, CONSTRUCT or DESCRIBE."),
}
_UNEXPECTED = N_("Line {line}, column {column}: did not expect “{found}” here.")
_TOO_EARLY = N_("Line {line}, column {column}: the query ends too early.")


class Output(Protocol):
    """Where an answer is written to."""

    def begin(self, form: Form, choice: Choice, *, cut: bool) -> None:
        """Take the form, the format, and whether the answer is cut at the rows wanted, before the first byte."""

    def write(self, data: bytes) -> int:
        """Take some bytes, and return how many."""

    def flush(self) -> None:
        """Take notice that all bytes have been written."""


class _RowsReached(Exception):  # noqa: N818  # no error: the client wanted no more
    """As many rows as the client wanted have been written."""


class _Rows(io.RawIOBase):
    """Takes lines up to a number, and one more to know that there are more."""

    def __init__(self, lines: int) -> None:
        self.data = bytearray()
        self._left = lines + 1

    def write(self, data: Any) -> int:
        self.data += data
        self._left -= bytes(data).count(b"\n")
        if self._left <= 0:
            raise _RowsReached
        return len(data)

    def writable(self) -> bool:
        return True


def evaluate(
    store: ox.Store, query: Query, acceptable: Acceptable, out: Output, rows: int | None = None
) -> int | None:
    """Evaluate `query` on `store`, write the answer to `out`, and return how many rows or triples it has.

    Args:
        store: the data.
        query: the query and its dataset.
        acceptable: the format for each form of answer.
        out: where the answer goes.
        rows: how many rows or triples are wanted at most; None is all.

    Returns:
        the number; None of a boolean, which has no rows.

    Raises:
        QuerySyntax: the query does not parse.
        RequestMalformed: a graph or a binding is not an IRI.
        NotAcceptable: the query's form has no acceptable format; nothing was written.
    """
    result = _query(store, query)
    graph = isinstance(result, ox.QueryTriples)
    choice = acceptable.graphs if graph else acceptable.results
    if choice is None:
        del result  # else the traceback would carry it to another thread
        raise _not_acceptable(GRAPH_FORMATS if graph else RESULT_FORMATS)
    cut = False
    if isinstance(result, ox.QueryTriples):
        triples: Iterable[ox.Triple] = result
        if rows is not None:
            triples, cut = _first(result, rows)
        counted = _Counted(triples)
        out.begin(Form.GRAPH, choice, cut=cut)
        ox.serialize(counted, cast("IO[bytes]", out), _rdf_format(choice))
        return counted.number
    if isinstance(result, ox.QueryBoolean):
        out.begin(Form.BOOLEAN, choice, cut=False)
        result.serialize(cast("IO[bytes]", out), _results_format(choice))
        return None
    if rows is not None:
        result, cut = _first_solutions(result, rows)
    count = _RowsCounted(out, RowCount(choice.format))
    out.begin(Form.SOLUTIONS, choice, cut=cut)
    result.serialize(cast("IO[bytes]", count), _results_format(choice))
    return count.rows


class _Counted:
    """Triples, counted as they are taken."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._triples = triples
        self.number = 0

    def __iter__(self) -> Iterator[ox.Triple]:
        for triple in self._triples:
            self.number += 1
            yield triple


class _RowsCounted:
    """Passes bytes on, and counts the rows in them."""

    def __init__(self, out: Output, count: RowCount) -> None:
        self._out = out
        self._count = count

    def write(self, data: bytes) -> int:
        self._count.take(data)
        return self._out.write(data)

    def flush(self) -> None:
        self._out.flush()

    @property
    def rows(self) -> int:
        return self._count.rows


def _first(triples: Iterable[ox.Triple], rows: int) -> tuple[list[ox.Triple], bool]:
    found = list(islice(triples, rows + 1))
    return found[:rows], len(found) > rows


def _first_solutions(solutions: ox.QuerySolutions, rows: int) -> tuple[ox.QuerySolutions, bool]:
    """Take solutions through TSV, which has one a line: pyoxigraph makes solutions of bytes only."""
    taken = _Rows(rows + 1)  # the line of variables comes first
    cut = False
    try:
        solutions.serialize(cast("IO[bytes]", taken), ox.QueryResultsFormat.TSV)
    except _RowsReached:
        cut = True
    lines = bytes(taken.data).split(b"\n")[: rows + 1]
    first = ox.parse_query_results(b"\n".join(lines) + b"\n", ox.QueryResultsFormat.TSV)
    assert isinstance(first, ox.QuerySolutions)  # noqa: S101  # it was made of solutions
    return first, cut


def _query(store: ox.Store, query: Query) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    try:
        default_graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [
            *map(ox.NamedNode, query.default_graphs)
        ]
        named_graphs: list[ox.NamedNode | ox.BlankNode] = [*map(ox.NamedNode, query.named_graphs)]
        text = written(query)
    except ValueError as error:
        raise RequestMalformed(N_("A graph is named by an absolute IRI: {cause}."), cause=str(error)) from error
    whole = not default_graphs and not named_graphs
    try:
        return store.query(
            text,
            base_iri=SPARQL,
            default_graph=None if whole else default_graphs,
            named_graphs=None if whole else named_graphs,
        )
    except SyntaxError as error:
        raise _syntax_problem(query.text, str(error)) from error


def _syntax_problem(query: str, message: str) -> QuerySyntax:
    """Translate the engine's message: keep the place, and say what stands there instead of all that might."""
    match = _PLACE.match(message)
    if match is None:
        return QuerySyntax(N_("The query does not parse: {cause}."), cause=message)
    line, column = int(match[1]), int(match[2])
    template = next((words for sign, words in _REASONS.items() if sign in match[3]), None)
    found = ""
    if template is None:
        lines = query.splitlines(keepends=True)[line - 1 :] or [""]
        # The engine names the last place that it looked at, which may be inside a word.
        word = _WORD_END.search(lines[0][: column - 1])
        if word and _WORD_END.match(lines[0][column - 1 : column]):
            column -= len(word[0])
        rest = "".join(lines)[column - 1 :].split()
        found = rest[0][:40] if rest else ""
        template = _UNEXPECTED if rest else _TOO_EARLY
    return QuerySyntax(template, line=line, column=column, found=found, members={"line": line, "column": column})


def _not_acceptable(formats: tuple[Format, ...]) -> NotAcceptable:
    available = [f.media_type for f in formats]
    return NotAcceptable(
        N_("An answer of this form comes as {available}. Ask for one of them in Accept, or by ?format=."),
        available=", ".join(available),
        members={"available": available},
    )


def _rdf_format(choice: Choice) -> ox.RdfFormat:
    rdf_format = ox.RdfFormat.from_media_type(choice.format.media_type)
    assert rdf_format is not None  # noqa: S101  # the registry holds formats that pyoxigraph writes
    return rdf_format


def _results_format(choice: Choice) -> ox.QueryResultsFormat:
    results_format = ox.QueryResultsFormat.from_media_type(choice.format.media_type)
    assert results_format is not None  # noqa: S101  # the registry holds formats that pyoxigraph writes
    return results_format
