"""A server with a small application, in a thread of the test, and clients that write bytes of their own."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from tests.servers import PATIENCE, soon

from plangraf.serving.connections import ConnectionLimits, Connections
from plangraf.serving.protocol import limited_protocol

GET = b"GET / HTTP/1.1\r\nHost: test\r\n\r\n"


@dataclass
class Echo:
    """An application that answers with the method, the path and the body; `/wait` answers when `release` is set.

    Attributes:
        begun: how many requests it has been handed.
        gone: how many clients of `/wait` it has seen go.
        release: lets the requests to `/wait` be answered.
    """

    begun: int = 0
    gone: int = 0
    release: threading.Event = field(default_factory=threading.Event)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        self.begun += 1
        if scope["path"] == "/large":
            await _send(send, 200, bytes(64 * 1024 * 1024))
            return
        if scope["path"] == "/unread":
            await _send(send, 403, b"unread")
            return
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        if scope["path"] == "/wait" and not await self._released(receive):
            self.gone += 1
            return
        await _send(send, 200, f"{scope['method']} {scope['path']} ".encode() + body)

    async def _released(self, receive: Receive) -> bool:
        gone = asyncio.create_task(_disconnect(receive))
        free = asyncio.create_task(asyncio.to_thread(self.release.wait, PATIENCE))
        await asyncio.wait((gone, free), return_when=asyncio.FIRST_COMPLETED)
        self.release.set() if gone.done() else gone.cancel()
        return free.done() and not gone.done()


async def _disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@dataclass
class Running:
    """A server that answers on loopback.

    Attributes:
        port: its port.
        refused: what it has refused, by kind, in order.
        open: the connections that it has counted.
    """

    port: int
    refused: list[str]
    open: Connections

    def connect(self, source: str = "127.0.0.1") -> "Client":
        """Return a new connection from an address of loopback."""
        return Client(socket.create_connection(("127.0.0.1", self.port), PATIENCE, (source, 0)))

    def ask(self, data: bytes, source: str = "127.0.0.1") -> bytes:
        """Return all that is answered to bytes, until the server closes the connection."""
        with self.connect(source) as client:
            client.send(data)
            return client.rest()


class Client:
    """A connection to a server."""

    def __init__(self, connection: socket.socket) -> None:
        self.socket = connection

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, data: bytes) -> None:
        """Send bytes."""
        self.socket.sendall(data)

    def read_until(self, end: bytes) -> bytes:
        """Return what is read until some bytes have come, or the connection is closed."""
        data = b""
        while end not in data:
            piece = self.socket.recv(65536)
            if not piece:
                break
            data += piece
        return data

    def rest(self) -> bytes:
        """Return all that is read until the server closes the connection."""
        data = bytearray()
        while piece := self.socket.recv(65536):
            data += piece
        return bytes(data)


@contextmanager
def running(app: ASGIApp, limits: ConnectionLimits) -> Iterator[Running]:
    """Yield a server that answers with an application, under some limits."""
    refused: list[str] = []
    connections = Connections(limits, refused.append)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            app, http=limited_protocol(connections), ws="none", lifespan="off", log_level="warning", access_log=False
        )
        config.timeout_graceful_shutdown = 1
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            soon(lambda: server.started)
            yield Running(listener.getsockname()[1], refused, connections)
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
