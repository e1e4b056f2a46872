"""Middleware for a trailing slash: it redirects an address that names nothing to the one without the slash."""

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from plangraf.http.request import raw_path


class TrailingSlash:
    """ASGI middleware that answers 308 instead of 404 if the address without its trailing slashes answers.

    IRIs that end in a slash keep working, because the address with the slash is tried first.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request to the application, and hold back its answer while that may be replaced by a redirect."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or not _ends_in_slash(scope):
            await self._app(scope, receive, send)
            return
        held: list[Message] = []

        async def hold(message: Message) -> None:
            if held or (message["type"] == "http.response.start" and message["status"] == 404):
                held.append(message)
            else:
                await send(message)

        await self._app(scope, receive, hold)
        if not held:
            return
        target = raw_path(scope).rstrip("/")
        if await self._answers(scope, receive, target):
            query = scope["query_string"].decode("latin-1")
            await RedirectResponse(f"{target}?{query}" if query else target, 308)(scope, receive, send)
            return
        for message in held:
            await send(message)

    async def _answers(self, scope: Scope, receive: Receive, target: str) -> bool:
        """Return whether a request with another path is not answered with an error."""
        statuses = []

        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        path = scope["path"].rstrip("/")
        await self._app({**scope, "method": "HEAD", "path": path, "raw_path": target.encode()}, receive, note)
        return bool(statuses) and statuses[0] < 400


def _ends_in_slash(scope: Scope) -> bool:
    # A client would take a target that begins with two slashes for one on another host.
    path = raw_path(scope)
    return path.endswith("/") and path.rstrip("/") != "" and not path.startswith("//")
