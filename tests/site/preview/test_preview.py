"""Previews on a running server, and the whole way of a planner in a browser."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import httpx
import openpyxl
import pytest
from playwright.sync_api import BrowserContext, Dialog, Playwright, expect
from tests.http.test_metrics import value
from tests.servers import PATIENCE, Server, serving
from tests.site.browsing import guarded, launch, violations
from tests.workbook.books import changed, column, example, sheet_of, with_cells

from plangraf.http.headers import PUBLIC_HEADERS
from plangraf.workbook.sheets import BY_KEY

GOALS = BY_KEY["goals"].title.nb
NAME = f"{column('goals', 'name')}2"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving(upload_seconds=600, fronts=2, trusted_proxies='["127.0.0.1"]') as running:
        yield running


def check(server: Server, data: bytes, **fields: str) -> str:
    """Return the report on a workbook that the form has sent."""
    answer = httpx.post(
        f"{server.address}/validate",
        params={"lang": "nb"},
        files={"file": ("plan.xlsx", data, "application/octet-stream")},
        data=fields,
        headers={"Accept": "text/html"},
        timeout=PATIENCE,
    )
    assert answer.status_code == 200
    return answer.text


def preview(server: Server, data: bytes) -> str:
    """Return the path of the preview of a workbook."""
    [path] = re.findall(r'href="(/preview/[\w-]+)\?lang=nb"', check(server, data, preview="yes"))
    assert isinstance(path, str)
    return path


def test_a_preview_is_served_by_every_front_and_kept_out_of_caches_and_search_engines(server: Server) -> None:
    path = preview(server, example())
    for _ in range(20):  # each with a connection of its own, so that both fronts answer some
        answer = httpx.get(f"{server.address}{path}/1", params={"lang": "nb"})
        assert answer.status_code == 200
    assert "Forhåndsvisning, ikke publisert" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert answer.headers["content-security-policy"] == PUBLIC_HEADERS["Content-Security-Policy"]
    assert "access-control-allow-origin" not in answer.headers
    assert "etag" not in answer.headers
    head = httpx.head(f"{server.address}{path}")
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize(
    ("language", "words"), [("nn", "Førehandsvising, ikkje publisert"), ("en", "Preview, not published")]
)
def test_a_preview_is_there_in_each_language(server: Server, language: str, words: str) -> None:
    answer = httpx.get(server.address + preview(server, example()), headers={"Accept-Language": language})
    assert words in answer.text
    assert language in answer.headers["content-language"]


@pytest.mark.parametrize("end", ["", "/", "/0x", "/99999", "/²", "x", "/1/2"])
def test_what_is_not_in_a_preview_is_not_found(server: Server, end: str) -> None:
    path = preview(server, example()) if end not in ("", "/") else "/preview/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    answer = httpx.get(f"{server.address}{path}{end}", headers={"Accept": "text/html"}, follow_redirects=True)
    assert answer.status_code == 404
    assert "no-store" in answer.headers["cache-control"]


def test_a_link_of_a_preview_leads_into_it_or_to_the_server(server: Server) -> None:
    path = preview(server, example())
    text = httpx.get(server.address + path, params={"lang": "nb"}).text
    links = set(re.findall(r' href="(/[^"#]*)', text))
    assert all(httpx.get(server.address + link).status_code == 200 for link in links if link.startswith(path))
    assert {link.split("?")[0] for link in links} >= {"/", "/doc/sdg/13", "/publish"}
    assert not any("eksempelvik/samfunnsplan-2025-2037/goal" in link for link in links)


def test_links_of_a_preview_begin_with_the_path_below_which_the_server_is_published(server: Server) -> None:
    path = preview(server, example())
    text = httpx.get(server.address + path, params={"lang": "nb"}, headers={"X-Forwarded-Prefix": "/plans"}).text
    assert f'href="/plans{path}/1?lang=nb"' in text
    assert 'href="/plans/doc/sdg/13?lang=nb"' in text
    assert not re.search(r' (?:href|src|action)="/(?!plans/)', text)


def test_no_preview_is_made_of_what_must_be_mended_or_without_being_asked_for(server: Server) -> None:
    assert "/preview/" not in check(server, example())
    text = check(server, with_cells(GOALS, {NAME: ""}), preview="yes")
    assert "/preview/" not in text
    assert "Når alt som må rettes, er rettet, kan du se på sidene om planen her." in text
    assert 'name="preview" value="yes" checked' in text


def test_data_without_a_plan_have_a_report_that_says_why_there_are_no_pages(server: Server) -> None:
    data = '<http://e.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "Et navn"@nb .'
    answer = httpx.post(
        f"{server.address}/validate",
        params={"lang": "nb"},
        data={"data": data, "source": "turtle", "preview": "yes"},
        headers={"Accept": "text/html"},
        timeout=PATIENCE,
    )
    assert "Det er ingen plan i dataene" in answer.text or "Når det ikke er mer" in answer.text


def test_previews_are_counted(server: Server) -> None:
    before = httpx.get(f"{server.address}/metrics").text
    preview(server, example())
    after = httpx.get(f"{server.address}/metrics").text
    made = 'plangraf_previews_total{outcome="made"}'
    assert value(after, made) == value(before, made) + 1
    assert value(after, "plangraf_previews_kept") == min(value(before, "plangraf_previews_kept") + 1, 20)
    assert value(after, "plangraf_preview_bytes") > 0


def test_nothing_of_a_preview_is_published(server: Server) -> None:
    preview(server, example())
    assert httpx.get(f"{server.address}/doc/eksempelvik/samfunnsplan-2025-2037").status_code == 404
    assert "Eksempelvik" not in httpx.get(server.address).text
    assert "/preview/" not in httpx.get(f"{server.address}/sitemap.xml").text


def test_a_planner_fills_in_the_template_mends_it_and_looks_at_the_pages(
    server: Server,
    playwright: Playwright,
    tmp_path: Path,
) -> None:
    """Without scripts, as where they are turned off."""
    with launch(playwright, tmp_path / "profile", scripts=False) as browser:
        way(browser, server.address, tmp_path)


def way(browser: BrowserContext, server: str, folder: Path) -> None:
    """Go the way from the template to the pages of the preview."""
    with guarded(browser, server) as page:
        page.goto(f"{server}/?lang=nb")
        page.get_by_role("link", name="Gi ut din plan").first.click()
        with page.expect_download() as started:
            page.get_by_role("link", name="tom arbeidsbok (Bokmål)").click()
        assert started.value.suggested_filename == "template-nb.xlsx"
        template = Path(started.value.path()).read_bytes()
        filled, mended = filled_in(template), folder / "mended.xlsx"
        (folder / "plan.xlsx").write_bytes(with_cells(GOALS, {NAME: ""}, filled))
        page.get_by_label("Arbeidsboken din").set_input_files(folder / "plan.xlsx")
        page.get_by_role("button", name="Sjekk planen").click()
        expect(page.get_by_text(f"{GOALS}!{NAME}").first).to_be_visible()
        link = page.get_by_role("link", name="Arbeidsboken din med merknader på cellene")
        assert (link.get_attribute("href") or "").startswith("data:")
        assert page.get_by_role("link", name="Se på sidene om planen").count() == 0
        mended.write_bytes(with_cells(GOALS, {NAME: "Alle har et sted å bo"}, filled))
        page.get_by_label("Eller en fil").set_input_files(mended)
        page.get_by_role("button", name="Sjekk", exact=True).click()
        page.get_by_role("link", name="Se på sidene om planen").click()
        expect(page.get_by_text("Forhåndsvisning, ikke publisert")).to_be_visible()
        expect(page.locator("h1")).to_have_text("Eksempelvikplanen")
        page.get_by_role("link", name="Alle har et sted å bo").first.click()
        expect(page.locator("h1")).to_contain_text("Alle har et sted å bo")
        expect(page.get_by_text("Forhåndsvisning, ikke publisert")).to_be_visible()
        page.get_by_role("link", name="English").click()
        expect(page.get_by_text("Preview, not published")).to_be_visible()


def test_markup_in_a_workbook_is_text_in_its_preview(browser: BrowserContext, server: Server) -> None:
    """With scripts, so that one would run; the error of a script or a request to elsewhere fails the test."""
    markup = "Mål <script>alert(1)</script><img src=x onerror=alert(2)>"
    path = preview(server, with_cells(GOALS, {NAME: markup}))
    said: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    with guarded(browser, server.address) as page:
        page.on("dialog", dismiss)
        page.goto(f"{server.address}{path}?lang=nb")
        page.get_by_role("link", name="alert(1)").first.click()
        expect(page.locator("h1")).to_contain_text(markup)
        assert page.locator("main img, main script").count() == 0
        assert said == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_the_report_and_the_pages_of_a_preview_are_accessible(
    browser: BrowserContext, server: Server, tmp_path: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    plan = tmp_path / "plan.xlsx"
    plan.write_bytes(example())
    with guarded(browser, server.address) as page:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{server.address}/publish?lang=nb")
        page.get_by_label("Arbeidsboken din").set_input_files(plan)
        page.get_by_role("button", name="Sjekk planen").click()
        link = page.get_by_role("link", name="Se på sidene om planen")
        expect(link).to_be_visible()
        for follow in (None, link, page.locator("main .dots tbody th a, main ul.goals a").first):
            if follow is not None:
                follow.click()
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def filled_in(template: bytes) -> bytes:
    """Return the empty template, filled in as the example is, by a program that knows xlsx alone."""
    source = openpyxl.load_workbook(io.BytesIO(example()))

    def fill(workbook: openpyxl.Workbook) -> None:
        for sheet in BY_KEY.values():
            title = sheet.title.nb
            for row in sheet_of(source, title).iter_rows(min_row=2):
                for cell in row:
                    if cell.value is not None:
                        sheet_of(workbook, title)[cell.coordinate] = cell.value

    return changed(fill, template)
