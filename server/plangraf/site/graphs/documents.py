"""The documents in the body of a request to change a graph: one, or several parts of a form."""

from collections.abc import AsyncGenerator
from email.message import Message

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from plangraf.errors import BodyTooLarge, CodingUnsupported, MediaTypeUnsupported, RequestMalformed
from plangraf.formats import (
    GRAPH_FORMATS,
    N_QUADS,
    SOURCE_FORMATS,
    TRIG,
    WORKBOOK_FORMATS,
    Format,
    by_extension,
    by_key,
)
from plangraf.http.negotiate import read_body
from plangraf.languages import N_
from plangraf.publishing.change import GraphDocument

MULTIPART = "multipart/form-data"
_MOST_PARTS = 100
_AROUND = 64 * 1024  # bytes that a form may have in addition to the data
_CHARSETS = ("utf-8", "utf8", "us-ascii")


async def read_documents(request: Request, limit: int) -> list[GraphDocument]:
    """Return the documents in the body of a request: RDF of one graph, or by PUT the workbook of a plan.

    Args:
        request: the request.
        limit: the maximum size of the data, in bytes.

    Raises:
        CodingUnsupported: the body has a content coding.
        MediaTypeUnsupported: the body is not RDF of one graph, or is not in UTF-8.
        RequestMalformed: the form cannot be parsed, or the body ends too early.
        BodyTooLarge: the data exceed the limit.
    """
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("", "identity"):
        raise CodingUnsupported(
            N_("The data of a graph are sent as they are, without Content-Encoding: {coding}."), coding=coding[:100]
        )
    if "content-range" in request.headers:
        raise RequestMalformed(N_("A graph is replaced as a whole, so there can be no Content-Range."))
    given = request.headers.get("content-type", "")
    if _media_type(given) == MULTIPART:
        if request.method != "POST":
            raise _unsupported()
        return await _parts(request, await read_body(request, limit + _AROUND), limit)
    source = _workbook(given, request.method) or _format(given)
    return [GraphDocument(source.key, await read_body(request, limit))]


async def _parts(request: Request, body: bytes, limit: int) -> list[GraphDocument]:
    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    try:
        form = await MultiPartParser(
            request.headers, stream(), max_files=_MOST_PARTS, max_fields=_MOST_PARTS, max_part_size=limit
        ).parse()
    except (MultiPartException, KeyError) as error:
        raise RequestMalformed(
            N_("The form cannot be read: {cause}."), cause=str(getattr(error, "message", error))
        ) from error
    try:
        documents = await _documents(form)
    finally:
        await form.close()
    if sum(len(document.data) for document in documents) > limit:
        raise BodyTooLarge(
            N_("A request body may have {limit} bytes at most."), limit=limit, members={"limit": limit}
        )
    return documents


async def _documents(form: FormData) -> list[GraphDocument]:
    documents = []
    for _, part in form.multi_items():
        if not isinstance(part, UploadFile):  # a field without a file name cannot say of which type it is
            raise _unsupported()
        documents.append(GraphDocument(_format(part.content_type or "", part.filename or "").key, await part.read()))
    if not documents:
        raise RequestMalformed(N_("The form has no parts; each of them is a document of the graph."))
    return documents


def _workbook(content_type: str, method: str) -> Format | None:
    """Return the format of a workbook, or None if the body is none.

    Raises:
        MediaTypeUnsupported: a workbook would be added to a graph.
    """
    media_type = _media_type(content_type)
    found = by_key(media_type, WORKBOOK_FORMATS) if "/" in media_type else None
    if found is not None and method != "PUT":
        raise MediaTypeUnsupported(
            N_("A workbook replaces the graphs of its plan, so it is sent by PUT to the graph of the plan."),
            accepted=(*(f.media_type for f in GRAPH_FORMATS), MULTIPART),
        )
    return found


def _format(content_type: str, name: str = "") -> Format:
    """Return the format of a document: by its media type, or without one by the name of its file."""
    media_type, charset = _media_type(content_type), _parsed(content_type).get_param("charset")
    if charset is not None and str(charset).strip().lower() not in _CHARSETS:
        raise MediaTypeUnsupported(
            N_("The data of a graph are sent in UTF-8, and not in {charset}."), charset=str(charset)[:100]
        )
    if content_type:
        found = by_key(media_type, SOURCE_FORMATS) if "/" in media_type else None
    else:
        found = by_extension(name, SOURCE_FORMATS)
    if found is None or found in (TRIG, N_QUADS):
        raise _unsupported()
    return found


def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _parsed(content_type: str) -> Message:
    message = Message()
    message["Content-Type"] = content_type.replace("\r", " ").replace("\n", " ")
    return message


def _unsupported() -> MediaTypeUnsupported:
    known = [f.media_type for f in GRAPH_FORMATS]
    workbooks = [f.media_type for f in WORKBOOK_FORMATS]
    return MediaTypeUnsupported(
        N_(
            "The data of one graph are sent as one of {known}, which Content-Type names, by POST as parts of "
            "multipart/form-data, or by PUT as a workbook ({workbooks})."
        ),
        known=", ".join(known),
        workbooks=", ".join(workbooks),
        accepted=(*known, MULTIPART, *workbooks),
    )
