"""Parsing of uploads for validation: an RDF document as the body, or a form."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path, PurePosixPath

from fastapi import Request
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser

from plangraf.errors import BodyTooLarge, MediaTypeUnsupported, RequestMalformed
from plangraf.formats import (
    CSV,
    RDF_XML,
    SOURCE_FORMATS,
    TURTLE,
    WORKBOOK_FORMATS,
    XLSX,
    Format,
    by_extension,
    by_key,
)
from plangraf.http.negotiate import read_body
from plangraf.languages import N_
from plangraf.sources.faults import UnusableSourceError
from plangraf.sources.recognition import recognize
from plangraf.sources.xml_source import to_utf8
from plangraf.workbook.archive import COMPOUND, ZIP

FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
UPLOAD_FORMATS = (*SOURCE_FORMATS, *WORKBOOK_FORMATS)
_AROUND = 64 * 1024  # bytes that a form may have in addition to the data


@dataclass(frozen=True)
class Upload:
    """Data to be validated.

    Attributes:
        data: the data.
        source: the format of the data.
        report: the form of the report that a form field selects, if any.
        pasted: whether the data came as text of a form, and not as a file or as the body.
        name: the name of the file, without an extension; empty if there is none.
        preview: whether the sender wants to see the pages too.
    """

    data: bytes
    source: Format
    report: str | None
    pasted: bool = False
    name: str = ""
    preview: bool = False

    @property
    def is_workbook(self) -> bool:
        """Whether the data are a workbook."""
        return self.source in WORKBOOK_FORMATS

    @property
    def text(self) -> str:
        """The data as text; what is not in its encoding is replaced, and a workbook has none."""
        if self.is_workbook:
            return ""
        try:
            data = to_utf8(self.data, Path()) if self.source == RDF_XML else self.data
        except UnusableSourceError:
            data = self.data
        return data.decode("utf-8-sig", "replace")


async def read_upload(request: Request, limit: int) -> Upload:
    """Return the upload of a request.

    Args:
        request: the request.
        limit: the maximum size of the data, in bytes.

    Raises:
        RequestMalformed: the form cannot be parsed, or has no data.
        MediaTypeUnsupported: the body has another media type.
        BodyTooLarge: the data exceed the limit.
    """
    media_type = _media_type(request)
    if media_type in FORMS:
        body = await read_body(request, limit + _AROUND)
        return await _read_form(request.headers, media_type, body, limit)
    source = by_key(media_type, UPLOAD_FORMATS) if "/" in media_type else None
    if source is None:
        known = ", ".join(f.media_type for f in UPLOAD_FORMATS)
        raise MediaTypeUnsupported(
            N_("Data to check are sent by the form, or as one of {known}, which Content-Type names."),
            known=known,
            accepted=(*(f.media_type for f in UPLOAD_FORMATS), *FORMS),
        )
    return Upload(await read_body(request, limit), source, None)


async def _read_form(headers: Headers, media_type: str, body: bytes, limit: int) -> Upload:
    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    try:
        form = (
            await MultiPartParser(headers, stream(), max_files=1, max_fields=8, max_part_size=limit).parse()
            if media_type == FORMS[0]
            else await FormParser(headers, stream()).parse()
        )
    except (MultiPartException, KeyError) as error:
        raise RequestMalformed(
            N_("The form cannot be read: {cause}."), cause=str(getattr(error, "message", error))
        ) from error
    try:
        return await _upload(form, limit)
    finally:
        await form.close()


async def _upload(form: FormData, limit: int) -> Upload:
    file, text, source, report = (form.get(name) for name in ("file", "data", "source", "format"))
    named = by_key(source, SOURCE_FORMATS) if isinstance(source, str) else TURTLE
    if named is None:
        raise RequestMalformed(
            N_("There is no format “{given}”; the formats are {known}."),
            given=str(source),
            known=", ".join(f.key for f in SOURCE_FORMATS),
        )
    if isinstance(file, UploadFile) and file.filename:
        data = await file.read()
        named = (
            by_extension(file.filename, SOURCE_FORMATS) or _workbook(file.filename, data) or recognize(data, named)
        )
        pasted = False
        name = PurePosixPath(file.filename.replace("\\", "/")).stem
    else:
        pasted = True
        name = ""
        data = text.encode() if isinstance(text, str) else b""
    if len(data) > limit:
        raise BodyTooLarge(N_("Data to check may have {limit} bytes at most."), limit=limit, members={"limit": limit})
    if not data.strip():
        raise RequestMalformed(N_("There is nothing to check: paste some data, or choose a file."))
    form_report = report if isinstance(report, str) else None
    return Upload(data, named, form_report, pasted, name, preview=bool(form.get("preview")))


def _workbook(name: str, data: bytes) -> Format | None:
    """Return the format of a workbook, by the name of its file or by its first bytes; None if it is none.

    Raises:
        RequestMalformed: it is a single CSV file, which is one sheet of a plan.
    """
    found = by_extension(name, WORKBOOK_FORMATS) or (XLSX if name.lower().endswith(".xlsm") else None)
    if found is not None or data.startswith((ZIP, COMPOUND)):
        return found or XLSX
    if by_extension(name, (CSV,)):
        raise RequestMalformed(
            N_("A CSV file is one sheet of a plan. Send the folder with all of them, zipped, or the workbook.")
        )
    return None


def _media_type(request: Request) -> str:
    message = Message()
    message["Content-Type"] = request.headers.get("content-type", "")
    return message.get_content_type() if request.headers.get("content-type") else ""
