import re
from pathlib import Path

import httpx
from tests.site.eksempelvik import get
from tests.site.municipality.invented import build, organisation

from plangraf.namespaces import ID
from plangraf.release.release import Release
from plangraf.vocabulary import GOAL_NUMBERS

MOST = 100_000
"""The largest page, in bytes."""


def page(server: str, language: str = "en") -> str:
    return httpx.get(server, params={"lang": language}, headers={"Accept": "text/html"}).text


def numbers(text: str) -> dict[str, tuple[str, int]]:
    """Return the address and the number of each fact by its words."""
    found = re.findall(r'<li><a href="([^"]+)"><strong>([\d,]+)</strong> ([^<]+)</a></li>', text)
    return {words: (href, int(number.replace(",", ""))) for href, number, words in found}


def test_focus_areas_are_counted_under_their_own_word_and_sources_of_statements_not_as_links(
    eksempelvik: Release,
) -> None:
    [text] = get(eksempelvik, "/?lang=en")
    counts = {words: number for words, (_, number) in numbers(text).items()}
    assert counts["goals"] == 4
    assert counts["link to the SDGs"] == 1
    assert counts["focus areas"] == 2


def test_every_number_is_a_link_to_what_it_counts(server: str) -> None:
    found = numbers(page(server))
    assert found["plans"][0] == "/browse?lang=en"
    for href, _ in found.values():
        assert href == "#municipalities" or httpx.get(server + href).status_code == 200
    href, count = found["goals"]
    assert re.search(rf"\b{count}\b", httpx.get(server + href, headers={"Accept": "text/html"}).text)


def test_counties_are_counted_apart_from_municipalities(server: str) -> None:
    text = page(server)
    found, tiles = numbers(text), re.findall(r'class="place level-\d( county)?"', text)
    assert found["of 357 municipalities"] == ("#municipalities", tiles.count(""))
    assert found["of 15 counties"] == ("#municipalities", tiles.count(" county"))
    assert tiles.count(" county") >= 3


def test_tiles_are_grouped_by_county_and_lead_to_the_municipalities(server: str) -> None:
    text = page(server)
    counties = re.split(r'<h3 id="county-\d+">', text.partition('class="counties"')[2])[1:]
    [trondelag] = [part for part in counties if "<bdi>Trøndelag</bdi></span></h3>" in part]
    names = re.findall(r"<bdi>([^<]+)</bdi>", trondelag.partition("<ul>")[2].partition("</ul>")[0])
    assert names[0] == "Trøndelag county authority"
    assert {"Trondheim", "Skaun", "Ørland", "Indre Fosen"} <= set(names)
    assert 'href="/doc/trondheim?lang=en"' in trondelag
    assert "Kristiansand" not in names


def test_a_tile_says_in_words_how_much_is_transcribed(server: str) -> None:
    text = page(server)
    said = dict(re.findall(r'<bdi>([^<]+)</bdi></span><span class="unseen">: ([^<]+)<', text))
    assert said["Trondheim"] == "the goals, in part"
    assert said["Hamar"] == "only that there is a plan"


def test_the_first_plan_that_was_published_here_is_shown_first(server: str, eksempelvik: Release) -> None:
    featured = page(server, "nb").partition('<div class="featured">')[2].partition("</div>")[0]
    assert "Trondheimsløftet" in featured
    assert "Sammen skaper vi Trondheim" in featured
    assert '<div class="featured">' not in get(eksempelvik, "/?lang=nb")[0]


def test_sdgs_without_links_are_outlined(server: str) -> None:
    text = page(server)
    counts = httpx.get(f"{server}/compare.json").json()["records"]
    linked = {row["sdg"] for row in counts if row["stated"] or row["editorial"]}
    empty = {int(number) for number in re.findall(r'class="tile sdg-(\d+) empty"', text)}
    assert empty == {int(number) for number in GOAL_NUMBERS} - linked


def test_the_pages_of_all_municipalities_are_small(tmp_path: Path) -> None:
    publishers = {
        f"by{number}": organisation(f"by{number}", number, f"Kommune {number} " + "langt navn " * 28)
        + f'<plan> a plan:Plan , skos:ConceptScheme ; skos:prefLabel "Plan"@nb ; dct:publisher r:{number} ;\n'
        + "  dct:spatial <place> .\n"
        + f'<place> dct:identifier "{1000 + number}" ; dct:isPartOf <{ID}county/{number % 15}> ;\n'
        + f'  rdfs:label "Sted {number} {"langt navn " * 28}"@nb .\n'
        for number in range(357)
    }
    first, last = get(build(tmp_path, publishers), "/?lang=en", "/?lang=en&page=3")
    assert numbers(first)["of 357 municipalities"][1] == 357
    assert max(len(first.encode()), len(last.encode())) < MOST
    assert "Page 3 of 3" in last
