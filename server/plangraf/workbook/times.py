"""The times in a workbook, which are given, so that the same content gives the same bytes."""

import io
import re
import zipfile
from datetime import datetime
from typing import Any

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

EARLIEST = datetime(1980, 1, 1)  # the times of a zip archive have no zone
"""The earliest time that a zip archive can have."""
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


class _MemoryWriter(ExcelWriter):
    """Writes a workbook without the temporary files of openpyxl, which a confined process cannot make."""

    def __init__(self, workbook: Workbook, archive: zipfile.ZipFile) -> None:
        super().__init__(workbook, archive)
        self._target = archive

    def write_worksheet(self, ws: Any) -> None:
        """Write a sheet, as openpyxl does; what it uses has no public names."""
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts = ws._charts
        ws._drawing.images = ws._images
        content = io.BytesIO()
        writer: Any = WorksheetWriter(ws, content)
        writer.write()
        ws._rels = writer._rels
        self._target.writestr(ws.path[1:], content.getvalue())
        self.manifest.append(ws)


def with_times(workbook: Workbook, time: datetime) -> bytes:
    """Return the file of a workbook in which all times are `time`."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        _MemoryWriter(workbook, archive).write_data()
    out = io.BytesIO()
    stamp = max(time.replace(tzinfo=None), EARLIEST)
    modified = stamp.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, stamp.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + modified + rb"\g<2>", content)
            target.writestr(info, content)
    return out.getvalue()
