"""Assembly of the application from resources, error handlers and middleware."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import orjson
import pyoxigraph as ox
from fastapi import FastAPI, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from plangraf.engine.interface import Engine
from plangraf.errors import UriTooLong
from plangraf.http.background import Background, LocalBackground
from plangraf.http.escapes import PlainEscapes
from plangraf.http.handlers import ProblemHandlers
from plangraf.http.headers import PublicHeaders
from plangraf.http.metrics import Metrics
from plangraf.http.older_releases import OlderReleases, ReleaseProxy
from plangraf.http.own_hosts import OwnHosts
from plangraf.http.problems import problem_of
from plangraf.http.proxy import TrustedProxies
from plangraf.http.resource import READING, Resource, ResourceApp
from plangraf.http.services import OlderRelease, Services
from plangraf.http.trailing_slash import TrailingSlash
from plangraf.http.whole_answers import WholeAnswers
from plangraf.languages import N_
from plangraf.release.release import Manifest
from plangraf.release.state import StateFolder
from plangraf.settings import Settings
from plangraf.site.resources import RESOURCES
from plangraf.sparql.examples import ExampleQueryFile
from plangraf.view.problem_page import problem_page

_LONGEST_ADDRESS = 8 * 1024
"""The maximum length of path and query of an address other than the endpoint, in bytes."""
_MOST_PARAMETERS = 200


def make_services(
    engine: Engine,
    manifest: Manifest,
    quads: Path,
    shapes: tuple[ox.Triple, ...],
    examples: tuple[ExampleQueryFile, ...],
    settings: Settings,
    background: Background | None = None,
    metrics: Metrics | None = None,
    older: OlderRelease | None = None,
) -> Services:
    """Return the services of a release, with all resources of the site.

    Args:
        engine: the engine that evaluates queries on the release.
        manifest: the manifest of the release.
        quads: the path of the N-Quads file of the release.
        shapes: the triples of the shapes.
        examples: the example queries.
        settings: the settings of the server.
        background: validates uploads and writes dumps; by default in processes that the services start.
        metrics: the metrics, if they observe the engine.
        older: set if the release is not the current one.
    """
    return Services.of(
        engine,
        manifest,
        quads,
        shapes,
        examples,
        settings,
        RESOURCES,
        background or LocalBackground(settings),
        metrics or Metrics(),
        older,
    )


def assemble_app(services: Services, proxy: ReleaseProxy | None = None) -> ASGIApp:
    """Return the ASGI application for a release, which starts the services and closes them at shutdown.

    Args:
        services: the services of the release.
        proxy: passes requests to older releases; None if the application answers from this one alone.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        try:
            await services.start()
            yield
        finally:
            await services.close()

    # The pages that FastAPI generates from OpenAPI would not show the forms of resources.
    app = FastAPI(title="Plangraf", lifespan=lifespan, openapi_url=None, redirect_slashes=False)
    problems = ProblemHandlers(services, problem_page)
    problems.install(app)
    applications: dict[str, ASGIApp] = {}
    routes: list[Route] = []
    for resource in services.resources:
        if resource.application is not None:
            answering = problems.guard(resource.application(services))
            applications |= dict.fromkeys(resource.paths, answering)
        else:
            answering = ResourceApp(resource, services)
            routes += [Route(path, answering, methods=_supported(resource, services)) for path in resource.paths]
    app.router.routes += [_FixedPaths(routes), *(route for route in routes if "{" in route.path)]
    answering = WholeAnswers(
        PlainEscapes(TrailingSlash(OwnHosts(_Dispatch(app, applications), services.addresses, services.settings))),
        services.settings.answer_size,
    )
    settings = services.settings
    changing = partial(_changing_methods, services)
    if services.older is None:
        answering = OlderReleases(
            answering,
            services.manifest.release,
            None if settings.served is None else StateFolder.around(settings.served),
            services.beyond_release,
            proxy,
            problems,
            changing,
        )
    proxied = TrustedProxies(answering, settings.trusted_proxies, settings.proxy_header)
    return PublicHeaders(proxied, services.manifest.release, changing)


def _supported(resource: Resource[Any], services: Services) -> list[str]:
    """Return the methods of a resource with which the settings of the server agree."""
    return resource.methods if resource.change is None or services.settings.publishing else [*READING]


def _changing_methods(services: Services, path: str) -> Sequence[str]:
    """Return all methods at a path, if a graph can be changed there."""
    for resource in services.resources:
        if resource.change is not None and (
            path in resource.paths or (resource.variable and path.startswith(resource.prefix))
        ):
            return _supported(resource, services)
    return ()


class _FixedPaths(BaseRoute):
    """All routes without a variable part, found by their path at once instead of one after the other."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._routes = {route.path: route for route in routes if "{" not in route.path}

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return the match of the route with the path of the request, if there is one."""
        route = self._routes.get(scope["path"])
        return route.matches(scope) if route is not None else (Match.NONE, {})

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have the route answer; it refuses methods that it does not have."""
        await self._routes[scope["path"]].handle(scope, receive, send)


class _Dispatch:
    """Passes requests to the applications that serve a path of their own, and all others to the router."""

    def __init__(self, router: ASGIApp, applications: Mapping[str, ASGIApp]) -> None:
        self._router = router
        self._applications = applications

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        own = self._applications.get(scope["path"]) if scope["type"] == "http" else None
        if own is None and scope["type"] == "http" and _is_long(scope):
            await _too_long()(scope, receive, send)
        else:
            await (own or self._router)(scope, receive, send)


def _is_long(scope: Scope) -> bool:
    """Return whether an address is longer than any of the site, so that reading it would only delay other clients."""
    query = scope["query_string"]
    return len(scope.get("raw_path") or b"") + len(query) > _LONGEST_ADDRESS or query.count(b"&") > _MOST_PARAMETERS


def _too_long() -> Response:
    problem = problem_of(
        UriTooLong(
            N_("An address may have {limit} bytes and {parameters} parameters here."),
            limit=_LONGEST_ADDRESS,
            parameters=_MOST_PARAMETERS,
            members={"limit": _LONGEST_ADDRESS},
        )
    )
    return Response(
        orjson.dumps(problem.document(), option=orjson.OPT_APPEND_NEWLINE),
        problem.status,
        headers={"Content-Language": "en", "Cache-Control": "no-store"},
        media_type="application/problem+json",
    )
