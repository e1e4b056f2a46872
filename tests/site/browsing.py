"""A real browser for tests: how it is started, what it may ask, and what axe finds in a page."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page, Playwright, Request, Route, expect
from tests.servers import PATIENCE

_RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],  # what passes is counted and not told: that takes most of the time
}
_BROKEN = """async (options) => {
  const results = await axe.run(document, options);
  return results.violations.map((violation) => [violation.id, violation.nodes.map((node) => node.html)]);
}"""
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing is fetched from elsewhere
]
_PATIENCE = PATIENCE * 1000  # playwright counts in milliseconds
expect.set_options(timeout=_PATIENCE)


def launch(
    playwright: Playwright, profile: Path, *, scripts: bool = True, scrollbars: bool = False
) -> BrowserContext:
    """Start Chromium with a profile of its own, with or without JavaScript and scrollbars that take room."""
    executable = shutil.which("chromium")
    assert executable is not None, "the browser tests need Chromium: apt-get install chromium"
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=executable,
        headless=True,
        args=_ARGUMENTS,
        ignore_default_args=["--hide-scrollbars"] if scrollbars else None,
        java_script_enabled=scripts,
        timeout=_PATIENCE,
    )
    context.set_default_timeout(_PATIENCE)
    return context


@contextmanager
def guarded(browser: BrowserContext, server: str, *, scripts: bool = True) -> Iterator[Page]:
    """Yield a page that may ask nobody but the server, and that has made no error when it is left.

    Without `scripts` none of the page's own is let through.
    """
    opened = browser.new_page()
    outside: list[str] = []
    errors: list[str] = []

    def watch(request: Request) -> None:
        if not request.url.startswith((server, "data:")):
            outside.append(request.url)

    def drop_scripts(route: Route) -> None:
        if route.request.resource_type == "script":
            route.abort()
        else:
            route.continue_()

    opened.on("request", watch)
    if not scripts:
        opened.route("**/*", drop_scripts)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    opened.close()
    assert outside == []
    assert errors == []


def violations(page: Page, *rules: str) -> list[tuple[str, list[str]]]:
    """Return the rules of WCAG 2.1 A and AA, and of `rules` beside them, that are broken, each with the elements.

    Only what is broken leaves the browser: of a long page all that axe knows takes seconds to bring over.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {**_RULES, "rules": {rule: {"enabled": True} for rule in rules}}
    found = page.evaluate(_BROKEN, options)
    return [(rule, list(elements)) for rule, elements in found]
