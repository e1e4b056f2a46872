"""The SPARQL endpoint: the SPARQL protocol for programs, and the query page for browsers.

The endpoint is an ASGI application in front of the router, so that it answers a repeated query from the answer cache
without delay.
"""

import asyncio
from time import perf_counter

from fastapi import Request, Response
from starlette.types import Receive, Scope, Send

from plangraf.engine.errors import FormNotAcceptable
from plangraf.engine.interface import Query
from plangraf.errors import QueryMissing
from plangraf.formats import FORMAT_PARAMETERS, HTML
from plangraf.http.answer_cache import is_volatile
from plangraf.http.client import client_of
from plangraf.http.disconnect import unless_gone
from plangraf.http.handlers import ProblemHandlers
from plangraf.http.method import method_refused
from plangraf.http.negotiate import read_body
from plangraf.http.problems import ANSWERED, Problem, problem_of
from plangraf.http.query_responder import QueryResponder
from plangraf.http.representation import represent, send_representation
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.site.graphs.store import GRAPHS_PATH
from plangraf.site.sparql.description import describe_endpoint
from plangraf.site.sparql.page import answer_view, query_form_page, query_page, requested_chart
from plangraf.sparql.protocol import Operation, choose_formats, prefers_page, read_operation, with_formats
from plangraf.view.page import Page
from plangraf.view.page_form import page_content
from plangraf.view.problem_page import problem_page
from plangraf.view.reader import Reader

METHODS = ("GET", "HEAD", "POST")
_LONG = 8 * 1024
"""The size of a long query in bytes; it is parsed in a thread, and needs a place."""


class Endpoint:
    """The ASGI application that answers SPARQL requests on a release.

    Args:
        services: the services of the release.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._answers = services.answers
        self._responder = QueryResponder(services)
        self._metrics = services.metrics
        self._problems = ProblemHandlers(services, problem_page)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (SPARQL 1.1 Protocol, section 2.1).

        Raises:
            Broken: the answer could not be completed after its status had been sent.
        """
        begun = perf_counter()
        asked = RecordingRequest(scope)
        key = (scope["query_string"], asked.header("accept"))
        if scope["method"] in ("GET", "HEAD"):
            known = self._answers.repeated(key)
            if known is not None:
                await self._responder.send_whole(scope, send, known[1], known[0], begun, cached=True)
                return
        request = Request(scope, receive)
        try:
            await self._answer(request, asked, send, key, begun)
        except ANSWERED as error:
            problem = problem_of(error)
            self._metrics.count(problem.slug, perf_counter() - begun)
            await self._problems.respond(request, problem)(scope, receive, send)

    async def _answer(
        self, request: Request, asked: RecordingRequest, send: Send, key: tuple[bytes, str | None], begun: float
    ) -> None:
        if request.method not in METHODS:
            raise method_refused(request.scope, METHODS)
        posts = request.method == "POST"
        limit = self._services.settings.max_body
        if (_announced(request) if posts else len(request.scope["query_string"])) <= _LONG:
            body = await read_body(request, min(_LONG, limit)) if posts else b""
            await self._answer_read(request, body, asked, send, key, begun)
            return
        # The place is taken before the body is read, so the number of places bounds the memory of long texts.
        async with self._services.long_queries.hold(client_of(request.scope)):
            body = await read_body(request, limit) if posts else b""
            await self._answer_read(request, body, asked, send, key, begun)

    async def _answer_read(
        self,
        request: Request,
        body: bytes,
        asked: RecordingRequest,
        send: Send,
        key: tuple[bytes, str | None],
        begun: float,
    ) -> None:
        """Answer a request whose body has been read."""
        try:
            operation = await self._operation(request, body)
        except QueryMissing:
            if _names_graph(request):
                location = f"{GRAPHS_PATH}?{asked.query}"
                await Response(status_code=308, headers={"Location": location})(request.scope, request.receive, send)
                return
            if request.method == "POST":
                raise
            await self._introduce(request.scope, asked, send, begun)
            return
        except ANSWERED as error:
            if not _browser(asked):
                raise
            problem = problem_of(error)
            self._metrics.count(problem.slug, perf_counter() - begun)
            await self._send_page(self._problem_page(asked, problem), asked, request.scope, send, begun)
            return
        choices = choose_formats(operation, asked.header("accept"))
        if choices.only_page:
            await self._browse_unless_gone(request, asked, send, operation, begun)
            return
        query = with_formats(operation.query, choices)
        if request.method != "POST" and not operation.unknown_parameters:
            self._answers.remember(key, query)
        try:
            await self._responder.respond(request, send, query, begun)
        except FormNotAcceptable:
            if not choices.page:
                raise
            await self._browse_unless_gone(request, asked, send, operation, begun)

    async def _browse_unless_gone(
        self, request: Request, asked: RecordingRequest, send: Send, operation: Operation, begun: float
    ) -> None:
        if await unless_gone(request.receive, self._browse(request.scope, asked, send, operation, begun)):
            self._metrics.count("gone", perf_counter() - begun)

    async def _introduce(self, scope: Scope, asked: RecordingRequest, send: Send, begun: float) -> None:
        """Answer a request without a query: browsers get the query page, programs the service description."""
        if _browser(asked):
            await self._send_page(await query_form_page(None, asked, self._services), asked, scope, send, begun)
            return
        content, media_type = await describe_endpoint(asked, self._services)
        await send_representation(represent(content, media_type, asked.varying), scope, send, "page", begun)

    async def _operation(self, request: Request, body: bytes) -> Operation:
        scope = request.scope
        content = request.headers.get("content-type")
        arguments = (request.method, scope["query_string"], content, body, client_of(scope))
        if len(body) + len(scope["query_string"]) > _LONG:
            return await asyncio.to_thread(read_operation, *arguments)
        return read_operation(*arguments)

    async def _browse(
        self, scope: Scope, asked: RecordingRequest, send: Send, operation: Operation, begun: float
    ) -> None:
        """Answer a query with the query page, which has the answer or the problem, and count it in the metrics."""
        outcome, query = "ok", operation.query
        try:
            found = await answer_view(self._services.engine, query, Reader.of(asked), requested_chart(asked))
        except ANSWERED as error:
            problem = problem_of(error)
            outcome, page = problem.slug, self._problem_page(asked, problem)
        else:
            page = query_page(asked, self._services, query, answer=found)
        await self._send_page(page, asked, scope, send, begun, lasting=not is_volatile(query))
        self._metrics.count(outcome, perf_counter() - begun)

    def _problem_page(self, asked: RecordingRequest, problem: Problem) -> Page:
        text = asked.parameter("query") or ""
        return query_page(asked, self._services, Query(text), problem=problem)

    async def _send_page(
        self, page: Page, asked: RecordingRequest, scope: Scope, send: Send, begun: float, *, lasting: bool = True
    ) -> None:
        content = page_content(page, asked, self._services)
        made = represent(content, HTML.media_type, asked.varying, lasting=lasting and page.status == 200)
        await send_representation(made, scope, send, "page", begun, page.status)


def _announced(request: Request) -> int:
    """Return the length of a body as the request announces it; one of unknown length counts as long."""
    length = request.headers.get("content-length", "")
    return int(length) if length.isdecimal() else _LONG + 1


def _names_graph(request: Request) -> bool:
    """Return whether a request is one of the Graph Store Protocol, which has an address of its own."""
    return "graph" in request.query_params or "default" in request.query_params


def _browser(asked: RecordingRequest) -> bool:
    names = tuple(name for parameter in FORMAT_PARAMETERS for name in asked.parameters(parameter))
    return prefers_page(names, asked.header("accept"))
