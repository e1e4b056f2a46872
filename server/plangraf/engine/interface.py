"""The interface of engines: queries, answers and their evaluation."""

import hashlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from plangraf.engine.errors import EngineError
from plangraf.negotiation import Choice


class AnswerForm(StrEnum):
    """The kind of a query's answer (SPARQL 1.1 Query, section 16)."""

    SOLUTIONS = "solutions"
    BOOLEAN = "boolean"
    GRAPH = "graph"


@dataclass(frozen=True)
class Query:
    """A SPARQL query with everything that its answer depends on; caches use the query itself as the key.

    Attributes:
        text: the query.
        default_graphs: IRIs of the graphs whose merge is the default graph (SPARQL 1.1 Protocol, section 2.1.4).
        named_graphs: IRIs of the named graphs. When both are empty, the dataset is the whole release.
        bindings: IRIs by variable; each replaces its variable in the text. Our own queries do not project these.
        values: the possible IRIs by variable, which are added to the query as a VALUES clause.
        results: the format of solutions and booleans; None if the client accepts none of the formats.
        graphs: the format of graphs; None if the client accepts none of the formats.
        rows: the maximum number of rows or triples; None for no limit.
        client: the client, for fair scheduling; None for a page of our own. This attribute and the following ones do
            not change the answer.
        seconds: a time limit below that of the engine, or None.
        count_rows: whether to count the rows or triples of the answer for the log, which costs time.
    """

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    bindings: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    results: Choice | None = None
    graphs: Choice | None = None
    rows: int | None = None
    client: str | None = field(default=None, compare=False)
    seconds: float | None = field(default=None, compare=False)
    count_rows: bool = field(default=False, compare=False)

    def __hash__(self) -> int:
        return hash(self._key)

    @cached_property
    def digest(self) -> str:
        """A short hash of the query, which is the same in every process."""
        return hashlib.sha256(repr(self._key).encode()).hexdigest()[:20]

    @cached_property
    def _key(self) -> tuple[object, ...]:
        return (
            self.text,
            self.default_graphs,
            self.named_graphs,
            tuple(sorted(self.bindings.items())),
            tuple(sorted(self.values.items())),
            *(choice and (choice.format.key, choice.media_type) for choice in (self.results, self.graphs)),
            self.rows,
        )


class Body(Protocol):
    """The bytes of an answer, in pieces. The caller must close it, even if it has not read it.

    Attributes:
        rows: the number of solutions or triples, after the last piece; None for a boolean, and if the query does not
            request the count.
    """

    rows: int | None

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Iterate over the pieces.

        Raises:
            AnswerBroken: the answer is incomplete, and there are no more pieces.
        """

    async def close(self) -> None:
        """Close the answer; the engine stops its evaluation."""


@dataclass(frozen=True)
class Answer:
    """A serialized answer.

    Attributes:
        form: the kind of the answer.
        choice: its format, and the media type for the Content-Type header.
        body: the bytes.
        data: all bytes, if the answer is so short that it has been read; there is then nothing to close.
        cut: whether the row limit truncates the answer.
    """

    form: AnswerForm
    choice: Choice
    body: Body
    data: bytes | None
    cut: bool


class AnswerBroken(Exception):  # noqa: N818  # the name states the new state of the answer
    """The engine cannot finish an answer of which the client has already received a part."""

    def __init__(self, error: EngineError) -> None:
        self.error = error
        super().__init__(str(error))


@dataclass(frozen=True)
class EngineStatistics:
    """The load of an engine, and the number of its workers that have ended.

    Attributes:
        running: the number of running queries.
        waiting: the number of waiting queries.
        workers_ended: the number of workers that have ended since the start, by reason; empty without workers.
    """

    running: int
    waiting: int
    workers_ended: Mapping[str, int]


class EngineObserver(Protocol):
    """Is told of the load of an engine at each change, so that it can keep metrics."""

    def load_changed(self, running: int, waiting: int) -> None:
        """Receive the numbers of running and waiting queries."""

    def worker_ended(self, reason: str) -> None:
        """Receive the reason for the end of a worker."""


class Engine(Protocol):
    """Evaluates queries on one release. An engine returns whole answers or raises an error."""

    async def start(self) -> None:
        """Start the engine; callers must await this before the first query."""

    async def evaluate(self, query: Query) -> Answer:
        """Evaluate and serialize `query`. The answer is returned once its first bytes are certain.

        Raises:
            QuerySyntax: the query does not parse.
            InvalidIri: a graph, a binding or a value is not an absolute IRI.
            InvalidTimeLimit: the query's own time limit is not above 0.
            FormNotAcceptable: the client accepts no format for the form of the answer.
            AnswerInexpressible: the format of the answer cannot express it.
            QueryRefused, ServiceRefused: the engine cannot evaluate the query.
            QueryTimeout, QueryMemory, QueryCrashed, AnswerTooLarge: the query exceeds a limit.
            TooManyQueries, Overloaded, QueryPreempted, EngineUnavailable: the engine cannot evaluate the query now.
        """

    def statistics(self) -> EngineStatistics:
        """Return the numbers of running and waiting queries, and of workers that have ended."""

    async def close(self) -> None:
        """Stop the engine and free its resources; it cannot evaluate queries afterwards."""


async def read(answer: Answer) -> bytes:
    """Return all bytes of an answer, and close it.

    Raises:
        EngineError: the answer broke off, for example at a limit.
    """
    if answer.data is not None:
        return answer.data
    try:
        return b"".join([piece async for piece in answer.body])
    except AnswerBroken as broken:
        raise broken.error from broken
    finally:
        await answer.body.close()
