"""The zip archive of a workbook, checked before a parser sees any of it."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from plangraf.workbook.limits import (
    MOST_BYTES,
    MOST_CELLS,
    MOST_INFLATED,
    MOST_MEMBERS,
    MOST_ROWS,
    WorkbookError,
    too_large,
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
                raise too_large(path, f"{len(members):,} files in it", f"{MOST_MEMBERS:,}")
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
                raise too_large(path, f"{cells:,} cells", f"{MOST_CELLS:,}")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise WorkbookError(f"is damaged: {error}; save it again, or take an earlier copy", path) from error
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
                raise WorkbookError(f"declares a document type in {member.filename}, which no workbook needs", path)
            if is_sheet:
                # A sign that ends before the new piece has been counted with the piece before.
                rows += sum(found.end() > len(before) for found in _ROW.finditer(text))
                cells += sum(found.end() > len(before) for found in _CELL.finditer(text))
                if rows > MOST_ROWS:
                    raise too_large(path, f"more than {MOST_ROWS:,} rows in a sheet", f"{MOST_ROWS:,}")
            before = text[-_OVERLAP:]
    return _Counts(size, cells)


def _inflates(path: Path) -> WorkbookError:
    return WorkbookError(
        f"would take up more than {MOST_INFLATED // _MEGABYTE} MB when decompressed, which no plan does", path
    )


def encrypted(path: Path) -> WorkbookError:
    """Return the error about an encrypted workbook."""
    return WorkbookError("is encrypted; save it without a password", path)


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
        raise too_large(path, f"{len(data) / _MEGABYTE:.0f} MB", f"{MOST_BYTES // _MEGABYTE} MB")
