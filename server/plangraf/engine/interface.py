"""The interface between those who ask and the engines that answer."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from plangraf.negotiation import Choice


class Form(StrEnum):
    """The kind of a query's answer (SPARQL 1.1 Query, section 16)."""

    SOLUTIONS = "solutions"
    BOOLEAN = "boolean"
    GRAPH = "graph"


@dataclass(frozen=True)
class Query:
    """A SPARQL query with the dataset that it is asked of.

    Attributes:
        text: the query.
        default_graphs: IRIs of the graphs whose merge is the default graph (SPARQL 1.1 Protocol, section 2.1.4).
        named_graphs: IRIs of the named graphs. When both are empty, the dataset is the whole release.
        bindings: IRIs that variables are bound to before evaluation, by name; a SELECT query must project them.
        values: IRIs that a variable may take, by name; they are added to the query as a VALUES clause.
    """

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    bindings: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Acceptable:
    """What the client takes: a format for solutions and booleans, and one for graphs; None is none at all."""

    results: Choice | None
    graphs: Choice | None


@dataclass(frozen=True)
class Answer:
    """A serialized answer.

    Attributes:
        form: the kind of the answer.
        choice: its format, and the media type under which it goes out.
        body: the bytes, in pieces.
    """

    form: Form
    choice: Choice
    body: AsyncIterator[bytes]


class Engine(Protocol):
    """Evaluates queries on one release. What it answers is whole, or it raises."""

    async def evaluate(self, query: Query, acceptable: Acceptable) -> Answer:
        """Evaluate and serialize `query`.

        Raises:
            QuerySyntax: the query does not parse.
            RequestMalformed: a graph or a binding is not an IRI.
            NotAcceptable: the query's form has no acceptable format.
        """

    async def close(self) -> None:
        """Release what the engine holds; it answers nothing after that."""
