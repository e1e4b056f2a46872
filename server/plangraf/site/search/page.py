"""The HTML page of search results, with facets and paging."""

from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.search.criteria import LONGEST, PAGE, Criteria
from plangraf.site.search.results import Results
from plangraf.view.page import Page
from plangraf.view.reader import Reader

EXAMPLES = ("klima", "barn og unge", "åpenhet", "13.2", "health")


async def search_page(shown: Results | None, request: RecordingRequest, _: Services) -> Page:
    """Return the search page, or one with status 400 if `shown` is None because the search text is too long."""
    reader = Reader.of(request)
    text = (request.parameter("q") or "").strip()[:LONGEST]
    title = reader.gettext("Search: {text}").format(text=text) if text else reader.gettext("Search")
    context: dict[str, object] = {
        "searched": text,
        "shown": shown,
        "longest": LONGEST,
        "examples": [(example, reader.href(Criteria(example).path())) for example in EXAMPLES],
        "size": PAGE,
    }
    query = shown.criteria.path().partition("?")[2] if shown else ""
    return Page("search/search.html", title, context, query=query, status=200 if shown else 400)
