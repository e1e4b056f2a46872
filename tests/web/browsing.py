"""A real browser for tests: how it is started, what it may ask, and what axe finds in a page."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Playwright, Route

_RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],  # what passes is counted and not told: that takes most of the time
}
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch(playwright: Playwright, profile: Path, *, scripts: bool = True) -> BrowserContext:
    """Start Chromium with a profile of its own, with JavaScript or without."""
    executable = shutil.which("chromium")
    assert executable is not None, "the browser tests need Chromium: apt-get install chromium"
    return playwright.chromium.launch_persistent_context(
        profile, executable_path=executable, headless=True, args=_ARGUMENTS, java_script_enabled=scripts
    )


@contextmanager
def guarded(browser: BrowserContext, server: str, *, scripts: bool = True) -> Iterator[Page]:
    """Yield a page that may ask nobody but the server, and that has made no error when it is left.

    Without `scripts` none of the page's own is let through.
    """
    opened = browser.new_page()
    outside: list[str] = []
    errors: list[str] = []

    def guard(route: Route) -> None:
        if route.request.resource_type == "script" and not scripts:
            route.abort()
        elif route.request.url.startswith((server, "data:")):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    opened.route("**/*", guard)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    opened.close()
    assert outside == []
    assert errors == []


def violations(page: Page, *rules: str) -> list[tuple[str, list[str]]]:
    """Return the rules of WCAG 2.1 A and AA, and of `rules` beside them, that are broken, each with the elements."""
    more = {rule: {"enabled": True} for rule in rules}
    found = Axe().run(page, options={**_RULES, "rules": more}).response["violations"]
    return [(violation["id"], [node["html"] for node in violation["nodes"]]) for violation in found]
