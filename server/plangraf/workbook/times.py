"""The times in a workbook, which are given, so that the same content gives the same bytes."""

import io
import re
import zipfile
from datetime import datetime

from openpyxl.workbook.workbook import Workbook

EARLIEST = datetime(1980, 1, 1)  # the times of a zip archive have no zone
"""The earliest time that a zip archive can have."""
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def with_times(workbook: Workbook, time: datetime) -> bytes:
    """Return the file of a workbook in which all times are `time`."""
    written = io.BytesIO()
    workbook.save(written)
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
