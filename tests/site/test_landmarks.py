"""Landmarks: those who move from one to the next by a screen reader tell them apart by their names."""

import re
from collections import Counter

import httpx
import pytest
from tests.site.addresses import PAGE_EXAMPLES

_LANDMARK = re.compile(r'<(section|nav|div)\b[^>]*\b(aria-label|aria-labelledby)="([^"]+)"')


def landmarks(page: str) -> list[tuple[str, str]]:
    """Return the kinds and the names of the landmarks of a page: regions and navigation."""
    return [
        ("navigation" if kind == "nav" else "region", name if by == "aria-label" else text_of(page, name))
        for kind, by, name in _LANDMARK.findall(page)
    ]


def text_of(page: str, identifiers: str) -> str:
    """Return the texts of the elements that name a landmark."""
    patterns = [rf'id="{re.escape(one)}"[^>]*>(.*?)</(?:h[1-6]|p)>' for one in identifiers.split()]
    found = [re.search(pattern, page, re.DOTALL) for pattern in patterns]
    return " ".join(re.sub("<[^>]+>", "", match[1]).strip() for match in found if match)


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("kind", PAGE_EXAMPLES)
def test_landmarks_of_a_page_have_names_of_their_own(server: str, kind: str, language: str) -> None:
    path = PAGE_EXAMPLES[kind].path
    separator = "&" if "?" in path else "?"
    page = httpx.get(f"{server}{path}{separator}lang={language}", headers={"Accept": "text/html"}).text
    found = Counter(landmarks(page))
    assert found
    assert [mark for mark, count in found.items() if count > 1] == []
    assert all(name for _, name in found)
