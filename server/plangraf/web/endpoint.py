"""The SPARQL endpoint: the protocol for programs, a form and a table for people."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from plangraf.errors import Problem, QueryMissing
from plangraf.formats import GRAPH_FORMATS, HTML, RESULT_FORMATS, content_type
from plangraf.negotiation import choose_format
from plangraf.pages.query import answer_view, query_page
from plangraf.sparql.protocol import Operation, acceptable, read_operation
from plangraf.web.negotiate import VARY, read_body, reader
from plangraf.web.respond import respond_page
from plangraf.web.site import Site, TheSite

router = APIRouter()

_METHODS = ["GET", "HEAD", "POST"]


@router.api_route("/sparql", methods=_METHODS)
@router.api_route("/sparql/", methods=_METHODS)
async def answer(request: Request, site: TheSite) -> Response:
    """Answer a query (SPARQL 1.1 Protocol, section 2.1); to browsers, as a page with a form."""
    body = await read_body(request, site.settings.max_body) if request.method == "POST" else b""
    if not _browser(request):
        return await _answer(request, site, _operation(request, body))
    try:
        operation = _operation(request, body)
        if operation.format not in (None, HTML.key):
            return await _answer(request, site, operation)
        view = reader(request)
        found = await answer_view(site.engine, operation.query, view)
        return respond_page(request, site, query_page(site.examples, view, query=operation.query.text, answer=found))
    except QueryMissing:
        return respond_page(request, site, query_page(site.examples, reader(request)))
    except Problem as problem:
        text = request.query_params.get("query", "")
        page = query_page(site.examples, reader(request), query=text, problem=problem)
        response = respond_page(request, site, page, status=problem.status)
        response.headers.update(problem.headers)
        return response


def _browser(request: Request) -> bool:
    if request.query_params.get("format") == HTML.key:
        return True
    choice = choose_format(request.headers.get("accept"), (*RESULT_FORMATS, *GRAPH_FORMATS, HTML))
    return choice is not None and choice.format == HTML


def _operation(request: Request, body: bytes) -> Operation:
    return read_operation(request.method, request.scope["query_string"], request.headers.get("content-type"), body)


async def _answer(request: Request, site: Site, operation: Operation) -> Response:
    chosen = acceptable(operation, request.headers.get("accept"))
    found = await site.engine.evaluate(operation.query, chosen)
    return StreamingResponse(found.body, headers=VARY, media_type=content_type(found.choice.media_type))
