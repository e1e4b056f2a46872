"""Pages and documents kept in memory: a release does not change, so neither does what is made of it.

An ASGI application around another. What it keeps is whole, and goes out compressed, with an entity tag (RFC 9110,
section 8.8.3), or not at all when the client has it already.
"""

import hashlib
from dataclasses import dataclass, field
from time import perf_counter

from cachetools import LRUCache
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from plangraf.engine.cache import CODERS, CODINGS, WORTH_COMPRESSING
from plangraf.http.negotiate import has_tag
from plangraf.negotiation import choose_coding

LARGEST = 1024 * 1024
"""Bytes of the largest answer that is kept."""

# What an answer may depend on; a client that sends more than this of it is answered, and the answer not kept.
_READ = ("accept", "accept-language", "accept-profile", "host")
_LONGEST = 2048
# What changes while a release is served, and what is read from files in pieces.
_NEVER = ("/metrics", "/validate", "/dumps", "/static")

RawHeaders = list[tuple[bytes, bytes]]
Key = tuple[object, ...]


@dataclass
class Kept:
    """An answer that is kept, with what it has been compressed to.

    Attributes:
        headers: those that do not depend on how it is sent.
        body: the whole answer.
        tag: the entity tag of the answer as it is, without quotes.
        encoded: the answer in content codings, by their names.
    """

    headers: RawHeaders
    body: bytes
    tag: str
    encoded: dict[str, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        # The two codings of text are together seldom as long as the text.
        return 2 * len(self.body) + 1024


class PageCache:
    """Answers GET and HEAD from memory where it can; errors and long answers pass through.

    Args:
        app: what answers first.
        size: bytes that are kept in all; 0 keeps nothing.
    """

    def __init__(self, app: ASGIApp, size: int) -> None:
        self._app = app
        self._size = size
        self._kept: LRUCache[Key, Kept] = LRUCache(max(1, size), getsizeof=lambda kept: kept.size)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        begun = perf_counter()
        key = self._key(scope)
        if key is None:
            await self._app(scope, receive, send)
            return
        kept = self._kept.get(key)
        if kept is not None:
            await respond(kept, scope, send, begun)
        else:  # a HEAD is answered with what a GET would be (RFC 9110, section 9.3.2)
            asked = {**scope, "method": "GET"}
            await self._app(asked, receive, _Keeping(self._kept, key, scope, send, begun))

    def _key(self, scope: Scope) -> Key | None:
        """Return what tells one answer from another, or None when none is kept."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or not self._size:
            return None
        headers = Headers(scope=scope)
        path = scope["path"]
        if "range" in headers or any(path == never or path.startswith(f"{never}/") for never in _NEVER):
            return None
        key = (path, scope["query_string"], *(headers.get(name, "") for name in _READ))
        return key if sum(map(len, key)) <= _LONGEST else None


class _Keeping:
    """Takes an answer, keeps it when it is whole, and sends it; sends it as it comes once it is too long."""

    def __init__(self, cache: "LRUCache[Key, Kept]", key: Key, scope: Scope, send: Send, begun: float) -> None:
        self._cache = cache
        self._key = key
        self._scope = scope
        self._send = send
        self._begun = begun
        self._start: Message | None = None
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _worth_keeping(message):
            self._start = message
            return
        if self._start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if len(self._body) > LARGEST:
            start, self._start = self._start, None
            await self._send(start)
            await self._send({**message, "body": bytes(self._body)})
        elif not message.get("more_body", False):
            kept = keep(_with_cache_control(self._start["headers"]), bytes(self._body))
            if kept.size <= self._cache.maxsize:
                self._cache[self._key] = kept
            await respond(kept, self._scope, self._send, self._begun)


def _worth_keeping(start: Message) -> bool:
    names = {name for name, _ in start["headers"]}
    return start["status"] == 200 and names.isdisjoint((b"set-cookie", b"content-encoding", b"etag"))


def _with_cache_control(headers: RawHeaders) -> RawHeaders:
    if any(name == b"cache-control" for name, _ in headers):
        return headers
    return [*headers, (b"cache-control", b"public, max-age=60, stale-while-revalidate=600")]


def keep(headers: RawHeaders, body: bytes) -> Kept:
    """Return an answer to keep."""
    vary = b", ".join([*(value for name, value in headers if name == b"vary"), b"Accept-Encoding"])
    own = [(name, value) for name, value in headers if name not in (b"content-length", b"vary")]
    return Kept([*own, (b"vary", vary)], body, hashlib.blake2b(body, digest_size=12).hexdigest())


async def respond(kept: Kept, scope: Scope, send: Send, begun: float) -> None:
    """Send what is kept: whole, compressed if the client takes that, or not at all if it has it already.

    Args:
        kept: the answer.
        scope: of the request.
        send: takes the response.
        begun: when the request came, in seconds of `perf_counter`.
    """
    asked = Headers(scope=scope)
    coding = None
    if len(kept.body) >= WORTH_COMPRESSING:
        coding = choose_coding(asked.get("accept-encoding"), CODINGS)
    tag = f'"{kept.tag}{"-" + coding if coding else ""}"'
    headers = [*kept.headers, (b"etag", tag.encode())]
    headers.append((b"server-timing", f"page;dur={(perf_counter() - begun) * 1000:.1f}".encode()))
    status, body = 200, kept.body
    if has_tag(asked.get("if-none-match"), tag):
        status, body = 304, b""
    else:
        if coding:
            if coding not in kept.encoded:
                kept.encoded[coding] = CODERS[coding](kept.body)
            body = kept.encoded[coding]
            headers.append((b"content-encoding", coding.encode()))
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
