"""The zip archive of a workbook, checked before a parser sees any of it."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from plangraf.languages import N_
from plangraf.workbook.limits import (
    MOST_BYTES,
    MOST_CELLS,
    MOST_INFLATED,
    MOST_MEMBERS,
    MOST_ROWS,
    WorkbookError,
    too_many_cells,
)

ZIP = b"PK\x03\x04"
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
"""The beginning of the files of older spreadsheet programs, and of encrypted ones."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 1 << 16
_OVERLAP = 64
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_MEGABYTE = 1024 * 1024
_MEMBERS = N_("The archive has {count} files in it, and a workbook has at most {most}.")
_DAMAGED = N_("The file is damaged ({cause}). Save it again, or take an earlier copy.")
_DOCUMENT_TYPE = N_("The file declares a document type in {name}, which no workbook needs.")
_ROWS = N_("The file has more than {most} rows in a sheet. Remove what is not part of the plan.")


_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)
"""The errors of `zipfile` about an archive: NotImplementedError is that of an unknown compression."""


class ArchiveKind(Enum):
    """The kind of an archive: the package of Excel, a document of OpenDocument, a folder of CSV files, or neither."""

    XLSX = auto()
    OPEN_DOCUMENT = auto()
    CSV_FOLDER = auto()
    UNKNOWN = auto()


def kind_of(data: bytes, path: Path) -> ArchiveKind:
    """Return what an archive is, by the names in its directory.

    Raises:
        WorkbookError: it is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except _FAULTS as error:
        raise WorkbookError(_DAMAGED, path, cause=str(error)) from error
    if "content.xml" in names:
        return ArchiveKind.OPEN_DOCUMENT
    if "[Content_Types].xml" in names and "xl/workbook.bin" not in names:
        return ArchiveKind.XLSX
    return ArchiveKind.CSV_FOLDER if any(map(is_csv_name, names)) else ArchiveKind.UNKNOWN


def is_csv_name(name: str) -> bool:
    """Return whether a name in an archive is that of a CSV file, and not of what macOS keeps beside one."""
    end = name.rpartition("/")[2]
    return end.lower().endswith(".csv") and not end.startswith("._")


@dataclass(frozen=True)
class ArchiveFacts:
    """Parts of an archive that are not read.

    Attributes:
        has_macros: whether it has macros.
        has_external_links: whether it has links to other files.
    """

    has_macros: bool
    has_external_links: bool


def check_archive(data: bytes, path: Path) -> ArchiveFacts:
    """Check the sizes of an archive, in its directory and while inflating, and that its XML declares no entities.

    Raises:
        WorkbookError: a limit is exceeded, or the archive is damaged, or its XML has a document type.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise WorkbookError(_MEMBERS, path, count=len(members), most=MOST_MEMBERS)
            declared = sum(member.file_size for member in members)
            if declared > MOST_INFLATED:
                raise _inflates(path)
            if any(member.flag_bits & 1 for member in members):
                raise encrypted(path)
            left = MOST_INFLATED
            cells = 0
            for member in members:
                counts = _inflate(archive, member, left, path)
                left -= counts.size
                cells += counts.cells
            if cells > MOST_CELLS:
                raise too_many_cells(path)
    except _FAULTS as error:
        raise WorkbookError(_DAMAGED, path, cause=str(error)) from error
    names = [member.filename for member in members]
    return ArchiveFacts(
        any(name.endswith("vbaProject.bin") for name in names), any("externalLinks/" in name for name in names)
    )


@dataclass(frozen=True)
class _Counts:
    size: int
    cells: int


def _inflate(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int, path: Path) -> _Counts:
    """Inflate a file of an archive, piece by piece, and return its size and the number of its cells."""
    size = rows = cells = 0
    is_xml = member.filename.endswith((".xml", ".rels", ".vml"))
    is_sheet = "worksheets/" in member.filename
    before = b""
    with archive.open(member) as file:
        while piece := file.read(_CHUNK):
            size += len(piece)
            if size > most:
                raise _inflates(path)
            text = before + piece
            if is_xml and _DECLARATION.search(text):
                raise WorkbookError(_DOCUMENT_TYPE, path, name=member.filename)
            if is_sheet:
                # A sign that ends before the new piece has been counted with the piece before.
                rows += sum(found.end() > len(before) for found in _ROW.finditer(text))
                cells += sum(found.end() > len(before) for found in _CELL.finditer(text))
                if rows > MOST_ROWS:
                    raise WorkbookError(_ROWS, path, most=MOST_ROWS)
            before = text[-_OVERLAP:]
    return _Counts(size, cells)


def _inflates(path: Path) -> WorkbookError:
    return WorkbookError(
        N_("The file would take up more than {most} MB when decompressed, which no plan does."),
        path,
        most=MOST_INFLATED // _MEGABYTE,
    )


def encrypted(path: Path) -> WorkbookError:
    """Return the error about an encrypted workbook."""
    return WorkbookError(N_("The workbook is encrypted. Save it without a password."), path)


def check_compound(data: bytes, path: Path) -> None:
    """Check that a file of an older spreadsheet program is not an encrypted new one.

    Raises:
        WorkbookError: it is.
    """
    if _ENCRYPTED in data:
        raise encrypted(path)


def check_size(data: bytes, path: Path) -> None:
    """Check the size of a file.

    Raises:
        WorkbookError: it is too large.
    """
    if len(data) > MOST_BYTES:
        raise WorkbookError(
            N_("The file has {found} MB, and a workbook has at most {most} MB. Remove what is not part of the plan."),
            path,
            found=-(-len(data) // _MEGABYTE),
            most=MOST_BYTES // _MEGABYTE,
        )
