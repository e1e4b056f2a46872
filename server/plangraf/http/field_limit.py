"""A limit on the header fields of a request: what reads them runs on the event loop, so their length costs others."""

import orjson
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from plangraf.errors import HeaderFieldsTooLarge
from plangraf.http.problems import problem_of
from plangraf.languages import N_

LARGEST_FIELDS = 32 * 1024
"""Bytes that the names and values of all header fields of a request may have together."""


class FieldLimit:
    """ASGI middleware that answers 431 (RFC 6585, section 5) to requests with too many or too long header fields.

    The problem is in English and in JSON: to choose another form, the fields would have to be read.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or pass it on."""
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
