"""Workbooks for tests: the example of the template with changes, and what is read of them."""

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import openpyxl
import pyoxigraph as ox
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from plangraf.languages import InterfaceLanguage
from plangraf.workbook.example import example_rows
from plangraf.workbook.findings import CellFault, Findings
from plangraf.workbook.reading import read_workbook
from plangraf.workbook.rows import Row, WorkbookRows, made_row
from plangraf.workbook.sheets import BY_KEY
from plangraf.workbook.to_statements import PlanStatements, to_statements
from plangraf.workbook.xlsx_writer import write_xlsx

PLAN = "https://w3id.org/plangraf/id/eksempelvik/samfunnsplan-2025-2037"
GRAPH = "https://w3id.org/plangraf/graph/eksempelvik/samfunnsplan-2025-2037"
SOURCE = "https://www.eksempelvik.example/samfunnsplan.pdf"


CellValue = str | float | datetime | None


def example(language: InterfaceLanguage = "nb") -> bytes:
    return write_xlsx(example_rows(language), language)


def changed(change: Callable[[Workbook], object], data: bytes | None = None) -> bytes:
    """Return a workbook as a spreadsheet program saves it after a change."""
    workbook = openpyxl.load_workbook(io.BytesIO(data if data is not None else example()))
    change(workbook)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def with_cells(sheet: str, cells: Mapping[str, CellValue], data: bytes | None = None) -> bytes:
    """Return the example with other values in cells of a sheet."""

    def change(workbook: Workbook) -> None:
        worksheet = sheet_of(workbook, sheet)
        for name, value in cells.items():
            worksheet[name] = value

    return changed(change, data)


def sheet_of(workbook: Workbook, title: str) -> Worksheet:
    found = workbook[title]
    assert isinstance(found, Worksheet)
    return found


def read(data: bytes, name: str = "plan.xlsx") -> PlanStatements:
    found = read_workbook(data, Path(name))
    return to_statements(found.rows, found.findings)


def faults(found: PlanStatements) -> list[tuple[CellFault, str]]:
    return [(finding.fault, str(finding.place)) for finding in found.findings]


def column(sheet: str, key: str) -> str:
    """Return the letter of a column."""
    from openpyxl.utils import get_column_letter

    return get_column_letter([each.key for each in BY_KEY[sheet].columns].index(key) + 1)


def field_row(key: str) -> int:
    """Return the number of the row of a field of the plan."""
    return [each.key for each in BY_KEY["plan"].columns].index(key) + 2


def rows_with(**rows: list[dict[str, str]]) -> WorkbookRows:
    """Return the rows of the plan of the example, and others."""
    found: dict[str, list[Row]] = {
        key: [made_row(BY_KEY[key], each) for each in texts] for key, texts in rows.items()
    }
    return WorkbookRows({"plan": list(example_rows("nb").of("plan")), **found})


def statements(rows: WorkbookRows) -> PlanStatements:
    return to_statements(rows, Findings())


def values(found: PlanStatements, subject: str, prop: str) -> list[str]:
    """Return the values of a property of a thing of the plan, sorted."""
    subject = subject if "://" in subject else f"{PLAN}/{subject}"
    return sorted(
        each.object.value
        for each in found.quads
        if each.subject == ox.NamedNode(subject)
        and each.predicate.value == prop
        and isinstance(each.object, (ox.NamedNode, ox.Literal))
    )
