"""Workbooks as other programs save them: OpenDocument, and Excel's structure with inline strings."""

import io
import zipfile
from pathlib import Path

import pytest
from rdflib import Graph
from tests.workbook.books import example, faults, field_row, read
from tests.workbook.opendocument import as_ods
from tests.workbook.packages import MAIN, Serial, Value, package, strict, tables_of
from tests.workbook.test_bad_files import with_member

from plangraf.sources.workbook_file import WorkbookFile
from plangraf.validation.annotated import annotated_copy
from plangraf.validation.report import Report
from plangraf.workbook.annotation import not_kept
from plangraf.workbook.findings import CellFault
from plangraf.workbook.limits import WorkbookError


def test_an_opendocument_spreadsheet_is_the_same_plan() -> None:
    found = read(as_ods(example()), "plan.ods")
    assert found.findings == ()
    assert set(found.quads) == set(read(example()).quads)


def test_entities_in_opendocument_are_refused() -> None:
    data = as_ods(example())
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, b"<!DOCTYPE a><a/>" if name == "content.xml" else source.read(name))
    with pytest.raises(WorkbookError, match="declares a document type"):
        read(out.getvalue(), "plan.ods")


def test_a_formula_with_its_stored_value_is_read_and_named() -> None:
    data = example()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet4.xml":
                start = content.index(b'<c r="B3"')
                end = content.index(b"</c>", start)
                content = content[:start] + b'<c r="B3" t="str"><f>"1."&amp;1</f><v>1.1</v>' + content[end:]
            target.writestr(name, content)
    found = read(out.getvalue())
    assert faults(found) == [(CellFault.FORMULA, "Mål!B3")]
    assert set(found.quads) == set(read(data).quads)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(package(tables_of(example())), id="Excel: shared strings in runs"),
        pytest.param(package(tables_of(example()), inline=True, styles=False), id="inline strings without styles"),
        pytest.param(package(tables_of(example()), empty_rows=1000), id="Google Sheets: 1000 empty rows"),
        pytest.param(package(tables_of(example()), date1904=True), id="days from 1904"),
        pytest.param(package(dict(reversed(tables_of(example()).items()))), id="sheets in another order"),
        pytest.param(strict(package(tables_of(example()))), id="strict"),
        pytest.param(
            with_member(
                "xl/styles.xml", b"<styleSheet xmlns='" + MAIN.encode() + b"'><fills><fill/></fills></styleSheet>"
            ),
            id="styles that openpyxl refuses",
        ),
    ],
)
def test_what_other_programs_write_is_the_same_plan(data: bytes) -> None:
    found = read(data)
    assert found.findings == ()
    assert set(found.quads) == set(read(example()).quads)
    file = WorkbookFile.sent(data, Path("plan.xlsx"), "https://e.org/g", "https://e.org/")
    copy = annotated_copy(file, Report((), Graph()), "nb")
    assert set(read(copy.data).quads) == set(found.quads)


@pytest.mark.parametrize(("date1904", "days"), [(False, 45736), (True, 45736 - 1462)])
def test_a_date_is_read_from_its_serial_number(date1904: bool, days: int) -> None:
    tables = tables_of(example())
    tables["Plan"][field_row("accepted") - 1][1] = Serial(days)
    found = read(package(tables, date1904=date1904))
    assert found.findings == ()
    assert set(found.quads) == set(read(example()).quads)


def test_spaces_that_are_kept_and_empty_rows_between_do_not_matter() -> None:
    tables = tables_of(example())
    rows: list[list[Value]] = []
    for row in tables["Mål"]:
        rows += [[f"  {cell}\u00a0 " if isinstance(cell, str) else cell for cell in row], [], [None, " ", "\u200b"]]
    tables["Mål"] = rows
    found = read(package(tables))
    assert found.findings == ()
    assert set(found.quads) == set(read(example()).quads)


def test_a_workbook_with_macros_is_read_and_they_are_named() -> None:
    data = package(tables_of(example()), macros=True)
    assert faults(read(data, "plan.xlsm")) == [(CellFault.MACROS, "Veiledning!A1")]
    file = WorkbookFile.sent(data, Path("plan.xlsm"), "https://e.org/g", "https://e.org/")
    copy = annotated_copy(file, Report((), Graph()), "nb")
    assert copy.lacks == "Denne kopien mangler deler av arbeidsboken din: makroer."
    assert faults(read(copy.data)) == []


def test_the_copy_tells_of_drop_downs_that_openpyxl_loses() -> None:
    extension = (
        '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations count="1"/>'
        "</ext></extLst>"
    )
    assert not_kept(package(tables_of(example()), extension=extension)) == ("drop-downs that refer to other sheets",)
    assert not_kept(example()) == ()
    empty = b"<xdr:wsDr xmlns:xdr='http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing'/>"
    assert not_kept(with_member("xl/drawings/drawing1.xml", empty)) == ()
