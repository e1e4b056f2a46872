"""The editor of queries in a real browser: it adds to the form, takes nothing from it, and asks nobody else."""

from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect
from tests.site.browsing import guarded, launch, violations

pytestmark = pytest.mark.usefixtures("vendor")
HINTS = ".CodeMirror-hints li"
PERSISTED = """async () => [
    localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length
]"""


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".editor .CodeMirror").wait_for()


def write(page: Page, text: str) -> None:
    page.locator(".editor .CodeMirror-scroll").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type(text)


def written(page: Page) -> str:
    return page.locator("#query").input_value()


def test_the_editor_takes_the_place_of_the_field(page: Page, server: str) -> None:
    opened(page, f"{server}/sparql?lang=en&query={quote('ASK { ?s a ?c }')}")
    assert page.locator(".editor .CodeMirror-line").inner_text() == "ASK { ?s a ?c }"
    assert page.locator(".editor .cm-keyword").inner_text() == "ASK"
    expect(page.locator("#query")).to_be_hidden()
    page.get_by_text("Query", exact=True).click()
    expect(page.get_by_role("textbox", name="Query", exact=True)).to_be_focused()
    assert page.locator(".editor").get_attribute("lang") == "en"


def test_classes_and_properties_of_the_release_are_completed(page: Page, server: str) -> None:
    opened(page, f"{server}/sparql")
    write(page, "SELECT * { ?s a plan:Cha")
    page.keyboard.press("Control+Space")
    page.locator(HINTS).first.wait_for()
    assert page.locator(HINTS).all_inner_texts() == ["plan:Challenge"]
    page.keyboard.press("Enter")
    page.keyboard.type("; skos:prefL")
    page.keyboard.press("Control+Space")
    page.locator(HINTS).first.wait_for()
    assert page.locator(HINTS).all_inner_texts() == ["skos:prefLabel"]
    page.keyboard.press("Enter")
    assert "a plan:Challenge; skos:prefLabel" in written(page)
    assert "PREFIX plan: <https://w3id.org/plangraf/ontology#>" in written(page)


@pytest.mark.parametrize(
    ("begun", "offered"),
    [("sk", ["skos: <http://www.w3.org/2004/02/skos/core#>"]), ("sdg", ["sdg:", "sdgio:", "sdgo:"]), ("dbo", [])],
)
def test_prefixes_are_completed_from_ours_alone(page: Page, server: str, begun: str, offered: list[str]) -> None:
    opened(page, f"{server}/sparql")
    write(page, f"PREFIX {begun}")
    page.keyboard.press("Control+Space")
    if offered:
        page.locator(HINTS).first.wait_for()
    hints = page.locator(HINTS).all_inner_texts()
    assert len(hints) == len(offered)
    assert all(hint.startswith(start) for hint, start in zip(sorted(hints), offered, strict=True))


@pytest.mark.parametrize("by", ["button", "Control+Enter"])
def test_a_query_that_is_asked_has_the_page_and_the_address_that_it_has_without_the_editor(
    page: Page, server: str, by: str
) -> None:
    opened(page, f"{server}/sparql?lang=en")
    write(page, "SELECT ?name ?n { VALUES (?name ?n) { ('one' 4) ('two' 2)")  # the editor closes no brackets
    page.keyboard.type(" } }")
    if by == "button":
        page.get_by_role("button", name="Run query").click()
    else:
        page.keyboard.press(by)
    page.wait_for_url("**query=**")
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["query"] == ["SELECT ?name ?n { VALUES (?name ?n) { ('one' 4) ('two' 2) } }"]
    for text in ("2 rows.", "Bars", "CSV", "curl", "Python"):
        assert text in page.locator("section[aria-labelledby=answer]").inner_text()
    page.go_back()
    page.goto(page.url)
    page.go_forward()
    page.goto(f"{server}/sparql?lang=en&query={quote(asked['query'][0])}")
    assert "2 rows." in page.locator("main").inner_text()
    assert page.locator(".editor .CodeMirror-line").inner_text() == asked["query"][0]


def test_a_share_link_chooses_neither_host_nor_query(page: Page, server: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    link = f"#query={quote('ASK { <https://evil.example/> ?p ?o }')}&endpoint={quote('https://evil.example/')}"
    opened(page, f"{server}/sparql{link}&requestMethod=POST&autorun=true")
    before = written(page)
    assert "evil" not in before
    page.evaluate(f"location.hash = {link[1:]!r} + '&outputFormat=table'")
    page.wait_for_timeout(300)
    assert written(page) == before
    page.locator(".editor .CodeMirror-scroll").click()
    page.keyboard.press("Control+Enter")
    page.locator("section[aria-labelledby=answer]").wait_for()
    assert [url for url in asked if not url.startswith(server)] == []


def test_nothing_is_stored_in_the_browser(page: Page, server: str) -> None:
    opened(page, f"{server}/sparql?lang=en")
    write(page, "ASK { ?s a plan:Goal }")
    page.keyboard.press("Control+s")
    page.keyboard.press("Escape")
    assert page.evaluate(PERSISTED) == [0, 0, "", 0]
    page.get_by_role("button", name="Run query").click()
    page.locator("section[aria-labelledby=answer]").wait_for()
    assert page.evaluate(PERSISTED) == [0, 0, "", 0]


@pytest.mark.parametrize("keys", [["Tab"], ["Escape", "Tab"]])
def test_the_keyboard_goes_in_and_out(page: Page, server: str, keys: list[str]) -> None:
    opened(page, f"{server}/sparql?lang=en")
    page.locator("a[href='#ask']").focus()
    page.keyboard.press("Tab")
    for _ in range(60):
        if page.evaluate("document.activeElement.closest('.editor') !== null"):
            break
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.editor') !== null")
    before = written(page)
    for key in keys:
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.id") == "format"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('.editor') !== null")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('.editor') === null")
    assert written(page) == before


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Tab leaves the editor"), ("nb", "Tab går ut av redigeringsfeltet")]
)
def test_the_page_tells_the_keys(page: Page, server: str, language: str, words: str) -> None:
    opened(page, f"{server}/sparql?lang={language}")
    described = page.locator(".editor [aria-describedby]").get_attribute("aria-describedby")
    expect(page.locator(f"#{described}")).to_contain_text(words)
    expect(page.locator(f"#{described}")).to_be_visible()


def test_the_link_to_the_query_leads_to_the_editor(page: Page, server: str) -> None:
    opened(page, f"{server}/sparql?lang=en")
    page.get_by_role("link", name="write your own").click()
    expect(page.locator(".editor .CodeMirror")).to_be_in_viewport()


def test_a_line_that_cannot_be_read_is_told_and_marked(page: Page, server: str) -> None:
    opened(page, f"{server}/sparql?lang=en")
    write(page, "SELECT *\nWHERE nothing")
    told = "Line 2, column 7: did not expect “nothing” here."
    expect(page.locator("#editor-status")).to_have_text(told)
    page.locator(".parseErrorIcon").hover()
    assert page.locator(".parseErrorIcon").get_attribute("title") == told
    write(page, "SELECT * { ?s ?p ?o }")
    expect(page.locator("#editor-status")).to_have_text("")


def test_the_editor_and_the_server_tell_of_a_mistake_once_and_in_the_same_way(page: Page, server: str) -> None:
    opened(page, f"{server}/sparql?lang=nb&query={quote('SELECT *' + chr(10) + 'WHERE nothing')}")
    told = page.get_by_role("alert").locator("p").inner_text()
    assert told == "Linje 2, kolonne 7: ventet ikke «nothing» her."
    assert page.locator(".parseErrorIcon").get_attribute("title") == told
    expect(page.locator("#editor-status")).to_have_text("")
    write(page, "SELECT *\nWHERE other")
    expect(page.locator("#editor-status")).to_have_text(told.replace("nothing", "other"))


def test_markup_in_a_query_stays_a_text(page: Page, server: str) -> None:
    text = "# </script></textarea><img src=x onerror=alert(1)><!--\u202e\nASK {}"
    opened(page, f"{server}/sparql?query={quote(text)}")
    assert written(page) == text
    assert page.locator("main img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_editor_is_accessible_and_fits_while_it_offers_something(
    page: Page, server: str, scheme: str, width: int
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 900})
    opened(page, f"{server}/sparql?lang=nb")
    write(page, "# why\nSELECT ?n (1 + 2.5 AS ?m) { ?s <http://e.org/p> 'x'@nb, true; a plan:")
    page.keyboard.press("Control+Space")
    page.locator(HINTS).first.wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Escape")
    page.keyboard.type("Goal } x")
    page.locator(".parseErrorIcon").wait_for()
    assert violations(page) == []


def test_nothing_breaks_the_security_policy_and_nothing_moves(page: Page, server: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.add_init_script(
        "window.shifts = 0; new PerformanceObserver((list) => list.getEntries().forEach((entry) => {"
        "window.shifts += entry.value; })).observe({type: 'layout-shift', buffered: true});"
    )
    opened(page, f"{server}/sparql?lang=en&query={quote('SELECT * { ?s ?p ?o } LIMIT 3')}")
    page.wait_for_timeout(500)
    assert page.evaluate("window.shifts") < 0.01
    write(page, "SELECT * { ?s a plan:G")
    page.keyboard.press("Control+Space")
    page.locator(HINTS).first.wait_for()
    assert said == []


def test_without_scripts_the_form_is_whole(playwright: Playwright, server: str, tmp_path: Path) -> None:
    context: BrowserContext = launch(playwright, tmp_path / "profile", scripts=False)
    with context, guarded(context, server) as page:
        page.goto(f"{server}/sparql?lang=en")
        assert page.locator(".editor").count() == 0
        expect(page.locator("#editor-keys")).to_be_hidden()
        page.get_by_label("Query", exact=True).fill("SELECT ?n { <http://metadata.un.org/sdg/13> ?p ?n }")
        page.get_by_role("button", name="Run query").click()
        assert "Stoppe klimaendringene" in page.locator("main").inner_text()
