"""Middleware for the hosts of publishers: an IRI below a URI space is answered at its own address, too.

The host names of publishers may lead to this server. An IRI that is asked for in this way redirects to its document
on the same host, as `/id/{publisher}/…` does; with the extension of a form, it answers as that form of the document.
The pages of the site itself are on each of the hosts.
"""

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from plangraf.formats import GRAPH_FORMATS, HTML
from plangraf.http.request import ADDRESSES, PREFIX, raw_path
from plangraf.linkeddata.addresses import DOCUMENTS, Addresses
from plangraf.settings import Settings
from plangraf.uri_spaces import is_of_site, name_within, space_of

_EXTENSIONS = frozenset(form.extension for form in (HTML, *GRAPH_FORMATS))
"""The extensions of the forms of a document."""


class OwnHosts:
    """ASGI middleware that has requests for the IRIs of publishers answered as those for `/id/{publisher}/…`.

    With the extension of a form, they are answered as those for `/doc/{publisher}/…`. The scheme does not count: a
    proxy may speak HTTPS for the server without telling. Where a server has several hosts, caches must tell them
    apart, because redirects and absolute addresses depend on the host: every answer varies by it. The middleware also
    puts the addresses of the release into the scope, for `RecordingRequest`.

    Args:
        app: the application.
        addresses: the addresses of the release.
        settings: the settings of the server, which name the header fields that trusted proxies set.
    """

    def __init__(self, app: ASGIApp, addresses: Addresses, settings: Settings) -> None:
        self._app = app
        self._addresses = addresses
        self._publishers: Mapping[str, str] = {
            f"http{space[space.index(':') :]}": publisher for space, publisher in addresses.publishers.items()
        }
        self._paths = tuple({urlsplit(space).path for space in self._publishers})
        self._varying = [b"Host"]
        if settings.trusted_proxies:
            self._varying += [b"X-Forwarded-Host" if settings.proxy_header == "x-forwarded" else b"Forwarded"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request, with the path below `/id` or `/doc` if it is for an IRI of a publisher."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        known = {**scope, ADDRESSES: self._addresses}
        if not self._publishers:
            await self._app(known, receive, send)
            return
        path = f"{scope.get(PREFIX, '')}{raw_path(scope)}"
        _, dot, extension = path.rpartition(".")
        first, ending = (DOCUMENTS, f".{extension}") if dot and extension in _EXTENSIONS else ("/id", "")
        iri = f"http://{_host(scope)}{path.removesuffix(ending)}"
        space = space_of(iri, self._publishers) if path.startswith(self._paths) else None
        if space is not None and not is_of_site(raw_path(scope)):
            target = f"{first}/{self._publishers[space]}/{name_within(iri, space)}{ending}"
            known |= {"path": unquote(target), "raw_path": target.encode()}
        await self._app(known, receive, self._varies(send))

    def _varies(self, send: Send) -> Send:
        """Return `send`, with the header fields in Vary that the host is known by."""

        async def send_with_vary(message: Message) -> None:
            if message["type"] == "http.response.start":
                fields = [field for field in message["headers"] if field[0].lower() != b"vary"]
                given = [value for name, value in message["headers"] if name.lower() == b"vary"]
                message["headers"] = [*fields, (b"vary", b", ".join((*given, *self._varying)))]
            await send(message)

        return send_with_vary


def _host(scope: Scope) -> str:
    """Return the host of a request as it is written in IRIs, with the port unless it is usual for a scheme."""
    fields = [value for name, value in scope["headers"] if name == b"host"]
    host = fields[0].decode("latin-1").lower() if fields else ""
    return host.removesuffix(":443").removesuffix(":80")
