"""Representations and their responses: content coding, entity tags, 304, HEAD and ranges.

All responses with a representation from memory or a file are sent here, so the rules of RFC 9110 for entity tags
(section 8.8.3), conditional requests and content coding are implemented once.
"""

import asyncio
import hashlib
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache
from time import perf_counter

from starlette.datastructures import Headers
from starlette.responses import FileResponse
from starlette.types import Message, Receive, Scope, Send

from plangraf.errors import RangeNotSatisfiable, RequestMalformed
from plangraf.formats import content_type
from plangraf.http.coding import CODERS, CODINGS, WORTH_COMPRESSING
from plangraf.http.content import REVALIDATED, Content, FileContent
from plangraf.http.link import link_header
from plangraf.http.request import SINCE
from plangraf.languages import N_
from plangraf.negotiation import choose_coding
from plangraf.once import SingleFlight

_OFF_THE_LOOP = 64 * 1024
"""Bodies over this number of bytes are compressed in a thread, because they would block the event loop."""
_OVERHEAD = 1024
"""A high estimate of the memory of a cache entry, in bytes, without its key, headers and bodies."""

RawHeaders = list[tuple[bytes, bytes]]


@dataclass(eq=False, slots=True)
class Representation:
    """The bytes, the headers and the entity tag of one form of a resource, in memory.

    Attributes:
        headers: the response headers, without those that depend on the content coding or the request.
        body: the bytes, without a content coding.
        tag: the entity tag of `body`, without quotes; None if the next response may differ.
        encoded: the body in the content codings that have been used so far, by name of the coding.
    """

    headers: RawHeaders
    body: bytes
    tag: str | None
    encoded: dict[str, bytes] = field(default_factory=dict)
    _encoding: SingleFlight[str, bytes] | None = None

    async def encode(self, coding: str) -> bytes:
        """Return the body in a content coding; it is compressed once, also for concurrent requests.

        Args:
            coding: the name of a coding in `CODINGS`.
        """
        known = self.encoded.get(coding)
        if known is None:
            compress = CODERS[coding]
            if len(self.body) > _OFF_THE_LOOP:
                self._encoding = self._encoding or SingleFlight()
                known = await self._encoding.do(coding, lambda: asyncio.to_thread(compress, self.body))
            else:
                known = compress(self.body)
            self.encoded[coding] = known
        return known

    @property
    def size(self) -> int:
        """The approximate memory in bytes, including the content codings that have been used so far."""
        headers = sum(len(name) + len(value) for name, value in self.headers)
        return len(self.body) + sum(map(len, self.encoded.values())) + headers + _OVERHEAD


def represent(content: Content, media_type: str, varying: Iterable[str], *, lasting: bool = True) -> Representation:
    """Return the representation of `content`, with its response headers.

    Args:
        content: the bytes and their metadata.
        media_type: the media type of the response.
        varying: the request header fields for Vary; Accept-Encoding is added.
        lasting: whether the content stays the same for the release; otherwise it has no entity tag and is `no-store`.
    """
    vary = ", ".join(dict.fromkeys((*varying, "Accept-Encoding")))
    headers = {
        "Content-Type": content_type(media_type),
        "Vary": vary,
        "Cache-Control": content.cache_control if lasting else "no-store",
        **({"Content-Language": content.language} if content.language else {}),
        **({"Link": link_header(content.links)} if content.links else {}),
        **content.headers,
    }
    version = f"{content.version}-" if content.version else ""
    tag = f"{version}{hashlib.blake2b(content.body, digest_size=12).hexdigest()}" if lasting else None
    return Representation(raw_headers(headers), content.body, tag)


def raw_headers(headers: dict[str, str]) -> RawHeaders:
    """Return header fields in the form of ASGI: pairs of bytes, with names in lower case."""
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]


def has_tag(if_none_match: str | None, tag: str) -> bool:
    """Return whether an If-None-Match header matches `tag` by weak comparison (RFC 9110, section 13.1.2).

    Args:
        if_none_match: the value of the header, or None.
        tag: the entity tag, in quotes.
    """
    if if_none_match is None:
        return False
    tags = [given.strip().removeprefix("W/") for given in if_none_match.split(",")]
    return "*" in tags or tag in tags


async def send_representation(
    found: Representation,
    scope: Scope,
    send: Send,
    timing: str,
    begun: float,
    status: int = 200,
    reweigh: Callable[[], object] | None = None,
) -> None:
    """Send a representation, or 304 if the client has it, by If-None-Match or If-Modified-Since.

    Args:
        found: the representation.
        scope: the ASGI scope of the request.
        send: the ASGI channel of the response.
        timing: the name of the metric in Server-Timing.
        begun: the time of the request, in seconds of `perf_counter`.
        status: the HTTP status, which 304 overrides.
        reweigh: called after a content coding has been added to the representation, which then takes more memory.
    """
    coding = None
    if len(found.body) >= WORTH_COMPRESSING:
        coding = choose_coding(_joined(scope, b"accept-encoding"), CODINGS)
    headers, body = [*found.headers], found.body
    if found.tag is not None:
        tag = f'"{found.tag}{"-" + coding if coding else ""}"'
        headers += [(b"etag", tag.encode()), *_last_modified(scope)]
        if status == 200 and scope["method"] in ("GET", "HEAD") and _is_known(scope, tag):
            status, body, coding = 304, b"", None
    if coding:
        known = coding in found.encoded
        body = await found.encode(coding)
        if reweigh is not None and not known:
            reweigh()
        headers.append((b"content-encoding", coding.encode()))
    if status != 304:
        headers.append((b"content-length", b"%d" % len(body)))
    headers.append((b"server-timing", f"{timing};dur={(perf_counter() - begun) * 1000:.1f}".encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


async def send_file(found: FileContent, scope: Scope, receive: Receive, send: Send) -> None:
    """Send a file or ranges of it, or 304 if the client has it, by If-None-Match or If-Modified-Since.

    Args:
        found: the file.
        scope: the ASGI scope of the request.
        receive: the ASGI channel of the request.
        send: the ASGI channel of the response.

    Raises:
        RequestMalformed: the Range header cannot be parsed.
        RangeNotSatisfiable: the range lies outside the file.
    """
    path, tag, coded = found.path, f'"{found.tag}"', {}
    if found.compressed is not None:
        coded["Vary"] = "Accept-Encoding"
        # A range is one of the file itself, so that a download that broke off can be continued in any coding.
        if _joined(scope, b"range") is None and choose_coding(_joined(scope, b"accept-encoding"), ("gzip",)):
            path, tag = found.compressed, f'"{found.tag}-gzip"'
            coded["Content-Encoding"] = "gzip"
    if found.digest is not None and path == found.path:
        coded["Repr-Digest"] = f"sha-256=:{b64encode(found.digest).decode()}:"
    modified = {name.decode(): value.decode() for name, value in _last_modified(scope)}
    headers = {"ETag": tag, "Cache-Control": REVALIDATED, **modified, **coded, **found.headers}
    if _is_known(scope, tag):
        await send({"type": "http.response.start", "status": 304, "headers": raw_headers(headers)})
        await send({"type": "http.response.body"})
        return
    response = FileResponse(path, headers=headers, media_type=content_type(found.media_type))

    async def checked(message: Message) -> None:
        if message["type"] == "http.response.start":
            if message["status"] == 416:
                size = int(Headers(raw=message["headers"])["content-range"].rpartition("/")[2])
                raise RangeNotSatisfiable(
                    N_("The file has {size} bytes; the range that was asked for lies outside."),
                    size=size,
                    members={"size": size},
                )
            if message["status"] == 400:
                raise RequestMalformed(N_("The Range header cannot be read; an example is bytes=0-499."))
        await send(message)

    await response(_with_range_of_bytes(scope), receive, checked)


def _is_known(scope: Scope, tag: str) -> bool:
    """Return whether the client has the representation with this tag (RFC 9110, section 13.2.2)."""
    tags = _joined(scope, b"if-none-match")
    if tags is not None:
        return has_tag(tags, tag)
    given, since = _joined(scope, b"if-modified-since"), scope.get(SINCE)
    if given is None or since is None:
        return False
    try:
        return bool(parsedate_to_datetime(given).timestamp() >= since)
    except (ValueError, OverflowError):
        return False  # a date that is none is ignored


def _last_modified(scope: Scope) -> RawHeaders:
    since = scope.get(SINCE)
    return [] if since is None else [(b"last-modified", _http_date(since))]


@lru_cache(maxsize=4)
def _http_date(seconds: int) -> bytes:
    return formatdate(seconds, usegmt=True).encode()


def _with_range_of_bytes(scope: Scope) -> Scope:
    """Return the scope, without a Range header that must be ignored: for another method or unit (RFC 9110, 14.2)."""
    if scope["method"] == "GET" and (_joined(scope, b"range") or "").strip().lower().startswith("bytes="):
        return scope
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"range"]}


def _joined(scope: Scope, name: bytes) -> str | None:
    """Return the value of a header field, with several lines joined by commas (RFC 9110, section 5.3), or None."""
    lines = [value.decode("latin-1") for key, value in scope["headers"] if key == name]
    return ", ".join(lines) if lines else None
