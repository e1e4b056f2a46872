"""The application of a front: it passes each request to the release that is served at the time."""

import asyncio
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Receive, Scope, Send

from plangraf.http.request import SINCE
from plangraf.http.services import Services


@dataclass(eq=False)
class ServedRelease:
    """A release that a front can serve.

    Attributes:
        generation: its number among the releases that the server has opened.
        services: its services, which have been started.
        app: the application that answers with them.
        since: when the server switched to it, in seconds since 1970.
        requests: the number of requests that it is answering.
    """

    generation: int
    services: Services
    app: ASGIApp
    since: int = 0
    requests: int = 0
    _idle: asyncio.Event = field(default_factory=asyncio.Event)

    def end_request(self) -> None:
        """Record the end of a request."""
        self.requests -= 1
        if not self.requests:
            self._idle.set()

    async def close(self) -> None:
        """Wait until the last request has been answered, and then close the services; no request may follow."""
        while self.requests:
            self._idle.clear()
            await self._idle.wait()
        await self.services.close()


class SwitchingApp:
    """An ASGI application that can change the release in one step.

    A request is answered from one release alone, even if it is answered while the release changes.
    """

    def __init__(self) -> None:
        self.served: ServedRelease | None = None

    def switch(self, release: ServedRelease) -> ServedRelease | None:
        """Answer all further requests from `release`, and return the one before."""
        before, self.served = self.served, release
        return before

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request to the current release."""
        served = self.served
        assert served is not None  # noqa: S101  # a front accepts connections once it serves a release
        served.requests += 1
        scope[SINCE] = served.since
        try:
            await served.app(scope, receive, send)
        finally:
            served.end_request()
