"""The pages of sources with every outcome in headless Chromium: the shipped data have no source, so no example."""

import pytest
from playwright.sync_api import BrowserContext
from tests.site.browsing import guarded, violations
from tests.site.sources.records import HOSTILE

from plangraf.harvesting.records import source_key


@pytest.mark.parametrize(("language", "scheme"), [("nb", "light"), ("en", "dark")])
def test_pages_of_sources_are_accessible_and_fit(
    browser: BrowserContext, site: str, language: str, scheme: str
) -> None:
    with guarded(browser, site) as page:
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        keys = [source_key(address) for address in (HOSTILE, "https://god.example/")]
        for path in ("/sources?page=3&", *(f"/sources/{key}?" for key in keys)):
            page.goto(f"{site}{path}lang={language}")
            assert violations(page) == []
            for width in (320, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") <= width
