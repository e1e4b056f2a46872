"""The endpoint of the reconciliation service: the manifest, batches of queries, data extension."""

from urllib.parse import parse_qsl

import orjson
from starlette.requests import Request
from starlette.responses import Response

from plangraf.errors import MediaTypeUnsupported, RequestMalformed
from plangraf.http.client import client_of
from plangraf.http.content import Content
from plangraf.http.disconnect import unless_gone
from plangraf.http.negotiate import read_body
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.site.reconcile.answer import answer_batch
from plangraf.site.reconcile.client import ClientLanguage
from plangraf.site.reconcile.extension import answer_extension
from plangraf.site.reconcile.manifest import manifest

FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 100
_GONE = 499  # the client has disconnected, so it does not receive this response


def refuse_callback(request: RecordingRequest) -> None:
    """Refuse a request for JSONP, which would run our answer as a script of another site.

    Raises:
        RequestMalformed: the request has a parameter `callback`.
    """
    if request.parameter("callback") is not None:
        raise RequestMalformed(
            N_("There is no JSONP here. Leave out callback: the answers are JSON that scripts of all sites may read.")
        )


async def read_endpoint(request: RecordingRequest, services: Services) -> bytes:
    """Return the answer to a GET in JSON: the manifest, or that to the parameter `queries` or `extend`.

    Raises:
        RequestError: the request cannot be read, or is too large.
        EngineError: the engine cannot read values.
    """
    refuse_callback(request)
    client = ClientLanguage.of(request)
    queries, extend = request.parameter("queries"), request.parameter("extend")
    if queries is None and extend is None:
        return orjson.dumps(manifest(request.base, client), option=orjson.OPT_APPEND_NEWLINE)
    return await _answer(queries, extend, request.base, client, services)


async def write_json(document: object, _: RecordingRequest, __: Services) -> Content:
    """Return a JSON document as content."""
    return Content(orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE))


async def write_endpoint(answer: bytes, _: RecordingRequest, __: Services) -> Content:
    """Return the answer of `read_endpoint` as content."""
    return Content(answer)


async def post_endpoint(request: Request, services: Services) -> Response:
    """Return the answer to a form with `queries` or `extend`.

    Raises:
        RequestError: the request cannot be read, or is too large.
        EngineError: the engine cannot read values.
    """
    recording = RecordingRequest(request.scope)
    client = ClientLanguage.of(recording)
    found: list[bytes] = []
    # The place is taken before the body is read, so the number of places bounds the memory of long forms.
    async with services.making.hold(client_of(request.scope)):
        form = read_form(request, await read_body(request, services.settings.max_body))
        if "callback" in form:
            refuse_callback(RecordingRequest({**request.scope, "query_string": b"callback="}))
        queries, extend = form.get("queries"), form.get("extend")
        if queries is None and extend is None:
            raise RequestMalformed(
                N_("The form has neither queries nor extend. Send one of them, such as {example}"),
                example='queries={"q0": {"query": "SDG 11"}}',
            )

        async def answer() -> None:
            found.append(await _answer(queries, extend, recording.base, client, services))

        if await unless_gone(request.receive, answer()):
            return Response(status_code=_GONE)
    headers = {"Vary": ", ".join(recording.varying), "Cache-Control": "no-store"}
    return Response(found[0], headers=headers, media_type="application/json")


def read_form(request: Request, body: bytes) -> dict[str, str]:
    """Return the fields of a form by name; of several with one name the last.

    Raises:
        MediaTypeUnsupported: the body is no form.
        RequestMalformed: it cannot be read.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != FORM:
        raise MediaTypeUnsupported(
            N_("The Content-Type of a POST here is {form}, with queries=… or extend=…."), form=FORM, accepted=(FORM,)
        )
    try:
        return dict(
            parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
        )
    except UnicodeDecodeError as error:
        raise RequestMalformed(N_("The parameters in the form are not UTF-8 in percent-encoding.")) from error
    except ValueError as error:
        raise RequestMalformed(N_("The parameters in the form cannot be read: {cause}."), cause=str(error)) from error


async def _answer(
    queries: str | None, extend: str | None, base: str, client: ClientLanguage, services: Services
) -> bytes:
    if queries is not None:
        return await answer_batch(queries, client, services)
    return await answer_extension(extend or "", base, client, services)
