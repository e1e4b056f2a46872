"""Reverse proxies: what they report of a request is believed if their address is that of a trusted proxy.

Everybody can send the header fields, so they count only from a peer that a setting names, and of the hops that they
list only those that trusted proxies have added: the last hop that is not trusted is the client.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from typing import Literal

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from plangraf.http.client import parsed_address
from plangraf.http.forwarded import Hop, forwarded_hops, x_forwarded_hops
from plangraf.http.request import PREFIX

_HOST = re.compile(r"[A-Za-z0-9._~%-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")
_PREFIX = re.compile(r"(/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+){1,20}")
_LOCAL_LINK = re.compile(rb"<(?=/(?!/))")

_MOST_HOPS = 20
"""The number of hops that are read, from the last one; clients can send any number before those of the proxies."""

Networks = tuple[IPv4Network | IPv6Network, ...]


@dataclass(frozen=True)
class Reported:
    """The report of trusted proxies on a request; None for what they leave out.

    Attributes:
        client: the address of the client.
        scheme: `http` or `https`, as the client used it.
        host: the host and port that the client asked.
        prefix: the path below which the proxies publish the server, without a slash at its end.
    """

    client: str | None = None
    scheme: str | None = None
    host: str | None = None
    prefix: str | None = None


class TrustedProxies:
    """ASGI middleware that puts what trusted proxies report in the place of what the server sees.

    The client, the scheme and the host of the scope change. A prefix goes into the scope for `RecordingRequest`, and
    before the local addresses in `Location` and `Link`; the path of the scope stays without it.

    Args:
        app: the application.
        networks: the networks of the trusted proxies.
        header: the header fields that the proxies set: `x-forwarded` for X-Forwarded-For, -Proto and -Host, or
            `forwarded` for Forwarded (RFC 7239). The others may come from the client. X-Forwarded-Prefix is read in
            both cases.
    """

    def __init__(self, app: ASGIApp, networks: Networks, header: Literal["x-forwarded", "forwarded"]) -> None:
        self._app = app
        self._networks = networks
        self._header = header

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request, changed if it comes from a trusted proxy."""
        if scope["type"] != "http" or not self._networks or not self._trusts((scope.get("client") or ("",))[0]):
            await self._app(scope, receive, send)
            return
        reported = self._report(scope)
        changed = {**scope, PREFIX: reported.prefix or ""}
        if reported.client is not None:
            changed["client"] = (reported.client, 0)
        if reported.scheme is not None:
            changed["scheme"] = reported.scheme
        if reported.host is not None:
            others = [(name, value) for name, value in scope["headers"] if name != b"host"]
            changed["headers"] = [(b"host", reported.host.encode("ascii")), *others]
        await self._app(changed, receive, _prefixing(send, reported.prefix) if reported.prefix else send)

    def _trusts(self, address: str | None) -> bool:
        parsed = parsed_address(address) if address else None
        return parsed is not None and any(parsed in network for network in self._networks)

    def _report(self, scope: Scope) -> Reported:
        def lines(name: str) -> list[str]:
            key = f"x-forwarded-{name}".encode() if name != "forwarded" else b"forwarded"
            return [value.decode("latin-1") for field, value in scope["headers"] if field == key]

        prefixes = _listed(lines("prefix"))
        if self._header == "forwarded":
            hops = forwarded_hops(",".join(_listed(lines("forwarded"))))
        else:
            hops = x_forwarded_hops(*(_listed(lines(name)) for name in ("for", "proto", "host")))
        found = Hop()
        number = 0
        for number, hop in enumerate(reversed(hops), 1):  # noqa: B007  # it counts the hops up to the client
            found = Hop(hop.client or found.client, hop.scheme or found.scheme, hop.host or found.host)
            if not self._trusts(hop.client):
                break
        prefix = (prefixes[-number:] or [""])[0].rstrip("/") if prefixes else ""
        scheme = (found.scheme or "").lower()
        return Reported(
            client=found.client,
            scheme=scheme if scheme in ("http", "https") else None,
            host=found.host if found.host and _HOST.fullmatch(found.host) else None,
            prefix=prefix if _PREFIX.fullmatch(prefix) else None,
        )


def _listed(lines: Sequence[str]) -> list[str]:
    return [element.strip() for line in lines for element in line.rsplit(",", _MOST_HOPS)[-_MOST_HOPS:]][-_MOST_HOPS:]


def _prefixing(send: Send, prefix: str) -> Send:
    """Return `send`, with a prefix before the local addresses in header fields."""
    before = prefix.encode("ascii")

    async def send_with_prefix(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [(name, _prefixed(name, value, before)) for name, value in message["headers"]]
        await send(message)

    return send_with_prefix


def _prefixed(name: bytes, value: bytes, prefix: bytes) -> bytes:
    if name.lower() == b"location" and value.startswith(b"/") and not value.startswith(b"//"):
        return prefix + value
    return _LOCAL_LINK.sub(b"<" + prefix, value) if name.lower() == b"link" else value
