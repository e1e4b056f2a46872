"""The SPARQL endpoint: the SPARQL protocol for programs, and the query page for browsers.

The endpoint is an ASGI application in front of the router, so that it answers a repeated query from the answer cache
without delay. It sends status and headers only when the first bytes of the answer are available. If the answer fails
later, the server closes the connection, so that no client mistakes the answer for complete.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from time import perf_counter

from fastapi import Request
from starlette.types import Receive, Scope, Send

from plangraf.engine.errors import EngineError, FormNotAcceptable
from plangraf.engine.interface import Answer, AnswerBroken, Query
from plangraf.errors import MethodRefused, QueryMissing
from plangraf.formats import FORMAT_PARAMETERS, HTML
from plangraf.http.answer_cache import PendingAnswer, WholeAnswer, answer_headers, is_volatile
from plangraf.http.client import client_of
from plangraf.http.disconnect import unless_gone
from plangraf.http.handlers import ProblemHandlers
from plangraf.http.negotiate import read_body
from plangraf.http.problems import ANSWERED, Problem, problem_of
from plangraf.http.representation import represent, send_representation
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.site.sparql.description import describe_endpoint
from plangraf.site.sparql.page import answer_view, query_form_page, query_page
from plangraf.sparql.protocol import Operation, choose_formats, prefers_page, read_operation, with_formats
from plangraf.view.page import Page
from plangraf.view.page_form import page_content
from plangraf.view.problem_page import problem_page
from plangraf.view.reader import Reader

METHODS = ("GET", "HEAD", "POST")
_LONG = 8 * 1024
"""The size of a long query in bytes; it is parsed in a thread, and needs a place."""


class Broken(Exception):  # noqa: N818  # named for the state of the answer; it makes the server close the connection
    """An answer could not be completed after its status had been sent."""


class Endpoint:
    """The ASGI application that answers SPARQL requests on a release.

    Args:
        services: the services of the release.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._answers = services.answers
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
                await self._send_whole(scope, send, known[1], known[0], begun, cached=True)
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
            raise MethodRefused(
                N_("{method} is not a method of {path}."),
                method=request.method,
                path=request.url.path,
                allowed=METHODS,
            )
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
        if self._metrics.logs_queries:
            query = replace(query, count_rows=True)
        if request.method != "POST" and not operation.unknown_parameters:
            self._answers.remember(key, query)
        whole = self._answers.get(query)
        if whole is not None:
            await self._send_whole(request.scope, send, whole, query, begun, cached=True)
            return
        try:
            gone = await unless_gone(request.receive, self._evaluate(request.scope, send, query, begun))
        except FormNotAcceptable:
            if not choices.page:
                raise
            await self._browse_unless_gone(request, asked, send, operation, begun)
            return
        if gone:
            self._metrics.count("gone", perf_counter() - begun, digest=query.digest)

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

    async def _evaluate(self, scope: Scope, send: Send, query: Query, begun: float) -> None:
        found = await self._share(query)
        answer = found.take() if isinstance(found, PendingAnswer) else None
        if answer is None and not isinstance(found, WholeAnswer):
            found = await self._ask(query)
            answer = found.take() if isinstance(found, PendingAnswer) else None
        if isinstance(found, WholeAnswer):
            await self._send_whole(scope, send, found, query, begun, cached=False)
        elif answer is not None:
            await self._stream(scope, send, answer, query, begun)

    async def _share(self, query: Query) -> WholeAnswer | PendingAnswer | None:
        """Return the answer that concurrent requests with the same query share, or None if it cannot be shared.

        Only the request whose query was evaluated receives an engine error, because the limits of its client may be
        the cause. The other requests get None.

        Raises:
            EngineError: the query was evaluated for this request and failed.
        """
        if is_volatile(query):
            return None
        leads = False

        async def lead() -> WholeAnswer | PendingAnswer:
            nonlocal leads
            leads = True
            return await self._ask(query)

        try:
            return await self._answers.share(query, lead)
        except EngineError:
            if leads:
                raise
            return None

    async def _ask(self, query: Query) -> WholeAnswer | PendingAnswer:
        """Evaluate a query; keep a short answer, and leave a long one to be streamed.

        Raises:
            EngineError: the query cannot be answered.
        """
        found = await self._services.engine.evaluate(query)
        if found.data is None:
            return PendingAnswer(found)
        return self._answers.whole(query, found, found.data)

    async def _stream(self, scope: Scope, send: Send, answer: Answer, query: Query, begun: float) -> None:
        """Stream an answer while it is evaluated, and cache it afterwards if it is not too large.

        Raises:
            Broken: the answer could not be completed.
        """
        size = 0
        gathered: list[bytes] | None = []
        outcome: str | None = "broken"
        try:
            headers = [*answer_headers(query, answer), (b"server-timing", _timing(begun))]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            if scope["method"] == "HEAD":
                outcome = "ok"
                await send({"type": "http.response.body"})
                return
            async for piece in _until_broken(answer):
                size += len(piece)
                if gathered is not None:
                    gathered.append(piece)
                    gathered = gathered if size <= self._answers.largest else None
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            outcome = "ok"
            await send({"type": "http.response.body"})
            if gathered is not None:
                self._answers.whole(query, answer, b"".join(gathered))
        except asyncio.CancelledError:
            outcome = None  # the caller of `unless_gone` counts the disconnect
            raise
        finally:
            await answer.body.close()
            if outcome is not None:
                self._metrics.count(
                    outcome,
                    perf_counter() - begun,
                    digest=query.digest,
                    form=answer.form.value,
                    rows=answer.body.rows,
                    size=size,
                )

    async def _send_whole(
        self, scope: Scope, send: Send, whole: WholeAnswer, query: Query, begun: float, *, cached: bool
    ) -> None:
        """Send a complete answer, and count the query in the metrics."""
        found = whole.representation
        reweigh = partial(self._answers.reweigh, query, whole)
        await send_representation(found, scope, send, "cache" if cached else "evaluate", begun, reweigh=reweigh)
        self._metrics.count(
            "ok",
            perf_counter() - begun,
            digest=query.digest,
            form=whole.form.value,
            rows=whole.rows,
            size=len(found.body),
            cached=cached,
        )

    async def _browse(
        self, scope: Scope, asked: RecordingRequest, send: Send, operation: Operation, begun: float
    ) -> None:
        """Answer a query with the query page, which has the answer or the problem, and count it in the metrics."""
        outcome, query = "ok", operation.query
        try:
            found = await answer_view(self._services.engine, query, Reader.of(asked), asked.parameter("chart"))
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


async def _until_broken(answer: Answer) -> AsyncIterator[bytes]:
    try:
        async for piece in answer.body:
            yield piece
    except AnswerBroken as broken:
        raise Broken(problem_of(broken.error).detail) from broken


def _announced(request: Request) -> int:
    """Return the length of a body as the request announces it; one of unknown length counts as long."""
    length = request.headers.get("content-length", "")
    return int(length) if length.isdecimal() else _LONG + 1


def _timing(begun: float) -> bytes:
    return f"begin;dur={(perf_counter() - begun) * 1000:.1f}".encode()


def _browser(asked: RecordingRequest) -> bool:
    names = tuple(name for parameter in FORMAT_PARAMETERS for name in asked.parameters(parameter))
    return prefers_page(names, asked.header("accept"))
