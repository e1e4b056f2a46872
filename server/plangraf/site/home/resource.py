"""The front page, the page of error messages, and the files that pages need."""

from dataclasses import replace

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from plangraf.http.metrics import Metrics
from plangraf.http.negotiate import page_number, reader
from plangraf.http.problems import PROBLEM_TYPES
from plangraf.http.release_facts import TheHoldings
from plangraf.http.respond import respond_page
from plangraf.http.services import TheSite
from plangraf.linkeddata.catalogue import WHOLE_DATASET
from plangraf.linkeddata.schema_org import for_page
from plangraf.site.about.page import ABOUT_PATH, about_page
from plangraf.site.home.page import home_page
from plangraf.view.page import Page

router = APIRouter()


@router.api_route("/", methods=["GET", "HEAD"])
async def show_home(request: Request, site: TheSite, holdings: TheHoldings) -> Response:
    """Answer with the front page."""
    page = await home_page(site.engine, site.manifest.counts, reader(request), page_number(request))
    structured = for_page(await holdings.outline(), WHOLE_DATASET, reader(request).language)
    return respond_page(request, site, replace(page, structured=structured))


@router.api_route(ABOUT_PATH, methods=["GET", "HEAD"])
async def show_about(request: Request, site: TheSite) -> Response:
    """Answer with the page about this server."""
    return respond_page(request, site, about_page(site.manifest, site.settings, reader(request)))


@router.api_route("/metrics", methods=["GET", "HEAD"])
async def show_metrics(request: Request) -> Response:
    """Answer with what has been counted, in Prometheus's text format."""
    metrics = request.app.state.metrics
    assert isinstance(metrics, Metrics)  # noqa: S101  # assemble_app put it there
    return Response(metrics.text(), media_type=CONTENT_TYPE_LATEST)


@router.api_route("/problems", methods=["GET", "HEAD"])
async def show_problems(request: Request, site: TheSite) -> Response:
    """Answer with the page that the types of problems lead to."""
    title = reader(request).gettext("Error messages")
    return respond_page(request, site, Page("problems/problems.html", title, {"problems": PROBLEM_TYPES}))
