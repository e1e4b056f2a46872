"""Each kind of page in headless Chromium, with axe."""

import re

import pytest
from playwright.sync_api import Page
from tests.site.addresses import PAGE_EXAMPLES
from tests.site.browsing import violations

PLAN = "/doc/trondheim/samfunnsplan-2020-2032"
PAGES = {
    **{name: example.path for name, example in PAGE_EXAMPLES.items()},
    "not found": "/doc/nothing",
}
SCRIPTED = tuple(name for name, example in PAGE_EXAMPLES.items() if example.scripted)
"""What has a script of its own; all other kinds have only that of the search in the header."""
VIEWS = (
    (("nb", "light", 320), ("en", "dark", 1280)),
    (("nn", "dark", 320), ("nn", "light", 1280)),
)
"""The languages, schemes and widths in which axe looks at a page: one pair for every other kind, as axe is slow."""
SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shifts += entry.value; }))
  .observe({type: "layout-shift", buffered: true});
"""
FOCUSED = """() => {
  const seen = document.activeElement, style = getComputedStyle(seen), box = seen.getBoundingClientRect();
  return {
    place: Array.from(document.querySelectorAll("*")).indexOf(seen),
    name: seen.outerHTML.slice(0, 80),
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    shown: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""


def _open(page: Page, server: str, kind: str, language: str, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 900})
    separator = "&" if "?" in PAGES[kind] else "?"
    page.goto(f"{server}{PAGES[kind]}{separator}lang={language}")


def _require_accessible(page: Page, language: str) -> None:
    """Require of an open page what every kind of page must have; axe looks at the width that it is open in."""
    assert violations(page) == []
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert page.locator("h1").inner_text().strip()


@pytest.mark.parametrize(
    ("kind", "language", "scheme", "width"),
    [(kind, *seen) for number, kind in enumerate(PAGES) for seen in VIEWS[number % len(VIEWS)]],
)
def test_a_page_is_accessible_fits_and_does_not_shift(
    page: Page, server: str, kind: str, language: str, scheme: str, width: int
) -> None:
    page.add_init_script(SHIFTS)
    _open(page, server, kind, language, scheme, width)
    page.evaluate("document.fonts.ready")
    assert page.evaluate("window.shifts") < 0.01
    scripts = page.locator("script[src]").evaluate_all("found => found.map(one => one.src)")
    assert all(re.search(r"/(search|copy)\.js\?", script) for script in scripts) == (kind not in SCRIPTED)
    _require_accessible(page, language)


@pytest.mark.parametrize(
    "kind", ["home", "plan", "SDG goal", "form", "answer with chart", "compare", "browse a plan"]
)
def test_a_page_does_not_shift_for_who_has_no_file_of_the_site_yet(page: Page, server: str, kind: str) -> None:
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.add_init_script(SHIFTS)
    _open(page, server, kind, "nb", "light", 1280)
    page.evaluate("document.fonts.ready")
    assert page.evaluate("window.shifts") < 0.01


@pytest.mark.parametrize(("language", "scheme", "width"), [("en", "light", 320), ("nb", "dark", 1280)])
@pytest.mark.parametrize("kind", [*SCRIPTED, "home", "search", "plan"])
def test_a_page_is_as_accessible_without_scripts(
    plain_page: Page, server: str, kind: str, language: str, scheme: str, width: int
) -> None:
    _open(plain_page, server, kind, language, scheme, width)
    _require_accessible(plain_page, language)


@pytest.mark.parametrize("kind", ["home", "plan", "sub-goal", "SDG goal", "compare", "search", "form", "validation"])
def test_the_keyboard_comes_to_everything_in_order_and_shows_where_it_is(page: Page, server: str, kind: str) -> None:
    _open(page, server, kind, "nb", "light", 1280)
    last = page.evaluate("Array.from(document.querySelectorAll('*')).indexOf([...document.links].at(-1))")
    places = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        assert stop["shown"], stop["name"]
        assert stop["marked"] or "textarea" in stop["name"], stop["name"]  # the editor shows a cursor
        places.append(stop["place"])
        if stop["place"] == last:
            break
    assert places[-1] == last
    assert places == sorted(places)


@pytest.mark.parametrize("kind", ["home", "plan", "compare", "form"])
def test_a_page_can_be_read_at_four_times_its_size(page: Page, server: str, kind: str) -> None:
    """WCAG 2.1, 1.4.10: a window of 1280 by 1024 pixels at 400 % is one of 320 by 256."""
    _open(page, server, kind, "nb", "light", 320)
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    kept = "[...document.querySelectorAll('*')].filter((e) => /fixed|sticky/.test(getComputedStyle(e).position))"
    assert page.evaluate(f"{kept}.length") == 0


def test_nothing_moves_for_those_who_want_no_motion(page: Page, server: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(server + PLAN)
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate("document.getAnimations().length") == 0


def test_axe_finds_what_is_wrong(page: Page, server: str) -> None:
    """The negative control: the same check on a page with a known fault."""
    page.goto(server)
    page.evaluate("document.querySelector('main').innerHTML = '<img src=\"data:,\">'")
    assert "image-alt" in [rule for rule, _ in violations(page)]


def test_the_first_stop_of_the_keyboard_leads_past_the_menu(page: Page, server: str) -> None:
    page.goto(server)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    assert page.locator(".ds-skip-link").bounding_box() is not None
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_a_language_that_was_chosen_stays(page: Page, server: str) -> None:
    page.goto(server + PLAN + "?lang=nb")
    page.get_by_role("link", name="English").click()
    assert page.locator("h1").inner_text() == "The Trondheim Promise"
    page.get_by_role("link", name="Trondheim is a climate-neutral city").first.click()
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_query_is_asked_in_the_form(page: Page, server: str) -> None:
    page.goto(server + "/sparql?lang=en")
    page.get_by_label("Query", exact=True).focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT ?n { <http://metadata.un.org/sdg/13> ?p ?n }")
    page.get_by_role("button", name="Run query").click()
    assert "Stoppe klimaendringene" in page.locator("main").inner_text()
