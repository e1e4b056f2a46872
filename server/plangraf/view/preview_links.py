"""The addresses in a page of a preview: those of the preview's own pages lead to them, all others to the server."""

import html
import re
from collections.abc import Mapping

# Values in a page have their quotation marks escaped, so this matches attributes alone.
_LINK = re.compile(r'( href=")(/doc[/?][^"]*)(?=")')
_LANGUAGE = re.compile(r"([?&])lang=(\w+)(&|$)")


def with_preview_links(page: str, addresses: Mapping[str, str]) -> str:
    """Return a page of a preview whose links to the other pages of the preview lead to those.

    Args:
        page: the HTML of the page.
        addresses: the paths of the pages of the preview, by the paths of the documents that they are about.
    """

    def moved(match: re.Match[str]) -> str:
        path, mark, fragment = html.unescape(match[2]).partition("#")
        language = _LANGUAGE.search(path)
        stem = path
        if language is not None:
            stem = path[: language.start()] + (f"{language[1]}{path[language.end() :]}" if language[3] else "")
        address = addresses.get(stem)
        if address is None:
            return match[0]
        asked = f"?lang={language[2]}" if language is not None else ""
        return match[1] + html.escape(f"{address}{asked}{mark}{fragment}")

    return _LINK.sub(moved, page)
