"""Older releases: an address with `?release=NAME` answers from the release of that name, as a memento (RFC 7089).

Every address that depends on the release alone can be asked like that. The time of a memento is that of the first
switch to its release; the addresses of the other mementos are in the time map.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import Protocol
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from plangraf.errors import InputError, ReleasePruned, RequestError, ResourceNotFound
from plangraf.http.handlers import ProblemHandlers
from plangraf.http.headers import UNSHARED
from plangraf.http.memento import MementoAddresses
from plangraf.http.method import method_refused
from plangraf.http.problems import problem_of
from plangraf.http.request import NAMED_RELEASE, raw_path
from plangraf.http.resource import READING
from plangraf.languages import N_
from plangraf.linkeddata.addresses import RELEASE, with_release
from plangraf.release.state import StateFolder

_LINKED = re.compile("<(/(?!/)[^>]*)>")


class ReleaseProxy(Protocol):
    """Passes requests to older releases."""

    async def forward(self, release: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Have a release of the state folder answer a request.

        Raises:
            ReleaseUnavailable: the release is being made ready, or others are in use.
            TooManyRequests: the client has too many requests at older releases.
        """


class OlderReleases:
    """ASGI middleware that passes requests for older releases on.

    Args:
        app: the application of the current release.
        current: the name of the current release.
        state: the state folder; None if only one release is known.
        excluded: the beginnings of paths whose answers depend on more than the release.
        proxy: passes requests to older releases; None if the application cannot.
        problems: answers errors.
        changing: returns the methods at a path where a graph can be changed; empty for other paths.
    """

    def __init__(
        self,
        app: ASGIApp,
        current: str,
        state: StateFolder | None,
        excluded: Sequence[str],
        proxy: ReleaseProxy | None,
        problems: ProblemHandlers,
        changing: Callable[[str], Sequence[str]] = lambda _: (),
    ) -> None:
        self._app = app
        self._current = current
        self._state = state
        self._excluded = tuple(excluded)
        self._proxy = proxy
        self._problems = problems
        self._changing = changing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request from the release that it names, else from the current one."""
        query = scope["query_string"] if scope["type"] == "http" else b""
        if b"release" not in query or scope["path"].startswith(self._excluded):
            await self._app(scope, receive, send)
            return
        named, rest = _without_release(query)
        if named is None:
            await self._app(scope, receive, send)
            return
        if scope["method"] not in (*READING, "POST") or (scope["method"] == "POST" and self._changing(scope["path"])):
            # A release never changes, not even the current one that a client names.
            response = self._problems.respond(Request(scope), problem_of(method_refused(scope, READING)))
            response.headers.update(UNSHARED)
            await response(scope, receive, send)
            return
        original = raw_path(scope) + (f"?{rest}" if rest else "")
        sending = self._as_memento(named, MementoAddresses(original), send)
        if named == self._current:
            own = {**scope, "query_string": rest.encode("latin-1"), NAMED_RELEASE: named}
            await self._app(own, receive, sending)
            return
        try:
            proxy = self._find(named)
            await proxy.forward(named, {**scope, "query_string": rest.encode("latin-1")}, receive, sending)
        except RequestError as error:
            await self._problems.respond(Request(scope), problem_of(error))(scope, receive, send)

    def _find(self, named: str) -> ReleaseProxy:
        """Return what answers from a release.

        Raises:
            ResourceNotFound: there was no such release.
            ReleasePruned: it has been pruned.
        """
        if self._state is not None and self._proxy is not None:
            if self._state.holds(named):
                return self._proxy
            if self._known(named):
                raise ReleasePruned(
                    N_(
                        "The operator has removed the data of release {release}. The same address without release "
                        "leads to what is published today."
                    ),
                    release=named,
                    members={RELEASE: named},
                )
        raise ResourceNotFound(N_("There is no release {release}."), release=named[:40], members={})

    def _known(self, named: str) -> bool:
        try:
            return self._state is not None and self._state.knows(named)
        except InputError:
            return False  # the history cannot be read

    def _as_memento(self, release: str, addresses: MementoAddresses, send: Send) -> Send:
        """Return `send`, with the header fields of a memento in successful answers."""

        async def send_memento(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 400:
                time = self._time(release)
                fields = [("X-Robots-Tag", "noindex")]
                if time is not None:
                    fields.append(("Memento-Datetime", format_datetime(time, usegmt=True)))
                    fields.append(("Link", ", ".join(map(str, addresses.links()))))
                own = [(name, _local(name, value, release)) for name, value in message["headers"]]
                added = [(name.lower().encode(), value.encode("latin-1")) for name, value in fields]
                message = {**message, "headers": [*own, *added]}
            await send(message)

        return send_memento

    def _time(self, release: str) -> datetime | None:
        """Return when a release first became the current one; None if it never was, or the history cannot be read."""
        try:
            return None if self._state is None else self._state.switched(release)
        except InputError:
            return None


def _local(name: bytes, value: bytes, release: str) -> bytes:
    """Return the value of a header field whose local addresses lead to the same release."""
    text = value.decode("latin-1")
    if name == b"location" and text.startswith("/") and not text.startswith("//"):
        return with_release(text, release).encode("latin-1")
    if name == b"link":
        return _LINKED.sub(lambda match: f"<{with_release(match[1], release)}>", text).encode("latin-1")
    return value


def _without_release(query: bytes) -> tuple[str | None, str]:
    """Return the last value of the parameter `release`, and the query without it."""
    named, rest = None, []
    for part in query.decode("latin-1").split("&"):
        pairs = parse_qsl(part, keep_blank_values=True)
        if len(pairs) == 1 and pairs[0][0] == RELEASE:
            named = pairs[0][1]
        elif part:
            rest.append(part)
    return named, "&".join(rest)
