"""The address of the validation service, which returns a report on submitted data and stores nothing."""

import asyncio

import orjson
from fastapi import Request, Response

from plangraf.errors import NotAcceptable, RequestError, RequestTimeout
from plangraf.formats import CSV, HTML, JSON_REPORT, TURTLE, XLSX, Format, by_key, content_type
from plangraf.http.client import client_of
from plangraf.http.declaration import Example, Parameter
from plangraf.http.disconnect import unless_gone
from plangraf.http.disposition import attachment
from plangraf.http.negotiate import prefers_page
from plangraf.http.problems import Problem, problem_of
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Resource, no_model
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.negotiation import choose_format
from plangraf.previewing.outcome import PreviewOutcome
from plangraf.site.validate.page import validation_page
from plangraf.site.validate.upload import FORMS, UPLOAD_FORMATS, Upload, read_upload
from plangraf.validation.task import ValidationTask
from plangraf.view.page import Page
from plangraf.view.page_form import page_content, page_form
from plangraf.view.reader import Reader

REPORT_FORMATS = (JSON_REPORT, TURTLE, CSV)
_ARRIVES_WITHIN = 120
"""The time for the body of an upload, in seconds."""
_GONE = 499  # the client has disconnected, so it does not receive this response


async def _form(_: None, request: RecordingRequest, services: Services) -> Page:
    await (
        services.background.get_ready()
    )  # start the processes early, because a visitor of the form may submit data soon
    return validation_page(Reader.of(request))


async def _validate(request: Request, services: Services) -> Response:
    """Return the report on submitted data.

    Raises:
        RequestError: the upload cannot be parsed, or its validation exceeds a limit.
    """
    recording = RecordingRequest(request.scope)
    page = recording.parameter("format") is None and prefers_page(recording)
    upload: Upload | None = None
    try:
        async with services.background.validation_place(client_of(request.scope)) as place:
            upload = await _arrived(request, services)
            report = _report_format(recording, upload, page=page)
            key = _key(report, upload)
            task = ValidationTask(upload.source.key, key, Reader.of(recording).language)
            wants_preview = upload.preview and report == HTML
            found: list[bytes] = []
            previews: list[PreviewOutcome] = []

            async def check(sent: Upload) -> None:
                if wants_preview:
                    await services.background.get_preview_ready()
                found.append(await place.check(sent.data, task))
                if wants_preview and orjson.loads(found[0])["conforms"]:
                    previews.append(await services.background.make_preview(sent.data, sent.source.key))

            if await unless_gone(request.receive, check(upload)):
                return Response(status_code=_GONE)
    except RequestError as error:
        if not page:
            raise
        return _page(recording, services, upload, problem=problem_of(error))
    if report == HTML:
        return _page(recording, services, upload, report=found[0], preview=next(iter(previews), None))
    headers = _vary(recording)
    if report == XLSX:
        name = Reader.of(recording).gettext("checked")
        headers["Content-Disposition"] = attachment(f"{upload.name}-{name}.xlsx" if upload.name else f"{name}.xlsx")
    return Response(found[0], headers=headers, media_type=content_type(report.media_type))


def _key(report: Format, upload: Upload) -> str:
    if report != HTML:
        return report.key
    return "page" if upload.is_workbook else JSON_REPORT.key


async def _arrived(request: Request, services: Services) -> Upload:
    """Return an upload, for which others wait and which therefore must arrive in time."""
    try:
        async with asyncio.timeout(_ARRIVES_WITHIN):
            return await read_upload(request, services.settings.upload_size)
    except TimeoutError as error:
        raise RequestTimeout(
            N_("Data to check must arrive within {seconds} seconds."), seconds=_ARRIVES_WITHIN
        ) from error


def _page(
    recording: RecordingRequest,
    services: Services,
    upload: Upload | None,
    *,
    report: bytes | None = None,
    problem: Problem | None = None,
    preview: PreviewOutcome | None = None,
) -> Response:
    text = upload.text if upload else ""
    pasted = upload is None or upload.pasted
    source = (upload.source if upload and not upload.is_workbook else TURTLE).key
    document = orjson.loads(report) if report is not None else None
    name = upload.name if upload is not None and upload.is_workbook else None
    page = validation_page(
        Reader.of(recording),
        text,
        source,
        document,
        problem,
        pasted=pasted,
        workbook=name,
        wants_preview=upload is not None and upload.preview,
        preview=preview,
    )
    content = page_content(page, recording, services)
    headers = {**_vary(recording), "Content-Language": content.language or "", **content.headers}
    return Response(content.body, content.status, headers, content_type(HTML.media_type))


def _vary(recording: RecordingRequest) -> dict[str, str]:
    return {"Vary": ", ".join(recording.varying)}


def _report_format(request: RecordingRequest, upload: Upload, *, page: bool) -> Format:
    """Return the format of the report: from `format` in the URL or the form, else from the Accept header.

    Raises:
        NotAcceptable: the report is not available in the requested format.
    """
    offers = (*REPORT_FORMATS, HTML, *([XLSX] if upload.is_workbook else []))
    key = request.parameter("format") or upload.report
    named = by_key(key, offers) if key else None
    choice = choose_format(request.header("accept"), offers)
    if (key and named is None) or (not key and choice is None):
        available = [offer.media_type for offer in offers]
        raise NotAcceptable(
            N_("A report comes as {available}. Ask for one of them in Accept, or by ?format=."),
            available=", ".join(available),
            members={"available": available},
        )
    if named is not None:
        return named
    return HTML if page or choice is None else choice.format


RESOURCES = (
    Resource(
        path="/validate",
        summary="validates submitted data against the shapes; see [Validation](#validation)",
        model=no_model,
        forms=(page_form(_form),),
        examples=(Example("validation", "/validate", engine_calls=0),),
        lasting=False,
        of_release=False,
        post=_validate,
        media_types=tuple(f.media_type for f in (*REPORT_FORMATS, XLSX)),
        body_types=(*(f.media_type for f in UPLOAD_FORMATS), *FORMS),
        parameters=(
            Parameter(
                "format",
                "the format of the report; by default as Accept asks; xlsx is a copy of a workbook with notes",
                tuple(f.key for f in (*REPORT_FORMATS, HTML, XLSX)),
            ),
        ),
    ),
)
