"""What a request asks for: a form and a language."""

from fastapi import Request

from plangraf.errors import BodyTooLarge, NotAcceptable, ResourceNotFound
from plangraf.formats import GRAPH_FORMATS, HTML, Format, by_key
from plangraf.languages import CONTENT_LANGUAGES, CONTENT_MACROS, INTERFACE_MACROS, N_, InterfaceLanguage
from plangraf.negotiation import Choice, choose_format, choose_language
from plangraf.view.reading import Reader

VARY = {"Vary": "Accept, Accept-Language"}


def reader(request: Request) -> Reader:
    """Return who reads: the language that `?lang=` names, else what the browser prefers."""
    named = request.query_params.get("lang")
    for language in CONTENT_LANGUAGES:
        if named == language:
            return Reader(language, named=True)
    header = request.headers.get("accept-language")
    return Reader(choose_language(header, CONTENT_LANGUAGES, CONTENT_MACROS), named=False)


def program_language(request: Request) -> InterfaceLanguage:
    """Return the language of what programs show to people: English, unless the request names another."""
    view = reader(request)
    if view.named:
        return view.language
    return choose_language(request.headers.get("accept-language"), ("en", "nb"), INTERFACE_MACROS)


def page_number(request: Request) -> int:
    """Return which page of a long list is asked for.

    Raises:
        ResourceNotFound: that is no number of a page.
    """
    text = request.query_params.get("page", "1")
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise ResourceNotFound(N_("There is no page {number} here."), number=text[:40])
    return int(text)


def split_extension(path: str, offers: tuple[Format, ...] = (HTML, *GRAPH_FORMATS)) -> tuple[str, Format | None]:
    """Split `/doc/….ttl` into the path that is negotiated and the format that its ending names."""
    for offer in offers:
        if path.endswith(f".{offer.extension}"):
            return path.removesuffix(f".{offer.extension}"), offer
    return path, None


def document_form(
    request: Request, extension: Format | None, offers: tuple[Format, ...] = (HTML, *GRAPH_FORMATS)
) -> Choice:
    """Return the form of a document: by `_mediatype`, else by the ending of the address, else by the Accept header.

    Raises:
        NotAcceptable: the client takes none of the forms.
    """
    key = request.query_params.get("_mediatype")
    # In a query a plus sign is a space; no media type here has a space.
    named = by_key(key.replace(" ", "+"), offers) if key is not None else extension
    if named is not None and named in offers:
        return Choice(named, named.media_type)
    if key is not None:
        raise not_acceptable(offers)
    return require_form(request, offers)


def require_form(request: Request, offers: tuple[Format, ...]) -> Choice:
    """Return the one of `offers` that the client likes best.

    Raises:
        NotAcceptable: the client takes none of them.
    """
    choice = choose_format(request.headers.get("accept"), offers)
    if choice is None:
        raise not_acceptable(offers)
    return choice


def not_acceptable(offers: tuple[Format, ...]) -> NotAcceptable:
    """Return the error that none of `offers` is what the client takes."""
    available = [offer.media_type for offer in offers]
    return NotAcceptable(
        N_("This comes as {available}. Ask for one of them in Accept."),
        available=", ".join(available),
        members={"available": available},
    )


def prefers_page(request: Request) -> bool:
    """Whether the client would rather read a page than a JSON document: it names HTML, as browsers do."""
    choice = choose_format(request.headers.get("accept"), (*GRAPH_FORMATS, HTML))
    accept = request.headers.get("accept", "")
    return choice is not None and choice.format == HTML and "html" in accept


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


def has_tag(if_none_match: str | None, tag: str) -> bool:
    """Return whether a client's If-None-Match names `tag` (RFC 9110, section 13.1.2: weakly)."""
    if if_none_match is None:
        return False
    tags = [given.strip().removeprefix("W/") for given in if_none_match.split(",")]
    return "*" in tags or tag in tags
