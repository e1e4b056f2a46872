"""The HTML form of a resource: a page, rendered for one reader."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from plangraf.formats import HTML
from plangraf.http.content import Content
from plangraf.http.link import Link
from plangraf.http.memento import version_links
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form
from plangraf.http.services import Services
from plangraf.http.signposting import page_links
from plangraf.linkeddata.sources import Sources
from plangraf.view.page import Page
from plangraf.view.prefix import with_prefix
from plangraf.view.reader import Reader
from plangraf.view.release_links import with_release_links
from plangraf.view.render import Frame, MenuLink, render

M = TypeVar("M")


def page_form(make: Callable[[M, RecordingRequest, Services], Awaitable[Page]]) -> Form[M]:
    """Return the HTML form whose page `make` returns."""

    async def write(model: M, request: RecordingRequest, services: Services) -> Content:
        page = await make(model, request, services)
        lasting = page.lasting
        if page.metadata.sources is None:
            sources = await services.facts.sources()
            lasting = lasting and sources is not None
            page = replace(page, metadata=replace(page.metadata, sources=sources))
        return replace(page_content(page, request, services), lasting=lasting)

    return Form(HTML, write)


def page_content(page: Page, request: RecordingRequest, services: Services, links: Iterable[Link] = ()) -> Content:
    """Return the content of a rendered page.

    Args:
        page: the page.
        request: the request, which determines the reader's language.
        services: the services of the release.
        links: links for the Link header, in addition to those to the page's data.
    """
    reader, data_path = Reader.of(request), page.metadata.data_path
    own = page_links(page.landing, data_path, page.metadata.sources or Sources()) if data_path else []
    path = f"{request.path}?{page.query}" if page.query else request.path
    html = render(page, reader, path, frame_of(services), request.base)
    if services.older is not None:
        html = with_release_links(html, services.older.release)
    return Content(
        with_prefix(html, request.prefix).encode(),
        media_type=HTML.media_type,
        language=reader.languages,
        links=(*own, *page.links, *links, *(version_links(request, services) if page.landing else ())),
        headers=page.headers,
        status=page.status,
    )


def frame_of(services: Services) -> Frame:
    """Return the frame of every page: the menu, and the operator's links in the footer."""
    settings = services.settings
    entries = [(entry, resource) for resource in services.resources if (entry := resource.menu) is not None]
    return Frame(
        release=services.manifest.release,
        menu=tuple(
            MenuLink(entry.name, entry.path or resource.path)
            for entry, resource in sorted(entries, key=lambda pair: pair[0].place)
        ),
        accessibility=settings.accessibility_url,
        feedback=settings.feedback_url,
        contact=settings.contact_url or (f"mailto:{settings.contact_email}" if settings.contact_email else None),
        older=services.older,
        draft=services.manifest.draft,
        preview=services.preview,
    )
