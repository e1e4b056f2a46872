import asyncio
from collections.abc import AsyncIterator

import pytest

from plangraf.engine.interface import Answer, AnswerForm, Query
from plangraf.formats import CSV
from plangraf.http.answer_cache import AnswerCache, PendingAnswer, WholeAnswer, is_volatile
from plangraf.http.cache import LONGEST_KEY
from plangraf.negotiation import Choice


class Body:
    """A body that has been read."""

    rows: int | None = 1

    async def __aiter__(self) -> AsyncIterator[bytes]:
        return
        yield

    async def close(self) -> None:
        """There is nothing to close."""


ANSWER = Answer(AnswerForm.SOLUTIONS, Choice(CSV, CSV.media_type), Body(), None, cut=False)
ROOM = 64 * 4000


def test_what_is_kept_is_found_again_until_there_is_no_room() -> None:
    cache = AnswerCache(ROOM, "release")
    for number in range(400):
        cache.whole(Query(f"{number}"), ANSWER, b"x" * 1000)
    assert cache.get(Query("399")) is not None
    assert cache.get(Query("0")) is None
    assert cache.size <= ROOM


def test_queries_count_as_much_as_answers() -> None:
    cache = AnswerCache(ROOM, "release")
    for number in range(400):
        cache.whole(Query(f"ASK {{}} # {number} {3000 * 'x'}"), ANSWER, b"")
        cache.remember((f"query={number}{3000 * 'x'}".encode(), None), Query(f"{number}"))
    assert cache.size <= ROOM


def test_an_answer_that_is_too_large_is_returned_and_not_kept() -> None:
    cache = AnswerCache(ROOM, "release")
    whole = cache.whole(Query("q"), ANSWER, b"x" * ROOM)
    assert len(whole.representation.body) == ROOM
    assert cache.get(Query("q")) is None


def test_a_query_that_is_too_long_for_a_key_is_not_kept() -> None:
    cache = AnswerCache(1 << 24, "release")
    query = Query("x" * LONGEST_KEY)
    cache.whole(query, ANSWER, b"")
    cache.remember((b"q", None), query)
    assert cache.get(query) is None
    assert cache.size == 0


def test_the_tag_tells_releases_and_queries_apart() -> None:
    tags = {
        AnswerCache(1 << 20, release).whole(Query(text), ANSWER, b"").representation.tag
        for release in ("one", "two")
        for text in ("a", "b")
    }
    assert len(tags) == 4


def test_a_request_in_the_same_bytes_is_answered_as_long_as_the_answer_is_kept() -> None:
    cache = AnswerCache(1 << 20, "release")
    cache.remember((b"query=q", "text/csv"), Query("q"))
    assert cache.repeated((b"query=q", "text/csv")) is None
    whole = cache.whole(Query("q"), ANSWER, b"1")
    assert cache.repeated((b"query=q", "text/csv")) == (Query("q"), whole)
    assert cache.repeated((b"query=q", None)) is None


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (NOW() AS ?n) {}",
        "SELECT (rand () AS ?n) {}",
        "SELECT (UUID# comment (\n() AS ?n) {}",
        "SELECT (STRUUID\t\r\n() AS ?n) {}",
        "SELECT (1+BNODE(?x) AS ?n) {}",
        "SELECT * { FILTER(?now < now()) }",
    ],
)
def test_volatile_functions_are_found_and_their_answers_not_kept(text: str) -> None:
    assert is_volatile(Query(text))
    cache = AnswerCache(1 << 20, "release")
    whole = cache.whole(Query(text), ANSWER, b"1")
    assert cache.get(Query(text)) is None
    assert whole.representation.tag is None
    assert (b"cache-control", b"no-store") in whole.representation.headers


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?now { ?now a ?rand }",
        "ASK { ?uuid ?bnode ?struuid }",
        "ASK { <urn:now> ?p 1 }",
        "SELECT ?brand (COUNT(*) AS ?n) { ?x ?y ?brand } GROUP BY $brand (1)",
    ],
)
def test_variables_and_names_are_not_volatile(text: str) -> None:
    assert not is_volatile(Query(text))


def test_a_pending_answer_is_taken_once() -> None:
    pending = PendingAnswer(ANSWER)
    assert pending.take() is ANSWER
    assert pending.take() is None


@pytest.mark.parametrize(
    ("text", "volatile"),
    [
        ("#", True),
        ("now#", True),
        ("now # ", True),
        ("# now ", True),
        ("now ", False),
        ("now\n", False),
        ("<", False),
        ("?now", False),
    ],
)
def test_64_kibibytes_of_any_text_are_searched(text: str, volatile: bool) -> None:
    """A pattern that can match white space and comments in several ways would take very long for them."""
    assert is_volatile(Query("ASK {} # now" + text * ((2**16 - 13) // len(text)) + "x")) is volatile


def test_a_longer_text_counts_as_volatile_unread() -> None:
    assert not is_volatile(Query("ASK {} #" + "x" * (2**16 - 8)))
    assert is_volatile(Query("ASK {} #" + "x" * (2**16 - 7)))


@pytest.mark.parametrize("request_key", [(b"query=q&x=" + LONGEST_KEY * b"x", None), (b"q", LONGEST_KEY * "x")])
def test_a_request_that_is_too_long_for_a_key_is_not_remembered(request_key: tuple[bytes, str | None]) -> None:
    cache = AnswerCache(1 << 24, "release")
    cache.remember(request_key, Query("q"))
    assert cache.size == 0


def test_those_who_ask_with_another_time_limit_do_not_wait_for_each_other() -> None:
    async def run() -> tuple[int, list[object]]:
        cache, end, evaluated = AnswerCache(1 << 20, "release"), asyncio.Event(), 0

        async def slow() -> WholeAnswer | PendingAnswer:
            nonlocal evaluated
            evaluated += 1
            await end.wait()
            return PendingAnswer(ANSWER)

        seconds: list[float | None] = [None, None, 1.0, 1.0]
        waiting = [asyncio.create_task(cache.share(Query("q", seconds=limit), slow)) for limit in seconds]
        await asyncio.sleep(0.01)
        end.set()
        return evaluated, list(await asyncio.gather(*waiting))

    evaluated, answers = asyncio.run(run())
    assert evaluated == 2
    assert len(set(map(id, answers))) == 2


def test_an_answer_that_all_leave_as_it_begins_is_closed() -> None:
    closed: list[bool] = []

    class Closing(Body):
        async def close(self) -> None:
            closed.append(True)

    answer = Answer(AnswerForm.SOLUTIONS, Choice(CSV, CSV.media_type), Closing(), None, cut=False)

    async def run() -> None:
        cache, begin, tasks = AnswerCache(1 << 20, "release"), asyncio.Event(), list[asyncio.Task[object]]()

        async def evaluate() -> WholeAnswer | PendingAnswer:
            await begin.wait()
            tasks[1].cancel()  # it leaves in the turn in which the answer begins
            return PendingAnswer(answer)

        for _ in range(2):
            tasks.append(asyncio.create_task(cache.share(Query("q"), evaluate)))
            await asyncio.sleep(0.01)
        tasks[0].cancel()
        await asyncio.sleep(0.01)
        begin.set()
        await asyncio.wait(tasks)
        await cache.close()
        assert all(task.cancelled() for task in tasks)

    asyncio.run(run())
    assert closed == [True]
