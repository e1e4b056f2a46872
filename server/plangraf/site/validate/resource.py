"""Validation as a service: data go in, a report comes out. Nothing is kept."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from email.message import Message

import orjson
from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser

from plangraf.formats import (
    CSV,
    HTML,
    JSON_REPORT,
    SOURCE_FORMATS,
    TURTLE,
    Format,
    by_extension,
    by_key,
    content_type,
)
from plangraf.http.disconnect import unless_gone
from plangraf.http.negotiate import VARY, prefers_page, read_body, reader
from plangraf.http.respond import respond_page
from plangraf.http.services import TheSite
from plangraf.languages import N_
from plangraf.negotiation import choose_format
from plangraf.problems import BodyTooLarge, MediaTypeUnsupported, NotAcceptable, Problem, RequestMalformed
from plangraf.site.validate.page import validation_page
from plangraf.validation.service import ValidationService
from plangraf.validation.task import ValidationTask

router = APIRouter()

REPORT_FORMATS = (JSON_REPORT, TURTLE, CSV)
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
_AROUND = 64 * 1024  # bytes that a form may have beside the data
_GONE = 499  # nobody reads it


@dataclass(frozen=True)
class _Upload:
    data: bytes
    source: Format
    report: str | None


@router.api_route("/validate", methods=["GET", "HEAD"])
async def show_validation(request: Request, site: TheSite) -> Response:
    """Answer with the form."""
    _checking(request).get_ready()  # whoever looks at the form may be about to send it
    return respond_page(request, site, validation_page(reader(request)))


@router.post("/validate")
async def validate(request: Request, site: TheSite) -> Response:
    """Answer with the report on what is sent: an RDF document as the body, or the form.

    Raises:
        Problem: the upload cannot be read, or its validation came to a limit.
    """
    page = _wants_page(request)
    upload: _Upload | None = None
    try:
        upload = await _read(request, site.settings.upload_size)
        report = _report_format(request, upload, page=page)
        language = reader(request).language
        task = ValidationTask(upload.source.key, JSON_REPORT.key if report == HTML else report.key, language)
        found: list[bytes] = []

        async def check() -> None:
            found.append(await _checking(request).check(upload.data, task))

        if await unless_gone(request.receive, check()):
            return Response(status_code=_GONE)
    except Problem as problem:
        if not page:
            raise
        return _page(request, site, upload, problem=problem)
    if report == HTML:
        return _page(request, site, upload, report=found[0])
    return Response(found[0], headers=VARY, media_type=content_type(report.media_type))


def _page(
    request: Request,
    site: TheSite,
    upload: _Upload | None,
    *,
    report: bytes | None = None,
    problem: Problem | None = None,
) -> Response:
    text = upload.data.decode("utf-8-sig", "replace") if upload else ""
    source = (upload.source if upload else TURTLE).key
    document = orjson.loads(report) if report is not None else None
    page = validation_page(reader(request), text, source, document, problem)
    response = respond_page(request, site, page, status=problem.status if problem else 200)
    response.headers.update(problem.headers if problem else {})
    return response


def _checking(request: Request) -> ValidationService:
    checking = request.app.state.checking
    assert isinstance(checking, ValidationService)  # noqa: S101  # assemble_app put it there
    return checking


def _media_type(request: Request) -> str:
    message = Message()
    message["Content-Type"] = request.headers.get("content-type", "")
    return message.get_content_type() if request.headers.get("content-type") else ""


def _wants_page(request: Request) -> bool:
    return "format" not in request.query_params and prefers_page(request)


def _report_format(request: Request, upload: _Upload, *, page: bool) -> Format:
    """Return the form of the report: by `format`, in the address or the form, else by the Accept header.

    Raises:
        NotAcceptable: there is no such form.
    """
    offers = (*REPORT_FORMATS, HTML)
    key = request.query_params.get("format") or upload.report
    named = by_key(key, offers) if key else None
    choice = choose_format(request.headers.get("accept"), offers)
    if (key and named is None) or (not key and choice is None):
        available = [offer.media_type for offer in offers]
        raise NotAcceptable(
            N_("A report comes as {available}. Ask for one of them in Accept, or by ?format=."),
            available=", ".join(available),
            headers=VARY,
            members={"available": available},
        )
    if named is not None:
        return named
    return HTML if page or choice is None else choice.format


async def _read(request: Request, limit: int) -> _Upload:
    media_type = _media_type(request)
    if media_type in _FORMS:
        body = await read_body(request, limit + _AROUND)
        return await _read_form(request.headers, media_type, body, limit)
    source = next((f for f in SOURCE_FORMATS if media_type in f.media_types), None)
    if source is None:
        known = ", ".join(f.media_type for f in SOURCE_FORMATS)
        raise MediaTypeUnsupported(
            N_("Data to check are sent by the form, or as one of {known}, which Content-Type names."),
            known=known,
            headers={"Accept-Post": ", ".join((*(f.media_type for f in SOURCE_FORMATS), *_FORMS))},
        )
    return _Upload(await read_body(request, limit), source, None)


async def _read_form(headers: Headers, media_type: str, body: bytes, limit: int) -> _Upload:
    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    try:
        form = (
            await MultiPartParser(headers, stream(), max_files=1, max_fields=8, max_part_size=limit).parse()
            if media_type == _FORMS[0]
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


async def _upload(form: FormData, limit: int) -> _Upload:
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
        named = by_extension(file.filename, SOURCE_FORMATS) or named
    else:
        data = text.encode() if isinstance(text, str) else b""
    if len(data) > limit:
        raise BodyTooLarge(N_("Data to check may have {limit} bytes at most."), limit=limit, members={"limit": limit})
    if not data.strip():
        raise RequestMalformed(N_("There is nothing to check: paste some data, or choose a file."))
    return _Upload(data, named, report if isinstance(report, str) else None)
