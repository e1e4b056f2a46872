"""Workbooks as folders of CSV files, one for each sheet, with CSV metadata (CSVW) beside them."""

import codecs
import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from plangraf.languages import N_, InterfaceLanguage
from plangraf.spreadsheet import harmless
from plangraf.workbook.archive import COMPOUND, ZIP, check_archive, check_size, is_csv_name
from plangraf.workbook.csvw import METADATA, metadata
from plangraf.workbook.file_names import csv_files, sheet_names
from plangraf.workbook.findings import CellFault, CellFinding
from plangraf.workbook.limits import MOST_BYTES, WorkbookError, check_cell
from plangraf.workbook.raw import RawCell, RawSheet, RawWorkbook
from plangraf.workbook.reading import ReadWorkbook, recognized
from plangraf.workbook.rows import CellPlace, WorkbookRows
from plangraf.workbook.sheets import SHEETS
from plangraf.workbook.template import LISTS_SHEET

_DELIMITERS = (",", ";", "\t")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_WRITTEN_HARMLESS = re.compile(r"'[=+\-@]")


def read_csv_folder(path: Path) -> ReadWorkbook:
    """Return the rows of a folder of CSV files.

    Raises:
        WorkbookError: a file cannot be read, or exceeds a limit.
    """
    files = csv_files(path)
    for file in files:
        if file.stat().st_size > MOST_BYTES:
            check_size(b"\0" * (MOST_BYTES + 1), file)
    return recognized(_read_sheets((file, file.read_bytes()) for file in files))


def read_csv_archive(data: bytes, path: Path) -> RawWorkbook:
    """Return the cells of a zip archive of CSV files, in whatever folders they lie.

    Raises:
        WorkbookError: a file cannot be read, or exceeds a limit, or there are two of one name.
    """
    check_archive(data, path)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in sorted(archive.namelist()) if is_csv_name(name)}
    names = Counter(PurePosixPath(name).name.lower() for name in files)
    name, count = names.most_common(1)[0]
    if count > 1:
        raise WorkbookError(
            N_("The archive has {count} files {name}. Pack one plan: one folder with a file for each sheet."),
            path,
            count=count,
            name=name,
        )
    return _read_sheets((path / name, content) for name, content in files.items())


def _read_sheets(files: Iterable[tuple[Path, bytes]]) -> RawWorkbook:
    found = list(files)
    sheets = []
    count = 0
    for (file, data), title in zip(found, sheet_names([file for file, _ in found]), strict=True):
        if title == LISTS_SHEET:
            continue
        sheet = _read_sheet(file, title, data, count)
        count += len(sheet.cells)
        sheets.append(sheet)
    return RawWorkbook(tuple(sheets))


def _read_sheet(path: Path, title: str, data: bytes, count: int) -> RawSheet:
    check_size(data, path)
    if data.startswith((ZIP, COMPOUND)):
        raise WorkbookError(
            N_("{name} is a workbook, whatever its name says. Name it .xlsx, .ods or .xls, and give it alone."),
            path,
            name=path.name,
        )
    text, encoding = decoded(data, path)
    findings = [] if encoding is None else [CellFinding(CellFault.ENCODING, CellPlace(title, 1), {"text": encoding})]
    cells: dict[tuple[int, int], RawCell] = {}
    limit = csv.field_size_limit(MOST_BYTES)
    try:
        for row, values in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)), 1):
            for column, value in enumerate(values, 1):
                if value.strip():
                    count += 1
                    check_cell(path, row, column, count)
                    cells[row, column] = RawCell(value[1:] if _WRITTEN_HARMLESS.match(value) else value)
    except csv.Error as error:
        raise WorkbookError(
            N_("{name} is not well-formed CSV: {cause}."), path, name=path.name, cause=str(error)
        ) from error
    finally:
        csv.field_size_limit(limit)
    return RawSheet(title, cells, findings=tuple(findings))


def decoded(data: bytes, path: Path) -> tuple[str, str | None]:
    """Return the text of a file, and the name of its encoding if it had to be guessed.

    Raises:
        WorkbookError: it is not text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), None
            except UnicodeDecodeError as error:
                raise _no_text(path) from error
    if b"\0" in data:
        encoding = "utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be"
        try:
            return data.decode(encoding), "UTF-16"
        except UnicodeDecodeError as error:
            raise _no_text(path) from error
    try:
        return data.decode(), None
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "Windows-1252"


def _no_text(path: Path) -> WorkbookError:
    return WorkbookError(N_("{name} is not text. Save it as CSV in UTF-8."), path, name=path.name)


def delimiter_of(text: str) -> str:
    """Return the delimiter of the first line that is not empty: the sign that stands most often outside quotes."""
    first = next((line for line in _QUOTED.sub("", text).splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=first.count)


def csv_folder_files(
    rows: WorkbookRows, language: InterfaceLanguage = "nb", *, delimiter: str = ","
) -> dict[str, bytes]:
    """Return the content of the files of a folder, by their names: a CSV file for each sheet with rows, and CSVW.

    Args:
        rows: the rows.
        language: the language of the headings.
        delimiter: the sign between cells.
    """
    files: dict[str, bytes] = {}
    written = [sheet for sheet in SHEETS if rows.of(sheet.key) or sheet.form]
    for sheet in written:
        out = io.StringIO(newline="")
        table = csv.writer(out, delimiter=delimiter)
        table.writerow(column.title.in_language(language) for column in sheet.columns)
        for row in rows.of(sheet.key):
            table.writerow(harmless(row.text(column.key)) for column in sheet.columns)
        files[f"{sheet.key}.csv"] = out.getvalue().encode()
    files[METADATA] = metadata(written, delimiter)
    return files
