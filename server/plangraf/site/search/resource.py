"""The addresses of the search and of its suggestions."""

from plangraf.formats import JSON_REPORT
from plangraf.http.declaration import Example, Listed, Parameter
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource
from plangraf.http.services import Services
from plangraf.http.table import Table, table_forms
from plangraf.search.criteria import LONGEST
from plangraf.site.search.limit import too_long
from plangraf.site.search.page import search_page
from plangraf.site.search.results import Results, read_results
from plangraf.site.search.suggest import read_suggestions, write_suggestions
from plangraf.site.search.table import search_table
from plangraf.view.page_form import page_form


async def _model(request: RecordingRequest, services: Services) -> Results | None:
    """Return the results, or None if the search text is too long."""
    text = (request.parameter("q") or "").strip()
    return await read_results(request, services) if len(text) <= LONGEST else None


async def _table(shown: Results | None, request: RecordingRequest, services: Services) -> Table:
    if shown is None:
        raise too_long()
    return await search_table(shown, request, services)


RESOURCES = (
    Resource(
        path="/search",
        summary="the search results for `q`; see the [researcher guide](researcher.md#search)",
        model=_model,
        forms=(page_form(search_page), *table_forms(_table)),
        ready=Services.index_opened,
        parameters=(
            Parameter("q", "the text to search for"),
            Parameter("kind", "the kind of thing, several times for several kinds"),
            Parameter("page", "the number of the page"),
        ),
        sitemap=Listed(unlisted="robots.txt asks robots to leave searches alone"),
        examples=(
            Example("search", "/search?q=klima&kind=goal", engine_calls=0),
            Example("search empty", "/search", engine_calls=0),
            Example("search none", "/search?q=zzzz", engine_calls=0),
            Example("search too long", "/search?q=" + 201 * "a", engine_calls=0, status=400),
        ),
    ),
    Resource(
        path="/search/suggest.json",
        summary=(
            "autocomplete suggestions for `q`, at most 8; see the [researcher guide](researcher.md#suggestions)"
        ),
        model=read_suggestions,
        forms=(Form(JSON_REPORT, write_suggestions),),
        ready=Services.index_opened,
        parameters=(Parameter("q", "the text so far"),),
    ),
)
