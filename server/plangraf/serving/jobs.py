"""The protocol between fronts and the background process: a connection for each job, on a Unix stream socket.

A front sends a line of JSON, which names the job, and receives a line with `error`, which is null or an error of
`plangraf.errors.pack`. For an upload, that line means that it has a place; then the front sends a line with the task
and the size of the data, and the data, and receives a line with `error` and the size of the report, and the report.
A closed connection cancels an upload. For an older release, the body of the result is the path of the socket on which
the release answers; the release is in use until the front closes the connection.
"""

import asyncio
from typing import Any, Literal

import orjson
from pydantic import BaseModel

from plangraf.errors import PackedError, RequestError, pack, unpack
from plangraf.release.dump_writer import DumpJob
from plangraf.search.release_index import IndexJob

_LINE = 1024 * 1024
"""The maximum length of a line, in bytes."""

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Job(BaseModel):
    """What a front wants.

    Attributes:
        kind: `ready` for a process that waits for the next upload, `place` for the place of an upload, `files`, or
            `release` for an older release.
        client: the client whose upload needs a place.
        dumps: the dumps to write.
        index: the search index to make.
        release: the name of an older release.
    """

    kind: Literal["ready", "place", "files", "release"]
    client: str = ""
    dumps: DumpJob | None = None
    index: IndexJob | None = None
    release: str = ""


async def connect(address: str) -> Streams:
    """Return a connection to the background process.

    Raises:
        OSError: there are not enough descriptors.
    """
    return await asyncio.open_unix_connection(address, limit=_LINE)


def write_line(writer: asyncio.StreamWriter, value: object) -> None:
    """Send a line of JSON."""
    writer.write(orjson.dumps(value) + b"\n")


def write_result(writer: asyncio.StreamWriter, error: RequestError | None, body: bytes = b"") -> None:
    """Send a result: an error, or None and a body."""
    write_line(writer, {"error": None if error is None else pack(error), "size": len(body)})
    writer.write(body)


async def read_line(reader: asyncio.StreamReader) -> Any:
    """Return the value of a line of JSON.

    Raises:
        EOFError: the other process has closed the connection, or has ended.
    """
    line = await reader.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    return orjson.loads(line)


async def read_result(reader: asyncio.StreamReader) -> bytes:
    """Return the body of a result.

    Raises:
        RequestError: the error of the result.
        EOFError: the other process has closed the connection, or has ended.
    """
    found = await read_line(reader)
    error: PackedError | None = found["error"]
    if error is not None:
        raise unpack(error)
    return await reader.readexactly(found["size"])
