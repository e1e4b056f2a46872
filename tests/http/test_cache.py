import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest
from tests.http.requests import scope_of

from plangraf.errors import ResourceNotFound
from plangraf.http.cache import LONGEST_KEY, Outcome, RepresentationCache
from plangraf.http.representation import Representation
from plangraf.http.request import RecordingRequest
from plangraf.languages import Msgid

Handler = Callable[[RecordingRequest], Awaitable[bytes]]


class Asked:
    """A resource whose handler reads what a test says, behind a cache, and counts how often it runs."""

    def __init__(self, handler: Handler, capacity: int = 1 << 20) -> None:
        self.cache = RepresentationCache(capacity)
        self.handled = 0
        self._handler = handler

    async def get(self, path: str, *headers: tuple[str, str], scheme: str = "http") -> bytes:
        scope = scope_of(path, *headers, scheme=scheme)
        request = RecordingRequest(scope)

        async def handle() -> Outcome:
            self.handled += 1
            reading = RecordingRequest(scope)
            try:
                body = await self._handler(reading)
            except (ResourceNotFound, ZeroDivisionError) as error:
                return Outcome(tuple(reading.reads), error)
            return Outcome(tuple(reading.reads), Representation([], body, "tag"), lasting=True)

        kept = self.cache.get("resource", request)
        outcome = Outcome((), kept) if kept else await self.cache.make("resource", request, handle)
        if isinstance(outcome.answer, Exception):
            raise outcome.answer
        assert isinstance(outcome.answer, Representation)
        return outcome.answer.body


async def _everything(request: RecordingRequest) -> bytes:
    """Answer with all that a handler can read."""
    read = (request.path, request.base, request.header("accept"), request.parameters("page"))
    return repr(read).encode()


DIFFERING: Sequence[tuple[str, list[tuple[str, str]], str]] = [
    ("/a", [], "http"),
    ("/%61", [], "http"),
    ("/a", [], "https"),
    ("/a", [("Host", "other.example")], "http"),
    ("/a", [("Accept", "text/html")], "http"),
    ("/a", [("Accept", "text/html"), ("Accept", "text/csv")], "http"),
    ("/a?page=2", [], "http"),
    ("/a?page=2&page=3", [], "http"),
]


def test_requests_that_differ_in_what_the_handler_reads_never_share_an_answer() -> None:
    async def run() -> None:
        asked = Asked(_everything)
        rounds = [
            [await asked.get(path, *headers, scheme=scheme) for path, headers, scheme in DIFFERING] for _ in "ab"
        ]
        assert rounds[0] == rounds[1]
        assert len(set(rounds[0])) == len(DIFFERING)
        assert asked.handled == len(DIFFERING)

    asyncio.run(run())


def test_requests_that_differ_in_what_is_not_known_to_be_read_do_not_share_an_answer_that_is_being_made() -> None:
    async def slow(request: RecordingRequest) -> bytes:
        await asyncio.sleep(0)
        return await _everything(request)

    async def run() -> None:
        asked = Asked(slow)
        answers = await asyncio.gather(
            *(asked.get(path, *headers, scheme=scheme) for path, headers, scheme in DIFFERING for _ in range(3))
        )
        assert len(set(answers)) == len(DIFFERING)

    asyncio.run(run())


def test_what_no_handler_reads_makes_no_new_entry() -> None:
    async def run() -> None:
        asked = Asked(_everything)
        for number in range(5):
            await asked.get(f"/a?unknown={number}", ("X-Unknown", str(number)))
        assert asked.handled == 1

    asyncio.run(run())


def test_a_name_that_is_read_only_for_some_requests_is_part_of_every_key_from_then_on() -> None:
    async def handler(request: RecordingRequest) -> bytes:
        if request.parameter("a"):
            return f"a {request.parameter('b')}".encode()
        return b"plain"

    async def run() -> None:
        asked = Asked(handler)
        for _ in range(2):
            assert await asked.get("/?b=1") == b"plain"
            assert await asked.get("/?a=1&b=1") == b"a 1"
            assert await asked.get("/?a=1&b=2") == b"a 2"
        assert await asked.get("/?b=2") == b"plain"

    asyncio.run(run())


def test_many_at_once_cost_one_run_of_the_handler() -> None:
    async def slow(_: RecordingRequest) -> bytes:
        await asyncio.sleep(0.01)
        return b"body"

    async def run() -> None:
        asked = Asked(slow)
        assert await asyncio.gather(*(asked.get("/") for _ in range(20))) == [b"body"] * 20
        assert asked.handled == 1

    asyncio.run(run())


def test_an_error_is_for_those_who_asked_the_same_and_is_not_kept() -> None:
    async def handler(request: RecordingRequest) -> bytes:
        await asyncio.sleep(0)
        if request.parameter("page") == "9":
            raise ResourceNotFound(Msgid("no"))
        return b"body"

    async def run() -> None:
        asked = Asked(handler)
        found = await asyncio.gather(
            asked.get("/?page=9"), asked.get("/?page=9"), asked.get("/"), return_exceptions=True
        )
        assert [type(one) for one in found] == [ResourceNotFound, ResourceNotFound, bytes]
        before = asked.handled
        with pytest.raises(ResourceNotFound):
            await asked.get("/?page=9")
        assert asked.handled == before + 1

    asyncio.run(run())


def test_a_fault_is_for_those_who_asked_the_same_and_for_no_others() -> None:
    async def handler(request: RecordingRequest) -> bytes:
        await asyncio.sleep(0)
        if request.header("accept") == "bad":
            raise ZeroDivisionError
        return b"body"

    async def run() -> None:
        asked = Asked(handler)
        found = await asyncio.gather(
            *(asked.get("/", ("Accept", accept)) for accept in ("bad", "good", "bad")), return_exceptions=True
        )
        assert [type(one) for one in found] == [ZeroDivisionError, bytes, ZeroDivisionError]

    asyncio.run(run())


@pytest.mark.parametrize(
    "path",
    [
        "/" + "x" * LONGEST_KEY,
        "/?page=" + "9" * LONGEST_KEY,
        "/?" + 5000 * "page=&",
        "/?page=" + "%C3%A6" * (LONGEST_KEY // 2),
    ],
)
def test_a_request_whose_key_is_too_long_is_answered_and_not_kept(path: str) -> None:
    async def run() -> None:
        asked = Asked(_everything)
        await asked.get("/")
        size = asked.cache.size
        for _ in range(2):
            await asked.get(path)
        assert asked.handled == 3
        assert asked.cache.size == size

    asyncio.run(run())


def test_keys_count_and_the_memory_is_bounded() -> None:
    async def run() -> None:
        asked = Asked(_everything, 100_000)
        for number in range(300):
            await asked.get(f"/{number}", ("Accept", f"text/{3000 * 'x'}"))
        assert asked.cache.size <= 100_000
        await asked.get("/299", ("Accept", f"text/{3000 * 'x'}"))
        assert asked.handled == 300
        await asked.get("/0", ("Accept", f"text/{3000 * 'x'}"))
        assert asked.handled == 301

    asyncio.run(run())


def test_a_cache_without_room_keeps_nothing() -> None:
    async def run() -> None:
        asked = Asked(_everything, 0)
        assert [await asked.get("/"), await asked.get("/")] == [await asked.get("/")] * 2
        assert asked.handled == 3

    asyncio.run(run())
