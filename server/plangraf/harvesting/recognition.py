"""Recognition of the format of a document: by its media type, its name and its first bytes."""

import codecs
import re
from pathlib import PurePosixPath

from plangraf.formats import (
    CSV,
    CSV_FOLDER,
    JSON_LD,
    ODS,
    SOURCE_FORMATS,
    TURTLE,
    WORKBOOK_FORMATS,
    XLSX,
    Format,
    by_extension,
    by_key,
)
from plangraf.harvesting.address import SourceAddress
from plangraf.harvesting.faults import HarvestError
from plangraf.languages import N_
from plangraf.sources.recognition import recognize
from plangraf.workbook.archive import COMPOUND, ZIP

_UNSPECIFIC = frozenset(
    (
        *("", "text/plain", "application/octet-stream", "binary/octet-stream", "application/x-download"),
        *("application/xml", "text/xml", "application/json", "text/json", "application/zip", "application/gzip"),
        *("application/x-gzip", "application/force-download"),
    )
)
"""Media types that servers give to files of which they know no more."""
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]", re.I | re.S)
EXPECTED = ", ".join(
    (*(each.label for each in SOURCE_FORMATS), *(f".{each.extension}" for each in (XLSX, ODS, CSV_FOLDER)))
)
"""The names of the formats that are harvested, the same in every language."""


def recognize_document(media_type: str, address: SourceAddress, data: bytes) -> Format:
    """Return the format of a document; workbooks of all kinds are `XLSX`, as their readers tell them apart.

    Raises:
        HarvestError: it is empty, or in no format that is harvested.
    """
    if not data.strip():
        raise HarvestError(N_("{address} is empty."), address=str(address))
    if data.startswith((ZIP, COMPOUND)):
        return XLSX
    if is_page(media_type, data):
        raise HarvestError(
            N_(
                "{address} is a web page (HTML), and not data. Expected is one of: {expected}. A page may tell that "
                "something is missing, or that one has to log in."
            ),
            address=str(address),
            expected=EXPECTED,
        )
    name = PurePosixPath(address.path.removesuffix(".gz")).name
    if media_type in _UNSPECIFIC:
        return _by_content(name, address, data)
    found = by_key(media_type, (*SOURCE_FORMATS, *WORKBOOK_FORMATS))
    if found in SOURCE_FORMATS:
        return found
    if found is None and by_key(media_type, (CSV,)):
        raise HarvestError(
            N_(
                "{address} is a CSV file, which is one sheet of a plan. Publish the folder with all of them as a zip "
                "file, or the workbook."
            ),
            address=str(address),
        )
    raise _other(media_type, address)


def is_page(media_type: str, data: bytes) -> bool:
    """Return whether a document is a web page, whatever its media type says."""
    return media_type in _HTML_TYPES or _HTML.match(data[:2000]) is not None


def _by_content(name: str, address: SourceAddress, data: bytes) -> Format:
    """Return the format of a document whose media type does not tell it.

    Raises:
        HarvestError: it is no text.
    """
    found = by_extension(name, SOURCE_FORMATS)
    if found is not None:
        return found
    if b"\0" in data[:2000] and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _other("application/octet-stream", address)
    return recognize(data, JSON_LD if name.endswith(".json") else TURTLE)


def _other(media_type: str, address: SourceAddress) -> HarvestError:
    return HarvestError(
        N_("{address} comes as {type}. Expected is one of: {expected}."),
        address=str(address),
        type=media_type,
        expected=EXPECTED,
    )
