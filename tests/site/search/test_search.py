"""The search, asked of a running server."""

import csv
import io
import re
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

PLAN = "https://w3id.org/plangraf/id/trondheim/samfunnsplan-2020-2032"
FACETS = ("kind", "publisher", "sdg", "language", "basis")
HTML = {"Accept": "text/html"}


def _find(server: str, text: str, **parameters: str | int | list[str]) -> dict[str, Any]:
    answer = httpx.get(f"{server}/search.json", params={"q": text, **parameters})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _iris(server: str, text: str, **parameters: str | int | list[str]) -> list[str]:
    found, number = [], 1
    while True:
        page = _find(server, text, **{**parameters, "page": number})
        found += [result["iri"] for result in page["results"]]
        if page["next"] is None:
            assert len(found) == page["total"]
            return found
        number += 1


def _page(server: str, text: str, **parameters: str) -> str:
    answer = httpx.get(f"{server}/search", params={"q": text, "lang": "en", **parameters}, headers=HTML)
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("åpenhet", "aapenhet"),
        ("åpenhet", "apenhet"),
        ("ÅPENHET", "a\u030apenhet"),
        ("klimanøytral", "klimanoytral"),
        ("klimanøytral", "klimanoeytral"),
        ("bærekraft", "baerekraft"),
        ("barn", "barna"),
        ("barn", "barnas"),
        ("mål", "målene"),
    ],
)
def test_writings_and_inflections_find_the_same(server: str, one: str, other: str) -> None:
    found = set(_iris(server, one))
    assert found
    assert found <= set(_iris(server, other))


def test_what_is_typed_with_a_ring_does_not_find_plain_letters(server: str) -> None:
    assert _find(server, "åvfall")["total"] == 0
    assert _find(server, "avfall")["total"] > 0


def test_a_word_finds_longer_words_that_begin_with_it(server: str) -> None:
    assert f"{PLAN}/goal/1.1" in _iris(server, "klima")


@pytest.mark.parametrize("text", ["klimanøytral", "climate-neutral"])
def test_texts_are_found_in_each_language(server: str, text: str) -> None:
    assert f"{PLAN}/goal/1.1" in _iris(server, text)


def test_nynorsk_is_found(server: str) -> None:
    found = _find(server, "", language="nn")
    assert found["total"] > 0
    assert "https://psi.norge.no/los/tema/trafikk-og-transport" in _iris(server, "trafikk", language="nn")


def test_all_words_must_be_there(server: str) -> None:
    assert set(_iris(server, "barn klima")) == set()
    assert set(_iris(server, "barn unge")) <= set(_iris(server, "barn"))


@pytest.mark.parametrize("text", ["13.2", "EC: ICT: ICT: 1C"])
def test_a_number_comes_first(server: str, text: str) -> None:
    assert _find(server, text)["results"][0]["notation"] == text


def test_a_whole_name_comes_first(server: str) -> None:
    name = _find(server, "klima", kind="goal", lang="nb")["results"][-1]["name"]
    assert _find(server, name, lang="nb")["results"][0]["name"] == name


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"kind": "goal"},
        {"sdg": "13"},
        {"basis": "stated"},
        {"sdg": "13", "basis": "editorial"},
        {"kind": ["goal", "plan"], "language": "en"},
    ],
    ids=str,
)
@pytest.mark.parametrize("text", ["", "klima", "kommune"])
def test_counts_are_what_choosing_gives(server: str, text: str, chosen: Mapping[str, Any]) -> None:
    found = _find(server, text, **chosen)
    for facet in FACETS:
        for choice in found["facets"][facet][:4]:
            alone = {**chosen, facet: choice["value"]}
            assert _find(server, text, **alone)["total"] == choice["count"], (facet, choice)
    if not chosen:
        assert sum(choice["count"] for choice in found["facets"]["kind"]) == found["total"]


def test_sdg_and_basis_are_of_the_same_tie(server: str) -> None:
    ties = {"sdg": "13", "basis": "stated"}
    for result in _find(server, "", sdg="13", basis="stated")["results"]:
        assert ties in result["sdgs"]


def test_pages_hold_each_result_once_and_always_in_the_same_order(server: str) -> None:
    everything = _iris(server, "")
    assert len(set(everything)) == len(everything) > 500
    assert _iris(server, "") == everything


def test_the_data_are_those_of_the_page(server: str) -> None:
    found = _find(server, "klima", lang="en")
    table = httpx.get(f"{server}/search", params={"q": "klima", "lang": "en"}, headers={"Accept": "text/csv"})
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert "Accept" in table.headers["vary"]
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [row["iri"] for row in rows] == [result["iri"] for result in found["results"]]
    asked = httpx.get(f"{server}/search", params={"q": "klima", "lang": "en"}, headers={"Accept": "application/json"})
    assert asked.json() == found
    page = _page(server, "klima")
    assert "/search.json?q=klima" in page
    assert len(re.findall(r"(?s)<ol class=\"results\".*</ol>", page)) == 1


def test_links_of_the_page_add_and_remove_one_value(server: str) -> None:
    page = _page(server, "klima", kind="goal")
    assert "/search?q=klima&amp;lang=en" in page  # without the kind
    assert "/search?q=klima&amp;kind=goal&amp;sdg=13&amp;lang=en" in page
    assert f'hreflang="nb" href="{server}/search?q=klima&amp;kind=goal&amp;lang=nb"' in page
    assert '<input type="hidden" name="kind" value="goal">' in page


def test_what_fits_is_marked_in_names_and_definitions(server: str) -> None:
    page = _page(server, "klimanøytral")
    assert re.search(r"<mark>klimanøytral", page)
    assert re.search(r"<mark>[Cc]limate</mark>", _page(server, "climate"))


def test_every_page_has_the_form(server: str) -> None:
    page = httpx.get(f"{server}/doc/sdg/13", params={"lang": "en"}, headers=HTML).text
    assert page.count('role="search"') == 1
    assert '<input type="hidden" name="lang" value="en">' in page


def test_without_words_the_page_helps(server: str) -> None:
    page = _page(server, "")
    assert "/search?q=klima&amp;lang=en" in page
    assert "/search?kind=goal&amp;lang=en" in page


BAD = [
    '"',
    "*",
    "\\",
    "'",
    "🌱",
    "\x00",
    "a\x00b",
    "label : x",
    "NEAR(a b)",
    "a AND",
    "(",
    "-a",
    "^a",
    "a*",
    "﷽",
    "ﷺ",
    "ͺ",
    "²",
    "ﬀ",
    "\ud7ff",
]


@pytest.mark.parametrize("text", BAD)
def test_what_is_typed_is_text_and_nothing_else(server: str, text: str) -> None:
    assert _find(server, text)["total"] >= 0
    _page(server, text)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x>', "klima<b>"])
def test_nothing_typed_becomes_markup(server: str, text: str) -> None:
    assert text not in _page(server, text)
    problem = httpx.get(f"{server}/search", params={"q": "klima", "publisher": text}, headers=HTML)
    assert problem.status_code == 400
    assert text not in problem.text


@pytest.mark.parametrize("text", [201 * "a", 1_300 * "ø", 600 * "🌱"])
def test_too_long_a_text_is_told_so(server: str, text: str) -> None:
    page = httpx.get(f"{server}/search", params={"q": text, "lang": "en"}, headers=HTML)
    assert page.status_code == 400
    assert "at most 200 characters" in page.text
    assert text not in page.text
    data = httpx.get(f"{server}/search.json", params={"q": text})
    assert (data.status_code, data.json()["limit"]) == (400, 200)


def test_as_many_words_as_fit_are_searched_for(server: str) -> None:
    assert _find(server, " ".join("abcdefghijklmnopqrstuvwxyz" * 3)[:199])["total"] == 0
    assert _find(server, " ".join(f"{chr(0x3400 + n)}" for n in range(100)))["total"] == 0


@pytest.mark.parametrize("page", ["0", "501", "9" * 400, "20"])
def test_pages_that_there_are_not_are_not_found(server: str, page: str) -> None:
    answer = httpx.get(f"{server}/search.json", params={"q": "klima", "page": page})
    assert answer.status_code == 404
    assert answer.json()["type"].endswith("#not-found")


@pytest.mark.parametrize("facet", FACETS)
def test_a_choice_that_there_is_not_is_refused_in_every_form(server: str, facet: str) -> None:
    for form in ("", ".json", ".csv"):
        answer = httpx.get(f"{server}/search{form}", params={"q": "klima", facet: "<nothing>"})
        assert answer.status_code == 400
        assert answer.json()["type"].endswith("#request-malformed")
        assert facet in answer.json()["detail"]


@pytest.mark.parametrize("page", ["-1", "x", "1e9", "²"])
def test_the_number_of_a_page_is_a_number(server: str, page: str) -> None:
    assert httpx.get(f"{server}/search.csv", params={"q": "klima", "page": page}).status_code == 400


def test_an_unknown_parameter_is_harmless(server: str) -> None:
    known = httpx.get(f"{server}/search.csv", params={"q": "klima"})
    assert httpx.get(f"{server}/search.csv", params={"q": "klima", "utm_source": "x"}).content == known.content


def test_bytes_that_are_no_text_are_no_fault(server: str) -> None:
    answer = httpx.get(f"{server}/search?q=%ff%fe&page=1", headers=HTML)
    assert answer.status_code == 200


def test_a_form_that_there_is_not_is_refused(server: str) -> None:
    assert httpx.get(f"{server}/search?q=klima", headers={"Accept": "text/turtle"}).status_code == 406


def test_a_missing_title_is_told_once_a_result(server: str) -> None:
    page = httpx.get(f"{server}/search", params={"q": "title missing", "lang": "nb"}, headers=HTML).text
    results = page.split('<ol class="results"')[1].split("</ol>")[0].split("<li>")[1:]
    assert results
    for result in results:
        assert len(re.findall("tittel mangler|title missing", re.sub("<[^>]+>", "", result))) == 1


def test_a_number_that_a_name_has_is_not_repeated(server: str) -> None:
    page = httpx.get(f"{server}/search", params={"q": "tittel mangler", "lang": "nb"}, headers=HTML).text
    names = [re.sub("<[^>]+>", "", found) for found in re.findall(r"<p> *(<a .*?</a>)", page)]
    assert any(name.startswith("Delmål 2.1 (") for name in names)
    assert [name for name in names if re.match(r"(\S+) \w+ \1 ", name)] == []


@pytest.mark.parametrize(("text", "language", "told"), [("klima", "nb", "treff"), ("klima", "en", "results")])
def test_results_are_counted_in_words(server: str, text: str, language: str, told: str) -> None:
    page = httpx.get(f"{server}/search", params={"q": text, "lang": language}, headers=HTML).text
    assert re.search(rf'role="status">[0-9]+ {told}<', page)
