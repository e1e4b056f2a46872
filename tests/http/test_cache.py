import asyncio

import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send

from plangraf.http.cache import LARGEST, PageCache

PLAN = "/doc/trondheim/samfunnsplan-2020-2032"


@pytest.mark.parametrize("path", ["/", PLAN, f"{PLAN}.ttl", "/shapes", "/catalog", "/quality"])
def test_an_answer_is_the_same_from_memory_and_not_sent_to_who_has_it(server: str, path: str) -> None:
    with httpx.Client(base_url=server, headers={"Accept-Encoding": "identity"}) as client:
        first, again = client.get(path), client.get(path)
        assert again.content == first.content
        assert {k: v for k, v in again.headers.items() if k != "server-timing" and k != "date"} == {
            k: v for k, v in first.headers.items() if k != "server-timing" and k != "date"
        }
        same = client.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (same.status_code, same.content) == (304, b"")
        head = client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == str(len(first.content))


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_pages_are_compressed_and_have_a_tag_of_their_own_then(server: str, coding: str) -> None:
    plain = httpx.get(f"{server}{PLAN}", headers={"Accept-Encoding": "identity"})
    short = httpx.get(f"{server}{PLAN}", headers={"Accept-Encoding": coding})
    assert short.headers["content-encoding"] == coding
    assert int(short.headers["content-length"]) < len(plain.content) / 3
    assert short.headers["etag"] != plain.headers["etag"]
    assert "Accept-Encoding" in short.headers["vary"]
    if coding == "gzip":
        assert short.text == plain.text


def test_languages_and_forms_are_kept_apart(server: str) -> None:
    asked = [
        {"Accept": "text/html", "Accept-Language": "nb"},
        {"Accept": "text/html", "Accept-Language": "en"},
        {"Accept": "text/turtle"},
        {"Accept": "application/ld+json"},
    ]
    rounds = [[httpx.get(f"{server}{PLAN}", headers=headers).text for headers in asked] for _ in range(2)]
    assert rounds[0] == rounds[1]
    assert len(set(rounds[0])) == len(asked)


def test_what_changes_and_what_fails_is_not_kept(server: str) -> None:
    assert "etag" not in httpx.get(f"{server}/metrics").headers
    assert "etag" not in httpx.get(f"{server}/doc/nothing").headers


class App:
    """Answers with some pieces, and counts how often it is asked."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = pieces
        self.asked = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
        for number, piece in enumerate(self._pieces, 1):
            await send({"type": "http.response.body", "body": piece, "more_body": number < len(self._pieces)})


def ask(app: PageCache, **headers: str) -> bytes:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    asyncio.run(app(scope, receive, send))
    assert sent[0]["type"] == "http.response.start"
    assert not sent[-1].get("more_body", False)
    return b"".join(message.get("body", b"") for message in sent[1:])


def test_pieces_are_kept_as_one() -> None:
    app = App(b"one", b"", b"two")
    cache = PageCache(app, 1 << 20)
    assert [ask(cache), ask(cache)] == [b"onetwo", b"onetwo"]
    assert app.asked == 1


@pytest.mark.parametrize("size", [0, 100, 1 << 30])
def test_an_answer_that_is_too_long_passes_through(size: int) -> None:
    app = App(b"x" * LARGEST, b"y", b"z")
    cache = PageCache(app, size)
    assert ask(cache) == b"x" * LARGEST + b"yz"
    assert ask(cache) == b"x" * LARGEST + b"yz"
    assert app.asked == 2


def test_long_headers_fill_no_memory() -> None:
    app = App(b"one")
    cache = PageCache(app, 1 << 20)
    for _ in range(2):
        assert ask(cache, accept="text/plain;" + "q" * 3000) == b"one"
    assert app.asked == 2


def test_the_memory_is_bounded() -> None:
    app = App(b"x" * 1000)
    cache = PageCache(app, 10_000)
    for number in range(20):
        ask(cache, accept=f"text/{number}")
    ask(cache, accept="text/19")
    assert app.asked == 20
    ask(cache, accept="text/0")
    assert app.asked == 21


def test_an_answer_larger_than_the_memory_is_answered() -> None:
    app = App(b"one")
    cache = PageCache(app, 100)
    assert [ask(cache), ask(cache)] == [b"one", b"one"]
    assert app.asked == 2
