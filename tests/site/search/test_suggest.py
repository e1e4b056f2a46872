"""What the search suggests while one types: asked of a running server, and used in headless Chromium."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from tests.servers import serving
from tests.site.browsing import violations

from plangraf import shipped

PLAN = "https://w3id.org/plangraf/id/trondheim/samfunnsplan-2020-2032"
SDG = "http://metadata.un.org/sdg/"
MOST = 8


def _suggested(server: str, text: str, **parameters: str) -> list[dict[str, Any]]:
    answer = httpx.get(f"{server}/search/suggest.json", params={"q": text, **parameters})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["suggestions"]
    assert len(found) <= MOST
    return found


def _iris(server: str, text: str) -> list[str]:
    return [suggestion["iri"] for suggestion in _suggested(server, text, lang="nb")]


@pytest.mark.parametrize("text", ["t", "tr", "trondheimsl", "TRONDHEIMSLØFTET"])
def test_the_beginning_of_a_name_suggests_it(server: str, text: str) -> None:
    for suggestion in _suggested(server, text, lang="nb"):
        words = re.findall(r"\w+", suggestion["name"].lower())
        assert any(word.startswith(text.lower()) for word in words), suggestion["name"]
    if len(text) > 2:
        assert _iris(server, text)[0] == PLAN


def test_names_that_begin_with_it_come_before_those_that_have_it(server: str) -> None:
    begin = [s["name"].lower().startswith("klima") for s in _suggested(server, "klima", lang="nb")]
    assert begin[0]
    assert begin == sorted(begin, reverse=True)


def test_of_several_words_the_last_may_be_a_beginning(server: str) -> None:
    suggested = _suggested(server, "barn og u", lang="nb")
    assert suggested
    assert all("barn" in s["name"].lower() and "u" in s["name"].lower() for s in suggested)
    assert _iris(server, "og b") != _iris(server, "b og")


@pytest.mark.parametrize(
    ("one", "other"),
    [("åp", "aap"), ("klimanø", "klimano"), ("klimanø", "klimanoe"), ("bær", "baer"), ("barna", "barn")],
)
def test_writings_and_inflections_suggest_the_same(server: str, one: str, other: str) -> None:
    found = set(_iris(server, one))
    assert found
    assert found & set(_iris(server, other))


def test_what_is_typed_with_a_ring_does_not_suggest_plain_letters(server: str) -> None:
    assert _iris(server, "åvf") == []
    assert _iris(server, "avf") != []


@pytest.mark.parametrize(("text", "first"), [("13", "13"), ("13.2", "13.2"), ("1", "1")])
def test_a_number_suggests_the_sdg_or_target_first(server: str, text: str, first: str) -> None:
    suggestion = _suggested(server, text)[0]
    assert (suggestion["iri"], suggestion["notation"], suggestion["sdg"]) == (SDG + first, first, first.split(".")[0])


def test_the_beginning_of_a_number_suggests_what_is_below_it(server: str) -> None:
    suggested = _suggested(server, "13")
    assert all(s["notation"].startswith("13") for s in suggested)
    assert {"sdg-goal", "sdg-target"} <= {s["kind"] for s in suggested}


def test_a_suggestion_says_what_it_is_and_where(server: str) -> None:
    found = {s["iri"]: s for s in _suggested(server, "klimanøytral", lang="en")}
    goal = found[f"{PLAN}/goal/1.1"]
    assert goal["page"] == "/doc/trondheim/samfunnsplan-2020-2032/goal/1.1?lang=en"
    assert (goal["kind"], goal["kind_name"], goal["notation"], goal["sdg"]) == ("goal", "goal", "1.1", None)
    assert (goal["plan"], goal["plan_name"]) == (PLAN, "The Trondheim Promise")
    assert goal["name"] == "".join(piece["text"] for piece in goal["pieces"])
    assert [piece["text"] for piece in goal["pieces"] if piece["fits"]] == ["klimanøytral"]


def test_the_name_that_fits_is_shown_and_that_of_the_reader_first(server: str) -> None:
    nb, en = ({s["iri"]: s for s in _suggested(server, "climate-n", lang=lang)} for lang in ("nb", "en"))
    assert {s["language"] for s in (*nb.values(), *en.values())} == {"en"}
    assert nb.keys() == en.keys()
    own = _suggested(server, "trondheim", lang="en")
    assert all(s["language"] == "en" for s in own if s["kind"] == "goal" and s["plan"] == PLAN)
    address = f"{server}/search/suggest.json?q=13"
    answers = [httpx.get(address, headers={"Accept-Language": language}) for language in ("nb", "en")]
    assert [answer.headers["content-language"] for answer in answers] == ["nb", "en"]
    assert answers[0].json() != answers[1].json()
    assert all("Accept-Language" in answer.headers["vary"] for answer in answers)


def test_every_suggestion_leads_to_a_page(server: str) -> None:
    for text in ("k", "13", "m", "trondheim k", "e"):
        for suggestion in _suggested(server, text):
            if suggestion["kind"] in ("los", "u4ssc", "organisation"):
                assert suggestion["page"].startswith(("/", "https://", "http://")), "others publish most of these"
            else:
                assert httpx.get(server + suggestion["page"]).status_code == 200, suggestion


BAD = [
    *(
        "",
        " ",
        '"',
        "*",
        "\\",
        "'",
        "🌱",
        "\x00",
        "label : x",
        "NEAR(a b)",
        "a AND",
        "(",
        "-a",
        "^a",
        "a*",
        "<script>",
    ),
    *("ﷺ", "ﷺ a", "ͺ", "²", "ﬀ", "½", "⒈", "\ud7ff", "zzzz", 200 * "a", 66 * "ab ", 66 * "ﷺ "),
]


@pytest.mark.parametrize("text", BAD)
def test_what_is_typed_is_text_and_nothing_else(server: str, text: str) -> None:
    _suggested(server, text)
    assert httpx.get(f"{server}/search.json", params={"q": text}).status_code == 200


@pytest.mark.parametrize("text", [201 * "a", 1_300 * "ø", 600 * "🌱"])
def test_too_long_a_text_is_told_so(server: str, text: str) -> None:
    answer = httpx.get(f"{server}/search/suggest.json", params={"q": text})
    assert (answer.status_code, answer.json()["limit"]) == (400, 200)
    assert answer.json()["type"].endswith("#request-malformed")


def test_bytes_that_are_no_text_and_other_parameters_are_no_fault(server: str) -> None:
    for query in ("q=%ff%fe", "", "q=a&q=b&page=x", "lang=nb"):
        assert httpx.get(f"{server}/search/suggest.json?{query}").status_code == 200


def test_a_suggestion_is_kept_and_need_not_be_sent_again(server: str) -> None:
    answer = httpx.get(f"{server}/search/suggest.json?q=klim")
    assert answer.headers["cache-control"].startswith("public, max-age=")
    again = httpx.get(f"{server}/search/suggest.json?q=klim", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


STRANGE = {
    "regn": "Regn <img src=x onerror=alert(1)> <script>alert(2)</script> &amp; 'regn'",
    "sola": "Sola \u202e\u05e9\u05dc\u05d5\u05dd",
    "lang": "Lang" + 10_000 * "o",
}


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a server of a plan with names that nobody should give."""
    text = shipped.ONTOLOGY.with_name("example.ttl").read_text(encoding="utf-8")
    for name, label in zip(
        ("Åpne bekker som ligger i rør", "Mer regn på kortere tid", "Innbyggerne"), STRANGE.values(), strict=True
    ):
        assert f'"{name}"@nb' in text
        text = text.replace(f'"{name}"@nb', f'"{label}"@nb')
    data = tmp_path_factory.mktemp("strange")
    folder = data / "eksempelvik" / "samfunnsplan-2025-2037"
    folder.mkdir(parents=True)
    (folder / "plan.ttl").write_text(text, encoding="utf-8")
    with serving("--data", str(data)) as server:
        yield server.address


@pytest.mark.parametrize("text", STRANGE)
def test_names_of_any_kind_are_one_short_line(strange: str, text: str) -> None:
    names = [each["name"] for each in _suggested(strange, text, lang="nb")]
    assert any(name.startswith(STRANGE[text][:12]) for name in names)
    assert all(len(name) <= 120 and "\n" not in name for name in names)


@pytest.fixture
def page(browser: BrowserContext) -> Iterator[Page]:
    """Yield a page that has made no error when it is left."""
    opened = browser.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("dialog", lambda dialog: errors.append(dialog.message))
    yield opened
    opened.close()
    assert errors == []


def _type(page: Page, text: str) -> None:
    page.get_by_role("combobox").press_sequentially(text)
    expect(page.get_by_role("listbox")).to_be_visible()


def _active(page: Page) -> str | None:
    """Return the text of the suggestion that assistive technology is told of."""
    identifier = page.get_by_role("combobox").get_attribute("aria-activedescendant")
    if identifier is None:
        assert page.locator("[role=option][aria-selected=true]").count() == 0
        return None
    chosen = page.locator(f"#{identifier}")
    assert chosen.get_attribute("aria-selected") == "true"
    assert page.locator("[role=option][aria-selected=true]").count() == 1
    return chosen.inner_text()


@pytest.mark.parametrize("path", ["/", "/search", "/doc/sdg/13", "/doc/nothing"])
def test_typing_suggests_and_the_keyboard_leads_to_the_page(page: Page, server: str, path: str) -> None:
    page.goto(f"{server}{path}?lang=en")
    field = page.get_by_role("combobox")
    assert field.get_attribute("aria-expanded") == "false"
    _type(page, "13.2")
    assert field.get_attribute("aria-expanded") == "true"
    assert page.locator(f"#{field.get_attribute('aria-controls')}").get_attribute("role") == "listbox"
    assert _active(page) is None
    field.press("ArrowDown")
    assert "SDG target" in (_active(page) or "")
    assert field.evaluate("field => field === document.activeElement")
    field.press("Enter")
    page.wait_for_url("**/doc/sdg/13.2?lang=en")


def test_the_arrows_go_round_by_way_of_the_field(page: Page, server: str) -> None:
    page.goto(f"{server}/search?lang=nb")
    _type(page, "klima")
    field, options = page.get_by_role("combobox"), page.get_by_role("option").all_inner_texts()
    assert page.locator("form [role=status]").inner_text() == f"{len(options)} forslag. Piltastene fører til dem."
    seen = []
    for _ in range(len(options) + 2):
        field.press("ArrowDown")
        seen.append(_active(page))
    assert seen == [*options, None, options[0]]
    field.press("ArrowUp")
    field.press("ArrowUp")
    assert _active(page) == options[-1]
    field.press("Home")
    assert _active(page) is None


def test_escape_closes_and_an_arrow_opens_again(page: Page, server: str) -> None:
    page.goto(f"{server}/?lang=nb")
    _type(page, "klima")
    field = page.get_by_role("combobox")
    field.press("ArrowDown")
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert (field.input_value(), field.get_attribute("aria-expanded"), _active(page)) == ("klima", "false", None)
    field.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    assert _active(page) is not None
    field.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_enter_without_a_choice_searches(page: Page, server: str) -> None:
    page.goto(f"{server}/?lang=nb")
    _type(page, "klima")
    page.get_by_role("combobox").press("Enter")
    page.wait_for_url("**/search?lang=nb&q=klima")


def test_a_click_leads_to_the_page(page: Page, server: str) -> None:
    page.goto(f"{server}/?lang=nb")
    _type(page, "13.2")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/doc/sdg/13.2?lang=nb")


def test_nothing_found_is_said(page: Page, server: str) -> None:
    page.goto(f"{server}/?lang=en")
    page.get_by_role("combobox").press_sequentially("zzzz")
    expect(page.locator("form [role=status]")).to_have_text("No suggestions.")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_late_answer_does_not_replace_a_newer_one(page: Page, server: str) -> None:
    held: list[Route] = []
    page.route("**/suggest.json?q=klima&*", lambda route: held.append(route))
    page.goto(f"{server}/?lang=nb")
    field = page.get_by_role("combobox")
    with page.expect_request("**/suggest.json?q=klima&*"):
        field.fill("klima")
    field.fill("13.2")
    expect(page.get_by_role("option").first).to_contain_text("13.2")
    for route in held:
        route.continue_()
    page.wait_for_timeout(300)
    expect(page.get_by_role("option").first).to_contain_text("13.2")


@pytest.mark.parametrize("status", [500, 429, 200, None], ids=str)
def test_when_no_suggestions_come_the_form_works(page: Page, server: str, status: int | None) -> None:
    asked: list[str] = []

    def fail(route: Route) -> None:
        asked.append(route.request.url)
        if status is None:
            route.abort()
        else:
            route.fulfill(status=status, body="<p>no JSON</p>")

    page.route("**/suggest.json*", fail)
    page.goto(f"{server}/?lang=nb")
    field = page.get_by_role("combobox")
    with page.expect_request("**/suggest.json*"):
        field.press_sequentially("klima")
    page.wait_for_timeout(200)
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert page.locator("form [role=status]").inner_text() == ""
    field.press("Enter")
    page.wait_for_url("**/search?lang=nb&q=klima")
    assert asked


@pytest.mark.parametrize("text", STRANGE)
def test_strange_names_are_shown_as_text_and_fit(page: Page, strange: str, text: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{strange}/?lang=nb")
    _type(page, text)
    assert page.locator("[role=listbox] :is(img, script)").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    if text == "regn":
        assert "<img src=x onerror=alert(1)>" in page.get_by_role("listbox").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", ["/", "/doc/sdg/13", "/search"])
def test_open_suggestions_are_accessible_and_move_nothing(
    page: Page, server: str, path: str, width: int, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{server}{path}?lang=nb")
    measure = "[document.documentElement.scrollWidth, document.querySelector('main').offsetHeight]"
    size = page.evaluate(measure)
    _type(page, "13")
    page.get_by_role("combobox").press("ArrowDown")
    assert size == page.evaluate(measure)
    assert size[0] <= width
    assert violations(page, "aria-allowed-role") == []
    tops = page.get_by_role("option").evaluate_all("options => options.map(one => one.getBoundingClientRect().top)")
    assert tops == sorted(set(tops)), "they stand below one another"


def test_without_scripts_the_form_searches(page: Page, server: str) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setScriptExecutionDisabled", {"value": True})
    page.goto(f"{server}/?lang=nb")
    assert page.get_by_role("combobox").count() == 0
    page.get_by_role("searchbox").fill("klima")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/search?lang=nb&q=klima")
    assert page.locator(".results li").count() > 0
