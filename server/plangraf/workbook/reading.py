"""Reading of workbooks in any of the forms that are read."""

from dataclasses import dataclass
from pathlib import Path

from plangraf.languages import N_
from plangraf.workbook.archive import COMPOUND, ZIP, ArchiveKind, check_compound, check_size, kind_of
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
    """Return the rows of the content of a workbook, or of a zip archive of CSV files.

    Args:
        data: the content.
        path: its name.

    Raises:
        WorkbookError: it cannot be read, or exceeds a limit.
    """
    return recognized(raw_workbook(data, path))


def recognized(raw: RawWorkbook) -> ReadWorkbook:
    """Return the rows of the cells of a file."""
    findings = Findings()
    return ReadWorkbook(recognize_rows(raw, findings), findings)


def raw_workbook(data: bytes, path: Path) -> RawWorkbook:
    """Return the cells of a file, which is read as what it is, whatever its name says.

    Raises:
        WorkbookError: it cannot be read, or exceeds a limit.
    """
    # The readers are imported when there is a file for them: they take their time.
    from plangraf.workbook.calamine_reader import read_with_calamine

    check_size(data, path)
    if data.startswith(COMPOUND):
        check_compound(data, path)
        return read_with_calamine(data, path)
    kind = kind_of(data, path) if data.startswith(ZIP) else ArchiveKind.UNKNOWN
    if kind is ArchiveKind.XLSX:
        from plangraf.workbook.xlsx_reader import read_xlsx

        return read_xlsx(data, path)
    if kind is ArchiveKind.OPEN_DOCUMENT:
        return read_with_calamine(data, path)
    if kind is ArchiveKind.CSV_FOLDER:
        from plangraf.workbook.csv_folder import read_csv_archive

        return read_csv_archive(data, path)
    raise WorkbookError(
        N_(
            "The file is no workbook, whatever its name says. If it holds comma-separated values, it is one sheet of "
            "a folder: name it as the sheet, such as goals.csv, and give the folder."
        ),
        path,
    )
