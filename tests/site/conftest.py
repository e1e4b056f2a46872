"""The browser of the tests, and a page in it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright
from tests.site.browsing import guarded, launch
from tests.site.eksempelvik import build

from plangraf.release.release import Release


@pytest.fixture(scope="session")
def eksempelvik(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Return a release of an invented plan with everything that pages show."""
    return build(tmp_path_factory.mktemp("eksempelvik"))


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    with launch(playwright, tmp_path_factory.mktemp("profile")) as context:
        yield context


@pytest.fixture
def page(browser: BrowserContext, server: str) -> Iterator[Page]:
    with guarded(browser, server) as opened:
        yield opened


@pytest.fixture
def plain_page(browser: BrowserContext, server: str) -> Iterator[Page]:
    """Yield a page whose scripts do not come, as where they are turned off; axe, which is one, still runs."""
    with guarded(browser, server, scripts=False) as opened:
        yield opened
