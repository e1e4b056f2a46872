"""Turn pages, documents and problems into responses."""

import re
from collections.abc import Iterable

import orjson
import pyoxigraph as ox
from anyio import to_thread
from fastapi import Request, Response

from plangraf.formats import HTML, content_type
from plangraf.http.negotiate import VARY, prefers_page, program_language, reader
from plangraf.http.problems import Problem
from plangraf.http.services import Site
from plangraf.http.signposting import Link, data_links, header, page_links
from plangraf.negotiation import Choice
from plangraf.rdf.serialization import serialize
from plangraf.search.criteria import LONGEST
from plangraf.view.page import Page
from plangraf.view.render import Footer, render


def respond_page(
    request: Request,
    site: Site,
    page: Page,
    *,
    data_path: str | None = None,
    status: int = 200,
) -> Response:
    """Return a rendered page, with links to its other forms."""
    path = f"{request.url.path}?{page.query}" if page.query else request.url.path
    settings = site.settings
    contact = settings.contact_url or (f"mailto:{settings.contact_email}" if settings.contact_email else None)
    footer = Footer(site.manifest.release, settings.accessibility_url, settings.feedback_url, contact)
    html = render(page, reader(request), path, data_path, footer)
    return Response(
        html,
        status,
        headers={
            **VARY,
            "Content-Language": reader(request).languages,
            **_linked(page_links(page, data_path) if data_path else []),
        },
        media_type=content_type(HTML.media_type),
    )


async def respond_data(
    triples: Iterable[ox.Triple], choice: Choice, *, data_path: str | None, negotiated: bool
) -> Response:
    """Return serialized triples, with links to the other forms where they have addresses."""
    body = await to_thread.run_sync(serialize, triples, choice.format)
    headers = {**(VARY if negotiated else {}), **_linked(data_links(data_path) if data_path else [])}
    return Response(body, headers=headers, media_type=content_type(choice.media_type))


def respond_problem(request: Request, site: Site, problem: Problem) -> Response:
    """Return an error: as a page to those who ask for pages, as problem details (RFC 9457) to all others.

    Title and detail come in the language that is asked for (RFC 9457, section 3.1); a program that asks for none
    gets English.
    """
    if prefers_page(request):
        view = reader(request)
        page = Page(
            "problem.html", view.gettext(problem.title), {"problem": problem, "words": _words(request, problem)}
        )
        response = respond_page(request, site, page, status=problem.status)
        response.headers.update(problem.headers)
        return response
    language = program_language(request)
    return Response(
        orjson.dumps(problem.document(language), option=orjson.OPT_APPEND_NEWLINE),
        problem.status,
        headers={**VARY, "Content-Language": language, **problem.headers},
        media_type="application/problem+json",
    )


def _words(request: Request, problem: Problem) -> str:
    """Return what somebody who came to an address that is not there may have looked for: the end of its path."""
    if problem.status != 404:
        return ""
    segments = [segment for segment in request.url.path.split("/") if any(map(str.isalpha, segment))]
    return re.sub(r"[\W_]+", " ", segments[-1]).strip()[:LONGEST] if segments else ""


def _linked(links: list[Link]) -> dict[str, str]:
    return {"Link": header(links)} if links else {}
