"""Middleware for unneeded percent-escapes: it redirects to the path without them.

`/doc/%61` and `/doc/a` are equivalent (RFC 3986, section 6.2.2.2), so the server redirects the first to the second.
Escapes of other characters are part of an IRI and remain unchanged.
"""

import re

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from plangraf.http.request import raw_path

# The escapes of the unreserved characters of RFC 3986, section 2.3: - . 0–9 A–Z _ a–z ~
_UNNEEDED = re.compile(r"%(?:2[DdEe]|3[0-9]|4[1-9A-Fa-f]|5[0-9AaFf]|6[1-9A-Fa-f]|7[0-9AaEe])")


def plain(path: str) -> str:
    """Return a raw path in which the escapes of unreserved characters are decoded, and no others."""
    return _UNNEEDED.sub(lambda escape: chr(int(escape[0][1:], 16)), path)


class PlainEscapes:
    """ASGI middleware that redirects paths with unneeded escapes, with status 308, which preserves the method."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirect a request with unneeded escapes, or pass it to the application."""
        if scope["type"] == "http" and b"%" in (scope.get("raw_path") or b""):
            path = raw_path(scope)
            target = plain(path)
            # Clients resolve a path with two leading slashes to another host, and dot segments to another path.
            if target != path and not target.startswith("//") and {".", ".."}.isdisjoint(target.split("/")):
                query = scope["query_string"].decode("latin-1")
                await RedirectResponse(f"{target}?{query}" if query else target, 308)(scope, receive, send)
                return
        await self._app(scope, receive, send)
