"""The ways of people with a question, from the front page: how many clicks, and what is on the screen at the end."""

import re
from itertools import pairwise

import httpx
import pytest
import rdflib
from playwright.sync_api import Page, expect
from tests.site.addresses import PAGE_EXAMPLES

from plangraf.namespaces import ID

PLAN = "trondheim/samfunnsplan-2020-2032"
GOAL = f"{PLAN}/goal/1.1"
LEVELS = "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((heading) => Number(heading.tagName[1]))"


def follow(page: Page, *names: str) -> None:
    """Follow links in the main part of the page, one after the other, by the texts that they begin with."""
    for name in names:
        page.locator("main").get_by_role("link", name=re.compile(rf"^{re.escape(name)}")).first.click()


@pytest.fixture(params=[1280, 360], ids=["wide", "phone"])
def front_page(page: Page, server: str, request: pytest.FixtureRequest) -> Page:
    """Return the front page in bokmål."""
    page.set_viewport_size({"width": request.param, "height": 800})
    page.goto(f"{server}/?lang=nb")
    return page


def test_a_citizen_finds_what_the_municipality_promises_about_climate_in_two_clicks(front_page: Page) -> None:
    follow(front_page, "Trondheimsløftet", "1.1 Trondheim er en klimanøytral by")
    main = front_page.locator("main")
    expect(main.get_by_role("heading", level=1)).to_have_text("1.1 Trondheim er en klimanøytral by")
    expect(main).to_contain_text("Natur, klima og miljø")
    expect(main).to_contain_text("Slik måles det")
    expect(main).to_contain_text("Minst ett klimabudsjett og to klimarapporter i året")
    expect(main).to_contain_text("Ikke skrevet av ennå: strategiene, hva andre kan bidra med")


def test_a_citizen_finds_targets_with_a_number_and_a_year_in_two_clicks(front_page: Page) -> None:
    follow(front_page, "Trondheimsløftet", "Trondheim kommune")
    expect(front_page.locator("main")).to_contain_text(re.compile("minst 80 % lavere enn i 2009 innen 2030", re.I))


def test_a_journalist_sees_in_one_click_who_says_that_a_plan_serves_an_sdg_and_where(front_page: Page) -> None:
    follow(front_page, "13")
    rows = front_page.locator("main table tbody tr")
    lorenskog = rows.filter(has_text="Kommuneplanens samfunnsdel for Lørenskog")
    expect(lorenskog).to_contain_text("Lørenskog kommunes nyhetssak")
    expect(lorenskog).to_contain_text("«Satsingsområdene skal")
    expect(lorenskog.locator(".dot.editorial")).to_have_count(0)
    expect(rows.filter(has_text="Trondheim er en klimanøytral by").locator(".dot.editorial")).to_have_count(1)
    expect(front_page.locator("main")).to_contain_text("er ikke skrevet av ennå")


def test_a_planner_finds_how_others_word_the_same_goal_in_three_clicks(front_page: Page) -> None:
    follow(front_page, "Trondheimsløftet", "1.1 Trondheim er en klimanøytral by", "Ørland 2034 er klimanøytral")
    expect(front_page.get_by_role("heading", level=1)).to_have_text("Ørland 2034 er klimanøytral")


def test_a_researcher_gets_an_answer_of_a_query_from_the_front_page_in_three_clicks(front_page: Page) -> None:
    follow(front_page, "Spør med SPARQL")
    front_page.locator("main").get_by_role("button", name="Kjør spørring").click()
    expect(front_page.locator("main table tbody tr").first).to_be_visible()


def test_a_developer_follows_the_iri_of_a_goal_to_its_statements_and_to_its_other_forms(server: str) -> None:
    answer = httpx.get(f"{server}/id/{GOAL}", headers={"Accept": "text/turtle"})
    assert answer.status_code == 303
    assert "describedby" in answer.headers["link"]
    found = httpx.get(server + answer.headers["location"], headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=found.text, format="turtle")
    assert (rdflib.URIRef(ID + GOAL), rdflib.SKOS.notation, rdflib.Literal("1.1")) in graph


def test_with_the_keyboard_alone_the_front_page_leads_to_a_municipality(page: Page, server: str) -> None:
    page.goto(f"{server}/?lang=nb")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith("Ørland"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ørland kommune")


@pytest.mark.parametrize("kind", PAGE_EXAMPLES)
def test_the_headings_of_a_page_have_no_gap_between_their_levels(page: Page, server: str, kind: str) -> None:
    page.goto(f"{server}{PAGE_EXAMPLES[kind].path}")
    levels = page.evaluate(LEVELS)
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
