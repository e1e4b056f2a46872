"""How far the cells of a workbook reach, which calamine takes memory for before it can be asked.

A sheet takes a rectangle up to its last cell that is not empty; a small file can say that it is far away, or that a
cell is repeated a million times.
"""

import io
import re
import zipfile
from pathlib import Path
from xml.parsers import expat

from openpyxl.utils import column_index_from_string

from plangraf.workbook.limits import check_cell, unreadable

_REFERENCE = re.compile(rb"\sr=[\"']([A-Z]{0,3})(\d{1,9})[\"']")
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_CHUNK = 1 << 16


def check_xlsx_extent(data: bytes, path: Path) -> None:
    """Check where the cells of an xlsx workbook are; its sizes have been checked.

    Raises:
        WorkbookError: a cell is beyond the limits.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if "worksheets/" in name:
                for found in _REFERENCE.finditer(archive.read(name)):
                    column = column_index_from_string(found[1].decode()) if found[1] else 1
                    check_cell(path, int(found[2]), column, 0)


def check_ods_extent(data: bytes, path: Path) -> None:
    """Check where the cells of an OpenDocument spreadsheet are; its sizes have been checked, and it has no entities.

    Raises:
        WorkbookError: a cell is beyond the limits, or the content is not well-formed XML.
    """
    extent = _OpenDocumentExtent(path)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "content.xml" not in archive.namelist():
            raise unreadable(path, "no content")
        with archive.open("content.xml") as file:
            try:
                while piece := file.read(_CHUNK):
                    extent.parser.Parse(piece)
                extent.parser.Parse(b"", True)
            except (expat.ExpatError, ValueError) as error:
                raise unreadable(path, error) from error


class _OpenDocumentExtent:
    """Follows the rows and cells of the tables of a document."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._count = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_TABLE}table":
            self._row = 0
        elif name == f"{_TABLE}table-row":
            self._rows = int(attributes.get(f"{_TABLE}number-rows-repeated", "1"))
            self._column = 0
        elif name in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            self._columns = int(attributes.get(f"{_TABLE}number-columns-repeated", "1"))
            if f"{_OFFICE}value-type" in attributes or f"{_TABLE}formula" in attributes:
                self._check()
        elif name == f"{_TEXT}p":
            self._check()

    def _end(self, name: str) -> None:
        if name == f"{_TABLE}table-row":
            self._row += self._rows
        elif name in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            self._column += self._columns

    def _check(self) -> None:
        """Check a cell that is not empty, with its repetitions."""
        self._count += 1
        check_cell(self._path, self._row + self._rows, self._column + self._columns, self._count)
