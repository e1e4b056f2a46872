"""Responses with the answers to queries: from the cache, whole, or streamed while the engine evaluates.

Status and headers are sent only when the first bytes of the answer are available. If the answer fails later, the
server closes the connection, so that no client mistakes the answer for complete.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from time import perf_counter

from fastapi import Request
from starlette.types import Scope, Send

from plangraf.engine.errors import EngineError
from plangraf.engine.interface import Answer, AnswerBroken, Query
from plangraf.http.answer_cache import PendingAnswer, WholeAnswer, is_volatile
from plangraf.http.disconnect import unless_gone
from plangraf.http.problems import problem_of
from plangraf.http.representation import send_representation
from plangraf.http.services import Services


class Broken(Exception):  # noqa: N818  # named for the state of the answer; it makes the server close the connection
    """An answer could not be completed after its status had been sent."""


class QueryResponder:
    """Evaluates queries on a release, or finds their answers in the cache, and sends them.

    Args:
        services: the services of the release.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._answers = services.answers
        self._metrics = services.metrics

    async def respond(self, request: Request, send: Send, query: Query, begun: float) -> None:
        """Send the answer to a query, unless the client disconnects before, and count it in the metrics.

        Args:
            request: the request.
            send: the ASGI channel of the response.
            query: the query, with its formats.
            begun: the time of the request, in seconds of `perf_counter`.

        Raises:
            EngineError: the query cannot be answered; nothing has been sent.
            Broken: the answer could not be completed after its status had been sent.
        """
        if self._metrics.logs_queries:
            query = replace(query, count_rows=True)
        whole = self._answers.get(query)
        if whole is not None:
            await self.send_whole(request.scope, send, whole, query, begun, cached=True)
        elif await unless_gone(request.receive, self._evaluate(request.scope, send, query, begun)):
            self._metrics.count("gone", perf_counter() - begun, digest=query.digest)

    async def _evaluate(self, scope: Scope, send: Send, query: Query, begun: float) -> None:
        found = await self._share(query)
        answer = found.take() if isinstance(found, PendingAnswer) else None
        if answer is None and not isinstance(found, WholeAnswer):
            found = await self._ask(query)
            answer = found.take() if isinstance(found, PendingAnswer) else None
        if isinstance(found, WholeAnswer):
            await self.send_whole(scope, send, found, query, begun, cached=False)
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
            headers = [*self._answers.headers(query, answer), (b"server-timing", _timing(begun))]
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

    async def send_whole(
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


async def _until_broken(answer: Answer) -> AsyncIterator[bytes]:
    try:
        async for piece in answer.body:
            yield piece
    except AnswerBroken as broken:
        raise Broken(problem_of(broken.error).detail) from broken


def _timing(begun: float) -> bytes:
    return f"begin;dur={(perf_counter() - begun) * 1000:.1f}".encode()
