"""Reading of workbooks in any of the forms that are read."""

from dataclasses import dataclass
from pathlib import Path

from plangraf.workbook.archive import COMPOUND, ZIP, check_compound, check_size
from plangraf.workbook.file_names import XLSX
from plangraf.workbook.findings import Findings
from plangraf.workbook.limits import WorkbookError
from plangraf.workbook.raw import RawWorkbook
from plangraf.workbook.recognition import recognize_rows
from plangraf.workbook.rows import WorkbookRows


@dataclass(frozen=True)
class ReadWorkbook:
    """The rows of a file, with the faults found so far.

    Attributes:
        rows: the rows.
        findings: the faults, to which the conversion adds others.
    """

    rows: WorkbookRows
    findings: Findings


def read_workbook(data: bytes, path: Path) -> ReadWorkbook:
    """Return the rows of the content of a workbook.

    Args:
        data: the content.
        path: its name.

    Raises:
        WorkbookError: it cannot be read, or exceeds a limit.
    """
    return recognized(_raw(data, path))


def recognized(raw: RawWorkbook) -> ReadWorkbook:
    """Return the rows of the cells of a file."""
    findings = Findings()
    return ReadWorkbook(recognize_rows(raw, findings), findings)


def _raw(data: bytes, path: Path) -> RawWorkbook:
    # The readers are imported when they are needed: openpyxl alone takes a quarter of a second.
    check_size(data, path)
    name = path.name.lower()
    if data.startswith(COMPOUND):
        check_compound(data, path)
    elif not data.startswith(ZIP):
        raise WorkbookError(
            "is no workbook, whatever its name says; if it holds comma-separated values, name it as a sheet of a "
            "folder, such as goals.csv, and give the folder",
            path,
        )
    if name.endswith(XLSX) and data.startswith(ZIP):
        from plangraf.workbook.xlsx_reader import read_xlsx

        return read_xlsx(data, path)
    from plangraf.workbook.calamine_reader import read_with_calamine

    return read_with_calamine(data, path)
