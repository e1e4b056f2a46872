"""The protocol between fronts and the background process: a connection for each job, on a Unix stream socket.

A front sends a line of JSON, which names the job, and receives a result: a line with the size of its body and whether
the job has failed, and the body, which is then an error of `plangraf.errors.pack`. For an upload, the first result
means that it has a place; then the front sends a line with the task and the size of the data, and the data, and
receives another result, the report. A closed connection cancels an upload.

The data of an upload to preview follow the job. The result has the secret part of the address, or the reason why
there is no preview. The result for a page of a preview is the page, or is empty if there is none.

A request to change a graph has a place in the same way. Then the front sends a line with the formats and sizes of its
documents, and the documents, or a line with the error for which it has refused the body. A closed connection does not
cancel a change whose documents have arrived. For an older release, the body of the result is the path of the socket
on which the release answers; the release is in use until the front closes the connection.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from typing import Any, Literal

import orjson
from pydantic import BaseModel

from plangraf.errors import PackedError, RequestError, pack, unpack
from plangraf.languages import InterfaceLanguage
from plangraf.publishing.change import GraphRequest
from plangraf.release.dump_writer import DumpJob
from plangraf.search.release_index import IndexJob

_LINE = 16 * 1024 * 1024
"""The maximum length of a line, in bytes: a job of dumps names every graph of a release twice."""

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class PreviewUpload(BaseModel):
    """An upload to make a preview of: the key of its format, and its size in bytes."""

    source: str
    size: int


class PreviewAddress(BaseModel):
    """A page of a preview: the secret part of its address, its number and its language."""

    token: str
    number: int
    language: InterfaceLanguage


class Job(BaseModel):
    """The order of a front.

    Attributes:
        kind: `ready` for a process that waits for the next upload, `ready-preview` for one that waits for the next
            preview, `place` for the place of an upload, `preview` to
            make a preview of one, `preview-page` for a page of that, `change` for the place of a request to change a
            graph, `files`, or `release` for an older release.
        client: the client whose upload needs a place.
        change: the request to change a graph.
        dumps: the dumps to write.
        index: the search index to make.
        release: the name of an older release.
        preview: the upload to make a preview of, whose data follow.
        page: the page of a preview.
    """

    kind: Literal["ready", "ready-preview", "place", "preview", "preview-page", "change", "files", "release"]
    client: str = ""
    change: GraphRequest | None = None
    dumps: DumpJob | None = None
    index: IndexJob | None = None
    release: str = ""
    preview: PreviewUpload | None = None
    page: PreviewAddress | None = None


async def listen(
    accept: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]], stream: socket.socket
) -> asyncio.Server:
    """Return a server of the jobs that arrive at a socket, with a task of `accept` for each connection."""
    return await asyncio.start_unix_server(accept, sock=stream, limit=_LINE)


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
    data = body if error is None else orjson.dumps(pack(error))
    write_line(writer, {"failed": error is not None, "size": len(data)})
    writer.write(data)


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
    body = await reader.readexactly(found["size"])
    if found["failed"]:
        error: PackedError = orjson.loads(body)
        raise unpack(error)
    return body
