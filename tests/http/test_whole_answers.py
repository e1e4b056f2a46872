import asyncio
import json
import tempfile
from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send
from tests.http.requests import scope_of

from plangraf.http.whole_answers import WholeAnswers

LIMIT = 3_000_000


class Streaming:
    """An application that streams pieces of 100,000 bytes, and may break off after them."""

    def __init__(self, pieces: int, *, breaks: bool = False) -> None:
        self.pieces = pieces
        self.breaks = breaks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"etag", b'"a"')]})
        for number in range(self.pieces):
            await send({"type": "http.response.body", "body": bytes([number]) * 100_000, "more_body": True})
        if self.breaks:
            raise ConnectionError("broken")
        await send({"type": "http.response.body"})


def ask(app: WholeAnswers, version: str = "1.0", method: str = "GET") -> list[Message]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app({**scope_of("/", method=method), "http_version": version}, receive, send))
    return sent


@pytest.mark.parametrize("pieces", [0, 1, 30])
def test_an_answer_to_http_1_0_has_a_length(pieces: int) -> None:
    start, *bodies = ask(WholeAnswers(Streaming(pieces), LIMIT))
    body = b"".join(message.get("body", b"") for message in bodies)
    assert body == b"".join(bytes([number]) * 100_000 for number in range(pieces))
    assert start["headers"] == [(b"etag", b'"a"'), (b"content-length", b"%d" % len(body))]
    assert not bodies[-1].get("more_body")


@pytest.mark.parametrize(("version", "method"), [("1.1", "GET"), ("1.0", "HEAD")])
def test_other_answers_are_passed_on_as_they_come(version: str, method: str) -> None:
    sent = ask(WholeAnswers(Streaming(3), LIMIT), version, method)
    assert sent[0]["headers"] == [(b"etag", b'"a"')]
    assert len(sent) == 5


def test_an_answer_over_the_limit_is_refused() -> None:
    start, body = ask(WholeAnswers(Streaming(31), LIMIT))
    assert start["status"] == json.loads(body["body"])["status"] == 503
    assert json.loads(body["body"])["type"].endswith("#answer-too-large")
    assert (b"content-length", b"%d" % len(body["body"])) in start["headers"]


def test_an_answer_that_breaks_off_is_not_taken_for_whole() -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    with pytest.raises(ConnectionError):
        asyncio.run(
            WholeAnswers(Streaming(3, breaks=True), LIMIT)({**scope_of(), "http_version": "1.0"}, receive, send)
        )
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert sent[0]["status"] == 500


def test_answers_that_are_collected_at_once_are_limited_together() -> None:
    app = WholeAnswers(Streaming(30), LIMIT)

    async def run() -> list[int]:
        full = asyncio.Event()
        statuses: list[int] = []

        async def receive() -> Message:
            return {"type": "http.request"}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])
                if len(statuses) == 6:
                    full.set()
                await full.wait()  # each answer is there until the last one has been decided on

        scope = {**scope_of(), "http_version": "1.0"}
        await asyncio.gather(*(app(scope, receive, send) for _ in range(6)))
        return statuses

    statuses = asyncio.run(run())
    assert statuses.count(503) >= 2
    assert asyncio.run(run()).count(503) == statuses.count(503)  # what was taken is given back


def test_no_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ask(WholeAnswers(Streaming(30), LIMIT))
    assert list(tmp_path.iterdir()) == []
