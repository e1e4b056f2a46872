"""Sitemaps (sitemaps.org): where all pages are, in both languages."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from plangraf.languages import INTERFACE_LANGUAGES

LIMIT = 50_000
"""How many addresses a sitemap may hold."""
PATHS = LIMIT // len(INTERFACE_LANGUAGES)
"""How many pages a sitemap may hold, each in each language of the interface."""
_HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


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


def sitemap_index(base: str, pages: int) -> str:
    """Return an index of the sitemaps that `pages` pages take."""
    numbers = range(1, -(-pages // PATHS) + 1)
    maps = "".join(f"<sitemap><loc>{base}/sitemap/{number}.xml</loc></sitemap>\n" for number in numbers)
    return f"{_HEADER}<sitemapindex {_NAMESPACE}>\n{maps}</sitemapindex>\n"
