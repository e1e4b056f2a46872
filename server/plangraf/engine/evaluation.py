"""Evaluation and serialization of one query on a pyoxigraph store, in one thread.

Only the thread that created a result of pyoxigraph may use or delete it.
"""

import io
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import IO, Any, cast

import pyoxigraph as ox

from plangraf.engine.csv_output import SpreadsheetOutput
from plangraf.engine.dataset import select_dataset
from plangraf.engine.errors import AnswerInexpressible, FormNotAcceptable, InvalidIri
from plangraf.engine.interface import AnswerForm, Query
from plangraf.engine.output import ByteOutput, Output
from plangraf.engine.prologue import declared_prefixes
from plangraf.engine.rows import RowCount
from plangraf.engine.substitution import substitute
from plangraf.engine.syntax import syntax_error
from plangraf.engine.xml_output import GraphXmlOutput, ResultsXmlOutput
from plangraf.formats import RDF_XML, SPREADSHEET, TURTLE, XML
from plangraf.namespaces import SPARQL
from plangraf.negotiation import Choice
from plangraf.rdf.expressible import Inexpressible, expressible, is_checked

_UNKNOWN_FUNCTION = re.compile(r"^The custom function <(.*)> is not supported$")


class _RowsReached(Exception):  # noqa: N818  # it ends the serialization, and is not an error
    """The serializer has written the requested number of rows."""


class _FirstLines(io.RawIOBase):
    """Stores lines up to a maximum, and one more, which shows that the answer has more."""

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


def evaluate(store: ox.Store, query: Query, out: Output) -> int | None:
    """Evaluate `query` on `store`, and write the serialized answer to `out`.

    Args:
        store: the data.
        query: the query.
        out: the destination of the answer.

    Returns:
        the number of rows or triples, if the query requests it; None for a boolean, which has no rows.

    Raises:
        QuerySyntax: the query does not parse.
        InvalidIri: a graph, a binding or a value is not an absolute IRI.
        FormNotAcceptable: the client accepts no format for the form of the answer; nothing was written.
        AnswerInexpressible: the format cannot express the answer; the beginning may have been written.
    """
    result = _query(store, query)
    graph = isinstance(result, ox.QueryTriples)
    choice = query.graphs if graph else query.results
    if choice is None:
        del result  # a traceback with the result could reach another thread
        raise FormNotAcceptable(graph)
    if isinstance(result, ox.QueryTriples):
        return _write_graph(result, query, choice, out)
    if isinstance(result, ox.QueryBoolean):  # a spreadsheet reads a single cell in any CSV
        out.begin(AnswerForm.BOOLEAN, cut=False)
        result.serialize(cast("IO[bytes]", out), _results_format(choice))
        return None
    return _write_solutions(result, query, choice, out)


def _write_graph(result: ox.QueryTriples, query: Query, choice: Choice, out: Output) -> int | None:
    rdf_format = _rdf_format(choice)
    prefixes = declared_prefixes(query.text) if choice.format == TURTLE else None
    checked = is_checked(choice.format)
    if query.rows is None and not query.count_rows and not prefixes and not checked:
        # The serializer of pyoxigraph creates no Python object for each triple.
        out.begin(AnswerForm.GRAPH, cut=False)
        result.serialize(cast("IO[bytes]", out), rdf_format)
        return None
    cut = False
    triples: Iterable[ox.Triple] = result
    if query.rows is not None:
        triples, cut = _first(result, query.rows)
    if checked:
        triples = expressible(triples, choice.format)
    counted = _CountedTriples(triples) if query.count_rows else None
    out.begin(AnswerForm.GRAPH, cut=cut)
    target: ByteOutput = GraphXmlOutput(out) if choice.format == RDF_XML else out
    try:
        ox.serialize(counted or triples, cast("IO[bytes]", target), rdf_format, prefixes=prefixes)
    except Inexpressible as found:
        raise AnswerInexpressible(True, choice.format.key, found.obstacle, found.detail, found.statement) from found
    return counted.number if counted else None


def _write_solutions(result: ox.QuerySolutions, query: Query, choice: Choice, out: Output) -> int | None:
    cut = False
    if query.rows is not None:
        result, cut = _first_solutions(result, query.rows)
    out.begin(AnswerForm.SOLUTIONS, cut=cut)
    target: ByteOutput = ResultsXmlOutput(out) if choice.format == XML else out
    if choice.format == SPREADSHEET:
        target = sheet = SpreadsheetOutput(out)
    count = _RowCountingOutput(target, RowCount(choice.format)) if query.count_rows else None
    result.serialize(cast("IO[bytes]", count or target), _results_format(choice))
    if choice.format == SPREADSHEET:
        sheet.finish()
    return count.rows if count else None


class _CountedTriples:
    """An iterator over triples that counts them."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._triples = triples
        self.number = 0

    def __iter__(self) -> Iterator[ox.Triple]:
        for triple in self._triples:
            self.number += 1
            yield triple


class _RowCountingOutput:
    """Passes bytes on to an output, and counts the rows in them."""

    def __init__(self, out: ByteOutput, count: RowCount) -> None:
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
    """Return at most `rows` solutions, and whether there are more.

    The solutions are serialized as TSV, with one on each line, and parsed again, because pyoxigraph constructs
    solutions only by parsing.
    """
    taken = _FirstLines(rows + 1)  # the first line has the variables
    cut = False
    try:
        solutions.serialize(cast("IO[bytes]", taken), ox.QueryResultsFormat.TSV)
    except _RowsReached:
        cut = True
    *lines, _ = bytes(taken.data).split(b"\n")
    first = ox.parse_query_results(b"".join(line + b"\n" for line in lines[: rows + 1]), ox.QueryResultsFormat.TSV)
    assert isinstance(first, ox.QuerySolutions)  # noqa: S101  # the bytes are serialized solutions
    return first, cut


def _query(store: ox.Store, query: Query) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    try:
        text = substitute(query)
        dataset = select_dataset(store, query, text)
    except ValueError as error:
        raise InvalidIri(str(error)) from error
    unknown: dict[ox.NamedNode, Callable[..., ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None]] = {}
    while True:
        try:
            return dataset.store.query(
                text,
                base_iri=SPARQL,
                default_graph=dataset.default_graphs,
                named_graphs=dataset.named_graphs,
                custom_functions=unknown or None,
            )
        except SyntaxError as error:
            raise syntax_error(text, str(error)) from error
        except RuntimeError as error:
            match = _UNKNOWN_FUNCTION.search(str(error))
            if match is None or (function := ox.NamedNode(match[1])) in unknown:
                raise
            unknown[function] = _error


def _error(*_: object) -> None:
    """Return what stands for an error in an expression: a function that is unknown has no value (section 17.6)."""


@lru_cache
def _rdf_format(choice: Choice) -> ox.RdfFormat:
    rdf_format = ox.RdfFormat.from_media_type(choice.format.media_type)
    assert rdf_format is not None  # noqa: S101  # the registry holds formats that pyoxigraph writes
    return rdf_format


@lru_cache
def _results_format(choice: Choice) -> ox.QueryResultsFormat:
    results_format = ox.QueryResultsFormat.from_media_type(choice.format.media_type)
    assert results_format is not None  # noqa: S101  # the registry holds formats that pyoxigraph writes
    return results_format
