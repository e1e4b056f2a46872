"""The messages about a change of a graph: what a client asks for, and what has become of it."""

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from plangraf.errors import PackedError
from plangraf.publishing.conditions import Conditions

Method = Literal["PUT", "POST", "DELETE"]


class GraphRequest(BaseModel):
    """A request to change a graph (SPARQL 1.1 Graph Store HTTP Protocol, section 5).

    Attributes:
        method: PUT replaces the graph, POST adds to it, DELETE withdraws it.
        graph: the IRI of the graph.
        token_digest: the hash of the token, which itself goes no further than the process that receives it.
        client: the client.
        conditions: the conditions of the change.
        message: what the publisher says about the change, or the reason of a withdrawal; may be empty.
        replaced_by: the IRI of what replaces a graph that is withdrawn.
        language: the language of the reason of a withdrawal.
    """

    model_config = ConfigDict(frozen=True)

    method: Method
    graph: str
    token_digest: str
    client: str
    conditions: Conditions = Conditions()
    message: str = ""
    replaced_by: str | None = None
    language: str = "nb"


class GraphChange(BaseModel):
    """A change of a graph by its publisher, for the process that makes it.

    Attributes:
        folder: the state folder.
        publisher: the publisher.
        by: the publisher and its token, as the history names them.
        request: the request.
        documents: the key of the format and the size in bytes of each document, which follow in this order.
    """

    model_config = ConfigDict(frozen=True)

    folder: str
    publisher: str
    by: str
    request: GraphRequest
    documents: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class GraphDocument:
    """An RDF document of a request, or a workbook.

    Attributes:
        format: the key of its format.
        data: the document.
    """

    format: str
    data: bytes


class ChangeOutcome(BaseModel):
    """The outcome of a request that succeeded.

    Attributes:
        kind: what has happened to the graph.
        release: the release that is current afterwards.
        served: whether the server answers from this release, or from a later one.
    """

    model_config = ConfigDict(frozen=True)

    kind: Literal["created", "changed", "unchanged", "deleted"]
    release: str
    served: bool = False


@dataclass(frozen=True)
class ProcessReport:
    """The message of the process that makes a change: its outcome, or the error."""

    outcome: dict[str, object] | None = None
    error: PackedError | None = None
