"""The handlers of errors: one table from errors to answers."""

import logging

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.types import ASGIApp

from plangraf.http.respond import respond_problem
from plangraf.http.services import Site
from plangraf.languages import N_
from plangraf.problems import MethodRefused, Problem, RequestMalformed, ResourceNotFound, ServerFault

_log = logging.getLogger(__name__)


def install(app: FastAPI) -> None:
    """Answer every error of `app` as a problem."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _http_exception)
    app.add_exception_handler(Exception, _fault)


def guard(app: ASGIApp, site: Site) -> ASGIApp:
    """Return an ASGI application whose faults are answered as problems, as long as it has answered nothing yet."""

    async def answer(request: Request, error: Exception) -> Response:
        return respond_problem(request, site, _logged(request, error))

    return ServerErrorMiddleware(app, handler=answer)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101  # it is registered for Problem
    return respond_problem(request, request.app.state.site, error)


async def _http_exception(request: Request, error: Exception) -> Response:
    """Translate what the router raises by itself."""
    assert isinstance(error, HTTPException)  # noqa: S101  # it is registered for HTTPException
    problem: Problem
    if error.status_code == 404:
        problem = ResourceNotFound(N_("There is nothing at {path}."), path=request.url.path)
    elif error.status_code == 405:
        problem = MethodRefused(
            N_("{method} is not a method of {path}."),
            method=request.method,
            path=request.url.path,
            headers=dict(error.headers or {}),
        )
    else:
        problem = RequestMalformed(N_("The request cannot be answered: {cause}."), cause=str(error.detail))
    return respond_problem(request, request.app.state.site, problem)


async def _fault(request: Request, error: Exception) -> Response:
    return respond_problem(request, request.app.state.site, _logged(request, error))


def _logged(request: Request, error: Exception) -> ServerFault:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return ServerFault(N_("The fault is ours and is in the server's log."))
