"""Each kind of page in headless Chromium, with axe."""

import pytest
from playwright.sync_api import Page
from tests.web.browsing import violations

PLAN = "/doc/trondheim/samfunnsplan-2020-2032"
PAGES = {
    "home": "/",
    "plan": PLAN,
    "goal": PLAN + "/goal/1",
    "sub-goal": PLAN + "/goal/1.1",
    "sub-goal without title": PLAN + "/goal/2.1",
    "challenge": PLAN + "/challenge/1",
    "actor group": PLAN + "/actor/1",
    "indicator": PLAN + "/indicator/1",
    "claim": PLAN + "/link/1.1-13.2",
    "SDG overview": "/doc/sdg",
    "SDG goal": "/doc/sdg/13",
    "SDG target": "/doc/sdg/13.2",
    "SDG indicator": "/doc/sdg/C110601",
    "graph": "/graph" + PLAN.removeprefix("/doc"),
    "catalogue": "/catalog",
    "about": "/about",
    "cite the release": "/cite",
    "cite a goal": "/cite" + PLAN + "/goal/1.1",
    "ontology": "/ontology",
    "shapes": "/shapes",
    "form": "/sparql",
    "validation": "/validate",
    "answer": "/sparql?query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20LIMIT%2020",
    "answer with chart": "/sparql?query=SELECT%20%3Fc%20%28COUNT%28*%29%20AS%20%3Fn%29%20%7B%3Fs%20a%20%3Fc%7D"
    "%20GROUP%20BY%20%3Fc",
    "answer with line": "/sparql?query=SELECT%20%3Fyear%20%3Fn%20%7BVALUES%28%3Fyear%20%3Fn%29%7B%282019%201%29"
    "%282020%20-3%29%282024%207.5%29%7D%7D&chart=line",
    "mistake": "/sparql?query=SELECT",
    "quality": "/quality",
    "quality of a plan": "/quality/trondheim/samfunnsplan-2020-2032",
    "search": "/search?q=klima&kind=goal",
    "search empty": "/search",
    "search none": "/search?q=zzzz",
    "search too long": "/search?q=" + 201 * "a",
    "compare": "/compare",
    "compare one SDG": "/compare?sdg=13",
    "browse": "/browse",
    "browse a plan": "/browse/trondheim/samfunnsplan-2020-2032",
    "browse by the alphabet": "/browse/los?order=alphabetical",
    "browse a level": "/browse/sdg",
    "browse a scheme without levels": "/browse/u4ssc",
    "problems": "/problems",
    "not found": "/doc/nothing",
}


@pytest.mark.parametrize(("language", "scheme"), [("nb", "light"), ("en", "dark")])
@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_accessible_and_fits(page: Page, server: str, kind: str, language: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    separator = "&" if "?" in PAGES[kind] else "?"
    page.goto(f"{server}{PAGES[kind]}{separator}lang={language}")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert page.locator("h1").inner_text().strip()


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
    page.get_by_role("button", name="Ask").click()
    assert "Stoppe klimaendringene" in page.locator("main").inner_text()
