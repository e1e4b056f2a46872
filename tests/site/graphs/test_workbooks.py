"""Publishers replace the graphs of a plan with a workbook, on a running server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl.workbook.workbook import Workbook
from tests.site.graphs.publishing import Publishing, publishing
from tests.site.validate.test_workbooks import zipped
from tests.workbook.books import changed, column, example, field_row, sheet_of, with_cells
from tests.workbook.opendocument import as_ods
from tests.workbook.test_bad_files import with_member

from plangraf.formats import ODS, XLSX
from plangraf.workbook import limits
from plangraf.workbook.csv_folder import csv_folder_files
from plangraf.workbook.reading import read_workbook
from plangraf.workbook.sheets import BY_KEY

CODE = f"B{field_row('code')}"
GOAL = column("goals", "name")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Publishing]:
    with publishing(tmp_path_factory.mktemp("workbooks")) as running:
        yield running


def book(code: str, goal: str | None = None) -> bytes:
    """Return the example as the plan of another publisher, with another name of its first goal."""
    data = with_cells("Plan", {CODE: code})
    return data if goal is None else with_cells("Mål", {f"{GOAL}2": goal}, data)


def put(site: Publishing, graph: str, data: bytes, media_type: str = XLSX.media_type, **headers: str) -> None:
    answer = site.send("PUT", graph, data, content_type=media_type, **headers)
    assert answer.status_code in (201, 204), answer.text


def test_a_workbook_makes_and_replaces_all_graphs_that_it_yields(site: Publishing) -> None:
    put(site, "vik/bok", book("vik/bok"))
    english = site.read("vik/bok/translation-en")
    assert english.status_code == 200
    put(site, "vik/bok", book("vik/bok", "Et nytt navn"))
    assert "Et nytt navn" in site.read("vik/bok").text
    assert site.read("vik/bok/translation-en").text == english.text
    before = len(site.history())
    put(site, "vik/bok", book("vik/bok", "Et nytt navn"))
    assert len(site.history()) == before


def test_graphs_that_the_workbook_does_not_yield_stay(site: Publishing) -> None:
    put(site, "vik/stor", book("vik/stor"))
    english = site.read("vik/stor/translation-en").text

    def without_translations(workbook: Workbook) -> None:
        sheet_of(workbook, BY_KEY["texts"].title.nb).delete_rows(2, 100)

    put(site, "vik/stor", changed(without_translations, book("vik/stor", "Et annet mål")))
    assert "Et annet m" in site.read("vik/stor").text
    assert site.read("vik/stor/translation-en").text == english


def test_other_forms_of_workbooks_are_taken(site: Publishing) -> None:
    data = book("vik/former")
    put(site, "vik/former", data)
    before = sorted(site.read("vik/former").text.splitlines())
    put(site, "vik/former", as_ods(data), ODS.media_type)
    rows = read_workbook(data, Path("plan.xlsx")).rows
    put(site, "vik/former", zipped(csv_folder_files(rows)), "application/zip")
    assert sorted(site.read("vik/former").text.splitlines()) == before


def test_a_faulty_workbook_changes_nothing_and_is_answered_by_cell(site: Publishing) -> None:
    put(site, "vik/feil", book("vik/feil"))
    before = site.current
    faulty = with_cells("Mål", {f"{GOAL}2": None}, book("vik/feil"))
    answer = site.send("PUT", "vik/feil", faulty, content_type=XLSX.media_type)
    assert answer.status_code == 422, answer.text
    assert f"Mål!{GOAL}2" in {result.get("cell") for result in answer.json()["results"]}
    assert site.current == before


@pytest.mark.parametrize(
    ("data", "status", "says"),
    [
        pytest.param(book("vik/annen"), 400, "of the plan vik/annen", id="another plan"),
        pytest.param(book("fjell/ren-luft"), 400, "of the plan fjell/ren-luft", id="a plan of others"),
        pytest.param(
            with_member("xl/media/image1.png", b"\0" * (limits.MOST_INFLATED + 1)), 400, "128 MB", id="bomb"
        ),
        pytest.param(example()[:2000], 400, "damaged", id="damaged"),
        pytest.param(b"Navn;Kode\n", 400, "no workbook", id="CSV"),
    ],
)
def test_what_cannot_replace_the_plan_is_refused(site: Publishing, data: bytes, status: int, says: str) -> None:
    before = site.current
    answer = site.send("PUT", "vik/havna", data, content_type=XLSX.media_type)
    assert answer.status_code == status, answer.text[:500]
    assert says in answer.json()["detail"]
    assert answer.headers["content-type"] == "application/problem+json"
    assert site.current == before


def test_a_workbook_is_not_added_to_a_graph(site: Publishing) -> None:
    answer = site.send("POST", "vik/havna", book("vik/havna"), content_type=XLSX.media_type)
    assert answer.status_code == 415
    assert "sent by PUT" in answer.json()["detail"]


def test_a_token_of_others_does_not_open_a_plan(site: Publishing) -> None:
    answer = site.send("PUT", "vik/havna", book("vik/havna"), "fjell", XLSX.media_type)
    assert answer.status_code == 403


def test_a_condition_holds_for_the_graph_of_the_plan(site: Publishing) -> None:
    put(site, "vik/vilkaar", book("vik/vilkaar"))
    tag = site.read("vik/vilkaar").headers["etag"]
    put(site, "vik/vilkaar", book("vik/vilkaar", "Et annet mål"), if_match=tag)
    answer = site.send("PUT", "vik/vilkaar", book("vik/vilkaar"), content_type=XLSX.media_type, if_match=tag)
    assert answer.status_code == 412
