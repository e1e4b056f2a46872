"""The addresses with which a browser takes the search among its own (OpenSearch 1.1): description and suggestions."""

from xml.sax.saxutils import escape, quoteattr

import orjson

from plangraf.formats import HTML, OPENSEARCH, SUGGESTIONS
from plangraf.http.content import Content
from plangraf.http.declaration import Parameter
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource, no_model
from plangraf.http.services import Services
from plangraf.site.search.suggest import Suggestion, read_suggestions
from plangraf.view.reader import Reader

_SUGGESTIONS_PATH = "/search/opensearch.json"
_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"


async def _describe(_: None, request: RecordingRequest, __: Services) -> Content:
    """Return the OpenSearch description, whose templates keep the language of the reader."""
    reader = Reader.of(request)

    def url(media_type: str, path: str, relation: str) -> str:
        template = quoteattr(f"{request.base}{reader.href(path)}".replace("?", "?q={searchTerms}&", 1))
        return f'  <Url type="{media_type}" rel="{relation}" template={template}/>\n'

    description = escape(reader.gettext("Municipal plans as linked open data"))
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<OpenSearchDescription xmlns="{_NAMESPACE}">\n'
        f"  <ShortName>Plangraf</ShortName>\n  <Description>{description}</Description>\n"
        f"{url(HTML.media_type, '/search?', 'results')}"
        f"{url(SUGGESTIONS.media_type, f'{_SUGGESTIONS_PATH}?', 'suggestions')}"
        f'  <Url type={quoteattr(OPENSEARCH.media_type)} rel="self" '
        f"template={quoteattr(f'{request.base}{reader.href(request.path)}')}/>\n"
        "  <InputEncoding>UTF-8</InputEncoding>\n  <OutputEncoding>UTF-8</OutputEncoding>\n</OpenSearchDescription>\n"
    )
    return Content(text.encode(), language=reader.language)


async def _suggest(shown: list[Suggestion], request: RecordingRequest, _: Services) -> Content:
    """Return the text, the names, the kinds and the pages of the suggestions, as four parallel lists."""
    names = ["".join(piece.text for piece in suggestion.name.pieces) for suggestion in shown]
    pages = [f"{request.base}{suggestion.reference.href}" for suggestion in shown]
    document = [(request.parameter("q") or "").strip(), names, [suggestion.kind for suggestion in shown], pages]
    return Content(orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE), language=Reader.of(request).languages)


async def _opened(services: Services) -> None:
    await services.indexes.index()


RESOURCES = (
    Resource(
        path="/opensearch.xml",
        summary="the description of the search for browsers (OpenSearch 1.1)",
        model=no_model,
        forms=(Form(OPENSEARCH, _describe),),
    ),
    Resource(
        path=_SUGGESTIONS_PATH,
        summary="autocomplete suggestions for `q` as browsers read them (OpenSearch Suggestions)",
        model=read_suggestions,
        forms=(Form(SUGGESTIONS, _suggest),),
        ready=_opened,
        parameters=(Parameter("q", "the text so far"),),
    ),
)
