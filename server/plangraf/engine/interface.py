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
    """A SPARQL query with all that its answer depends on; a query is its own key in a cache.

    Attributes:
        text: the query.
        default_graphs: IRIs of the graphs whose merge is the default graph (SPARQL 1.1 Protocol, section 2.1.4).
        named_graphs: IRIs of the named graphs. When both are empty, the dataset is the whole release.
        bindings: IRIs that are written in place of variables, by name; our own queries do not project these.
        values: IRIs that a variable may take, by name; they are added to the query as a VALUES clause.
        results: the format of solutions and booleans; None if no format of them is acceptable.
        graphs: the format of graphs; None if no format of them is acceptable.
        rows: how many rows or triples are wanted at most; None is all.
        client: who asks, for fairness; None is a page of our own. Nothing from here on changes the answer.
        seconds: how long the evaluation may take, if less than the engine allows.
        count_rows: whether to count the rows or triples of the answer, which costs time and is for the log.
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
        """A short hash that stands for the query and is the same in every process."""
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
    """The bytes of an answer, in pieces. The caller closes it, whether it has read it or not.

    Attributes:
        rows: how many solutions or triples the answer has, once it has been read; None of a boolean, and unless the
            query asked for the count.
    """

    rows: int | None

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Iterate over the pieces.

        Raises:
            AnswerBroken: the answer ends here without being whole.
        """

    async def close(self) -> None:
        """Close the answer; the engine evaluates no more of it."""


@dataclass(frozen=True)
class Answer:
    """A serialized answer.

    Attributes:
        form: the kind of the answer.
        choice: its format, and the media type under which it goes out.
        body: the bytes.
        size: how many bytes there are, when that is known before they are read.
        cut: whether the answer is cut at the rows that were wanted.
    """

    form: AnswerForm
    choice: Choice
    body: Body
    size: int | None
    cut: bool


class AnswerBroken(Exception):  # noqa: N818  # it says what became of the answer
    """An answer that cannot be finished, after some of it has been read."""

    def __init__(self, error: EngineError) -> None:
        self.error = error
        super().__init__(str(error))


@dataclass(frozen=True)
class EngineStatistics:
    """What an engine is doing now, and what has become of its workers.

    Attributes:
        running: how many queries run.
        waiting: how many queries wait.
        workers_ended: how many workers have ended since the start, by reason; empty where there are no workers.
    """

    running: int
    waiting: int
    workers_ended: Mapping[str, int]


class Engine(Protocol):
    """Evaluates queries on one release. An answer is whole, or an error is raised."""

    async def start(self) -> None:
        """Start the engine; call it before the first query."""

    async def evaluate(self, query: Query) -> Answer:
        """Evaluate and serialize `query`. The answer is returned once its first bytes are certain.

        Raises:
            QuerySyntax: the query does not parse.
            InvalidIri: a graph, a binding or a value is not an absolute IRI.
            InvalidTimeLimit: the query's own time limit is not above 0.
            FormNotAcceptable: the query's form has no acceptable format.
            QueryRefused, ServiceCallRefused: the engine cannot evaluate it.
            QueryTimeout, QueryMemory, QueryCrashed, AnswerTooLarge: the query came to a limit.
            TooManyQueries, Overloaded, QueryPreempted, EngineUnavailable: it cannot be evaluated now.
        """

    def statistics(self) -> EngineStatistics:
        """Return what the engine is doing now."""

    async def close(self) -> None:
        """Stop the engine and free what it holds; it evaluates nothing after that."""


async def read(answer: Answer) -> bytes:
    """Return the whole answer.

    Raises:
        EngineError: the answer came to a limit.
    """
    try:
        return b"".join([piece async for piece in answer.body])
    except AnswerBroken as broken:
        raise broken.error from broken
    finally:
        await answer.body.close()
