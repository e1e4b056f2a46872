"""Representations kept in memory: a release does not change, so neither does what is made of it.

The key of an entry is the raw path and the values of everything that the resource's handlers have ever read of a
request. A parameter that no handler reads makes no entry of its own, and two requests that differ in something that a
handler reads never share one.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from plangraf.http.content import FileContent, Redirect
from plangraf.http.representation import Representation
from plangraf.http.request import Read, ReadValue, RecordingRequest
from plangraf.once import OnceCache, SingleFlight

LARGEST = 1024 * 1024
"""Bytes of the largest entry that is kept, before it is compressed."""
LONGEST_KEY = 4096
"""Bytes of the longest key under which an answer is kept, or made once for several clients."""

Key = tuple[str, tuple[ReadValue, ...]]


@dataclass(frozen=True)
class Outcome:
    """What came of a request to a resource.

    Attributes:
        reads: the names of all that the handler read of the request.
        answer: a whole representation, a file or a redirect; or the error that says why there is none, which is for
            those who asked the same, and for no others.
        status: the HTTP status of a representation.
        lasting: whether the representation may be kept.
    """

    reads: tuple[Read, ...]
    answer: Representation | FileContent | Redirect | Exception
    status: int = 200
    lasting: bool = False


class RepresentationCache:
    """Keeps representations, bounded by their bytes, and has each made once, however many clients ask for it.

    Args:
        capacity: the bytes of keys and representations that are kept in all; 0 keeps nothing.
    """

    def __init__(self, capacity: int) -> None:
        self._entries: OnceCache[Key, Representation] = OnceCache(
            capacity, lambda key, cached: _length(key) + cached.size, largest=LARGEST
        )
        self._flights: SingleFlight[Key, Outcome] = SingleFlight()
        self._reads: dict[str, tuple[Read, ...]] = {}

    @property
    def size(self) -> int:
        """The bytes that are kept."""
        return self._entries.weight

    def get(self, resource: str, request: RecordingRequest) -> Representation | None:
        """Return the representation that answers `request`, if it is kept."""
        return self._entries.get(self._key(resource, request))

    async def make(
        self, resource: str, request: RecordingRequest, handle: Callable[[], Awaitable[Outcome]]
    ) -> Outcome:
        """Return the outcome of a request; `handle` is called once for all clients whose requests it answers.

        Args:
            resource: the name of the resource.
            request: the request; it is only compared, and what it is compared by is not recorded.
            handle: answers the request, and says what it read of it.
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
            # The handler may have read more than was known when this request began to wait: then it is compared by
            # that too, and if it differs from the request that was answered it is asked again.
            if leads or self._key(resource, request) == key:
                return outcome

    def reweigh(self, resource: str, request: RecordingRequest, cached: Representation) -> None:
        """Weigh a representation anew after it has been compressed."""
        self._entries.reweigh(self._key(resource, request), cached)

    async def close(self) -> None:
        """Cancel what is being made."""
        await self._flights.close()

    def _key(self, resource: str, request: RecordingRequest) -> Key:
        return (request.path, tuple(request.value(read) for read in self._reads.get(resource, ())))

    def _learn(self, resource: str, reads: tuple[Read, ...]) -> None:
        known = self._reads.get(resource, ())
        self._reads[resource] = (*known, *(read for read in reads if read not in known))


def _length(key: Key) -> int:
    """Return the bytes of a key."""
    path, values = key
    return len(path) + sum(
        sum(map(text_bytes, value)) + len(value) if isinstance(value, tuple) else text_bytes(value or "")
        for value in values
    )


def text_bytes(text: str) -> int:
    """Return the number of bytes of a text in UTF-8."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
