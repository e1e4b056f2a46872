"""Middleware for clients of HTTP/1.0, who can tell a whole answer from a cut one only by its Content-Length.

They read no chunks (RFC 9112, section 7.1), so an answer of unknown length would end with the connection, as a broken
one does.
"""

import asyncio
import tempfile
from collections import Counter
from dataclasses import dataclass
from typing import IO

import orjson
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from plangraf.engine.errors import AnswerTooLarge, Overloaded
from plangraf.errors import ServerFault
from plangraf.http.client import client_of
from plangraf.http.problems import Problem, problem_of
from plangraf.languages import N_

_IN_MEMORY = 64 * 1024
"""Bytes of an answer that are collected in memory; more go to a temporary file."""
_PIECE = 64 * 1024
_AT_ONCE = 4
"""The total size of all collected answers, as a multiple of the limit of one, which is that of a client's."""
_DELIVERY = 60.0
"""The time in seconds for a client to read a collected answer, which takes space until then."""


class WholeAnswers:
    """ASGI middleware that collects an answer of unknown length to HTTP/1.0, and sends it with its length.

    Args:
        app: the application.
        limit: the maximum size of an answer, in bytes.
    """

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit
        self._sizes: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request to the application, and collect its answer if need be."""
        if scope["type"] != "http" or scope["http_version"] != "1.0" or scope["method"] == "HEAD":
            await self._app(scope, receive, send)
            return
        client = client_of(scope)
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
            answer = _Answer(file)

            async def collect(message: Message) -> None:
                if message["type"] == "http.response.start" and _has_length(message):
                    answer.passed = True
                if answer.passed:
                    await send(message)
                elif message["type"] == "http.response.start":
                    answer.start = message
                else:
                    body = message.get("body", b"")
                    if answer.problem is None and self._has_room(client, answer, len(body)):
                        self._sizes[client] += len(body)
                        answer.size += len(body)
                        await asyncio.to_thread(file.write, body)
                    answer.complete = not message.get("more_body", False)

            try:
                try:
                    await self._app(scope, receive, collect)
                finally:  # also when the application breaks the answer off
                    async with asyncio.timeout(_DELIVERY):
                        await answer.send(send)
            except TimeoutError:
                await send({"type": "http.response.body"})  # less than its length, so the server cuts the connection
            finally:
                self._sizes[client] -= answer.size
                self._sizes += Counter()  # drop clients without an answer

    def _has_room(self, client: str, answer: "_Answer", size: int) -> bool:
        if answer.size + size > self._limit:
            answer.problem = problem_of(AnswerTooLarge(self._limit))
        elif self._sizes[client] + size > self._limit or self._sizes.total() + size > _AT_ONCE * self._limit:
            answer.problem = problem_of(Overloaded())
        return answer.problem is None


@dataclass
class _Answer:
    """An answer that is being collected.

    Attributes:
        file: its body.
        size: the size of the body so far.
        start: its status and header fields.
        complete: whether the application has sent all of it.
        passed: whether it has a length, and is not collected.
        problem: the reason why it cannot be sent.
    """

    file: IO[bytes]
    size: int = 0
    start: Message | None = None
    complete: bool = False
    passed: bool = False
    problem: Problem | None = None

    async def send(self, send: Send) -> None:
        """Send the answer with its length, or the problem in its place."""
        if self.passed or self.start is None:
            return
        if self.problem is None and not self.complete:
            self.problem = problem_of(ServerFault(N_("The answer could not be completed.")))
        if self.problem is not None:
            body = orjson.dumps(self.problem.document(), option=orjson.OPT_APPEND_NEWLINE)
            headers = {
                "content-type": "application/problem+json",
                "content-language": "en",
                "content-length": str(len(body)),
                "cache-control": "no-store",
                **{name.lower(): value for name, value in self.problem.headers.items()},
            }
            fields = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
            await send({"type": "http.response.start", "status": self.problem.status, "headers": fields})
            await send({"type": "http.response.body", "body": body})
            return
        fields = [*self.start["headers"], (b"content-length", b"%d" % self.size)]
        await send({**self.start, "headers": fields})
        self.file.seek(0)
        while piece := await asyncio.to_thread(self.file.read, _PIECE):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body"})


def _has_length(start: Message) -> bool:
    return start["status"] in (204, 304) or any(name.lower() == b"content-length" for name, _ in start["headers"])
