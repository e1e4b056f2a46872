"""Reading of xlsx workbooks."""

import io
import struct
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from plangraf.workbook.archive import check_archive
from plangraf.workbook.calamine_reader import read_with_calamine
from plangraf.workbook.findings import CellFault, CellFinding
from plangraf.workbook.limits import WorkbookError, check_cell, unreadable
from plangraf.workbook.raw import CellTrait, MergedRange, RawCell, RawSheet, RawWorkbook, number_text
from plangraf.workbook.rows import CellPlace
from plangraf.workbook.template import LISTS_SHEET, version_in

_FAULTS = (
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,
    struct.error,
    zipfile.BadZipFile,
    ParseError,
    DefusedXmlException,
    InvalidFileException,
)
"""The exceptions by which openpyxl says that it cannot read a file."""


def read_xlsx(data: bytes, path: Path) -> RawWorkbook:
    """Return the cells of an xlsx workbook.

    Raises:
        WorkbookError: it cannot be read, or exceeds a limit.
    """
    facts = check_archive(data, path)
    try:
        values = load(data, path, values=True)
        formulas = load(data, path) if _has_formulas(data) else None
    except WorkbookError:
        # openpyxl refuses some styles, and all that Excel saves as strict; the cells are there for other readers.
        return read_with_calamine(data, path)
    sheets = tuple(_sheets(values, formulas, path))
    first = CellPlace(sheets[0].title if sheets else "", 1)
    findings = [
        CellFinding(fault, first)
        for fault, found in (
            (CellFault.MACROS, facts.has_macros),
            (CellFault.EXTERNAL_LINKS, facts.has_external_links),
        )
        if found
    ]
    return RawWorkbook(sheets, _version(values), tuple(findings))


def load(data: bytes, path: Path, *, values: bool = False) -> Workbook:
    """Return a workbook as openpyxl reads it, without what other programs have added and openpyxl warns of.

    Args:
        data: the workbook, whose sizes have been checked.
        path: its name.
        values: whether a cell with a formula has its stored value, and not the formula.

    Raises:
        WorkbookError: openpyxl cannot read it, or finds no sheet in it.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            workbook = openpyxl.load_workbook(io.BytesIO(data), data_only=values, keep_links=False)
        except _FAULTS as error:
            raise unreadable(path, error) from error
    if not workbook.worksheets:
        raise unreadable(path, "no sheets")
    return workbook


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(
            b"<f>" in text or b"<f " in text or b"<f/>" in text or b":f>" in text
            for name in archive.namelist()
            if "worksheets/" in name and (text := archive.read(name))
        )


def _version(workbook: Workbook) -> str | None:
    if LISTS_SHEET not in workbook.sheetnames:
        return None
    sheet = workbook[LISTS_SHEET]
    return version_in(str(sheet["A1"].value)) if isinstance(sheet, Worksheet) else None


def _sheets(values: Workbook, formulas: Workbook | None, path: Path) -> Iterator[RawSheet]:
    count = 0
    for sheet in values.worksheets:
        if sheet.title == LISTS_SHEET:
            continue
        written = formulas[sheet.title] if formulas is not None else None
        places = dict(sheet._cells)
        if isinstance(written, Worksheet):
            places = {**written._cells, **places}
        cells: dict[tuple[int, int], RawCell] = {}
        for (row, column), cell in sorted(places.items()):
            is_formula = isinstance(written, Worksheet) and written.cell(row, column).data_type == "f"
            value = sheet.cell(row, column).value
            raw = _raw(value, is_error=cell.data_type == "e" and not is_formula, is_formula=is_formula)
            if raw is not None:
                count += 1
                check_cell(path, row, column, count)
                cells[row, column] = raw
        merged = tuple(
            MergedRange(each.min_row, each.max_row, each.min_col, each.max_col, each.coord)
            for each in sheet.merged_cells.ranges
        )
        hidden = frozenset(number for number, row in sheet.row_dimensions.items() if row.hidden)
        yield RawSheet(sheet.title, cells, merged, hidden)


def _raw(value: object, *, is_error: bool, is_formula: bool) -> RawCell | None:
    trait = CellTrait.FORMULA if is_formula else CellTrait.NONE
    if value is None:
        return RawCell("", trait | CellTrait.NO_VALUE) if is_formula else None
    if is_error or (is_formula and str(value).startswith("#") and str(value).rstrip("!?").isupper()):
        return RawCell(str(value), trait | CellTrait.ERROR)
    if isinstance(value, bool):
        return RawCell("ja" if value else "nei", trait)
    if isinstance(value, int | float):
        return RawCell(number_text(value), trait | CellTrait.NUMBER)
    if isinstance(value, datetime):
        text = value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        return RawCell(text, trait | CellTrait.DATE)
    if isinstance(value, date | time):
        return RawCell(value.isoformat(), trait | CellTrait.DATE)
    text = str(value)
    return RawCell(text, trait) if text.strip() else None
