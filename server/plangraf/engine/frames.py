"""The protocol between the server, the keeper and the workers.

The server and a worker exchange frames on a stream: a kind (one byte), a length (four bytes, big-endian) and a
payload of that length. The server and the keeper exchange JSON objects on a socket that preserves message boundaries:

    to the keeper    {"fork": number}, {"end": pid}, {"nice": pid}
    from the keeper       {"ready": pid}, {"forked": pid} with the server's end of the worker's stream, and
                          {"reaped": pid, "code": exit code}
"""

import struct
from dataclasses import asdict, dataclass
from enum import IntEnum
from typing import Any, TypedDict

import orjson

from plangraf.engine.errors import EngineError
from plangraf.engine.interface import Query
from plangraf.formats import GRAPH_FORMATS, RESULT_FORMATS, Format, by_key
from plangraf.negotiation import Choice

HEADER = struct.Struct(">BI")
CHUNK = 64 * 1024
"""The largest number of bytes of an answer in one frame."""


class FrameKind(IntEnum):
    """The kind of a frame, which determines its payload."""

    QUERY = 1
    BEGIN = 2
    DATA = 3
    END = 4
    ERROR = 5


def frame(kind: FrameKind, payload: bytes) -> bytes:
    """Return the bytes of a frame: kind, length and payload."""
    return HEADER.pack(kind, len(payload)) + payload


def pack_query(query: Query) -> bytes:
    """Return a query as the payload of a frame, without its client."""
    return orjson.dumps(
        {
            "text": query.text,
            "default_graphs": query.default_graphs,
            "named_graphs": query.named_graphs,
            "bindings": dict(query.bindings),
            "values": dict(query.values),
            "results": _pack_choice(query.results),
            "graphs": _pack_choice(query.graphs),
            "rows": query.rows,
            "seconds": query.seconds,
            "count_rows": query.count_rows,
        }
    )


def unpack_query(payload: bytes) -> Query:
    """Return the query from the payload of a frame."""
    fields = orjson.loads(payload)
    for name in ("default_graphs", "named_graphs"):
        fields[name] = tuple(fields[name])
    fields["values"] = {name: tuple(iris) for name, iris in fields["values"].items()}
    fields["results"] = _unpack_choice(fields["results"], RESULT_FORMATS)
    fields["graphs"] = _unpack_choice(fields["graphs"], GRAPH_FORMATS)
    return Query(**fields)


def _pack_choice(choice: Choice | None) -> tuple[str, str] | None:
    return (choice.format.key, choice.media_type) if choice else None


def _unpack_choice(packed: tuple[str, str] | None, formats: tuple[Format, ...]) -> Choice | None:
    if packed is None:
        return None
    key, media_type = packed
    chosen = by_key(key, formats)
    assert chosen is not None  # noqa: S101  # the server chose it from the same registry
    return Choice(chosen, media_type)


@dataclass(frozen=True)
class AnswerBegin:
    """The head of an answer, which a worker sends before the bytes of the answer.

    Attributes:
        form: the form of the answer.
        format: the key of its format.
        media_type: the media type for the Content-Type header.
        cut: whether the row limit truncates the answer.
    """

    form: str
    format: str
    media_type: str
    cut: bool


@dataclass(frozen=True)
class AnswerEnd:
    """The end of an answer, which a worker sends after the bytes of the answer.

    Attributes:
        size: the size of the answer in bytes.
        rows: the number of solutions or triples, if the query requests it; None for a boolean.
        recycle: whether the pool must replace the worker because it has grown too much.
    """

    size: int
    rows: int | None
    recycle: bool


class PackedEngineError(TypedDict):
    """An engine error as data: the name of its class, and the values of its attributes."""

    name: str
    facts: dict[str, Any]


def pack_error(error: EngineError) -> PackedEngineError:
    """Return an error as data that a worker can send to the server."""
    return {"name": type(error).__name__, "facts": asdict(error)}


def unpack_error(packed: PackedEngineError) -> EngineError:
    """Return the error from the data that a worker has sent."""
    kind = next(kind for kind in EngineError.__subclasses__() if kind.__name__ == packed["name"])
    return kind(**packed["facts"])


@dataclass(frozen=True)
class QueryFailed:
    """The failure of a query, which a worker sends instead of an answer or of the rest of it.

    Attributes:
        error: the error.
        recycle: whether the pool must replace the worker because it has grown too much.
    """

    error: PackedEngineError
    recycle: bool


def pack(message: AnswerBegin | AnswerEnd | QueryFailed) -> bytes:
    """Return a message as the payload of a frame."""
    return orjson.dumps(message)
