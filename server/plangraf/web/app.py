"""Assemble the application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from plangraf.pages.render import STATIC
from plangraf.web import endpoint, front, problems, resources, vocabularies
from plangraf.web.headers import PublicHeaders
from plangraf.web.site import Site


def assemble_app(site: Site) -> ASGIApp:
    """Return the application that serves `site`; it closes the engine when it shuts down."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await site.engine.close()

    app = FastAPI(
        title="Plangraf", lifespan=lifespan, openapi_url=None, redirect_slashes=False
    )  # the routes answer in many forms that OpenAPI's generated pages would not show
    app.state.site = site
    for room in (front, endpoint, resources, vocabularies):
        app.include_router(room.router)
    app.mount("/static", StaticFiles(directory=str(STATIC)), name="static")
    problems.install(app)
    return PublicHeaders(app, site.manifest.release)
