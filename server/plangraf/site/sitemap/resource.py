"""The addresses for search engines: `robots.txt` and the sitemaps."""

from anyio import to_thread

from plangraf.errors import ResourceNotFound
from plangraf.formats import SITEMAP, TEXT
from plangraf.http.content import Content
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource, no_model
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.linkeddata.quad_pattern import POSITIONS
from plangraf.linkeddata.void import FRAGMENTS_PATH
from plangraf.site.sitemap.urlset import PATHS, sitemap_index, urlset

_PATTERNS = tuple(f"{FRAGMENTS_PATH}*?*{name}=" for name in (*POSITIONS, "page"))
"""The addresses of fragments, of which there are more than any crawler can visit."""


async def other_paths(services: Services) -> tuple[str, ...]:
    """Return the paths for the sitemaps that the index file does not list: fixed ones, then others, each sorted."""

    async def read() -> tuple[str, ...]:
        fixed, variable = set[str](), set[str]()
        for resource in services.resources:
            if not resource.has_page or resource.sitemap.unlisted or resource.sitemap.indexed:
                continue
            if resource.sitemap.paths is not None:
                variable.update(await resource.sitemap.paths(services))
            elif not resource.variable:
                fixed.add(resource.path)
        return (*sorted(fixed), *sorted(variable - fixed))

    return await services.facts.once("sitemap", read)


async def _count(services: Services) -> int:
    return len(await other_paths(services)) + await services.reports.document_count()


async def _some(services: Services, first: int) -> tuple[str, ...]:
    """Return as many paths as fit into a sitemap, from the one with the index `first` of all."""
    others = await other_paths(services)
    some = others[first : first + PATHS]
    return (*some, *await services.reports.document_paths(max(0, first - len(others)), PATHS - len(some)))


async def _robots(_: None, request: RecordingRequest, __: Services) -> Content:
    """Return the rules for crawlers (RFC 9309): no queries, searches and metrics, but every listed page."""
    refused = "".join(
        f"Disallow: {request.prefix}{path}\n"
        for path in ("/sparql?query=", "/sparql?*&query=", "/search?", "/metrics", *_PATTERNS)
    )
    return Content(f"User-agent: *\n{refused}\nSitemap: {request.base}/sitemap.xml\n".encode())


async def _all(_: RecordingRequest, services: Services) -> int:
    return await _count(services)


async def _sitemap(total: int, request: RecordingRequest, services: Services) -> Content:
    """Return the sitemap of all pages, or the index of sitemaps if one sitemap cannot list them all."""
    if total > PATHS:
        return Content(sitemap_index(request.base, total, services.manifest.built).encode())
    return await _urlset(await _some(services, 0), request, services)


async def _part(request: RecordingRequest, services: Services) -> tuple[str, ...]:
    """Return the paths of the pages in one of the sitemaps of the index.

    Raises:
        ResourceNotFound: there is no such sitemap.
    """
    number = request.path.rpartition("/")[2].removesuffix(".xml")
    first = (int(number) - 1) * PATHS if number.isdecimal() and len(number) < 10 else -1
    if not 0 <= first < await _count(services):
        raise ResourceNotFound(
            N_("There is no sitemap {number}; /sitemap.xml lists those that there are."), number=number
        )
    return await _some(services, first)


async def _urlset(paths: tuple[str, ...], request: RecordingRequest, services: Services) -> Content:
    return Content(await to_thread.run_sync(urlset, request.base, paths, services.manifest.built))


RESOURCES = (
    Resource(
        path="/robots.txt",
        summary="the rules for crawlers",
        model=no_model,
        forms=(Form(TEXT, _robots),),
    ),
    Resource(
        path="/sitemap.xml",
        summary="all pages in both languages, or a sitemap index if there are more than 50,000",
        model=_all,
        forms=(Form(SITEMAP, _sitemap),),
        ready=Services.index_opened,
    ),
    Resource(
        path="/sitemap/{number}.xml",
        summary="a sitemap of the index",
        model=_part,
        forms=(Form(SITEMAP, _urlset),),
        ready=Services.index_opened,
    ),
)
