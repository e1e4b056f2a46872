"""The addresses in a page of an older release, which lead to pages of the same release."""

import html
import re

from plangraf.linkeddata.addresses import with_release

# Values in a page have their quotation marks escaped, so these match attributes alone.
_LINK = re.compile(r'( href=")(/(?!/|static/|timegate/|timemap/|changes)[^"]*)(?=")')
_FORM = re.compile(r'<form [^>]*action="/[^>]*>')


def with_release_links(page: str, release: str) -> str:
    """Return a page whose links and forms ask for a release.

    Args:
        page: the HTML of the page.
        release: the name of the release.
    """
    linked = _LINK.sub(lambda m: m[1] + html.escape(with_release(html.unescape(m[2]), release)), page)
    field = f'<input type="hidden" name="release" value="{html.escape(release)}">'
    return _FORM.sub(lambda match: match[0] + field, linked)
