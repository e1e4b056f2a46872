"""GET requests to an application without a socket, for `plangraf serve --get` and tests."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes

from starlette.types import ASGIApp, Message, Scope

_PRINTABLE = "".join(chr(code) for code in range(0x21, 0x7F))


class Head(NamedTuple):
    """The status and the header fields of a response, which `str` formats as in HTTP/1.1."""

    status: int
    headers: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        """Return the status line and the header fields, followed by an empty line."""
        reason = HTTPStatus(self.status).phrase
        lines = [f"HTTP/1.1 {self.status} {reason}", *(f"{name}: {value}" for name, value in self.headers)]
        return "".join(f"{line}\r\n" for line in [*lines, ""])


async def get(
    app: ASGIApp,
    target: str,
    headers: Iterable[tuple[str, str]],
    receive_head: Callable[[Head], None],
    receive_body: Callable[[bytes], object],
) -> int:
    """Send a GET request to an application, and pass on its response.

    Args:
        app: the ASGI application; the caller runs its lifespan.
        target: the path, with an optional query; characters that a request line cannot contain are escaped.
        headers: the request header fields, including `Host`.
        receive_head: called once, before the body.
        receive_body: called with each part of the body.

    Returns:
        the HTTP status.

    Raises:
        Exception: an exception that the application does not handle.
    """
    status = 0
    empty_body: Iterator[Message] = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> Message:
        for message in empty_body:
            return message
        disconnect: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        return await disconnect  # never set: this client does not disconnect

    async def send(message: Message) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
            fields = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in message["headers"])
            receive_head(Head(status, fields))
        elif message.get("body"):
            receive_body(message["body"])

    try:
        await app(_scope(target, headers), receive, send)
    except Exception:  # Starlette raises a fault again, after the handler has logged it and sent the problem
        if status != HTTPStatus.INTERNAL_SERVER_ERROR:
            raise
    return status


def _scope(target: str, headers: Iterable[tuple[str, str]]) -> Scope:
    path, _, query = quote(target, safe=_PRINTABLE).partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote_to_bytes(path).decode("utf-8", "replace"),
        "raw_path": path.encode("ascii"),
        "root_path": "",
        "query_string": query.encode("ascii"),
        "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        "client": None,
        "server": None,
    }
