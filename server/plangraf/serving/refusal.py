"""The answer to a request that never reaches the application, as bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

import orjson

from plangraf.errors import RequestError
from plangraf.http.headers import PUBLIC_HEADERS
from plangraf.http.problems import problem_of


@dataclass(frozen=True)
class Refusal:
    """A complete response.

    Attributes:
        kind: the name of the problem type.
        answer: the bytes from the status line to the end of the problem document.
    """

    kind: str
    answer: bytes


def refusal(error: RequestError, server_headers: Iterable[tuple[bytes, bytes]] = ()) -> Refusal:
    """Return the response for an error, after which the connection is closed.

    The problem document is JSON in English, because the header of the request cannot be read or must not be.

    Args:
        error: the error.
        server_headers: header fields that the server adds to all its responses.
    """
    problem = problem_of(error)
    body = orjson.dumps(problem.document(), option=orjson.OPT_APPEND_NEWLINE)
    fields = {
        **PUBLIC_HEADERS,
        "Content-Type": "application/problem+json",
        "Content-Language": "en",
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        "Connection": "close",
        **problem.headers,
    }
    lines = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in fields.items()]
    head = b"".join(b"%b: %b\r\n" % line for line in (*server_headers, *lines))
    status = f"HTTP/1.1 {problem.status} {HTTPStatus(problem.status).phrase}\r\n".encode()
    return Refusal(problem.slug, b"%b%b\r\n%b" % (status, head, body))
