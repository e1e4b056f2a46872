"""The header of all pages in a browser that shows scrollbars, as most do on a desk."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, Playwright
from tests.site.browsing import guarded, launch

PAGES = ("/", "/doc/sdg", "/catalog", "/about", "/compare", "/search?q=klima")
HEADER = "document.querySelector('header').offsetHeight"


@pytest.fixture(scope="module")
def desk(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    with launch(playwright, tmp_path_factory.mktemp("desk"), scrollbars=True) as context:
        yield context


@pytest.fixture
def desk_page(desk: BrowserContext, server: str) -> Iterator[Page]:
    with guarded(desk, server) as opened:
        yield opened


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways_where_the_scrollbar_takes_room(
    desk_page: Page, server: str, path: str, language: str
) -> None:
    for width in (1280, 768, 360, 320):
        desk_page.set_viewport_size({"width": width, "height": 700})
        desk_page.goto(f"{server}{path}{'&' if '?' in path else '?'}lang={language}")
        seen = desk_page.evaluate("document.documentElement.clientWidth")
        assert seen < width  # the scrollbar is there
        assert desk_page.evaluate("document.documentElement.scrollWidth") <= seen, width


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("path", ["/", "/doc/sdg"])
def test_the_header_is_one_row_on_a_desk_and_at_most_120_pixels_high_on_a_phone(
    page: Page, server: str, path: str, language: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{server}{path}?lang={language}")
    parts = "[...document.querySelectorAll('header .frame > *')].map((part) => part.getBoundingClientRect())"
    # Parts in one row overlap in height.
    assert page.evaluate(
        f"(boxes => Math.max(...boxes.map((b) => b.top)) < Math.min(...boxes.map((b) => b.bottom)))({parts})"
    )
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate(HEADER) <= 120


def test_the_menu_has_five_words(server: str) -> None:
    text = httpx.get(server, params={"lang": "nb"}, headers={"Accept": "text/html"}).text
    menu = text.partition('<nav class="menu"')[2].partition("</nav>")[0]
    for path, word in (
        ("/", "Kommuner"),
        ("/doc/sdg", "Bærekraftsmål"),
        ("/compare", "Sammenlign"),
        ("/catalog", "Data"),
        ("/about", "Om"),
    ):
        assert f'<a href="{path}?lang=nb"' in menu
        assert f">{word}</a>" in menu
    assert menu.count("<li>") == 5


def test_the_page_of_the_data_leads_to_every_way_to_them(server: str) -> None:
    text = httpx.get(f"{server}/catalog", params={"lang": "en"}, headers={"Accept": "text/html"}).text
    for path in ("/dumps?lang=en", "/browse?lang=en", "/sparql?lang=en", "/ontology?lang=en", "/openapi.json"):
        assert f'href="{path}"' in text
        assert httpx.get(server + path).status_code == 200
