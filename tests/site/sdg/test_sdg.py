"""The page of an SDG: what contributes to it, in one table that links sort, and who does not."""

import html
import re

import httpx
import pytest
from tests.site.eksempelvik import get

from plangraf.release.release import Release

HTML = {"Accept": "text/html"}


def _page(server: str, path: str) -> str:
    answer = httpx.get(server + path, headers=HTML)
    assert answer.status_code == 200, answer.text
    return answer.text


def _text(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def _column(page: str, label: str) -> list[str]:
    return [_text(cell) for cell in re.findall(rf'<td data-label="{label}"[^>]*>(.*?)</td>', page, re.DOTALL)]


@pytest.mark.parametrize("path", ["/doc/sdg/11?lang=nb", "/doc/sdg/11.7?lang=nb", "/compare?sdg=11&lang=nb"])
def test_what_contributes_has_its_evidence_as_a_quotation_with_the_source(eksempelvik: Release, path: str) -> None:
    [page] = get(eksempelvik, path)
    # The plan has two publishers, each of which has a row.
    assert _column(page, "Sitat") == ["«Bydelene skal ha grønne møteplasser for alle.»"] * 2
    assert _column(page, "Kilde") == ["Kommunens planside"] * 2
    assert _column(page, "Kommune") == ["Eksempelregionen", "Eksempelvik kommune"]
    assert all(said.startswith("11.7, redaksjonell ") for said in _column(page, "Hvem sier det"))


@pytest.mark.parametrize("path", ["/doc/sdg/13?lang=en", "/compare?sdg=13&lang=en"])
def test_the_table_is_one_and_is_sorted_by_links(server: str, path: str) -> None:
    page = _page(server, path)
    assert page.count("<table") == 1
    assert 'aria-sort="ascending"><a href' in page
    municipalities = _column(page, "Municipality")
    assert municipalities == sorted(municipalities, key=lambda name: name.casefold().replace("ø", "~~"))
    by_goal = _column(_page(server, f"{path}&sort=goal"), "Goal")
    without_numbers = [re.sub(r"^[\d.]+[a-z]? ", "", goal).casefold() for goal in by_goal]
    assert without_numbers == sorted(without_numbers)
    said = [cell.partition(", ")[2] for cell in _column(_page(server, f"{path}&sort=basis"), "Who says so")]
    assert said == [
        *filter(lambda one: one.startswith("stated"), said),
        *filter(lambda one: "editorial" in one, said),
    ]
    assert {one.split()[0] for one in said} == {"stated", "editorial"}


@pytest.mark.parametrize("sort", ["size", "goal%20desc", "%00", "x" * 5_000])
def test_there_is_no_other_order(server: str, sort: str) -> None:
    for path in (f"/doc/sdg/13?sort={sort}", f"/compare?sdg=13&sort={sort}"):
        answer = httpx.get(server + path, headers=HTML)
        assert answer.status_code == 400
        assert "municipality, goal, basis" in answer.text or answer.headers["content-type"] != "text/html"


def test_links_to_other_languages_keep_the_order(server: str) -> None:
    assert 'href="/doc/sdg/13?sort=goal&amp;lang=nb"' in _page(server, "/doc/sdg/13?sort=goal&lang=en")


def test_who_has_no_link_is_told_apart_from_who_is_not_transcribed(server: str) -> None:
    page = _page(server, "/doc/sdg/13?lang=en")
    folded = re.findall(r"<details>\s*<summary>([^<]+)</summary>\s*<p>(.*?)</p>", page, re.DOTALL)
    [transcribed, not_transcribed] = [
        (summary, [name.strip() for name in _text(names).split(",")]) for summary, names in folded[:2]
    ]
    assert transcribed[0] == "The plans of 2 publishers are transcribed and have no such link"
    assert not_transcribed[0] == f"The links of {len(not_transcribed[1])} publishers are not transcribed yet"
    assert transcribed[1] == ["Bergen municipality", "Oslo municipality"]
    assert {"Hamar municipality", "Bodø municipality"} <= set(not_transcribed[1])
    assert "Trondheim municipality" not in transcribed[1] + not_transcribed[1]


def test_an_sdg_says_in_a_sentence_what_it_is_in_each_language(server: str) -> None:
    for number in range(1, 18):
        found = set()
        for language in ("nb", "nn", "en"):
            [sentence] = re.findall(r'<p class="lead">(.*?)</p>', _page(server, f"/doc/sdg/{number}?lang={language}"))
            found.add(sentence)
        assert len(found) == 3


def test_targets_have_the_numbers_of_what_is_linked_to_them(server: str) -> None:
    page = _page(server, "/doc/sdg/13?lang=en")
    [(count, word)] = re.findall(
        r'href="/doc/sdg/13.2\?lang=en#contributions">(\d+)<span class="unseen"> (\w+)</span>', page
    )
    listed = _column(_page(server, "/doc/sdg/13.2?lang=en"), "Goal")
    assert (int(count), word) == (len(listed), "editorial")


def test_retired_indicators_are_folded(server: str) -> None:
    page = _page(server, "/doc/sdg/1.a?lang=en").partition('id="indicators"')[2]
    shown, _, folded = page.partition("<details>")
    assert "retired indicators</summary>" in folded
    assert "/doc/sdg/C010a02" in shown
    assert "/doc/sdg/C010a01" in folded.partition("</details>")[0]


def test_what_no_plan_and_no_editor_says_is_said(server: str) -> None:
    page = _page(server, "/doc/sdg/2?lang=en")
    assert "No plan states that it contributes here. No editor has assessed that any goal does." in _text(page)
    assert '<table class="contributions' not in page


def test_the_same_goal_in_other_systems_is_linked_by_their_names(server: str) -> None:
    page = _page(server, "/doc/sdg/13?lang=nb")
    [same] = re.findall(r"<dt>Det samme i</dt><dd>(.*?)</dd>", page)
    assert re.findall(r'href="([^"]*)"', same) == [
        "http://purl.unep.org/sdg/SDGIO_00000047",
        "http://www.wikidata.org/entity/Q53581236",
    ]
    assert _text(same).startswith("SDG Interface Ontology (UNEP)")
    assert "Wikidata" in same
    assert "Det samme i" not in _page(server, "/doc/sdg/13.2?lang=nb")
