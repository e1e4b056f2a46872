"""Reading of workbooks of other programs with calamine: .ods and .xls."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from plangraf.workbook.archive import ZIP, ArchiveKind, check_archive, kind_of
from plangraf.workbook.extent import check_ods_extent, check_xlsx_extent
from plangraf.workbook.limits import check_cell, unreadable
from plangraf.workbook.raw import CellTrait, RawCell, RawSheet, RawWorkbook, number_text
from plangraf.workbook.template import LISTS_SHEET, version_in

_LARGEST = 5_000_000
"""The number of cells of the rectangle of a sheet, most of which may be empty."""


def read_with_calamine(data: bytes, path: Path) -> RawWorkbook:
    """Return the cells of a workbook.

    Raises:
        WorkbookError: it cannot be read, or exceeds a limit.
    """
    if data.startswith(ZIP):
        check_archive(data, path)
        if kind_of(data, path) is ArchiveKind.XLSX:
            check_xlsx_extent(data, path)
        else:
            check_ods_extent(data, path)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        version = _version(workbook)
        sheets = tuple(_sheets(workbook, path))
    except (CalamineError, ValueError, OSError) as error:
        raise unreadable(path, error) from error
    return RawWorkbook(sheets, version)


def _version(workbook: CalamineWorkbook) -> str | None:
    if LISTS_SHEET not in workbook.sheet_names:
        return None
    rows = workbook.get_sheet_by_name(LISTS_SHEET).to_python(nrows=1)
    return version_in(str(rows[0][0])) if rows and rows[0] else None


def _sheets(workbook: CalamineWorkbook, path: Path) -> Iterator[RawSheet]:
    count = 0
    for metadata in workbook.sheets_metadata:
        if metadata.name == LISTS_SHEET or metadata.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(metadata.name)
        if sheet.total_height * sheet.total_width > _LARGEST:
            check_cell(path, sheet.total_height, sheet.total_width, _LARGEST)
        cells: dict[tuple[int, int], RawCell] = {}
        for place, value in _values(sheet):
            raw = _raw(value)
            if raw is not None:
                count += 1
                check_cell(path, *place, count)
                cells[place] = raw
        yield RawSheet(metadata.name, cells)


def _values(sheet: CalamineSheet) -> Iterator[tuple[tuple[int, int], object]]:
    for row, values in enumerate(sheet.to_python(skip_empty_area=False), 1):
        for column, value in enumerate(values, 1):
            yield (row, column), value


def _raw(value: object) -> RawCell | None:
    if isinstance(value, bool):
        return RawCell("ja" if value else "nei")
    if isinstance(value, int | float):
        return RawCell(number_text(value), CellTrait.NUMBER)
    if isinstance(value, datetime):
        text = value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        return RawCell(text, CellTrait.DATE)
    if isinstance(value, date | time | timedelta):
        return RawCell(str(value), CellTrait.DATE)
    text = str(value)
    if text.startswith("#") and text.rstrip("!?").isupper():
        return RawCell(text, CellTrait.ERROR)
    return RawCell(text) if text.strip() else None
