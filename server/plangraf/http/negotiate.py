"""Choose the form of an answer: by a parameter, by the ending of the address, or by the Accept header."""

from collections.abc import Sequence

from fastapi import Request

from plangraf.errors import BodyTooLarge, NotAcceptable, ResourceNotFound
from plangraf.formats import GRAPH_FORMATS, HTML, TURTLE, Format, by_key
from plangraf.http.request import RecordingRequest
from plangraf.languages import N_
from plangraf.negotiation import Choice, choose_format


def page_number(request: RecordingRequest) -> int:
    """Return which page of a long list is asked for.

    Raises:
        ResourceNotFound: that is no number of a page.
    """
    text = request.parameter("page") or "1"
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise ResourceNotFound(N_("There is no page {number} here."), number=text[:40])
    return int(text)


def choose_form(request: RecordingRequest, offers: Sequence[Format]) -> Choice:
    """Return the form that is asked for: by `_mediatype`, else by the ending of the address, else by Accept.

    Raises:
        NotAcceptable: the client takes none of the forms.
    """
    key = request.parameter("_mediatype")
    # In a query a plus sign is a space; no media type here has a space.
    named = by_key(key.replace(" ", "+"), tuple(offers)) if key is not None else request.ending
    if named is not None and named in offers:
        return Choice(named, named.media_type)
    if key is not None:
        raise not_acceptable(offers)
    return by_accept(request, offers)


def by_accept(request: RecordingRequest, offers: Sequence[Format]) -> Choice:
    """Return the one of `offers` that the client likes best.

    Raises:
        NotAcceptable: the client takes none of them.
    """
    choice = choose_format(request.header("accept"), tuple(offers))
    if choice is None:
        raise not_acceptable(offers)
    return choice


def choose_graph(request: RecordingRequest) -> Choice:
    """Return the graph format of a description for programs: by `format`, by the ending, or by Accept.

    Clients that want pages get Turtle.

    Raises:
        NotAcceptable: there is no such format, or the client takes none of them.
    """
    if request.ending is not None:
        return Choice(request.ending, request.ending.media_type)
    key = request.parameter("format")
    if key is not None:
        named = by_key(key, GRAPH_FORMATS)
        if named is None:
            available = [f.key for f in GRAPH_FORMATS]
            raise NotAcceptable(N_("There is no format {key} here."), key=key, members={"available": available})
        return Choice(named, named.media_type)
    if prefers_page(request):
        return Choice(TURTLE, TURTLE.media_type)
    return by_accept(request, GRAPH_FORMATS)


def not_acceptable(offers: Sequence[Format]) -> NotAcceptable:
    """Return the error that none of `offers` is acceptable to the client."""
    available = [offer.media_type for offer in offers]
    return NotAcceptable(
        N_("This comes as {available}. Ask for one of them in Accept."),
        available=", ".join(available),
        members={"available": available},
    )


def prefers_page(request: RecordingRequest) -> bool:
    """Whether the client would rather read a page than a JSON document: it names HTML, as browsers do."""
    accept = request.header("accept")
    choice = choose_format(accept, (*GRAPH_FORMATS, HTML))
    return choice is not None and choice.format == HTML and "html" in (accept or "")


async def read_body(request: Request, limit: int) -> bytes:
    """Read the body of a request, up to `limit` bytes.

    Raises:
        BodyTooLarge: there is more.
    """
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > limit:
            raise BodyTooLarge(
                N_("A request body may have {limit} bytes at most."), limit=limit, members={"limit": limit}
            )
    return bytes(body)
