"""Middleware for the headers of every response, including errors and OPTIONS.

CORS allows scripts of every origin to read the data. The Content Security Policy (level 3) restricts pages to
resources of this server, and blocks inline scripts and styles. `Plangraf-Release` identifies the release, for
citation.
"""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALLOWED = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}
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


class PublicHeaders:
    """ASGI middleware that adds the headers and answers OPTIONS; the outermost one, so that it sees all responses.

    Args:
        app: the application.
        release: the identifier of the release.
    """

    def __init__(self, app: ASGIApp, release: str) -> None:
        self._app = app
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
                message["headers"] = [*own, *(header for header in self._headers if header[0] not in names)]
            await send(message)

        if scope["method"] == "OPTIONS":
            headers = [(name.lower().encode(), value.encode()) for name, value in _ALLOWED.items()]
            headers.append((b"allow", b"GET, HEAD, POST, OPTIONS"))
            await send_with_headers({"type": "http.response.start", "status": 204, "headers": headers})
            await send_with_headers({"type": "http.response.body"})
            return
        await self._app(scope, receive, send_with_headers)
