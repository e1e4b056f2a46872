"""The SPARQL endpoint: the protocol for programs, a form and a table for people.

It is an ASGI application of its own, below the router: a repeated query is answered from memory at once. Status
and headers go out only when the first bytes of the answer are certain; an answer that breaks later ends the
connection, so that no client takes it for whole.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from time import perf_counter

from fastapi import Request, Response
from starlette.types import Receive, Scope, Send

from plangraf.engine.cache import CODINGS, WORTH_COMPRESSING, AnswerCache, Kept
from plangraf.engine.interface import Answer, AnswerBroken, Query
from plangraf.errors import MethodRefused, QueryMissing
from plangraf.formats import GRAPH_FORMATS, HTML, RESULT_FORMATS, content_type
from plangraf.http.cache import keep, respond
from plangraf.http.disconnect import unless_gone
from plangraf.http.metrics import Metrics
from plangraf.http.negotiate import has_tag, read_body, reader
from plangraf.http.problems import ANSWERED, Problem, problem_of
from plangraf.http.respond import respond_page, respond_problem
from plangraf.http.services import Site
from plangraf.languages import N_
from plangraf.negotiation import choose_coding, choose_format
from plangraf.site.sparql.page import Desk, answer_view, query_page
from plangraf.site.void.resource import respond_service_description
from plangraf.sparql.protocol import Operation, read_operation, with_formats

PATHS = ("/sparql", "/sparql/")
METHODS = ("GET", "HEAD", "POST")
_ANY = (*RESULT_FORMATS, *GRAPH_FORMATS, HTML)
_HEADERS = (
    (b"vary", b"Accept, Accept-Encoding"),
    (b"cache-control", b"public, max-age=60, stale-while-revalidate=600"),
)

RawHeaders = list[tuple[bytes, bytes]]


class Broken(Exception):  # noqa: N818  # the server ends the connection when this comes through
    """An answer that could not be finished after its status had gone out."""


class Endpoint:
    """The endpoint of one site, as an ASGI application."""

    def __init__(self, site: Site, cache: AnswerCache, metrics: Metrics) -> None:
        self._site = site
        self._cache = cache
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (SPARQL 1.1 Protocol, section 2.1)."""
        begun = perf_counter()
        request = Request(scope, receive)
        words = (scope["query_string"], request.headers.get("accept"))
        if scope["method"] in ("GET", "HEAD"):
            known = self._cache.shortcut(words)
            if known is not None:
                await self._send_kept(request, send, known[1], known[0], begun, cached=True)
                return
        try:
            await self._answer(request, receive, send, words, begun)
        except ANSWERED as error:
            problem = problem_of(error)
            self._metrics.count(problem.slug, perf_counter() - begun)
            await respond_problem(request, self._site, problem)(scope, receive, send)

    async def _answer(
        self, request: Request, receive: Receive, send: Send, words: tuple[object, ...], begun: float
    ) -> None:
        if request.method not in METHODS:
            raise MethodRefused(
                N_("{method} is not a method of {path}."),
                method=request.method,
                path=request.url.path,
                allowed=METHODS,
            )
        body = await read_body(request, self._site.settings.max_body) if request.method == "POST" else b""
        browser = _browser(request)
        try:
            operation = await self._operation(request, body)
        except QueryMissing:
            if request.method == "POST":
                raise
            if browser:
                page = query_page(self._desk(request), reader(request))
                await _send_page(respond_page(request, self._site, page), request.scope, send, begun)
            else:
                response = await respond_service_description(request, self._site)
                await response(request.scope, receive, send)
            return
        except ANSWERED as error:
            if not browser:
                raise
            problem = problem_of(error)
            self._metrics.count(problem.slug, perf_counter() - begun)
            await self._page(request, problem)(request.scope, receive, send)
            return
        if browser and operation.format in (None, HTML.key):
            if await unless_gone(receive, self._browse(request, receive, send, operation, begun)):
                self._metrics.count("gone", perf_counter() - begun)
            return
        query = with_formats(operation, request.headers.get("accept"))
        if self._metrics.logs_queries:
            query = replace(query, count_rows=True)
        if request.method != "POST":
            self._cache.remember(words, query)
        kept = self._cache.get(query)
        if kept is not None:
            await self._send_kept(request, send, kept, query, begun, cached=True)
            return
        if await unless_gone(receive, self._evaluate(request, send, query, begun)):
            self._metrics.count("gone", perf_counter() - begun, digest=query.digest)

    async def _operation(self, request: Request, body: bytes) -> Operation:
        scope = request.scope
        client = scope["client"][0] if scope.get("client") else "unknown"
        arguments = (
            request.method,
            scope["query_string"],
            request.headers.get("content-type"),
            body,
            client,
        )
        if len(body) + len(scope["query_string"]) > 65536:
            return await asyncio.to_thread(read_operation, *arguments)
        return read_operation(*arguments)

    async def _evaluate(self, request: Request, send: Send, query: Query, begun: float) -> None:
        streamed: list[Answer] = []

        async def answer() -> Kept | None:
            found = await self._site.engine.evaluate(query)
            if found.size is None:
                streamed.append(found)
                return None
            try:
                body = b"".join([piece async for piece in found.body])
            finally:
                await found.body.close()
            return self._cache.keep(query, found, body)

        kept = await self._cache.once(query, answer)
        if kept is None and not streamed:  # another's answer was too long to be shared
            kept = await answer()
        if kept is not None:
            await self._send_kept(request, send, kept, query, begun, cached=False)
        else:
            await self._stream(request, send, streamed[0], query, begun)

    async def _stream(self, request: Request, send: Send, answer: Answer, query: Query, begun: float) -> None:
        """Send an answer while it is evaluated; keep it if it turns out not to be too long."""
        size = 0
        gathered: list[bytes] | None = []
        outcome: str | None = "broken"
        try:
            await send(
                {
                    "type": "http.response.start",
                    "status": 200,
                    "headers": [
                        *_HEADERS,
                        *_truncated(query, cut=answer.cut),
                        (b"content-type", content_type(answer.choice.media_type).encode()),
                        _timing("begin", begun),
                    ],
                }
            )
            if request.method == "HEAD":
                outcome = "ok"
                await send({"type": "http.response.body"})
                return
            async for piece in _until_broken(answer):
                size += len(piece)
                if gathered is not None:
                    gathered = [*gathered, piece] if size <= self._cache.largest else None
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            outcome = "ok"
            await send({"type": "http.response.body"})
            if gathered is not None:
                self._cache.keep(query, answer, b"".join(gathered))
        except asyncio.CancelledError:
            outcome = None  # the client has gone, and who stopped this counts that
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

    async def _send_kept(
        self, request: Request, send: Send, kept: Kept, query: Query, begun: float, *, cached: bool
    ) -> None:
        """Send an answer from memory: whole, compressed if the client takes that, or not at all if it has it."""
        coding = None
        if len(kept.body) >= WORTH_COMPRESSING:
            coding = choose_coding(request.headers.get("accept-encoding"), CODINGS)
        tag = f'"{kept.tag}{"-" + coding if coding else ""}"'
        headers: RawHeaders = [
            *_HEADERS,
            *_truncated(query, cut=kept.cut),
            (b"etag", tag.encode()),
            _timing("cache" if cached else "evaluate", begun),
        ]
        status, body = 200, b""
        if has_tag(request.headers.get("if-none-match"), tag):
            status = 304
        else:
            body = await self._cache.encoded(query, kept, coding) if coding else kept.body
            headers.append((b"content-type", content_type(kept.media_type).encode()))
            headers.append((b"content-length", str(len(body)).encode()))
            if coding:
                headers.append((b"content-encoding", coding.encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if request.method == "HEAD" else body})
        self._metrics.count(
            "ok",
            perf_counter() - begun,
            digest=query.digest,
            form=kept.form.value,
            rows=kept.rows,
            size=len(kept.body),
            cached=cached,
        )

    async def _browse(
        self, request: Request, receive: Receive, send: Send, operation: Operation, begun: float
    ) -> None:
        view = reader(request)
        wish = request.query_params.get("chart")
        outcome = "ok"
        try:
            found = await answer_view(self._site.engine, operation.query, view, wish)
        except ANSWERED as error:
            problem = problem_of(error)
            outcome = problem.slug
            await self._page(request, problem)(request.scope, receive, send)
        else:
            page = query_page(self._desk(request), view, operation.query, answer=found, wish=wish)
            await _send_page(respond_page(request, self._site, page), request.scope, send, begun)
        self._metrics.count(outcome, perf_counter() - begun)

    def _page(self, request: Request, problem: Problem) -> Response:
        text = request.query_params.get("query", "")
        page = query_page(self._desk(request), reader(request), Query(text), problem=problem)
        response = respond_page(request, self._site, page, status=problem.status)
        response.headers.update(problem.headers)
        return response

    def _desk(self, request: Request) -> Desk:
        address = f"{request.url.scheme}://{request.url.netloc}{request.url.path}"
        return Desk(self._site.examples, self._site.manifest.counts, self._site.settings, address)


async def _send_page(page: Response, scope: Scope, send: Send, begun: float) -> None:
    """Send a page that there is an answer for: compressed as the client takes it, or not at all if it has it."""
    await respond(keep(page.raw_headers, bytes(page.body)), scope, send, begun)


async def _until_broken(answer: Answer) -> AsyncIterator[bytes]:
    try:
        async for piece in answer.body:
            yield piece
    except AnswerBroken as broken:
        raise Broken(str(broken)) from broken


def _truncated(query: Query, *, cut: bool) -> RawHeaders:
    return [(b"plangraf-truncated", b"rows=%d" % query.rows)] if cut and query.rows is not None else []


def _timing(name: str, begun: float) -> tuple[bytes, bytes]:
    return b"server-timing", f"{name};dur={(perf_counter() - begun) * 1000:.1f}".encode()


def _browser(request: Request) -> bool:
    # Reading the parameters takes as long as all else here, so it is done only when there is something to find.
    if b"format=" in request.scope["query_string"] and request.query_params.get("format") == HTML.key:
        return True
    choice = choose_format(request.headers.get("accept"), _ANY)
    return choice is not None and choice.format == HTML
