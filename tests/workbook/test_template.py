import io

import openpyxl
import pytest
from tests.workbook.books import example, sheet_of

from plangraf.languages import InterfaceLanguage
from plangraf.workbook.code_lists import code_lists
from plangraf.workbook.columns import ValueKind
from plangraf.workbook.rows import WorkbookRows
from plangraf.workbook.sheets import SHEETS
from plangraf.workbook.xlsx_writer import write_xlsx

LANGUAGES: tuple[InterfaceLanguage, ...] = ("nb", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_of_the_declaration_is_in_the_template(language: InterfaceLanguage) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(write_xlsx(WorkbookRows(), language)))
    for sheet in SHEETS:
        worksheet = sheet_of(workbook, sheet.title.in_language(language))
        assert worksheet.freeze_panes is not None
        for number, column in enumerate(sheet.columns):
            head = worksheet.cell(number + 2, 1) if sheet.form else worksheet.cell(1, number + 1)
            title = column.title.in_language(language)
            assert head.value == (f"{title} *" if column.required else title)
            note = worksheet.cell(number + 2, 3).value if sheet.form else head.comment and head.comment.text
            assert note == column.help.in_language(language)
            letter = "B" if sheet.form else head.column_letter
            assert worksheet.column_dimensions[letter].number_format == "@"


def test_titles_and_keys_tell_sheets_and_columns_apart() -> None:
    names = [name.casefold() for sheet in SHEETS for name in {sheet.title.nb, sheet.title.en}]
    assert len(names) == len(set(names))
    for sheet in SHEETS:
        assert len({column.key for column in sheet.columns}) == len(sheet.columns)
        for language in LANGUAGES:
            assert len({column.title.in_language(language) for column in sheet.columns}) == len(sheet.columns)


def test_every_drop_down_refers_to_a_list_that_is_there() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(example()))
    rules = 0
    for sheet in SHEETS:
        worksheet = sheet_of(workbook, sheet.title.nb)
        found = {rule.formula1 for rule in worksheet.data_validations.dataValidation}
        assert len(worksheet.data_validations.dataValidation) == sum(
            each.kind is ValueKind.CODE for each in sheet.columns
        )
        for formula in found:
            rules += 1
            assert len(formula) < 255
            assert formula in workbook.defined_names or formula.startswith('INDIRECT("list_sdg_targets_"&')
    assert rules > 20
    assert workbook["_lists"].sheet_state == "hidden"


def test_the_targets_are_a_list_for_each_goal() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(example("en")))
    seen = []
    for goal in range(1, 18):
        sheet, cells = next(iter(workbook.defined_names[f"list_sdg_targets_{goal}"].destinations))
        column = [cell[0].value for cell in workbook[sheet][cells]]
        assert all(str(each).startswith(f"{goal}.") for each in column)
        seen += column
    assert seen == [entry.shown("en") for entry in code_lists()["sdg-targets"].entries]


def test_a_text_that_begins_like_a_formula_stays_a_text() -> None:
    from tests.workbook.books import read, rows_with, values

    text = "=HYPERLINK(1)"
    rows = rows_with(goals=[{"name": text, "number": "1.10"}])
    workbook = openpyxl.load_workbook(io.BytesIO(write_xlsx(rows)))
    found = [
        cell.data_type for row in sheet_of(workbook, "Mål").iter_rows(2, 2) for cell in row if cell.value == text
    ]
    assert found == ["s"]
    again = read(write_xlsx(rows))
    assert values(again, "goal/1.10", "http://www.w3.org/2004/02/skos/core#prefLabel") == [text]
    assert values(again, "goal/1.10", "http://www.w3.org/2004/02/skos/core#notation") == ["1.10"]


def test_missing_cells_are_yellow_and_the_example_is_grey() -> None:
    from tests.workbook.books import rows_with

    rows = rows_with(goals=[{"number": "1", "name": "Delmål", "missing": "tittel mangler"}])
    worksheet = sheet_of(openpyxl.load_workbook(io.BytesIO(write_xlsx(rows, example=True))), "Mål")
    marked = {
        str(worksheet.cell(1, cell.column or 1).value)
        for row in worksheet.iter_rows(2, 2)
        for cell in row
        if cell.fill.fgColor.rgb == "00FFF2A8"
    }
    assert marked == {"Navn *", "Mangler", "Kilde *"}
    assert worksheet["B2"].font.color is not None
    assert worksheet["B2"].font.color.rgb == "00808080"
