"""The errors of engines, which have facts about the failure, but no messages for visitors and no HTTP status.

    EngineError                  the engine does not answer the query
    ├── QuerySyntax              the query does not parse
    ├── QueryRefused             the engine cannot evaluate the query
    ├── InvalidIri               a graph, a binding or a value is not an absolute IRI
    ├── InvalidTimeLimit         the time limit is not above 0
    ├── ServiceRefused           the query calls another endpoint
    ├── FormNotAcceptable        the client accepts no format for the form of the answer
    ├── AnswerInexpressible      the format of the answer cannot express it
    ├── QueryTimeout             the query exceeds its time limit
    ├── QueryMemory              the query exceeds the memory limit
    ├── QueryCrashed             the query crashed its worker
    ├── AnswerTooLarge           the answer exceeds the size limit
    ├── TooManyQueries           the client has too many queries running and waiting
    ├── Overloaded               too many queries wait
    ├── QueryPreempted           the engine ended a long query to run short ones
    └── EngineUnavailable        the engine is restarting

Each is a dataclass of values that can be serialized, so `plangraf.engine.frames` can send it to another process.
"""
# ruff: noqa: N818  # the names state the failure; the name of the base class ends in Error

from dataclasses import dataclass
from typing import Literal

from plangraf.errors import PlangrafError
from plangraf.rdf.expressible import Obstacle

SyntaxFault = Literal[
    "prefix", "iri", "unbound variable", "query form", "invisible", "unexpected", "end", "rule", "scope", "other"
]
"""The kind of a syntax error.

An undeclared prefix; an IRI that is not valid or not absolute; a variable in SELECT neither grouped nor bound;
no query form; a character that is not visible and no white space of SPARQL; a token in the wrong place; an early end;
a rule beside the grammar; a variable or blank node where its scope forbids it; something else.
"""


@dataclass(eq=False)
class EngineError(PlangrafError):
    """The base class of the errors of queries that an engine does not answer."""

    def __str__(self) -> str:
        return repr(self)


@dataclass(eq=False)
class QuerySyntax(EngineError):
    """The query is not valid SPARQL 1.1.

    Attributes:
        message: the message of the parser.
        fault: the kind of the error.
        line: the line of the error, counted from 1, or None if the parser does not report it.
        column: the column of the error, counted from 1, or None if the parser does not report it.
        found: the unexpected token at that place, the undeclared prefix without its colon, or the code point and name
            of the invisible character, or the rule in the words of the parser, if the error is one of these.
    """

    message: str
    fault: SyntaxFault = "other"
    line: int | None = None
    column: int | None = None
    found: str = ""


@dataclass(eq=False)
class QueryRefused(EngineError):
    """The query is valid, but the engine cannot evaluate it, for example because of an unknown function.

    Attributes:
        cause: the message of the engine.
    """

    cause: str


@dataclass(eq=False)
class InvalidIri(EngineError):
    """A graph, a binding or a value of the query is not an absolute IRI.

    Attributes:
        cause: the message of the engine.
    """

    cause: str


@dataclass(eq=False)
class InvalidTimeLimit(EngineError):
    """The query's own time limit is not above 0.

    Attributes:
        seconds: the requested limit.
    """

    seconds: float


@dataclass(eq=False)
class ServiceRefused(EngineError):
    """The query contains SERVICE, or tried to call another endpoint during its evaluation.

    Attributes:
        line: the line of the keyword, counted from 1, or None if it was not found.
        column: its column, counted from 1, or None if it was not found.
        name: the prefixed name that could be read as SERVICE, or empty if the keyword stands alone.
    """

    line: int | None = None
    column: int | None = None
    name: str = ""


@dataclass(eq=False)
class FormNotAcceptable(EngineError):
    """The client accepts no format for the form of the query's answer.

    Attributes:
        graph: whether the form is a graph; otherwise it is solutions or a boolean.
    """

    graph: bool


@dataclass(eq=False)
class AnswerInexpressible(EngineError):
    """The format of the answer cannot express one of its statements or values.

    Attributes:
        graph: whether the form is a graph; otherwise it is solutions.
        format: the key of the format.
        obstacle: the reason.
        detail: the code point of the character, or the IRI of the property.
        place: the statement, or the variable of the value.
    """

    graph: bool
    format: str
    obstacle: Obstacle
    detail: str
    place: str


@dataclass(eq=False)
class QueryTimeout(EngineError):
    """The evaluation of the query exceeded the time limit.

    Attributes:
        seconds: the limit in seconds.
    """

    seconds: float


@dataclass(eq=False)
class QueryMemory(EngineError):
    """The evaluation of the query exceeded the memory limit.

    Attributes:
        bytes: the limit in bytes.
    """

    bytes: int


@dataclass(eq=False)
class QueryCrashed(EngineError):
    """The worker crashed while it evaluated the query."""


@dataclass(eq=False)
class AnswerTooLarge(EngineError):
    """The answer exceeds the size limit.

    Attributes:
        bytes: the limit in bytes.
    """

    bytes: int


@dataclass(eq=False)
class TooManyQueries(EngineError):
    """The client has the maximum number of running and waiting queries.

    Attributes:
        running: the maximum number of running queries of one client.
        waiting: the maximum number of waiting queries of one client.
    """

    running: int
    waiting: int


@dataclass(eq=False)
class Overloaded(EngineError):
    """The engine rejects the query because too many queries wait, or because the query has waited too long."""


@dataclass(eq=False)
class QueryPreempted(EngineError):
    """The engine ended a long query because short ones were waiting."""


@dataclass(eq=False)
class EngineUnavailable(EngineError):
    """The engine restarted during the query, or has not started yet."""
