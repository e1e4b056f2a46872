"""For search engines: what not to follow, and where all pages are, in both languages."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from anyio import to_thread
from fastapi import APIRouter, Request, Response

from plangraf.errors import ResourceNotFound
from plangraf.formats import content_type
from plangraf.http.release_facts import TheHoldings
from plangraf.languages import INTERFACE_LANGUAGES, N_

router = APIRouter()

_METHODS = ["GET", "HEAD"]
LIMIT = 50_000
"""How many addresses a sitemap may hold (sitemaps.org)."""
_PATHS = LIMIT // len(INTERFACE_LANGUAGES)
_XML = "application/xml"
_HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@router.api_route("/robots.txt", methods=_METHODS)
async def show_robots(request: Request) -> Response:
    """Answer with what robots are asked for (RFC 9309): queries are for people and programs that ask them."""
    refused = "".join(f"Disallow: {path}\n" for path in ("/sparql?", "/search?", "/metrics"))
    text = f"User-agent: *\n{refused}\nSitemap: {_base(request)}/sitemap.xml\n"
    return Response(text, media_type=content_type("text/plain"))


@router.api_route("/sitemap.xml", methods=_METHODS)
async def show_sitemap(request: Request, holdings: TheHoldings) -> Response:
    """Answer with all pages, or, when they are too many for one sitemap, with an index of sitemaps."""
    paths, base = await holdings.pages(), _base(request)
    if len(paths) <= _PATHS:
        return Response(await to_thread.run_sync(urlset, base, paths), media_type=_XML)
    numbers = range(1, -(-len(paths) // _PATHS) + 1)
    maps = "".join(f"<sitemap><loc>{base}/sitemap/{number}.xml</loc></sitemap>\n" for number in numbers)
    return Response(f"{_HEADER}<sitemapindex {_NAMESPACE}>\n{maps}</sitemapindex>\n", media_type=_XML)


@router.api_route("/sitemap/{number}.xml", methods=_METHODS)
async def show_part(request: Request, holdings: TheHoldings, number: str) -> Response:
    """Answer with one of the sitemaps of the index."""
    paths = await holdings.pages()
    first = (int(number) - 1) * _PATHS if number.isdecimal() and len(number) < 10 else -1
    if not 0 <= first < len(paths):
        raise ResourceNotFound(
            N_("There is no sitemap {number}; /sitemap.xml lists those that there are."), number=number
        )
    part = paths[first : first + _PATHS]
    return Response(await to_thread.run_sync(urlset, _base(request), part), media_type=_XML)


def urlset(base: str, paths: Iterable[str]) -> str:
    """Return a sitemap of the pages at `paths`: each in each language of the interface, with links to the others.

    Pages with names in nynorsk are left out: most of what they say is word for word that of the page in bokmål, and
    a search engine that meets the same text twice keeps one of the two, not always the better.

    Args:
        base: the address of the server, without a slash at its end.
        paths: the pages' paths, without a query.
    """
    body = "".join(_entries(base, paths))
    return f'{_HEADER}<urlset {_NAMESPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{body}</urlset>\n'


def _entries(base: str, paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        address = escape(base + path, {'"': "&quot;"})
        named = [(language, f"{address}?lang={language}") for language in INTERFACE_LANGUAGES]
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{href}"/>'
            for language, href in (*named, ("x-default", address))
        )
        for _, href in named:
            yield f"<url><loc>{href}</loc>{links}</url>\n"


def _base(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}"
