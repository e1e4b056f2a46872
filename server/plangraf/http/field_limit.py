"""The limit on request header fields, which are parsed on the event loop, so long fields delay other clients."""

import orjson
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from plangraf.errors import HeaderFieldsTooLarge
from plangraf.http.problems import problem_of
from plangraf.languages import N_

LARGEST_FIELDS = 32 * 1024
"""The maximum total length of the names and values of a request's header fields, in bytes."""


class FieldLimit:
    """ASGI middleware that answers requests over the limit with status 431 (RFC 6585, section 5).

    The problem document is always JSON in English, because negotiation would have to parse the fields.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request over the limit with 431, or pass it to the application."""
        if (
            scope["type"] != "http"
            or sum(len(name) + len(value) for name, value in scope["headers"]) <= LARGEST_FIELDS
        ):
            await self._app(scope, receive, send)
            return
        problem = problem_of(
            HeaderFieldsTooLarge(
                N_("The header fields of a request may have {limit} bytes together."),
                limit=LARGEST_FIELDS,
                members={"limit": LARGEST_FIELDS},
            )
        )
        response = Response(
            orjson.dumps(problem.document(), option=orjson.OPT_APPEND_NEWLINE),
            problem.status,
            headers={"Content-Language": "en", "Cache-Control": "no-store"},
            media_type="application/problem+json",
        )
        await response(scope, receive, send)
