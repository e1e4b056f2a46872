"""Readers of nynorsk get pages in nynorsk, with its names where there are any."""

import re

import httpx
import pytest

NAMES = {"nb": "Båt, havn og kyst", "nn": "Båt, hamn og kyst", "en": "Boat, harbour and coast"}


@pytest.mark.parametrize(("query", "accept_language"), [("?lang=nn", "en"), ("", "nn-NO, nb;q=0.8, en;q=0.5")])
def test_a_reader_of_nynorsk_gets_a_page_in_nynorsk(server: str, query: str, accept_language: str) -> None:
    headers = {"Accept": "text/html", "Accept-Language": accept_language}
    answer = httpx.get(f"{server}/doc/los{query}", headers=headers)
    assert answer.headers["content-language"] == "nn"
    assert "Accept-Language" in answer.headers["vary"]
    assert '<html lang="nn" ' in answer.text
    assert re.search(r"<h1>\s*Los-tema", answer.text)
    assert "Eigenskap" in answer.text
    assert '<span lang="nn" aria-current="true">Nynorsk</span>' in answer.text


@pytest.mark.parametrize("language", ["nb", "en"])
def test_other_readers_can_choose_nynorsk(server: str, language: str) -> None:
    page = httpx.get(f"{server}/doc/los", params={"lang": language}, headers={"Accept": "text/html"}).text
    assert 'href="/doc/los?lang=nn" lang="nn" hreflang="nn">Nynorsk</a>' in page


def test_a_problem_is_told_in_nynorsk(server: str) -> None:
    answer = httpx.get(f"{server}/sparql?query=x", headers={"Accept-Language": "nn"})
    assert answer.headers["content-language"] == "nn"
    assert "venta" in answer.json()["detail"]


def test_nynorsk_goes_along_with_links_and_forms(server: str) -> None:
    page = httpx.get(f"{server}/doc/los", params={"lang": "nn"}, headers={"Accept": "text/html"}).text
    links = re.findall(r'href="(/(?:doc/)?[^"]*)"', page.split("<main")[1])
    assert {link for link in links if link.startswith("/doc/") and "." not in link} <= {
        link for link in links if "lang=nn" in link
    }
    assert '<input type="hidden" name="lang" value="nn">' in page


def test_search_engines_are_told_of_the_page_in_nynorsk(server: str) -> None:
    page = httpx.get(f"{server}/doc/los", params={"lang": "nn"}, headers={"Accept": "text/html"}).text
    assert set(re.findall(r'<link rel="alternate" hreflang="(\w+)"', page)) == {"nb", "nn", "en"}
    assert "lang=nn" in httpx.get(f"{server}/sitemap.xml").text


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_names_in_data_are_in_the_language_of_the_reader(server: str, language: str) -> None:
    headers = {"Accept-Language": language}
    answer = httpx.get(f"{server}/search.json", params={"q": NAMES[language]}, headers=headers)
    found = answer.json()["results"][0]
    assert (found["name"], found["language"]) == (NAMES[language], language)
    assert language in answer.headers["content-language"]
    assert NAMES[language] in httpx.get(f"{server}/search.csv", params={"q": NAMES[language]}, headers=headers).text


def test_readers_of_different_languages_do_not_get_one_another_s_pages_from_memory(server: str) -> None:
    def heading(language: str) -> str:
        headers = {"Accept": "text/html", "Accept-Language": language}
        return httpx.get(f"{server}/doc/los", headers=headers).text.split("<h1>")[1].split("</h1>")[0]

    once = [heading(language) for language in ("nb", "nn", "en")]
    assert [heading(language) for language in ("nb", "nn", "en")] == once
    assert len(set(once)) == 3


@pytest.mark.parametrize(
    ("language", "status", "answered"),
    [
        ("", 200, "en"),
        ("nn-NO", 200, "nn"),
        ("NN", 200, "nn"),
        ("no", 200, "nb"),
        ("xx", 400, "en"),
        ("nn,nb", 400, "en"),
        ("{nn}", 400, "en"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}nn", 400, "en"),
    ],
)
def test_an_unknown_language_in_the_address_is_a_problem(
    server: str, language: str, status: int, answered: str
) -> None:
    headers = {"Accept": "text/html", "Accept-Language": "en"}
    answer = httpx.get(f"{server}/doc/los", params={"lang": language}, headers=headers)
    assert (answer.status_code, answer.headers["content-language"]) == (status, answered)
