import asyncio
from ipaddress import IPv4Network, IPv6Network
from typing import Literal

import pytest
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send
from tests.http.requests import scope_of

from plangraf.http.client import client_of
from plangraf.http.proxy import TrustedProxies
from plangraf.http.request import RecordingRequest

PROXIES = (IPv4Network("10.0.0.0/8"), IPv6Network("2001:db8::/64"))
HOST = ("Host", "inside:8000")


def ask(
    peer: str, *headers: tuple[str, str], header: Literal["x-forwarded", "forwarded"] = "x-forwarded"
) -> tuple[str, str]:
    """Return the client and the base of a request, as the application sees them."""
    found: list[tuple[str, str]] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        found.append((client_of(scope), RecordingRequest(scope).base))
        await Response("")(scope, receive, send)

    _run(TrustedProxies(app, PROXIES, header), peer, *headers)
    return found[0]


def _run(app: TrustedProxies, peer: str, *headers: tuple[str, str]) -> dict[bytes, bytes]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app({**scope_of("/", HOST, *headers), "client": (peer, 1)}, receive, send))
    return dict(sent[0]["headers"])


@pytest.mark.parametrize(
    ("peer", "headers", "expected"),
    [
        # nobody is believed but a trusted proxy
        ("192.0.2.9", [("X-Forwarded-For", "192.0.2.1")], ("192.0.2.9", "http://inside:8000")),
        (
            "192.0.2.9",
            [("X-Forwarded-Host", "evil"), ("X-Forwarded-Prefix", "/x")],
            ("192.0.2.9", "http://inside:8000"),
        ),
        ("10.0.0.1", [], ("10.0.0.1", "http://inside:8000")),
        (
            "10.0.0.1",
            [("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "example.org")],
            ("192.0.2.1", "https://example.org"),
        ),
        ("2001:db8::1", [("X-Forwarded-For", "2001:db8:1:2:3::4")], ("2001:db8:1:2::/64", "http://inside:8000")),
        # the last hop that is not trusted is the client: what stands before it may be made up
        ("10.0.0.1", [("X-Forwarded-For", "1.1.1.1, 192.0.2.1, 10.0.0.2")], ("192.0.2.1", "http://inside:8000")),
        (
            "10.0.0.1",
            [("X-Forwarded-For", "1.1.1.1"), ("X-Forwarded-For", "192.0.2.1")],
            ("192.0.2.1", "http://inside:8000"),
        ),
        ("10.0.0.1", [("X-Forwarded-For", "10.0.0.3, 10.0.0.2")], ("10.0.0.3", "http://inside:8000")),
        ("10.0.0.1", [("X-Forwarded-For", "1.1.1.1, made up, 10.0.0.2")], ("10.0.0.2", "http://inside:8000")),
        ("10.0.0.1", [("X-Forwarded-For", "made up")], ("10.0.0.1", "http://inside:8000")),
        (
            "10.0.0.1",
            [("X-Forwarded-For", "1.1.1.1, 192.0.2.1"), ("X-Forwarded-Host", "evil, example.org")],
            ("192.0.2.1", "http://example.org"),
        ),
        # what is no scheme, host or path is left out
        ("10.0.0.1", [("X-Forwarded-Proto", "javascript")], ("10.0.0.1", "http://inside:8000")),
        ("10.0.0.1", [("X-Forwarded-Host", 'a"><script>')], ("10.0.0.1", "http://inside:8000")),
        ("10.0.0.1", [("X-Forwarded-Host", "[2001:db8::9]:80")], ("10.0.0.1", "http://[2001:db8::9]:80")),
        ("10.0.0.1", [("X-Forwarded-Prefix", "/plan/")], ("10.0.0.1", "http://inside:8000/plan")),
        ("10.0.0.1", [("X-Forwarded-Prefix", "/a/b.c")], ("10.0.0.1", "http://inside:8000/a/b.c")),
        *(
            ("10.0.0.1", [("X-Forwarded-Prefix", prefix)], ("10.0.0.1", "http://inside:8000"))
            for prefix in ("//evil", "plan", "/..", "/a/../b", '/"', "/a b", "/", "", "/a" * 30)
        ),
        # the header that the proxies do not set comes from the client
        ("10.0.0.1", [("Forwarded", "for=1.1.1.1;host=evil")], ("10.0.0.1", "http://inside:8000")),
    ],
)
def test_x_forwarded_is_believed_of_trusted_proxies(
    peer: str, headers: list[tuple[str, str]], expected: tuple[str, str]
) -> None:
    assert ask(peer, *headers) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (
            [("Forwarded", "for=1.1.1.1;host=evil, for=192.0.2.1;proto=https;host=example.org, for=10.0.0.2")],
            ("192.0.2.1", "https://example.org"),
        ),
        ([("Forwarded", "for=unknown, for=10.0.0.2")], ("10.0.0.2", "http://inside:8000")),
        ([("X-Forwarded-For", "1.1.1.1"), ("X-Forwarded-Host", "evil")], ("10.0.0.1", "http://inside:8000")),
    ],
)
def test_forwarded_is_believed_where_the_proxies_set_it(
    headers: list[tuple[str, str]], expected: tuple[str, str]
) -> None:
    assert ask("10.0.0.1", *headers, header="forwarded") == expected


def test_local_addresses_in_header_fields_get_the_prefix() -> None:
    link = '</a>; rel="item", <https://example.org/b>; rel="item",<//c>; rel="item", </d>; rel="item"'

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await Response("", 303, {"Location": "/doc/a", "Link": link, "X": "/x"})(scope, receive, send)

    proxies = TrustedProxies(app, PROXIES, "x-forwarded")
    headers = _run(proxies, "10.0.0.1", ("X-Forwarded-Prefix", "/plan"))
    assert headers[b"location"] == b"/plan/doc/a"
    assert headers[b"link"].decode() == link.replace("</a", "</plan/a").replace("</d", "</plan/d")
    assert headers[b"x"] == b"/x"
    assert _run(proxies, "192.0.2.1", ("X-Forwarded-Prefix", "/plan"))[b"location"] == b"/doc/a"


def test_addresses_of_elsewhere_get_no_prefix() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await Response("", 303, {"Location": "https://example.org/a"})(scope, receive, send)

    headers = _run(TrustedProxies(app, PROXIES, "x-forwarded"), "10.0.0.1", ("X-Forwarded-Prefix", "/plan"))
    assert headers[b"location"] == b"https://example.org/a"
