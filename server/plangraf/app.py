"""Assemble the application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from plangraf.engine.cache import AnswerCache
from plangraf.http import handlers
from plangraf.http.cache import PageCache
from plangraf.http.headers import PublicHeaders
from plangraf.http.metrics import Metrics
from plangraf.http.release_facts import Holdings
from plangraf.http.services import Site
from plangraf.http.static import Static
from plangraf.linkeddata.quality import Measured
from plangraf.search.searching import Searching
from plangraf.site.browse import resource as browse
from plangraf.site.catalogue import resource as catalogue
from plangraf.site.cite import resource as cite
from plangraf.site.compare import resource as compare
from plangraf.site.document import resource as document
from plangraf.site.dumps import resource as dumps
from plangraf.site.home import resource as home
from plangraf.site.linkset import resource as linkset
from plangraf.site.ontology import resource as ontology
from plangraf.site.quality import resource as quality
from plangraf.site.search import resource as search
from plangraf.site.sitemap import resource as sitemap
from plangraf.site.sparql.endpoint import PATHS, Endpoint
from plangraf.site.validate import resource as validate
from plangraf.site.void import resource as void
from plangraf.validation.service import ValidationService

ROUTERS = (
    home.router,
    document.router,
    ontology.router,
    void.router,
    validate.router,
    catalogue.router,
    cite.router,
    dumps.router,
    linkset.router,
    sitemap.router,
    quality.router,
    search.router,
    compare.router,
    browse.router,
)

_HEAD_START = 1.0
"""Seconds in which the first visitors are answered before the index of the search is made beside them."""


def assemble_app(site: Site) -> ASGIApp:
    """Return the application that serves `site`; it starts the engine, and ends it when it shuts down."""
    checking = ValidationService(site.settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await site.engine.start()
        searching.prepare(_HEAD_START)
        try:
            yield
        finally:
            await checking.close()
            await holdings.close()
            await searching.close()
            await site.engine.close()

    app = FastAPI(
        title="Plangraf", lifespan=lifespan, openapi_url=None, redirect_slashes=False
    )  # the routes answer in many forms that OpenAPI's generated pages would not show
    app.state.site = site
    holdings = Holdings(site)
    app.state.holdings = holdings
    cache = AnswerCache(site.settings.cache_size, site.manifest.release)
    metrics = Metrics(site.engine, cache)
    app.state.metrics = metrics
    app.state.checking = checking
    searching = Searching(site.engine)
    app.state.searching = searching
    app.state.measured = Measured(site.engine)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", Static(), name="static")
    handlers.install(app)
    pages = PageCache(app, site.settings.page_cache_size)
    return PublicHeaders(_Below(pages, handlers.guard(Endpoint(site, cache, metrics), site)), site.manifest.release)


class _Below:
    """Answers the endpoint's paths below the router, and leaves all others to the application."""

    def __init__(self, app: ASGIApp, endpoint: ASGIApp) -> None:
        self._app = app
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        below = scope["type"] == "http" and scope["path"] in PATHS
        await (self._endpoint if below else self._app)(scope, receive, send)
