"""Exception handlers: they answer every error with a problem document (RFC 9457), or with a page in a browser."""

import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

import orjson
from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.types import ASGIApp

from plangraf.errors import ResourceNotFound, ServerFault
from plangraf.formats import content_type
from plangraf.http.content import Content
from plangraf.http.method import method_refused
from plangraf.http.metrics import count_fault
from plangraf.http.negotiate import prefers_page
from plangraf.http.problems import ANSWERED, Problem, problem_of, problem_of_status
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.linkeddata.description import gone

_log = logging.getLogger(__name__)
_HEADERS = {"Vary": "Accept, Accept-Language", "Cache-Control": "no-store"}


class ProblemPage(Protocol):
    """A function that renders a problem as a page."""

    def __call__(self, problem: Problem, request: RecordingRequest, services: Services) -> Content:
        """Return the page in the language of `request`."""


class ProblemHandlers:
    """The exception handlers of an application.

    Args:
        services: the services of the release, which `page` needs.
        page: renders a problem as a page.
    """

    def __init__(self, services: Services, page: ProblemPage) -> None:
        self._services = services
        self._page = page

    def install(self, app: FastAPI) -> None:
        """Register the handlers with `app`; an unexpected exception is logged and answered with status 500."""
        for error in ANSWERED:
            app.add_exception_handler(error, self._handler(self._answered))
        app.add_exception_handler(HTTPException, self._handler(_http_exception))
        app.add_exception_handler(Exception, self._handler(_fault))

    def guard(self, app: ASGIApp) -> ASGIApp:
        """Return `app` in a middleware that answers unexpected exceptions, if the response has not started yet."""
        return ServerErrorMiddleware(app, handler=self._handler(_fault))

    def respond(self, request: Request, problem: Problem) -> Response:
        """Return the response for a problem: a page if the client prefers HTML, else a problem document.

        The title and the detail are in the language that the client prefers (RFC 9457, section 3.1). In a problem
        document, the default is English.
        """
        asked = RecordingRequest(request.scope, lenient=True)
        if prefers_page(asked):
            content = self._page(problem, asked, self._services)
            headers = {**_HEADERS, "Content-Language": content.language or "", **problem.headers}
            return Response(content.body, problem.status, headers, content_type(content.media_type or ""))
        language = asked.program_language()
        return Response(
            orjson.dumps(problem.document(language), option=orjson.OPT_APPEND_NEWLINE),
            problem.status,
            headers={**_HEADERS, "Content-Language": language, **problem.headers},
            media_type="application/problem+json",
        )

    def _answered(self, _: Request, error: Exception) -> Problem:
        """Return the problem for an error; an IRI that has been published is gone, if it is not found."""
        assert isinstance(error, ANSWERED)  # noqa: S101  # it is registered for these
        if isinstance(error, ResourceNotFound) and error.members.get("iri") in self._services.ledger:
            return problem_of(gone(str(error.members["iri"])))
        return problem_of(error)

    def _handler(
        self, problem_for: Callable[[Request, Exception], Problem]
    ) -> Callable[[Request, Exception], Awaitable[Response]]:
        async def handle(request: Request, error: Exception) -> Response:
            return self.respond(request, problem_for(request, error))

        return handle


def _http_exception(request: Request, error: Exception) -> Problem:
    """Return the problem for an exception of the router or of Starlette."""
    assert isinstance(error, HTTPException)  # noqa: S101  # it is registered for HTTPException
    if error.status_code == 404:
        return problem_of(ResourceNotFound(N_("There is nothing at {path}."), path=request.url.path))
    if error.status_code == 405:
        allowed = (error.headers or {}).get("Allow", "")
        return problem_of(method_refused(request.scope, sorted(filter(None, allowed.split(", ")))))
    return problem_of_status(error.status_code, error.detail, error.headers)


def _fault(request: Request, error: Exception) -> Problem:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    count_fault()
    return problem_of(ServerFault(N_("The fault is ours and is in the server's log.")))
