"""The suggestions for a plan, asked of a running server."""

import csv
import io

import httpx
import pytest
from tests.linkeddata.test_sssom import parse

from plangraf import shipped
from plangraf.matching.linkables import LinkableKind, read_linkables
from plangraf.matching.suggestions import Suggester
from plangraf.namespaces import ID
from plangraf.sources.dataset import list_files

PATH = "/suggestions/bergen/bergen-2030"
PLAN = f"{ID}bergen/bergen-2030"


@pytest.fixture(scope="module")
def page(server: str) -> str:
    answer = httpx.get(f"{server}{PATH}", headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    return answer.text


def test_the_page_says_that_nobody_has_judged_and_gives_reasons(page: str) -> None:
    assert "nobody has judged them" in page
    assert "Shared words: safe" in page
    assert 'href="/doc/sdg/11"' in page
    assert "Goals without suggestions" in page
    assert len(page.encode()) < 100_000


def test_all_forms_have_the_suggestions_of_the_command(server: str) -> None:
    quads = (quad for file in list_files([shipped.DATA]) for quad in file.read().quads)
    linkables = read_linkables(quads)
    goals = [goal for goal in linkables.of_plan(PLAN) if goal.kind is LinkableKind.GOAL]
    pairs = {
        (each.goal.iri, each.thing.iri)
        for found in Suggester(linkables).suggest(goals, least=0.15)
        for each in found.suggestions
    }
    records = httpx.get(f"{server}{PATH}.json").json()["records"]
    assert {(each["goal"], each["suggested"]) for each in records} == pairs
    rows = csv.DictReader(io.StringIO(httpx.get(f"{server}{PATH}.csv").text))
    assert {(row["goal"], row["suggested"]) for row in rows} == pairs
    answer = httpx.get(f"{server}{PATH}", headers={"Accept": "text/tab-separated-values"})
    assert answer.headers["content-type"].startswith("text/tab-separated-values")
    metadata, _, mappings = parse(answer.text)
    assert metadata["mapping_set_id"] == f"https://w3id.org/plangraf{PATH}"
    assert {(row["subject_id"], row["object_id"]) for row in mappings} == pairs


def test_goals_of_a_publisher_are_suggested_with_their_plans(server: str) -> None:
    text = httpx.get(f"{server}{PATH}?to=trondheim&lang=nb").text
    assert '<option value="trondheim" selected>Mål fra Trondheim kommune</option>' in text
    assert 'href="/doc/trondheim/samfunnsplan-2020-2032?lang=nb"' in text
    assert "Prosenten" not in text
    assert '<option value="bergen"' not in text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{PATH}?to=nowhere", 400),
        (f"{PATH}?page=2", 404),
        (f"{PATH}?page=x", 400),
        ("/suggestions/bergen", 404),
        ("/suggestions/bergen/bergen-2030/focus-area/trygg", 404),
        ("/suggestions/%3Cscript%3E", 404),
    ],
)
def test_what_is_not_there_is_told(server: str, path: str, status: int) -> None:
    assert httpx.get(f"{server}{path}").status_code == status


def test_the_page_of_a_plan_leads_to_its_suggestions(server: str) -> None:
    assert f'href="{PATH}"' in httpx.get(f"{server}/doc/bergen/bergen-2030").text
