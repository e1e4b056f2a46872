"""Sitemaps (sitemaps.org) with all pages, in both languages of the interface."""

import io
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from plangraf.languages import INTERFACE_LANGUAGES

LIMIT = 50_000
"""The maximum number of URLs in a sitemap."""
PATHS = LIMIT // len(INTERFACE_LANGUAGES)
"""The maximum number of pages in a sitemap, each in every language of the interface."""
_HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(base: str, paths: Iterable[str]) -> bytes:
    """Return a sitemap of the pages at `paths`: each in each language of the interface, with links to the others.

    Pages with labels in nynorsk are left out, because most of their text is that of the page in bokmål, and a search
    engine that finds the same text twice drops one page, not always the right one.

    Args:
        base: the address of the server, without a trailing slash.
        paths: the pages' paths, without a query.
    """
    content = io.BytesIO()  # a sitemap may have 25 MB, of which joined strings would need several copies
    content.write(f'{_HEADER}<urlset {_NAMESPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'.encode())
    content.writelines(entry.encode() for entry in _entries(base, paths))
    content.write(b"</urlset>\n")
    return content.getvalue()


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
    """Return the sitemap index for `pages` pages."""
    numbers = range(1, -(-pages // PATHS) + 1)
    maps = "".join(f"<sitemap><loc>{base}/sitemap/{number}.xml</loc></sitemap>\n" for number in numbers)
    return f"{_HEADER}<sitemapindex {_NAMESPACE}>\n{maps}</sitemapindex>\n"
