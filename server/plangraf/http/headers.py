"""Middleware for the headers of every response, including errors and OPTIONS.

CORS allows scripts of every origin to read the data. The Content Security Policy (level 3) restricts pages to
resources of this server, and blocks inline scripts and styles. `Plangraf-Release` identifies the release, for
citation. Scripts of other origins cannot change anything: what changes a graph is answered without CORS.
"""

from collections.abc import Callable, Sequence

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_UNCHANGING = ("GET", "HEAD", "OPTIONS")
UNSHARED = {"Access-Control-Allow-Origin": "", "Access-Control-Expose-Headers": ""}
"""Headers of a response that scripts of other origins must not read: an empty value means that there is none."""
PUBLIC_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "*",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; "
        "style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}
_UNSHARED = {name.lower().encode() for name in UNSHARED}


class PublicHeaders:
    """ASGI middleware that adds the headers and answers OPTIONS; the outermost one, so that it sees all responses.

    Args:
        app: the application.
        release: the identifier of the release.
        methods: returns the methods that change what is at a path, and the others that it supports; empty for a path
            at which nothing can be changed.
    """

    def __init__(self, app: ASGIApp, release: str, methods: Callable[[str], Sequence[str]] = lambda _: ()) -> None:
        self._app = app
        self._methods = methods
        everywhere = {**PUBLIC_HEADERS, "Plangraf-Release": release}
        self._headers = [(name.lower().encode(), value.encode()) for name, value in everywhere.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request to the application, and add each header that its response does not set."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = message["headers"]
                names = {name for name, _ in own}
                own = [(name, value) for name, value in own if value or name not in _UNSHARED]
                message["headers"] = [*own, *(header for header in self._headers if header[0] not in names)]
            await send(message)

        if scope["method"] == "OPTIONS":
            own_methods = self._methods(scope["path"])
            headers = [
                (b"access-control-allow-methods", ", ".join(_UNCHANGING if own_methods else _METHODS).encode()),
                (b"access-control-allow-headers", b"*"),
                (b"access-control-max-age", b"86400"),
                (b"allow", ", ".join((*own_methods, "OPTIONS") if own_methods else _METHODS).encode()),
            ]
            await send_with_headers({"type": "http.response.start", "status": 204, "headers": headers})
            await send_with_headers({"type": "http.response.body"})
            return
        await self._app(scope, receive, send_with_headers)
