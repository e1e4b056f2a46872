"""Passes requests from a front to the process that answers from an older release."""

import httpcore
from starlette.types import Receive, Scope, Send

from plangraf.errors import ReleaseUnavailable
from plangraf.http.client import client_of
from plangraf.http.disconnect import unless_gone
from plangraf.http.places import PlaceLimits, Places
from plangraf.http.query_responder import Broken
from plangraf.languages import N_
from plangraf.serving.jobs import Job, connect, read_result, write_line
from plangraf.serving.older_release import REQUEST, forwarded

_LIMITS = PlaceLimits(total=16, client=4, client_waiting=16, waiting=64)
_CONNECTION = frozenset(
    (b"connection", b"keep-alive", b"te", b"trailer", b"transfer-encoding", b"upgrade", b"expect", REQUEST)
)
"""The header fields of a connection, which are not passed on (RFC 9110, section 7.6.1)."""
_TIMEOUTS = {"connect": 5.0, "write": 30.0, "read": 90.0, "pool": 5.0}
"""In seconds; an answer may wait for the end of a query."""
_RETRY = 2


class BackgroundReleaseProxy:
    """Asks the background process for the process of a release, and passes requests to it.

    Args:
        address: the path of the socket of the background process.
        most_body: the maximum size of a request body, in bytes.
    """

    def __init__(self, address: str, most_body: int) -> None:
        self._address = address
        self._most_body = most_body
        self._places = Places(_LIMITS)

    async def forward(self, release: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Have a release answer a request; see `ReleaseProxy.forward`."""
        async with self._places.hold(client_of(scope)):
            reader, writer = await connect(self._address)
            try:
                write_line(writer, Job(kind="release", release=release).model_dump(mode="json"))
                try:
                    socket = (await read_result(reader)).decode()
                except EOFError as error:
                    raise _unavailable(release) from error
                body = await self._body(receive)
                await unless_gone(receive, _pass_on(socket, release, body, scope, send))
            finally:
                writer.close()

    async def _body(self, receive: Receive) -> bytes:
        """Return the body of a request, or so much of it that the release refuses it as too large."""
        body = bytearray()
        while len(body) <= self._most_body:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        return bytes(body)


async def _pass_on(socket: str, release: str, body: bytes, scope: Scope, send: Send) -> None:
    """Pass a request on, and its answer back.

    Raises:
        ReleaseUnavailable: the process of the release does not answer.
        Broken: the answer has begun, and breaks off.
    """
    target = (scope.get("raw_path") or scope["path"].encode()).partition(b"?")[0]
    if scope["query_string"]:
        target += b"?" + scope["query_string"]
    fields = [field for field in scope["headers"] if field[0] not in _CONNECTION and field[0] != b"content-length"]
    fields += [(REQUEST, forwarded(scope)), (b"connection", b"close")]
    if body:
        fields.append((b"content-length", str(len(body)).encode()))
    url = httpcore.URL(scheme=b"http", host=b"localhost", port=None, target=target)
    request = httpcore.Request(scope["method"], url, headers=fields, content=body, extensions={"timeout": _TIMEOUTS})
    begun = False
    try:
        async with httpcore.AsyncConnectionPool(uds=socket) as pool:
            response = await pool.handle_async_request(request)
            headers = [(name.lower(), value) for name, value in response.headers if name.lower() not in _CONNECTION]
            begun = True
            await send({"type": "http.response.start", "status": response.status, "headers": headers})
            async for piece in response.aiter_stream():
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
        if begun:
            raise Broken(str(error)) from error
        raise _unavailable(release) from error


def _unavailable(release: str) -> ReleaseUnavailable:
    return ReleaseUnavailable(
        N_("Release {release} is being made ready. Ask again in a moment."),
        release=release,
        retry_after=_RETRY,
        members={"release": release},
    )
