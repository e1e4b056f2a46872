"""Workbooks that LibreOffice has opened and saved."""

import io
from pathlib import Path

import openpyxl
import pytest
from tests.libreoffice import convert, converted
from tests.workbook.books import example, faults, read, sheet_of, with_cells

from plangraf import shipped
from plangraf.release.plan_source import read_plan
from plangraf.workbook.annotation import CellNote, annotate
from plangraf.workbook.columns import ValueKind
from plangraf.workbook.csv_folder import read_csv_folder
from plangraf.workbook.file_names import is_csv_folder
from plangraf.workbook.findings import CellFault, Weight
from plangraf.workbook.from_statements import from_statements
from plangraf.workbook.rows import CellPlace
from plangraf.workbook.sheets import SHEETS
from plangraf.workbook.to_statements import to_statements
from plangraf.workbook.xlsx_writer import write_xlsx

pytestmark = pytest.mark.libreoffice
TRONDHEIM = shipped.DATA / "trondheim" / "samfunnsplan-2020-2032"


def saved(data: bytes, kind: str, folder: Path) -> bytes:
    path = folder / "plan.xlsx"
    path.write_bytes(data)
    (folder / "saved").mkdir(exist_ok=True)
    return converted(path, kind, folder / "saved").read_bytes()


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_the_template_and_a_plan_are_the_same_after_a_save(kind: str, tmp_path: Path) -> None:
    plan = read_plan(TRONDHEIM)
    for data in (example("nb"), example("en"), write_xlsx(from_statements(plan.quads, plan.addresses).rows)):
        before, after = read(data), read(saved(data, kind, tmp_path), f"plan.{kind}")
        assert set(after.quads) == set(before.quads)
        assert after.findings == before.findings


def test_drop_downs_notes_colours_and_formats_survive(tmp_path: Path) -> None:
    data = annotate(example(), {CellPlace("Mål", 3, "C"): [CellNote(Weight.VIOLATION, "Feil her")]})
    workbook = openpyxl.load_workbook(io.BytesIO(saved(data, "xlsx", tmp_path)))
    assert workbook["_lists"].sheet_state == "hidden"
    for sheet in SHEETS:
        rules = sheet_of(workbook, sheet.title.nb).data_validations.dataValidation
        formulas = {str(rule.formula1) for rule in rules}
        assert len(formulas) == len({column.codes for column in sheet.columns if column.kind is ValueKind.CODE})
        assert all(each in workbook.defined_names or each.startswith("INDIRECT(") for each in formulas)
    goals = sheet_of(workbook, "Mål")
    assert goals["C3"].comment is not None
    assert "Feil her" in goals["C3"].comment.text
    assert str(goals["C3"].fill.fgColor.rgb).endswith("F4B6B6")
    assert goals["B3"].number_format == "@"
    assert goals["C1"].comment is not None


def test_numbers_keep_their_zeros_and_a_number_that_became_one_is_named(tmp_path: Path) -> None:
    for kind in ("xlsx", "ods"):
        found = read(saved(with_cells("Mål", {"B3": "1.10"}), kind, tmp_path), f"plan.{kind}")
        assert any(quad.object.value == "1.10" for quad in found.quads if hasattr(quad.object, "value"))
        found = read(saved(with_cells("Mål", {"B3": 1.1}), kind, tmp_path), f"plan.{kind}")
        assert faults(found) == [(CellFault.NUMBER_MADE, "Mål!B3")]


def test_formulas_are_calculated_by_the_program_and_read_by_value(tmp_path: Path) -> None:
    data = with_cells("Mål", {"B3": '="1."&"1"'})
    assert (CellFault.FORMULA_WITHOUT_VALUE, "Mål!B3") in faults(read(data))
    found = read(saved(data, "xlsx", tmp_path))
    assert faults(found) == [(CellFault.FORMULA, "Mål!B3")]
    assert set(found.quads) == set(read(example()).quads)


def test_all_sheets_saved_as_csv_are_the_same_plan(tmp_path: Path) -> None:
    path, folder = tmp_path / "min plan.xlsx", tmp_path / "csv"
    path.write_bytes(example())
    folder.mkdir()
    # Semicolons (59), quotation marks (34), UTF-8 (76), every sheet (-1); the program names none like the workbook.
    kind = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1"
    convert(path, kind, folder)
    found = read_csv_folder(folder)
    assert set(to_statements(found.rows, found.findings).quads) == set(read(example()).quads)
    assert is_csv_folder(folder)
    assert not found.findings.all
