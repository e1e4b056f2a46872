import asyncio

import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send

from plangraf.http.headers import PublicHeaders


@pytest.mark.parametrize("path", ["/", "/sparql", "/nothing", "/static/plangraf.css", "/doc/sdg/13.ttl"])
def test_every_answer_may_be_read_from_anywhere_and_loads_nothing_from_elsewhere(server: str, path: str) -> None:
    headers = httpx.get(server + path).headers
    assert headers["access-control-allow-origin"] == "*"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == (
        "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; "
        "style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def test_a_header_that_an_answer_has_is_kept() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"referrer-policy", b"no-referrer")]})
        await send({"type": "http.response.body"})

    sent: list[Message] = []

    async def run() -> None:
        async def receive() -> Message:
            return {"type": "http.request"}

        async def send(message: Message) -> None:
            sent.append(message)

        await PublicHeaders(app, "0123456789ab")({"type": "http", "method": "GET"}, receive, send)

    asyncio.run(run())
    assert (b"plangraf-release", b"0123456789ab") in sent[0]["headers"]
    assert [value for name, value in sent[0]["headers"] if name == b"referrer-policy"] == [b"no-referrer"]
