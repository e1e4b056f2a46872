import asyncio
import string

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send
from tests.http.requests import scope_of

from plangraf.http.escapes import PlainEscapes, plain


def test_escapes_of_unreserved_characters_alone_are_unneeded() -> None:
    unreserved = set(string.ascii_letters + string.digits + "-._~")
    for code in range(256):
        for escape in (f"%{code:02X}", f"%{code:02x}"):
            assert plain(f"/{escape}") == (f"/{chr(code)}" if chr(code) in unreserved else f"/{escape}")


@pytest.mark.parametrize("path", ["/%", "/%2", "/%zz", "/a%25%32"])
def test_other_percent_signs_stay(path: str) -> None:
    assert plain(path) == path.replace("%32", "2")


async def _application(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("answer")(scope, receive, send)


def _ask(path: str) -> tuple[int, str | None]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(PlainEscapes(_application)(scope_of(path), receive, send))
    location = dict(sent[0]["headers"]).get(b"location")
    return sent[0]["status"], location.decode() if location else None


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/doc/goal/%32.1?lang=en&x=%32", 308, "/doc/goal/2.1?lang=en&x=%32"),
        ("/doc/%61%2F%62", 308, "/doc/a%2Fb"),
        ("/doc/a%2Fb", 200, None),
        ("/doc/a", 200, None),
        ("//other.example/%61", 200, None),
        ("/static/%2e%2e/render.py", 200, None),
        ("/a/%2E/b", 200, None),
    ],
)
def test_an_address_with_unneeded_escapes_leads_to_the_plain_one(
    path: str, status: int, location: str | None
) -> None:
    assert _ask(path) == (status, location)
