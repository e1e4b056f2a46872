"""The answer cache: complete answers to queries, in memory. Each release has its own cache, which starts empty."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from plangraf.engine.interface import Answer, AnswerForm, Query
from plangraf.formats import content_type
from plangraf.http.cache import LONGEST_KEY, text_bytes
from plangraf.http.content import REVALIDATED
from plangraf.http.disposition import file_name, inline
from plangraf.http.representation import RawHeaders, Representation
from plangraf.once import OnceCache, SingleFlight

# The functions whose value differs between evaluations (SPARQL 1.1 Query, sections 17.4.2 to 17.4.5); STRUUID matches
# by the end of its name. Matches in comments and strings count too: they cost no more than an unnecessary evaluation.
# Variables are skipped. A comment after the name counts as a call, so that the search takes linear time.
_VOLATILE = re.compile(r"[?$]\w+|((?:now|rand|uuid|bnode)\s*[(#])", re.IGNORECASE)
_VOLATILE_NAMES = ("now", "rand", "uuid", "bnode")
_HEADERS = ((b"vary", b"Accept, Accept-Encoding"), (b"cache-control", REVALIDATED.encode()))
_VOLATILE_HEADERS = ((b"vary", b"Accept, Accept-Encoding"), (b"cache-control", b"no-store"))

_LONG = 64 * 1024

RequestKey = tuple[bytes, str | None]
"""The raw query string of a request, and its Accept header."""


def is_volatile(query: Query) -> bool:
    """Return whether a query may call a function whose value differs between evaluations, such as NOW or RAND.

    A very long query counts as one, because reading it would delay the answers to others.
    """
    text = query.text
    if len(text) > _LONG:
        return True
    lower = text.lower()  # names are ASCII, so this finds all that the search for calls does, in less time
    return any(name in lower for name in _VOLATILE_NAMES) and any(match[1] for match in _VOLATILE.finditer(text))


@dataclass(eq=False, slots=True)
class WholeAnswer:
    """An answer that has been read completely.

    Attributes:
        representation: the bytes and headers of the response.
        form: the form of the answer.
        rows: the number of solutions or triples, or None if they were not counted.
    """

    representation: Representation
    form: AnswerForm
    rows: int | None


class PendingAnswer:
    """An answer that is too long to be shared: only the first caller of `take` can stream it to a client."""

    def __init__(self, answer: Answer) -> None:
        self._answer: Answer | None = answer

    def take(self) -> Answer | None:
        """Return the answer, or None if another caller has taken it."""
        answer, self._answer = self._answer, None
        return answer


class AnswerCache:
    """A least-recently-used cache of complete answers, with single flight.

    Args:
        capacity: the maximum total size of queries and answers, in bytes.
        release: the identifier of the release, for entity tags and file names.
        on_change: called with the size of the cache in bytes when it may have changed.

    Attributes:
        largest: the maximum size of a cached answer, in bytes.
    """

    def __init__(self, capacity: int, release: str, on_change: Callable[[int], None] = lambda _: None) -> None:
        self._on_change = on_change
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
        """The total size of the entries, in bytes."""
        return self._entries.weight + self._requests.weight

    def get(self, query: Query) -> WholeAnswer | None:
        """Return the cached answer to a query, or None."""
        return self._entries.get(query)

    def repeated(self, request: RequestKey) -> tuple[Query, WholeAnswer] | None:
        """Return the query and the cached answer of an earlier request with the same bytes, or None.

        The query is not parsed again.
        """
        query = self._requests.get(request)
        whole = self._entries.get(query) if query is not None else None
        return (query, whole) if query is not None and whole is not None else None

    def remember(self, request: RequestKey, query: Query) -> None:
        """Map the bytes of a request to its query for `repeated`; a request over 4096 bytes is ignored."""
        if sum(map(len, filter(None, request))) <= LONGEST_KEY and _length(query) <= LONGEST_KEY:
            self._requests.put(request, query)
            self._on_change(self.size)

    async def share(
        self, query: Query, evaluate: Callable[[], Awaitable[WholeAnswer | PendingAnswer]]
    ) -> WholeAnswer | PendingAnswer:
        """Return the result of `evaluate`, called once for concurrent requests with the same query and time limit.

        If all clients disconnect before they receive the answer, the cache closes it.

        Raises:
            Exception: the exception of `evaluate`, in all waiting callers.
        """
        return await self._flights.do((query, query.seconds), evaluate)

    def whole(self, query: Query, answer: Answer, body: bytes) -> WholeAnswer:
        """Return the complete answer, and cache it unless the query is volatile or the answer is too large.

        Args:
            query: the query that was evaluated.
            answer: its answer, whose body has been read.
            body: the bytes that were read.
        """
        volatile = is_volatile(query)
        tag = None if volatile else f"{self._release}-{query.digest}"
        whole = WholeAnswer(Representation(self.headers(query, answer), body, tag), answer.form, answer.body.rows)
        if not volatile and _length(query) <= LONGEST_KEY:
            self._entries.put(query, whole)
            self._on_change(self.size)
        return whole

    def headers(self, query: Query, answer: Answer) -> RawHeaders:
        """Return the response headers of an answer, without entity tag, content coding and length."""
        headers = [*(_VOLATILE_HEADERS if is_volatile(query) else _HEADERS)]
        if answer.cut and query.rows is not None:
            headers.append((b"plangraf-truncated", b"rows=%d" % query.rows))
        name = file_name(self._release, f"query-{query.digest[:8]}", answer.choice.format.extension)
        return [
            *headers,
            (b"content-type", content_type(answer.choice.media_type).encode()),
            (b"content-disposition", inline(name).encode()),
        ]

    def reweigh(self, query: Query, whole: WholeAnswer) -> None:
        """Update the size of a cached answer after a content coding has been added to it."""
        self._entries.reweigh(query, whole)
        self._on_change(self.size)

    async def close(self) -> None:
        """Cancel all running evaluations, and wait until they have ended."""
        await self._flights.close()


async def _close(found: WholeAnswer | PendingAnswer) -> None:
    """Close an answer that no client has received."""
    answer = found.take() if isinstance(found, PendingAnswer) else None
    if answer is not None:
        await answer.body.close()


def _length(query: Query) -> int:
    """Return the approximate size of a query as a cache key, in bytes."""
    return sum(map(text_bytes, (query.text, *query.default_graphs, *query.named_graphs))) + 200
