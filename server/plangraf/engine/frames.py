"""The protocol between the server, the keeper and the workers.

The server and a worker exchange frames on a stream: a kind (one byte), a length (four bytes, big-endian) and a
payload of that length. The server and the keeper exchange JSON objects on a socket that preserves message boundaries:

    to the keeper    {"fork": number}, {"end": pid}, {"nice": pid}
    from the keeper       {"ready": pid}, {"forked": pid} with the server's end of the worker's stream, and
                          {"reaped": pid, "code": exit code}
"""

import struct
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Any, TypedDict

import orjson

from plangraf.engine.errors import EngineError
from plangraf.engine.interface import AnswerForm, Query
from plangraf.formats import GRAPH_FORMATS, RESULT_FORMATS, SPREADSHEET, Format, by_key
from plangraf.negotiation import Choice

HEADER = struct.Struct(">BI")
CHUNK = 64 * 1024
"""The number of bytes of an answer from which it is sent in several frames, each at least as large but the last."""
_BEGIN = struct.Struct(">B?")
_END = struct.Struct(">q?")
_FORMS = tuple(AnswerForm)


class FrameKind(IntEnum):
    """The kind of a frame, which determines its payload."""

    QUERY = 1
    BEGIN = 2
    DATA = 3
    END = 4
    ERROR = 5
    WHOLE = 6
    """A short answer: begin, data and end in one frame."""


def frame(kind: FrameKind, payload: bytes) -> bytes:
    """Return the bytes of a frame: kind, length and payload."""
    return HEADER.pack(kind, len(payload)) + payload


def pack_query(query: Query, seconds: float | None = None) -> bytes:
    """Return a query as the payload of a frame, without its client.

    Args:
        query: the query.
        seconds: the time limit, if it is not the query's own.
    """
    fields: dict[str, object] = {"text": query.text, "seconds": query.seconds if seconds is None else seconds}
    for name in ("default_graphs", "named_graphs", "bindings", "values", "rows", "count_rows"):
        if value := getattr(query, name):
            fields[name] = dict(value) if isinstance(value, Mapping) else value
    for name, choice in (("results", query.results), ("graphs", query.graphs)):
        if choice is not None:
            fields[name] = (choice.format.key, choice.media_type)
    return orjson.dumps(fields)


def unpack_query(payload: bytes) -> Query:
    """Return the query from the payload of a frame."""
    fields = orjson.loads(payload)
    for name in ("default_graphs", "named_graphs"):
        if name in fields:
            fields[name] = tuple(fields[name])
    if "values" in fields:
        fields["values"] = {name: tuple(iris) for name, iris in fields["values"].items()}
    for name, formats in (("results", (*RESULT_FORMATS, SPREADSHEET)), ("graphs", GRAPH_FORMATS)):
        if name in fields:
            fields[name] = _choice(*fields[name], formats)
    return Query(**fields)


@lru_cache(256)
def _choice(key: str, media_type: str, formats: tuple[Format, ...]) -> Choice:
    chosen = by_key(key, formats)
    assert chosen is not None  # noqa: S101  # the server chose it from the same registry
    return Choice(chosen, media_type)


@dataclass(frozen=True)
class AnswerBegin:
    """The head of an answer, which a worker sends before the bytes of the answer.

    Attributes:
        form: the form of the answer, from which its format follows: the query has one for each.
        cut: whether the row limit truncates the answer.
    """

    form: AnswerForm
    cut: bool

    def pack(self) -> bytes:
        """Return the head as the payload of a frame."""
        return _BEGIN.pack(_FORMS.index(self.form), self.cut)

    @classmethod
    def unpack(cls, payload: bytes) -> "AnswerBegin":
        """Return the head from the payload of a frame."""
        form, cut = _BEGIN.unpack(payload)
        return cls(_FORMS[form], cut)


@dataclass(frozen=True)
class AnswerEnd:
    """The end of an answer, which a worker sends after the bytes of the answer.

    Attributes:
        rows: the number of solutions or triples, if the query requests it; None for a boolean.
        recycle: whether the pool must replace the worker because it has grown too much.
    """

    rows: int | None
    recycle: bool

    def pack(self) -> bytes:
        """Return the end as the payload of a frame."""
        return _END.pack(-1 if self.rows is None else self.rows, self.recycle)

    @classmethod
    def unpack(cls, payload: bytes) -> "AnswerEnd":
        """Return the end from the payload of a frame."""
        rows, recycle = _END.unpack(payload)
        return cls(None if rows < 0 else rows, recycle)


def pack_whole(begin: AnswerBegin, body: bytes | bytearray, end: AnswerEnd) -> bytes:
    """Return a whole answer as the payload of one frame."""
    return b"".join((begin.pack(), end.pack(), body))


def unpack_whole(payload: bytes) -> tuple[AnswerBegin, bytes, AnswerEnd]:
    """Return the head, the bytes and the end of a whole answer from the payload of a frame."""
    body = _BEGIN.size + _END.size
    return AnswerBegin.unpack(payload[: _BEGIN.size]), payload[body:], AnswerEnd.unpack(payload[_BEGIN.size : body])


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


def pack_failure(failed: QueryFailed) -> bytes:
    """Return a failure as the payload of a frame."""
    return orjson.dumps(failed)
