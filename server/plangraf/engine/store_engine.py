"""An engine that evaluates queries in its own process: for a small store that nobody else asks."""

from collections.abc import AsyncIterator

import pyoxigraph as ox

from plangraf.engine.evaluation import evaluate
from plangraf.engine.interface import Answer, AnswerForm, Body, EngineStatistics, Query


class StoreEngine:
    """Evaluates queries on a store, one after the other, without limits of its own; see `Engine`.

    The process that uses it must be limited by the kernel if strangers have written the data.

    Args:
        store: the data: named graphs, and their merge as the default graph.
    """

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    async def start(self) -> None:
        """Do nothing: the store is there."""

    async def evaluate(self, query: Query) -> Answer:
        """Evaluate and serialize a query, and return its whole answer."""
        output = _Collected()
        rows = evaluate(self._store, query, output)
        choice = query.graphs if output.form == AnswerForm.GRAPH else query.results
        assert choice is not None  # noqa: S101  # without one, the evaluation has raised FormNotAcceptable
        return Answer(output.form, choice, _Pieces(bytes(output.data), rows), bytes(output.data), output.cut)

    def statistics(self) -> EngineStatistics:
        """Return that nothing runs or waits."""
        return EngineStatistics(0, 0, {})

    async def close(self) -> None:
        """Do nothing: the store goes with its last reference."""


class _Collected:
    """The bytes of an answer in memory."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.form = AnswerForm.SOLUTIONS
        self.cut = False

    def begin(self, form: AnswerForm, *, cut: bool) -> None:
        self.form, self.cut = form, cut

    def write(self, data: bytes) -> int:
        self.data += data
        return len(data)

    def flush(self) -> None:
        pass


class _Pieces(Body):
    """The body of an answer that has been read."""

    def __init__(self, data: bytes, rows: int | None) -> None:
        self.rows = rows
        self._data = data

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._data

    async def close(self) -> None:
        """Do nothing: there is nothing to stop."""
