"""The drop-downs of the template: rules that refer to lists on a hidden sheet by defined names.

A list inside a rule ends at 255 characters, so no rule holds one. The list of targets depends on the goal beside it.
"""

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from plangraf.languages import InterfaceLanguage
from plangraf.vocabulary import GOAL_NUMBERS
from plangraf.workbook.code_lists import code_lists
from plangraf.workbook.columns import Column, Sheet, ValueKind
from plangraf.workbook.sheets import SHEETS
from plangraf.workbook.template import LISTS_SHEET, version_mark

_LAST_ROW = 2000
"""The number of the last row with drop-downs."""
_GOALS, _TARGETS = "sdg-goals", "sdg-targets"
_FIELDS = "text-properties"


def add_drop_downs(worksheet: Worksheet, sheet: Sheet) -> None:
    """Add the rules of the columns with code lists."""
    for number, column in enumerate(sheet.columns, 1):
        if column.kind is not ValueKind.CODE or column.codes is None:
            continue
        rule = DataValidation(
            type="list",
            formula1=_formula(column, sheet),
            allow_blank=True,
            # A cell with several values, or with an address that is not in the list, is not refused.
            showErrorMessage=not column.multiple
            and column.codes in code_lists()
            and not code_lists()[column.codes].is_open,
        )
        letter = get_column_letter(number)
        rule.add(f"B{number + 1}" if sheet.form else f"{letter}2:{letter}{_LAST_ROW}")
        worksheet.add_data_validation(rule)


def _formula(column: Column, sheet: Sheet) -> str:
    if column.codes != _TARGETS:
        return _name(column.codes or "")
    goal = get_column_letter(1 + [each.codes for each in sheet.columns].index(_GOALS))
    return f'INDIRECT("{_name(_TARGETS)}_"&LEFT({goal}2,FIND(" ",{goal}2&" ")-1))'


def add_lists(workbook: Workbook, language: InterfaceLanguage) -> None:
    """Add the hidden sheet of lists with their defined names."""
    worksheet = workbook.create_sheet(LISTS_SHEET)
    worksheet.sheet_state = "hidden"
    worksheet["A1"] = version_mark()
    for number, (key, entries) in enumerate(_lists(language).items(), 2):
        letter = get_column_letter(number)
        worksheet.cell(1, number).value = key
        for row, entry in enumerate(entries, 2):
            cell = worksheet.cell(row, number)
            cell.value = entry
            cell.data_type = "s"
        place = f"{quote_sheetname(LISTS_SHEET)}!${letter}$2:${letter}${max(len(entries), 1) + 1}"
        workbook.defined_names[_name(key)] = DefinedName(_name(key), attr_text=place)


def _lists(language: InterfaceLanguage) -> dict[str, list[str]]:
    """Return the entries of all lists, by the keys of the lists; the targets are a list for each goal."""
    found = {
        key: [entry.shown(language) for entry in codes.entries]
        for key, codes in code_lists().items()
        if key != _TARGETS
    }
    targets = code_lists()[_TARGETS].entries
    for goal in GOAL_NUMBERS:
        found[f"{_TARGETS}_{goal}"] = [
            entry.shown(language) for entry in targets if entry.code.startswith(f"{goal}.")
        ]
    for key, kinds in ((_FIELDS, (ValueKind.TEXT,)), ("properties", tuple(ValueKind))):
        titles = [
            column.title.in_language(language)
            for sheet in SHEETS
            for column in sheet.columns
            if column.prop is not None and column.kind in kinds
        ]
        found[key] = list(dict.fromkeys(titles))
    return found


def _name(key: str) -> str:
    return "list_" + key.replace("-", "_")
