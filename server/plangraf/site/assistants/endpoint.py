"""The endpoint of the Model Context Protocol over HTTP (Streamable HTTP): each request stands for itself."""

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING

from anyio import to_thread
from fastapi import Request
from starlette.types import Message, Receive, Scope, Send

from plangraf.http.client import client_of
from plangraf.http.disconnect import unless_gone
from plangraf.http.handlers import ProblemHandlers
from plangraf.http.method import method_refused
from plangraf.http.negotiate import read_body
from plangraf.http.problems import ANSWERED, problem_of
from plangraf.http.services import Services
from plangraf.site.assistants.asking import Asking
from plangraf.view.problem_page import problem_page

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

METHODS = ("POST",)
_LONG = 8 * 1024
"""The size in bytes of a body that needs a place, as a long query does."""


class AssistantEndpoint:
    """The ASGI application that answers assistants.

    Each request has a manager of its own, which ends with it: nothing outlives a request, so that the next one
    is answered from the release that is current then. The package is imported at the first request, in a thread.

    Args:
        services: the services of the release.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._problems = ProblemHandlers(services, problem_page)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; what is wrong below the protocol is answered with a problem document."""
        request = Request(scope, receive)
        try:
            if scope["method"] not in METHODS:
                raise method_refused(scope, METHODS)
            length = request.headers.get("content-length", "")
            if length.isdecimal() and int(length[:12]) <= _LONG:
                await self._answer(request, send)
                return
            # The place is taken before the body is read, so the number of places bounds the memory of long bodies.
            async with self._services.long_queries.hold(client_of(scope)):
                await self._answer(request, send)
        except ANSWERED as error:
            await self._problems.respond(request, problem_of(error))(scope, receive, send)

    async def _answer(self, request: Request, send: Send) -> None:
        body = await read_body(request, self._services.settings.max_body)
        manager = await to_thread.run_sync(_manager, Asking(self._services, request.scope))

        async def answer() -> None:
            async with manager.run():
                await manager.handle_request(request.scope, _replayed(body), partial(_send_unstored, send))

        await unless_gone(request.receive, answer())


def _manager(asking: Asking) -> "StreamableHTTPSessionManager":
    # Local imports: the package is an extra, and a server that no assistant asks does without its memory.
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
    from mcp.server.transport_security import TransportSecuritySettings

    from plangraf.site.assistants.server import protocol_server

    logging.getLogger("mcp").setLevel(logging.WARNING)  # it tells of each request
    hosts = [*asking.services.settings.mcp_hosts]
    security = TransportSecuritySettings(
        # The data are public and nothing can be changed, so that by default any name of the server will do.
        enable_dns_rebinding_protection=bool(hosts),
        allowed_hosts=hosts,
        allowed_origins=[f"{scheme}://{host}" for host in hosts for scheme in ("http", "https")],
    )
    return StreamableHTTPSessionManager(
        protocol_server(asking),
        json_response=True,
        stateless=True,
        security_settings=security,
        max_request_body_size=asking.services.settings.max_body,
    )


def _replayed(body: bytes) -> Receive:
    """Return the channel of a request whose body has been read, and whose client does not disconnect."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        if messages:
            return messages.pop()
        disconnect: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        return await disconnect  # never set: the request is cancelled if the client disconnects

    return receive


async def _send_unstored(send: Send, message: Message) -> None:
    """Send a message of a response that caches must not store."""
    if message["type"] == "http.response.start":
        fields = [field for field in message["headers"] if field[0].lower() != b"cache-control"]
        message = {**message, "headers": [*fields, (b"cache-control", b"no-store")]}
    await send(message)
