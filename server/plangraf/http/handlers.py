"""The handlers of errors: one table from errors to answers."""

import logging

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.types import ASGIApp

from plangraf.errors import MethodRefused, ResourceNotFound, ServerFault
from plangraf.http.problems import ANSWERED, Problem, problem_of, problem_of_status
from plangraf.http.respond import respond_problem
from plangraf.http.services import Site
from plangraf.languages import N_

_log = logging.getLogger(__name__)


def install(app: FastAPI) -> None:
    """Answer every error of `app` as a problem."""
    for error in ANSWERED:
        app.add_exception_handler(error, _answered)
    app.add_exception_handler(HTTPException, _http_exception)
    app.add_exception_handler(Exception, _fault)


def guard(app: ASGIApp, site: Site) -> ASGIApp:
    """Return an ASGI application whose faults are answered as problems, as long as it has answered nothing yet."""

    async def answer(request: Request, error: Exception) -> Response:
        return respond_problem(request, site, problem_of(_logged(request, error)))

    return ServerErrorMiddleware(app, handler=answer)


async def _answered(request: Request, error: Exception) -> Response:
    assert isinstance(error, ANSWERED)  # noqa: S101  # it is registered for these
    return respond_problem(request, request.app.state.site, problem_of(error))


async def _http_exception(request: Request, error: Exception) -> Response:
    """Translate what the router raises by itself."""
    assert isinstance(error, HTTPException)  # noqa: S101  # it is registered for HTTPException
    problem: Problem
    if error.status_code == 404:
        problem = problem_of(ResourceNotFound(N_("There is nothing at {path}."), path=request.url.path))
    elif error.status_code == 405:
        allowed = (error.headers or {}).get("Allow", "")
        problem = problem_of(
            MethodRefused(
                N_("{method} is not a method of {path}."),
                method=request.method,
                path=request.url.path,
                allowed=[method for method in allowed.split(", ") if method],
            )
        )
    else:
        problem = problem_of_status(error.status_code, error.detail, error.headers)
    return respond_problem(request, request.app.state.site, problem)


async def _fault(request: Request, error: Exception) -> Response:
    return respond_problem(request, request.app.state.site, problem_of(_logged(request, error)))


def _logged(request: Request, error: Exception) -> ServerFault:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return ServerFault(N_("The fault is ours and is in the server's log."))
