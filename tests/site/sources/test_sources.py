"""The pages of the sources, of a state folder whose records have every outcome."""

import csv
import io
from pathlib import Path

import httpx
import pytest
from tests.site.sources.records import HOSTILE, MARKUP, record_of

from plangraf.harvesting.records import HarvestOutcome, SourceDetails, SourceRecords, source_key
from plangraf.namespaces import GRAPH


def _get(address: str, language: str = "en") -> httpx.Response:
    return httpx.get(address, headers={"Accept-Language": language})


def test_the_list_says_what_is_wrong_in_the_language_of_the_reader(site: str) -> None:
    english, norwegian = (_get(f"{site}/sources?page=3", language) for language in ("en", "nb"))
    assert english.status_code == norwegian.status_code == 200
    assert "1 source is not in order." in english.text
    assert "is a web page (HTML), and not data" in english.text
    assert "er en nettside (HTML), og ikke data" in norwegian.text
    assert "CC BY 4.0" in english.text
    assert MARKUP not in english.text
    assert len(english.content) < 100_000
    assert english.headers["cache-control"] == "no-store"
    assert _get(f"{site}/sources?page=4").status_code == 404


def test_the_tables_have_all_sources(site: str) -> None:
    records = _get(f"{site}/sources.json").json()["records"]
    assert len(records) == 57
    [bad] = [record for record in records if record["outcome"] == "failed"]
    assert (bad["source"], bad["checked"]) == (HOSTILE, "2026-11-26T03:15:00Z")
    assert "is a web page" in bad["fault"]
    rows = list(csv.DictReader(io.StringIO(_get(f"{site}/sources.csv").text)))
    assert [row["source"] for row in rows] == [record["source"] for record in records]
    assert {row["graphs"] for row in rows} == {"", f"{GRAPH}vik/havna"}


def test_the_page_of_a_source_has_its_documents_and_its_report(site: str) -> None:
    good = f"{site}/sources/{source_key('https://god.example/')}"
    page = _get(good).text
    assert "Everything that the source has is published here." in page
    assert 'href="/graph/vik/havna"' in page
    assert "Page 1 of 3" in page
    assert "There is nothing to fix." in page
    assert len(_get(f"{good}.json").json()["records"]) == 60
    bad = _get(f"{site}/sources/{source_key(HOSTILE)}")
    assert bad.status_code == 200
    assert bad.text.count("The tag is unknown.") == 1, "what all results have in common stands once"
    assert "The other places (2)" in bad.text
    assert "2 more results are not shown." in bad.text
    assert "What the source says about 2 things of others." in bad.text
    assert MARKUP not in bad.text
    assert "&lt;script&gt;" in bad.text


def test_pages_show_the_state_folder_as_it_is_now(site: str, state: Path) -> None:
    records = SourceRecords(state)
    late = record_of("https://sen.example/", outcome=HarvestOutcome.HELD)
    address = f"{site}/sources/{late.key}"
    assert _get(address).status_code == 404
    records.put(late, SourceDetails())
    assert "Held back" in _get(address).text
    records.remove(late)
    assert _get(address).status_code == 404


@pytest.mark.parametrize("key", ["sources", "lock", "a%20b", "x" * 3000])
def test_there_is_no_other_source(site: str, key: str) -> None:
    assert _get(f"{site}/sources/{key}").status_code in (404, 414)


def test_a_record_that_cannot_be_read_is_the_fault_of_the_server_alone(site: str, state: Path) -> None:
    index = state / "sources" / "sources.json"
    kept = index.read_bytes()
    index.write_text("{")
    try:
        assert _get(f"{site}/sources").status_code == 500
        assert _get(f"{site}/").status_code == 200
    finally:
        index.write_bytes(kept)


def test_a_server_without_a_state_folder_says_that_it_harvests_nothing(server: str) -> None:
    assert "This server harvests nothing." in _get(f"{server}/sources").text
    assert _get(f"{server}/sources.json").json()["records"] == []
