"""What the front, the keeper and the workers say to one another.

Between the front and a worker: frames on a stream, each a kind (one byte), a length (four bytes, big-endian) and so
many bytes. Between the front and the keeper: one JSON object a message, on a socket that keeps messages apart; a new
worker's message carries the front's end of its stream.
"""

import struct
from dataclasses import asdict, dataclass
from enum import IntEnum
from typing import Any, TypedDict

import orjson

from plangraf.engine.errors import EngineError

HEADER = struct.Struct(">BI")
PIECE = 64 * 1024
"""The largest number of bytes of an answer in one frame."""


class Kind(IntEnum):
    """What a frame holds."""

    QUERY = 1
    BEGIN = 2
    DATA = 3
    END = 4
    ERROR = 5


def frame(kind: Kind, payload: bytes) -> bytes:
    """Return a frame."""
    return HEADER.pack(kind, len(payload)) + payload


@dataclass(frozen=True)
class Request:
    """A query as a worker is given it.

    Attributes:
        text: the query.
        default_graphs: IRIs of the graphs whose merge is the default graph.
        named_graphs: IRIs of the named graphs; when both are empty, the dataset is the whole release.
        bindings: IRIs that variables are bound to, by name.
        values: IRIs that variables may take, by name.
        results: key and media type of the format for solutions and booleans, if one is acceptable.
        graphs: key and media type of the format for graphs, if one is acceptable.
        seconds: how long the evaluation may take.
        size: how many bytes the answer may have.
        rows: how many rows or triples the client wants at most, if it said so.
    """

    text: str
    default_graphs: list[str]
    named_graphs: list[str]
    bindings: dict[str, str]
    values: dict[str, list[str]]
    results: tuple[str, str] | None
    graphs: tuple[str, str] | None
    seconds: float
    size: int
    rows: int | None

    def pack(self) -> bytes:
        """Return the request as the payload of a frame."""
        return orjson.dumps(self)

    @classmethod
    def unpack(cls, payload: bytes) -> "Request":
        """Return the request that `payload` holds."""
        return cls(**orjson.loads(payload))


@dataclass(frozen=True)
class Begin:
    """The first that a worker says of an answer.

    Attributes:
        form: its form.
        format: the key of its format.
        media_type: the media type under which it goes out.
        cut: whether it is cut at the number of rows that the client wanted.
    """

    form: str
    format: str
    media_type: str
    cut: bool


@dataclass(frozen=True)
class End:
    """The last that a worker says of an answer.

    Attributes:
        size: how many bytes it had.
        rows: how many solutions or triples; None of a boolean.
        worn: whether the worker has grown so much that a fresh one is to take its place.
    """

    size: int
    rows: int | None
    worn: bool


class PackedEngineError(TypedDict):
    """An error of the engine as data: the name of its class, and its facts."""

    name: str
    facts: dict[str, Any]


def pack_error(error: EngineError) -> PackedEngineError:
    """Return an error as data, for a message from a worker to the front."""
    return {"name": type(error).__name__, "facts": asdict(error)}


def unpack_error(packed: PackedEngineError) -> EngineError:
    """Return the error that a worker has packed."""
    kind = next(kind for kind in EngineError.__subclasses__() if kind.__name__ == packed["name"])
    return kind(**packed["facts"])


@dataclass(frozen=True)
class Refusal:
    """An error, packed; the worker may be worn after it as after an answer."""

    error: PackedEngineError
    worn: bool


def pack(message: Begin | End | Refusal) -> bytes:
    """Return a message as the payload of a frame."""
    return orjson.dumps(message)
