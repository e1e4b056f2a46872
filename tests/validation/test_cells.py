"""What a report says of a workbook: each fault once, in the words of the workbook."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl.workbook.workbook import Workbook
from tests.workbook.books import changed, sheet_of

from plangraf import shipped
from plangraf.release.check import check_files
from plangraf.sources.dataset import list_files
from plangraf.sources.workbook_file import WorkbookFile
from plangraf.validation.result import Result
from plangraf.workbook.example import example_rows
from plangraf.workbook.rows import Row, RowCell, WorkbookRows
from plangraf.workbook.sheets import BY_KEY
from plangraf.workbook.xlsx_writer import write_xlsx

_NONE: Mapping[str, str] = {}


def plain_rows() -> WorkbookRows:
    """Return the example, with nothing stated that follows from the plan, and without translations."""
    rows = {key: list(each) for key, each in example_rows("nb").rows.items() if key != "texts"}
    rows["links"] = [without(row, "creator") for row in rows["links"]]
    rows["graphs"] = [without(row, "title", "creator", "derived_from") for row in rows["graphs"]]
    return WorkbookRows(rows)


def without(row: Row, *keys: str) -> Row:
    return replace(row, cells={key: cell for key, cell in row.cells.items() if key not in keys})


def results(sheet: str = "", change: Mapping[str, str] = _NONE) -> list[Result]:
    """Return the results about the plain rows, with other texts in the first row of a sheet that has these cells."""
    rows = {key: list(each) for key, each in plain_rows().rows.items()}
    if sheet:
        number = next(n for n, row in enumerate(rows[sheet]) if change.keys() <= row.cells.keys())
        cells = {**rows[sheet][number].cells, **{key: RowCell(text) for key, text in change.items()}}
        rows[sheet][number] = replace(rows[sheet][number], cells={k: c for k, c in cells.items() if c.text})
    return checked(write_xlsx(WorkbookRows(rows), "nb"))


def number(sheet: str, key: str) -> int:
    return [each.key for each in BY_KEY[sheet].columns].index(key) + 1


def checked(data: bytes) -> list[Result]:
    file = WorkbookFile.sent(data, Path("plan.xlsx"), "https://a.example/graph", "https://a.example/")
    return list(check_files([file], list_files([shipped.DATA])).results)


@pytest.mark.parametrize(
    ("sheet", "key", "text"),
    [
        ("plan", "publisher", ""),
        ("plan", "publisher", "nobody we know"),
        ("plan", "name", ""),
        ("plan", "title", ""),
        ("plan", "source", ""),
        ("plan", "start", "soon"),
        ("process", "type", ""),
        ("process", "date", "soon"),
        ("process", "body", "nobody we know"),
        ("goals", "parent", "none such"),
        ("goals", "name", ""),
        ("indicators", "direction", ""),
        ("indicators", "target_year", "later"),
        ("links", "thing", ""),
        ("links", "basis", ""),
        ("links", "sdg_goal", ""),
        ("graphs", "licence", "my own"),
        ("sources", "iri", ""),
    ],
)
def test_what_follows_from_a_faulty_cell_is_not_said_again(sheet: str, key: str, text: str) -> None:
    assert [str(each.shape).rpartition("#")[2][:4] for each in results(sheet, {key: text})] == ["Cell"]


def test_the_plain_rows_are_right() -> None:
    assert results() == []


def test_a_fault_of_another_thing_is_said_beside_a_faulty_cell() -> None:
    found = results("plan", {"publisher": "", "start": "2040"})
    assert {str(each.shape).rpartition("#")[2] for each in found} > {"CellMissingValue"}


def test_messages_name_sheet_and_column_first() -> None:
    [empty] = results("plan", {"publisher": ""})
    assert empty.messages["nb"] == "Fyll ut «Utgiver» i arket Plan: cellen er tom, og den må ha en verdi."
    [missing] = results("graphs", {"licence": ""})
    assert missing.messages["nb"].startswith("Fyll ut «Lisens» i arket Om dataene. Grafen har ingen lisens")
    assert missing.messages["en"].startswith("Fill in “Lisens” on the sheet Om dataene. The graph has no licence")
    [wrong] = results("plan", {"start": "2040"})
    assert wrong.messages["nb"].startswith("Se «Periode "), wrong.messages


def test_a_column_that_a_sheet_lacks_is_said_once() -> None:
    data = changed(
        lambda book: sheet_of(book, "Mål").delete_cols(number("goals", "source")), write_xlsx(plain_rows(), "nb")
    )
    assert [str(each.shape).rpartition("#")[2] for each in checked(data)] == ["CellMissingColumn"]


def test_a_message_about_the_plan_as_a_whole_names_no_column() -> None:
    def change(book: Workbook) -> None:
        del book["Om dataene"]

    [missing] = checked(changed(change, write_xlsx(plain_rows(), "nb")))
    assert missing.messages["nb"].startswith("Grafen har ingen lisens")
