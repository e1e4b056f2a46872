"""Running headers, footers and page numbers, which are no part of the text."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from plangraf.drafting.lines import PdfPage, TextLine

_ZONE = 0.09
"""The part of the height of a page, at its top and at its bottom, where they stand."""
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[–—|·\s-]*(?:side|page|s\.)?\s*\d{1,4}(?:\s*(?:av|of|/)\s*\d{1,4})?[–—|·\s-]*", re.IGNORECASE
)
_NEAR = 6
"""How far, in points, the same line may stand on another page."""
_TWICE = 2


def without_running_lines(pages: Sequence[PdfPage]) -> list[PdfPage]:
    """Return the pages without running headers and footers.

    These are page numbers, and lines near the upper or the lower edge that stand at the same height, and read the
    same but for numbers, on at least two pages.
    """
    seen = Counter(
        key for page in pages for key in {_key(page, line) for line in page.lines if _is_outer(page, line)}
    )
    return [replace(page, lines=[line for line in page.lines if not _is_running(page, line, seen)]) for page in pages]


def _is_running(page: PdfPage, line: TextLine, seen: Counter[tuple[str, int]]) -> bool:
    if not _is_outer(page, line):
        return False
    if _PAGE_NUMBER.fullmatch(line.text):
        return True
    text, place = _key(page, line)
    return sum(seen[text, near] for near in (place - 1, place, place + 1)) >= _TWICE


def _key(page: PdfPage, line: TextLine) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round((line.base - page.box.bottom) / _NEAR)


def _is_outer(page: PdfPage, line: TextLine) -> bool:
    edge = _ZONE * page.box.height
    return line.box.bottom > page.box.top - edge or line.box.top < page.box.bottom + edge
