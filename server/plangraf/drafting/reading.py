"""Reading of documents, by what they are and not by their names."""

from pathlib import Path

from plangraf.drafting.document import PlanDocument
from plangraf.drafting.limits import MOST_BYTES, DocumentError, LibraryMissingError, too_large
from plangraf.workbook.archive import COMPOUND, ZIP

_PDF = b"%PDF-"
_LOOK_FOR_PDF = 1024
_TEXT_START = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_RTF = b"{\\rtf"
_MEGABYTE = 1024 * 1024


def read_document(data: bytes, path: Path) -> PlanDocument:
    """Return the text of a document.

    Args:
        data: its bytes.
        path: its name, for messages.

    Raises:
        DocumentError: it is none of the kinds that are read, or too large, damaged, encrypted or without text.
        LibraryMissingError: the libraries are not installed.
    """
    check_document(data, path)
    try:
        # The libraries are an extra, and each takes its time.
        if _is_pdf(data):
            from plangraf.drafting.pdf_reader import read_pdf as read
        elif data.startswith(ZIP):
            from plangraf.drafting.docx_reader import read_docx as read
        else:
            from plangraf.drafting.html_reader import read_html as read
    except ModuleNotFoundError as error:
        raise LibraryMissingError(error.name or "") from error
    return read(data, path)


def check_document(data: bytes, path: Path) -> None:
    """Check the size of a document, and that it is of a kind that is read.

    Raises:
        DocumentError: it is not.
    """
    if not data:
        raise DocumentError("is empty", path)
    if len(data) > MOST_BYTES:
        raise too_large(path, f"{len(data) // _MEGABYTE} MB", f"{MOST_BYTES // _MEGABYTE} MB")
    if (
        _is_pdf(data)
        or data.startswith(ZIP)
        or data.lstrip().startswith(_TEXT_START)
        or b"<html" in data[:_LOOK_FOR_PDF].lower()
    ):
        return
    if data.startswith(COMPOUND):
        if _ENCRYPTED in data:
            raise DocumentError("is encrypted; save it without a password", path)
        raise DocumentError("is of an older version of Word; save it as .docx or PDF", path)
    if data.startswith(_RTF):
        raise DocumentError("is rich text (RTF); save it as .docx or PDF", path)
    raise DocumentError("is neither a PDF nor a Word document (.docx) nor a web page (HTML)", path)


def _is_pdf(data: bytes) -> bool:
    return _PDF in data[:_LOOK_FOR_PDF]
