"""Why an engine does not answer a query: facts, without a sentence for people and without HTTP.

    EngineError                  a query is not answered
    ├── QuerySyntax              the query does not parse
    ├── QueryRefused             the engine cannot evaluate the query
    ├── InvalidIri               a graph, a binding or a value is no absolute IRI
    ├── InvalidTimeLimit         the time limit is not above 0
    ├── ServiceCallRefused       the query asks another endpoint
    ├── FormNotAcceptable        the form of the answer has no acceptable format
    ├── QueryTimeout             the query takes too long
    ├── QueryMemory              the query needs too much memory
    ├── QueryCrashed             the query ended its worker
    ├── AnswerTooLarge           the answer is over the limit
    ├── TooManyQueries           the client has too many at once
    ├── Overloaded               too many queries wait
    ├── QueryPreempted           a long query made place for short ones
    └── EngineUnavailable        the engine is starting again

Each is a dataclass of what can cross to another process, so `plangraf.engine.frames` packs any of them.
"""
# ruff: noqa: N818  # they are named for what happened, and their base class says that they are errors

from dataclasses import dataclass
from typing import Literal

from plangraf.errors import PlangrafError

SyntaxFault = Literal["prefix", "iri", "unbound variable", "query form", "unexpected", "end", "other"]
"""What is wrong with a query.

An undeclared prefix; an IRI that is not valid or not absolute; a variable in SELECT neither grouped nor bound;
no query form; a token in the wrong place; an early end; something else.
"""


@dataclass(eq=False)
class EngineError(PlangrafError):
    """A query that is not answered."""

    def __str__(self) -> str:
        return repr(self)


@dataclass(eq=False)
class QuerySyntax(EngineError):
    """A query that is not SPARQL 1.1.

    Attributes:
        message: what the engine said.
        fault: what is wrong.
        line: where, counted from 1; None where the engine does not know.
        column: where in the line, counted from 1; None where the engine does not know.
        found: the token that stands there, if it is unexpected.
    """

    message: str
    fault: SyntaxFault = "other"
    line: int | None = None
    column: int | None = None
    found: str = ""


@dataclass(eq=False)
class QueryRefused(EngineError):
    """A query that parses and that the engine cannot evaluate: it names, for instance, an unknown function.

    Attributes:
        cause: what the engine said.
    """

    cause: str


@dataclass(eq=False)
class InvalidIri(EngineError):
    """A graph, a binding or a value that is not an absolute IRI.

    Attributes:
        cause: what the engine said.
    """

    cause: str


@dataclass(eq=False)
class InvalidTimeLimit(EngineError):
    """A time limit that is not above 0.

    Attributes:
        seconds: the limit that was asked for.
    """

    seconds: float


@dataclass(eq=False)
class ServiceCallRefused(EngineError):
    """A query that tried to ask another endpoint while it was evaluated."""


@dataclass(eq=False)
class FormNotAcceptable(EngineError):
    """A query whose form of answer has no acceptable format.

    Attributes:
        graph: whether the answer would be a graph; else it is solutions or a boolean.
    """

    graph: bool


@dataclass(eq=False)
class QueryTimeout(EngineError):
    """A query that takes longer than a query may take.

    Attributes:
        seconds: the limit.
    """

    seconds: float


@dataclass(eq=False)
class QueryMemory(EngineError):
    """A query that needs more memory than a query may use.

    Attributes:
        bytes: the limit.
    """

    bytes: int


@dataclass(eq=False)
class QueryCrashed(EngineError):
    """A query that ended the process that evaluated it."""


@dataclass(eq=False)
class AnswerTooLarge(EngineError):
    """An answer with more bytes than an answer may have.

    Attributes:
        bytes: the limit.
    """

    bytes: int


@dataclass(eq=False)
class TooManyQueries(EngineError):
    """A query of a client that has as many running and waiting as it may have.

    Attributes:
        running: how many of one client run at once.
        waiting: how many more of one client wait.
    """

    running: int
    waiting: int


@dataclass(eq=False)
class Overloaded(EngineError):
    """A query that is turned away because too many wait, or because it has waited too long."""


@dataclass(eq=False)
class QueryPreempted(EngineError):
    """A long query that was ended because short ones waited."""


@dataclass(eq=False)
class EngineUnavailable(EngineError):
    """A query that comes, or is evaluated, while the engine starts again."""
