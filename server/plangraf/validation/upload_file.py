"""An upload as a file of a dataset."""

from pathlib import Path

from plangraf.formats import WORKBOOK_FORMATS, Format
from plangraf.sources.dataset import ListedFile
from plangraf.sources.file_in_memory import FileInMemory
from plangraf.sources.workbook_file import WorkbookFile
from plangraf.validation.terms import UPLOAD_BASE


def upload_file(data: bytes, source: Format) -> ListedFile:
    """Return an upload as a file of a dataset, whose base IRI and graph are those of uploads.

    Args:
        data: the bytes.
        source: their format, of RDF or of a workbook.
    """
    path = Path(f"data.{source.extension}")
    if source in WORKBOOK_FORMATS:
        return WorkbookFile.sent(data, path, UPLOAD_BASE, UPLOAD_BASE)
    return FileInMemory(path=path, graph=UPLOAD_BASE, data=data, format=source, base=UPLOAD_BASE)
