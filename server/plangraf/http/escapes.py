"""Percent-escapes of characters that need none: their addresses are redirected to the plain ones.

`/doc/%61` and `/doc/a` are the same address (RFC 3986, section 6.2.2.2), so only one of them is answered. An escape
of any other character is part of an IRI and stays as it is.
"""

import re

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from plangraf.http.request import raw_path

# The escapes of the unreserved characters of RFC 3986, section 2.3: - . 0–9 A–Z _ a–z ~
_UNNEEDED = re.compile(r"%(?:2[DdEe]|3[0-9]|4[1-9A-Fa-f]|5[0-9AaFf]|6[1-9A-Fa-f]|7[0-9AaEe])")


def plain(path: str) -> str:
    """Return a path without the escapes of unreserved characters."""
    return _UNNEEDED.sub(lambda escape: chr(int(escape[0][1:], 16)), path)


class PlainEscapes:
    """ASGI middleware that redirects paths with unneeded escapes, with 308 so that a POST stays one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirect a request, or pass it on."""
        if scope["type"] == "http" and b"%" in (scope.get("raw_path") or b""):
            path = raw_path(scope)
            target = plain(path)
            # A path that begins with two slashes would name another host, and one with dot segments another path.
            if target != path and not target.startswith("//") and {".", ".."}.isdisjoint(target.split("/")):
                query = scope["query_string"].decode("latin-1")
                await RedirectResponse(f"{target}?{query}" if query else target, 308)(scope, receive, send)
                return
        await self._app(scope, receive, send)
