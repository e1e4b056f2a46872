"""Answers to queries, kept in memory by the query. One release, one cache: a new release begins with an empty one."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from plangraf.engine.interface import Answer, AnswerForm, Query
from plangraf.formats import content_type
from plangraf.http.cache import LONGEST_KEY, text_bytes
from plangraf.http.content import REVALIDATED
from plangraf.http.representation import RawHeaders, Representation
from plangraf.once import OnceCache, SingleFlight

# The functions whose value differs from one evaluation to the next (SPARQL 1.1 Query, sections 17.4.2 to 17.4.5);
# STRUUID is found by its end. They are looked for in comments and strings too: a query is rather evaluated again.
# Variables are skipped, and a comment after the name counts as a call, so that the search takes time in proportion to
# the length of the query.
_VOLATILE = re.compile(r"[?$]\w+|((?:now|rand|uuid|bnode)\s*[(#])", re.IGNORECASE)
_HEADERS = ((b"vary", b"Accept, Accept-Encoding"), (b"cache-control", REVALIDATED.encode()))
_VOLATILE_HEADERS = ((b"vary", b"Accept, Accept-Encoding"), (b"cache-control", b"no-store"))

RequestKey = tuple[bytes, str | None]
"""The query string of a request as it was sent, and its Accept header."""


def is_volatile(query: Query) -> bool:
    """Return whether the answer to a query may differ from one evaluation to the next."""
    return any(match[1] for match in _VOLATILE.finditer(query.text))


def answer_headers(query: Query, answer: Answer) -> RawHeaders:
    """Return the headers of an answer, but for those that depend on how it is sent."""
    headers = [*(_VOLATILE_HEADERS if is_volatile(query) else _HEADERS)]
    if answer.cut and query.rows is not None:
        headers.append((b"plangraf-truncated", b"rows=%d" % query.rows))
    return [*headers, (b"content-type", content_type(answer.choice.media_type).encode())]


@dataclass(eq=False)
class WholeAnswer:
    """An answer that has been read to its end.

    Attributes:
        representation: the answer as it is sent.
        form: of the answer.
        rows: how many solutions or triples it has, where they have been counted.
    """

    representation: Representation
    form: AnswerForm
    rows: int | None


class PendingAnswer:
    """An answer that is too long to be shared: the first who takes it streams it to a client."""

    def __init__(self, answer: Answer) -> None:
        self._answer: Answer | None = answer

    def take(self) -> Answer | None:
        """Return the answer, or None when another has taken it."""
        answer, self._answer = self._answer, None
        return answer


class AnswerCache:
    """Whole answers, bounded by the bytes of queries and answers.

    Args:
        capacity: the bytes that are kept in all.
        release: the identifier of the release, which every entity tag begins with.
    """

    def __init__(self, capacity: int, release: str) -> None:
        self.largest = capacity // 16
        self._flights: SingleFlight[tuple[Query, float | None], WholeAnswer | PendingAnswer] = SingleFlight(
            discard=_close
        )
        self._release = release
        self._entries: OnceCache[Query, WholeAnswer] = OnceCache(
            capacity - self.largest,
            lambda query, whole: _length(query) + whole.representation.size,
            largest=self.largest,
        )
        self._requests: OnceCache[RequestKey, Query] = OnceCache(
            self.largest, lambda request, query: sum(map(len, filter(None, request))) + _length(query)
        )

    @property
    def size(self) -> int:
        """The bytes that are kept."""
        return self._entries.weight + self._requests.weight

    def get(self, query: Query) -> WholeAnswer | None:
        """Return the answer to a query, if it is kept."""
        return self._entries.get(query)

    def repeated(self, request: RequestKey) -> tuple[Query, WholeAnswer] | None:
        """Return query and answer of a request that was made before in the very same bytes, if the answer is kept."""
        query = self._requests.get(request)
        whole = self._entries.get(query) if query is not None else None
        return (query, whole) if query is not None and whole is not None else None

    def remember(self, request: RequestKey, query: Query) -> None:
        """Remember which query a request in these bytes asks, unless they are many."""
        if sum(map(len, filter(None, request))) <= LONGEST_KEY and _length(query) <= LONGEST_KEY:
            self._requests.put(request, query)

    async def share(
        self, query: Query, evaluate: Callable[[], Awaitable[WholeAnswer | PendingAnswer]]
    ) -> WholeAnswer | PendingAnswer:
        """Return what `evaluate` does, which is called once for all who ask the same with the same time limit.

        An answer that all leave as it begins is closed.

        Raises:
            Exception: as `evaluate` does, to all who wait.
        """
        return await self._flights.do((query, query.seconds), evaluate)

    def whole(self, query: Query, answer: Answer, body: bytes) -> WholeAnswer:
        """Return an answer that has been read, and keep it unless it is volatile, or too large.

        Args:
            query: what it answers.
            answer: the answer.
            body: all its bytes.
        """
        volatile = is_volatile(query)
        tag = None if volatile else f"{self._release}-{query.digest}"
        whole = WholeAnswer(Representation(answer_headers(query, answer), body, tag), answer.form, answer.body.rows)
        if not volatile and _length(query) <= LONGEST_KEY:
            self._entries.put(query, whole)
        return whole

    def reweigh(self, query: Query, whole: WholeAnswer) -> None:
        """Weigh an answer anew after it has been compressed."""
        self._entries.reweigh(query, whole)

    async def close(self) -> None:
        """Cancel the evaluations that clients wait for."""
        await self._flights.close()


async def _close(found: WholeAnswer | PendingAnswer) -> None:
    """Close an answer that nobody takes."""
    answer = found.take() if isinstance(found, PendingAnswer) else None
    if answer is not None:
        await answer.body.close()


def _length(query: Query) -> int:
    """Return the approximate number of bytes of a query as a key."""
    return sum(map(text_bytes, (query.text, *query.default_graphs, *query.named_graphs))) + 200
