"""Headers on every answer, errors and OPTIONS too: anyone may read from anywhere (CORS).

What a page loads and asks is on this server, and a script or a style that stands in the page itself does nothing
(Content Security Policy, level 3). Every answer names the release that it was made from, so that it can be cited.
"""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALLOWED = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}
_EVERYWHERE = {
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
    """ASGI middleware; the outermost one, so that no answer leaves without the headers."""

    def __init__(self, app: ASGIApp, release: str) -> None:
        self._app = app
        everywhere = {**_EVERYWHERE, "Plangraf-Release": release}
        self._headers = [(name.lower().encode(), value.encode()) for name, value in everywhere.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to what comes back."""
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
