"""The representation cache. Its entries never become stale, because a release is immutable.

The cache key is the raw path and the values of everything that the handlers of the resource have ever read of a
request. Requests that differ only in a parameter that no handler reads share an entry; requests that differ in a
value that a handler reads never do.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from plangraf.http.content import FileContent, Redirect
from plangraf.http.representation import Representation
from plangraf.http.request import Read, ReadValue, RecordingRequest
from plangraf.once import OnceCache, SingleFlight

LARGEST = 1024 * 1024
"""The maximum size of a new entry in bytes, before content codings are added to it."""
LONGEST_KEY = 4096
"""The maximum size of a cache key in bytes; answers with a longer key are not cached."""

Key = tuple[str, tuple[ReadValue, ...]]


@dataclass(frozen=True)
class Outcome:
    """The result of a request to a resource.

    Attributes:
        reads: the names of all values that the handler read of the request.
        answer: a representation, a file or a redirect, or the exception of the handler. An exception is a value here,
            so that the cache can compare waiting requests by all reads before it is raised in any of them.
        status: the HTTP status of a representation.
        lasting: whether the representation may be cached.
    """

    reads: tuple[Read, ...]
    answer: Representation | FileContent | Redirect | Exception
    status: int = 200
    lasting: bool = False


class RepresentationCache:
    """A least-recently-used cache of representations, with single flight.

    Args:
        capacity: the maximum total size of keys and representations, in bytes; 0 disables the cache.
    """

    def __init__(self, capacity: int) -> None:
        self._entries: OnceCache[Key, Representation] = OnceCache(
            capacity, lambda key, cached: _length(key) + cached.size, largest=LARGEST
        )
        self._flights: SingleFlight[Key, Outcome] = SingleFlight()
        self._reads: dict[str, tuple[Read, ...]] = {}

    @property
    def size(self) -> int:
        """The total size of the entries, in bytes."""
        return self._entries.weight

    def get(self, resource: str, request: RecordingRequest) -> Representation | None:
        """Return the cached representation for `request`, or None."""
        return self._entries.get(self._key(resource, request))

    async def make(
        self, resource: str, request: RecordingRequest, handle: Callable[[], Awaitable[Outcome]]
    ) -> Outcome:
        """Return the outcome of a request; `handle` is called once for concurrent requests with the same cache key.

        A request with a key over `LONGEST_KEY` is neither cached nor shared.

        Args:
            resource: the name of the resource.
            request: the request, for its cache key; the cache records no reads in it.
            handle: answers the request, and returns the reads with the result. It returns its exceptions too.
        """
        while True:
            key = self._key(resource, request)
            if _length(key) > LONGEST_KEY:
                return await handle()
            cached = self._entries.get(key)
            if cached is not None:
                return Outcome((), cached)

            leads = False

            async def lead() -> Outcome:
                nonlocal leads
                leads = True
                outcome = await handle()
                self._learn(resource, outcome.reads)
                if outcome.lasting and isinstance(outcome.answer, Representation):
                    full_key = self._key(resource, request)
                    if _length(full_key) <= LONGEST_KEY:
                        self._entries.put(full_key, outcome.answer)
                return outcome

            outcome = await self._flights.do(key, lead)
            # The handler may have read values that were not in the key when this request joined the flight. If they
            # add to its key, the outcome may belong to a different request, so this one tries again.
            if leads or self._key(resource, request) == key:
                return outcome

    def reweigh(self, resource: str, request: RecordingRequest, cached: Representation) -> None:
        """Update the size of a cached representation after a content coding has been added to it."""
        self._entries.reweigh(self._key(resource, request), cached)

    async def close(self) -> None:
        """Cancel all running handlers, and wait until they have ended."""
        await self._flights.close()

    def _key(self, resource: str, request: RecordingRequest) -> Key:
        return (request.path, tuple(request.value(read) for read in self._reads.get(resource, ())))

    def _learn(self, resource: str, reads: tuple[Read, ...]) -> None:
        known = self._reads.get(resource, ())
        self._reads[resource] = (*known, *(read for read in reads if read not in known))


def _length(key: Key) -> int:
    """Return the size of a cache key in bytes."""
    path, values = key
    return len(path) + sum(
        sum(map(text_bytes, value)) + len(value) if isinstance(value, tuple) else text_bytes(value or "")
        for value in values
    )


def text_bytes(text: str) -> int:
    """Return the length of a text in UTF-8, in bytes; lone surrogates are allowed."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
