"""Content negotiation for requests: a parameter overrides the extension, which overrides the Accept header."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from fastapi import Request
from starlette.requests import ClientDisconnect

from plangraf.errors import BodyTooLarge, NotAcceptable, RequestMalformed, ResourceNotFound
from plangraf.formats import FORMAT_PARAMETERS, GRAPH_FORMATS, HTML, TURTLE, Format, by_key, first_by_key
from plangraf.http.request import RecordingRequest
from plangraf.languages import N_
from plangraf.negotiation import Choice, choose_format


def page_number(request: RecordingRequest) -> int:
    """Return the value of the parameter `page`, by default 1.

    Raises:
        RequestMalformed: the value is not a decimal number.
        ResourceNotFound: the number has more than nine digits.
    """
    text = request.parameter("page") or "1"
    if not (text.isascii() and text.isdecimal()):
        raise RequestMalformed(N_("The parameter page is a number from 1."))
    if len(text) > 9:
        raise ResourceNotFound(N_("There is no page {number} here."), number=text[:40])
    return int(text)


def choose_form(request: RecordingRequest, offers: Sequence[Format]) -> Choice:
    """Return the format for a request: by the parameter `_mediatype`, else the extension, else the Accept header.

    Args:
        request: the request, whose reads are recorded.
        offers: the formats of the resource, in the order of the server's preference.

    Raises:
        NotAcceptable: the client accepts none of `offers`, or `_mediatype` is not one of them.
    """
    key = request.parameter("_mediatype")
    named = by_key(key, tuple(offers)) if key is not None else request.ending
    if named is not None and named in offers:
        return Choice(named, named.media_type)
    if key is not None:
        raise not_acceptable(offers)
    return by_accept(request, offers)


def by_accept(request: RecordingRequest, offers: Sequence[Format]) -> Choice:
    """Return the format in `offers` that the Accept header prefers.

    Raises:
        NotAcceptable: the client accepts none of `offers`.
    """
    chosen = cast("tuple[str, ...]", request.derive("accept", _FormatRule(tuple(offers))))
    if not chosen:
        raise not_acceptable(offers)
    place, media_type = chosen
    return Choice(offers[int(place)], media_type)


def choose_graph(request: RecordingRequest) -> Choice:
    """Return the graph format for a request: by the extension, else by `format` or an alias, else the Accept header.

    The fallback for clients that prefer HTML is Turtle.

    Raises:
        NotAcceptable: no parameter names a graph format, and the client accepts none of them.
    """
    if request.ending is not None:
        return Choice(request.ending, request.ending.media_type)
    names = [name for parameter in FORMAT_PARAMETERS for name in request.parameters(parameter)]
    named = first_by_key(names, GRAPH_FORMATS)
    if named is not None:
        return Choice(named, named.media_type)
    if prefers_page(request):
        return Choice(TURTLE, TURTLE.media_type)
    return by_accept(request, GRAPH_FORMATS)


def not_acceptable(offers: Sequence[Format]) -> NotAcceptable:
    """Return the error for a client that accepts none of `offers`; it lists their media types."""
    available = [offer.media_type for offer in offers]
    return NotAcceptable(
        N_("This comes as {available}. Ask for one of them in Accept."),
        available=", ".join(available),
        members={"available": available},
    )


def prefers_page(request: RecordingRequest) -> bool:
    """Return whether the client prefers HTML to data: its Accept header names HTML, as that of a browser does."""
    return bool(request.derive("accept", _prefers_page))


def _prefers_page(accept: str | None) -> str:
    choice = choose_format(accept, (*GRAPH_FORMATS, HTML))
    return "page" if choice is not None and choice.format == HTML and "html" in (accept or "") else ""


@dataclass(frozen=True)
class _FormatRule:
    """Chooses a format by an Accept header; its result is the position of the format in `offers` and a media type."""

    offers: tuple[Format, ...]

    def __call__(self, accept: str | None) -> tuple[str, ...]:
        choice = choose_format(accept, self.offers)
        return () if choice is None else (str(self.offers.index(choice.format)), choice.media_type)


async def read_body(request: Request, limit: int) -> bytes:
    """Return the body of a request; a body that is too large by its Content-Length is not waited for.

    Args:
        request: the request, whose body has not been read.
        limit: the maximum length in bytes.

    Raises:
        BodyTooLarge: the body exceeds the limit.
        RequestMalformed: the client breaks the body off.
    """
    error = BodyTooLarge(N_("A request body may have {limit} bytes at most."), limit=limit, members={"limit": limit})
    declared = request.headers.get("content-length", "").lstrip("0")
    if declared.isdecimal() and (len(declared) > len(str(limit)) or int(declared) > limit):
        raise error
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > limit:
                raise error
    except ClientDisconnect as disconnect:
        raise RequestMalformed(N_("The body of the request ends too early.")) from disconnect
    return bytes(body)
