"""The page of a goal: how it is measured, who does what, why it is tied to an SDG, and similar goals elsewhere."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext
from tests.servers import serving
from tests.site.browsing import guarded

from plangraf import shipped
from plangraf.engine.ask import load_query
from plangraf.namespaces import ID, expand
from plangraf.site.goal.links import INCOMING, link_row, link_snippet
from plangraf.workbook.data_sheets import LINKS
from plangraf.workbook.example import example_rows
from plangraf.workbook.findings import Findings
from plangraf.workbook.rows import WorkbookRows, made_row
from plangraf.workbook.sheets import GOALS
from plangraf.workbook.to_statements import to_statements

GOAL = "/doc/trondheim/samfunnsplan-2020-2032/goal"
HTML = {"Accept": "text/html"}
THEME = "<https://psi.norge.no/los/tema/natur-klima-og-miljo>"
OTHERS = f"""
<goal/2> a plan:Goal ; skos:inScheme <> ; skos:notation "2" ; skos:prefLabel "Rene bekker"@nb ;
  dct:subject {THEME} ; plan:wording plan:AsAdopted ; dct:source <https://www.eksempelvik.example/samfunnsplan.pdf> .
<goal/3> a plan:Goal ; skos:inScheme <> ; skos:notation "3" ; skos:prefLabel "Stille gater"@nb ;
  plan:wording plan:AsAdopted ; dct:source <https://www.eksempelvik.example/samfunnsplan.pdf> .
<indicator/1> dct:subject {THEME} .
"""  # fmt: skip


def _page(server: str, path: str, language: str = "nb") -> str:
    answer = httpx.get(server + path, params={"lang": language}, headers=HTML)
    assert answer.status_code == 200, answer.text
    return answer.text


def _section(page: str, name: str) -> str:
    """Return a section of a page as text, with its markup, or "" if there is none."""
    found = re.search(rf'<section aria-labelledby="{name}">.*?</section>', page, re.DOTALL)
    return found[0] if found else ""


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a server with the invented plan, and two goals more."""
    data: Path = tmp_path_factory.mktemp("data")
    folder = data / "eksempelvik" / "samfunnsplan-2025-2037"
    folder.mkdir(parents=True)
    text = shipped.EXAMPLE.read_text(encoding="utf-8")
    [base] = re.findall(r"@base <(.*)>", text) or ["https://w3id.org/plangraf/id/eksempelvik/samfunnsplan-2025-2037/"]
    others = OTHERS.replace("<>", f"<{base.removesuffix('/')}>")
    (folder / "plan.ttl").write_text(text + others, encoding="utf-8")
    neighbour = data / "nabovik" / "samfunnsplan-2025-2037"
    neighbour.mkdir(parents=True)
    theirs = text.replace("eksempelvik", "nabovik").replace("Eksempelvik", "Nabovik")
    snippet = link_snippet(
        f"{base}goal/1", "https://a.example/1", "2026-02-03", "https://www.nabovik.example/redaktor"
    )
    (neighbour / "plan.ttl").write_text(theirs + snippet, encoding="utf-8")
    with serving("--data", str(data)) as server:
        yield server.address


EXAMPLE = "/doc/eksempelvik/samfunnsplan-2025-2037/goal"


def test_theme_sdg_and_wording_are_one_row_in_words(server: str) -> None:
    page = _page(server, f"{GOAL}/1.1")
    [row] = re.findall(r'<ul class="marks">.*?</ul>', page, re.DOTALL)
    assert "Natur, klima og miljø" in row
    assert re.search(r'class="[^"]*sdg-13 [^"]*editorial', row)
    assert "sitert fra kommunens nettside" in row
    assert "som sitert" not in page


def test_a_goal_has_its_indicators_with_their_targets(invented: str) -> None:
    measured = _section(_page(invented, f"{EXAMPLE}/1"), "measured")
    assert ">Åpne bekker</a>: <bdi>skal øke fra 1,5 kilometer i 2024 til 3,5 kilometer innen 2030</bdi>" in measured
    assert "samme emne" not in measured


def test_a_goal_without_indicators_has_those_of_the_plan_on_its_theme_and_says_so(invented: str) -> None:
    measured = _section(_page(invented, f"{EXAMPLE}/2"), "measured")
    assert "Ingen indikator er knyttet til dette målet. Disse i samme plan handler om samme emne:" in measured
    assert "Åpne bekker" in measured
    other = _section(_page(invented, f"{EXAMPLE}/3"), "measured")
    assert "Dataene sier ikke hvordan dette målet måles." in other
    assert "Åpne bekker" not in other


def test_a_goal_tells_who_can_contribute_with_what_and_what_the_municipality_will_do(invented: str) -> None:
    page = _page(invented, f"{EXAMPLE}/1")
    contribute = re.sub(r"<[^>]*>", "", _section(page, "contribute"))
    assert "B1 Lede takvann til hagen (Innbyggerne)" in contribute
    assert "S1 Åpne bekker som ligger i rør" in _section(page, "strategies")
    assert _section(_page(invented, f"{EXAMPLE}/3"), "contribute") == ""


def test_what_is_not_transcribed_is_one_calm_line(server: str) -> None:
    page = _page(server, f"{GOAL}/1.1")
    assert "Ikke skrevet av ennå: strategiene, hva andre kan bidra med." in page


def test_a_link_has_the_quoted_sentence_who_says_so_the_source_and_why(invented: str) -> None:
    linked = _section(_page(invented, f"{EXAMPLE}/1"), "sdg")
    assert "hører inn under" in linked
    assert "«Målet svarer til delmål 13.1.»" in linked
    assert "Eksempelvik kommune (oppdiktet)" in linked
    assert "https://www.eksempelvik.example/samfunnsplan.pdf" in linked
    assert "Begrunnelse: laget av et menneske" in linked
    assert "Planen sier ikke selv" not in linked


def test_a_link_without_a_quotation_has_its_source(server: str) -> None:
    linked = _section(_page(server, f"{GOAL}/1.1"), "sdg")
    assert "Planen sier ikke selv at dette målet bidrar til et bærekraftsmål." in linked
    assert "<blockquote" not in linked
    assert "Kilde: <a" in linked


def test_similar_goals_are_those_of_other_publishers_with_the_reason_in_words(server: str) -> None:
    similar = _section(_page(server, f"{GOAL}/1.1"), "similar")
    goals = re.findall(r'<li><a href="(/doc/[^"]*)"', similar)
    assert 0 < len(goals) <= 8
    assert not any(goal.startswith("/doc/trondheim/") for goal in goals)
    assert "samme delmål: 13.2" in similar
    assert "samme emne og bærekraftsmål: Natur, klima og miljø, 13" in similar
    assert similar.index("samme delmål") < similar.index("samme emne og") < similar.index("samme emne: ")
    for goal in goals:
        assert httpx.get(server + goal, headers=HTML).status_code == 200


def test_links_from_other_plans_are_told_as_theirs_with_who_says_so(invented: str) -> None:
    incoming = _section(_page(invented, f"{EXAMPLE}/1"), "incoming")
    [entry] = re.findall(r"<li>.*?</li>", incoming)
    assert '<a href="/doc/nabovik/samfunnsplan-2025-2037/goal/1' in entry
    text = re.sub(r"<[^>]*>", "", entry)
    assert "Nabovik kommune (oppdiktet) · Nabovikplanen · tilsvarer omtrent · Hvem som sier det: https:" in text
    assert "oppgitt i den planen" not in text
    link = re.search(r'href="([^"]*)">Om denne koblingen', entry)
    assert link is not None
    assert "2026-02-03" in _page(invented, link[1]) or "3. februar 2026" in _page(invented, link[1])


def test_the_query_for_links_from_other_plans_has_the_properties_that_the_page_reads() -> None:
    [path] = re.findall(r"\?linking (\S+\|\S+) \?subject", load_query("plangraf.site.goal", "around"))
    assert sorted(path.split("|")) == sorted(INCOMING)


def test_a_goal_without_links_from_other_plans_has_no_section_for_them(invented: str, server: str) -> None:
    assert _section(_page(invented, f"{EXAMPLE}/2"), "incoming") == ""
    # Sub-goals, and all that supports a goal in its own plan, are told in other sections.
    assert _section(_page(server, f"{GOAL}/1"), "incoming") == ""


def test_a_goal_offers_the_claim_that_links_another_plan_to_it(invented: str) -> None:
    iri = "https://w3id.org/plangraf/id/eksempelvik/samfunnsplan-2025-2037/goal/1"
    page = iri.replace("/id/", "/doc/")
    snippet = link_snippet(iri, page, "ÅÅÅÅ-MM-DD", "https://kommunen-din.example/planavdelingen")
    assert html.escape(snippet, quote=False) in _page(invented, f"{EXAMPLE}/1").replace("&#34;", '"')


def test_a_goal_offers_the_row_of_a_workbook_that_links_to_it(invented: str) -> None:
    iri = f"{ID}eksempelvik/samfunnsplan-2025-2037/goal/1"
    row = link_row(iri, iri.replace("/id/", "/doc/"), "nb")
    assert row in _page(invented, f"{EXAMPLE}/1")
    cells = dict(zip((column.key for column in LINKS.columns), row.split("\t"), strict=False))
    found = to_statements(
        WorkbookRows(
            {
                "plan": example_rows("nb").of("plan"),
                "goals": [made_row(GOALS, {"number": "1", "name": "Rene bekker", "source": "https://a.example/"})],
                "links": [made_row(LINKS, cells)],
            }
        ),
        Findings(),
    )
    assert found.findings == ()
    assert (expand("skos:closeMatch"), iri) in {
        (quad.predicate.value, str(quad.object)[1:-1]) for quad in found.quads
    }


def test_links_to_goals_of_different_plans_have_different_names() -> None:
    names = {
        re.findall(
            r"<(link/.*?)>", link_snippet(ID + path, "https://a.example/", "2026-02-03", "https://a.example/me")
        )[0]
        for path in ("a/plan/goal/1", "b/plan/goal/1", "a/plan/goal/1.1", "a/plan%20b/goal/1")
    }
    assert len(names) == 4
    assert all(re.fullmatch(r"[A-Za-z0-9./~_-]+", name) for name in names)


def test_a_goal_without_theme_and_link_has_no_similar_ones(invented: str) -> None:
    assert _section(_page(invented, f"{EXAMPLE}/3"), "similar") == ""


def test_a_goal_leads_to_the_ones_before_and_after_it_in_the_order_of_the_plan(server: str, invented: str) -> None:
    def siblings(page: str) -> list[str]:
        [found] = re.findall(r'<nav class="siblings".*?</nav>', page, re.DOTALL)
        return [link.partition("?")[0] for link in re.findall(r'href="([^"]*)"', found)]

    assert siblings(_page(server, f"{GOAL}/1.2")) == [f"{GOAL}/1.1", f"{GOAL}/1.3"]
    assert siblings(_page(server, f"{GOAL}/1.1")) == [f"{GOAL}/1.2"]
    assert siblings(_page(server, f"{GOAL}/2")) == [f"{GOAL}/1", f"{GOAL}/3"]
    assert siblings(_page(invented, f"{EXAMPLE}/2")) == [f"{EXAMPLE}/1", f"{EXAMPLE}/3"]


def test_a_goal_has_no_dead_button_and_with_scripts_it_copies_its_address(
    server: str, browser: BrowserContext
) -> None:
    assert 'class="copy"' not in _page(server, f"{GOAL}/1.1")
    browser.grant_permissions(["clipboard-read", "clipboard-write"], origin=server)
    with guarded(browser, server) as page:
        page.goto(f"{server}{GOAL}/1.1?lang=nb")
        page.get_by_role("button", name="Kopier: Identifikator (URI)").click()
        page.get_by_role("status").filter(has_text="Kopiert").wait_for(state="attached")
        copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "https://w3id.org/plangraf/id/trondheim/samfunnsplan-2020-2032/goal/1.1"


def test_the_address_stands_beside_the_text_where_there_is_room_and_below_it_on_a_phone(
    server: str, browser: BrowserContext
) -> None:
    with guarded(browser, server) as page:
        page.goto(f"{server}{GOAL}/1.1?lang=nb")
        places = {}
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 900})
            places[width] = page.locator(".identity").bounding_box(), page.locator(".told").bounding_box()
    (beside, told), (below, told_before) = places[1280], places[360]
    assert beside is not None
    assert told is not None
    assert below is not None
    assert told_before is not None
    assert beside["x"] >= told["x"] + told["width"]
    assert below["y"] >= told_before["y"] + told_before["height"]
