"""Sitemaps (sitemaps.org) with all pages, in all languages of the interface."""

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from plangraf.languages import INTERFACE_LANGUAGES

LIMIT = 50_000
"""The maximum number of URLs in a sitemap."""
PATHS = LIMIT // len(INTERFACE_LANGUAGES)
"""The maximum number of pages in a sitemap, each in every language of the interface."""
_HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(base: str, paths: Iterable[str], modified: datetime | None = None) -> bytes:
    """Return a sitemap of the pages at `paths`: each in each language of the interface, with links to the others.

    Args:
        base: the address of the server, without a trailing slash.
        paths: the pages' paths, without a query.
        modified: the time at which the release was built, from which all pages are; None if it is not known.
    """
    content = io.BytesIO()  # a sitemap may have 25 MB, of which joined strings would need several copies
    content.write(f'{_HEADER}<urlset {_NAMESPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'.encode())
    content.writelines(entry.encode() for entry in _entries(base, paths, modified))
    content.write(b"</urlset>\n")
    return content.getvalue()


def _entries(base: str, paths: Iterable[str], modified: datetime | None) -> Iterator[str]:
    time = f"<lastmod>{modified.isoformat(timespec='seconds')}</lastmod>" if modified else ""
    for path in paths:
        address = escape(base + path, {'"': "&quot;"})
        named = [(language, f"{address}?lang={language}") for language in INTERFACE_LANGUAGES]
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{href}"/>'
            for language, href in (*named, ("x-default", address))
        )
        for _, href in named:
            yield f"<url><loc>{href}</loc>{time}{links}</url>\n"


def sitemap_index(base: str, pages: int, modified: datetime | None = None) -> str:
    """Return the sitemap index for `pages` pages of a release built at `modified`."""
    time = f"<lastmod>{modified.isoformat(timespec='seconds')}</lastmod>" if modified else ""
    numbers = range(1, -(-pages // PATHS) + 1)
    maps = "".join(f"<sitemap><loc>{base}/sitemap/{number}.xml</loc>{time}</sitemap>\n" for number in numbers)
    return f"{_HEADER}<sitemapindex {_NAMESPACE}>\n{maps}</sitemapindex>\n"
