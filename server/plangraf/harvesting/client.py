"""The HTTP client of a harvest: polite, and within limits of size, time, redirects and addresses."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import ceil

import httpcore

from plangraf import __version__
from plangraf.harvesting.address import SourceAddress
from plangraf.harvesting.connection import Deadline, PinnedBackend, Resolver, system_resolver
from plangraf.harvesting.faults import HarvestError
from plangraf.harvesting.inflation import GZIP, inflated, too_large
from plangraf.harvesting.limits import MOST_REDIRECTS, HarvestLimits
from plangraf.harvesting.robots import AGENT, LARGEST, RobotRules
from plangraf.languages import N_

ACCEPT = (
    "application/trig, application/n-quads;q=0.9, text/turtle;q=0.9, application/n-triples;q=0.8, "
    "application/ld+json;q=0.7, application/rdf+xml;q=0.6, "
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;q=0.5, "
    "application/vnd.oasis.opendocument.spreadsheet;q=0.5, application/zip;q=0.4, */*;q=0.1"
)
"""The media types that a harvest accepts: first those with named graphs, then other RDF, then workbooks."""

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_LONGEST_TAG = 500
_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w*!#$&+.^`|~-]+(?:\s*=\s*(?:\"[^\"]*\"|[^\s\",;]+))?)*)")
HOME = "https://w3id.org/plangraf/"
"""The address at which to find out about Plangraf, for sites that are asked."""


@dataclass(frozen=True)
class HarvestResponse:
    """An answer.

    Attributes:
        address: the address that answered, after redirects.
        data: the document; nothing if it is the one that the client knows.
        media_type: its media type, in lower case, without parameters; empty if there is none.
        etag: its entity tag; empty if there is none.
        modified: the value of Last-Modified; empty if there is none.
        links: the value of the Link header; empty if there is none.
        unchanged: whether the document is the one that the client knows.
    """

    address: SourceAddress
    data: bytes = b""
    media_type: str = ""
    etag: str = ""
    modified: str = ""
    links: str = ""
    unchanged: bool = False

    def linked(self, relations: frozenset[str]) -> list[tuple[str, str]]:
        """Return the targets and the media types of those links (RFC 8288) that have one of these relations."""
        found = []
        for target, parameters in _LINK.findall(self.links):
            values = dict(re.findall(r";\s*([\w*-]+)\s*=\s*\"?([^\";]*)\"?", parameters))
            if not relations.isdisjoint(values.get("rel", "").lower().split()):
                found.append((target, values.get("type", "").lower()))
        return found


@dataclass(frozen=True)
class Known:
    """The validators of a document from the last time.

    Attributes:
        etag: its entity tag.
        modified: the value of Last-Modified.
    """

    etag: str = ""
    modified: str = ""


class HarvestClient:
    """Asks for documents, one after the other.

    Args:
        limits: the limits.
        contact: an address at which the operator can be reached, for the sites that are asked.
        resolver: looks up the IP addresses of a host.
        sleep: waits for a number of seconds.
    """

    def __init__(
        self,
        limits: HarvestLimits,
        contact: str = HOME,
        resolver: Resolver = system_resolver,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._limits = limits
        self._agent = f"{AGENT}/{__version__} (+{contact})"
        self._sleep = sleep
        self._deadline = Deadline()
        self._until = 0.0
        self._rules: dict[str, RobotRules] = {}
        self._asked: dict[str, float] = {}
        self._pool = httpcore.ConnectionPool(
            network_backend=PinnedBackend(limits.hosts, self._deadline, resolver), max_keepalive_connections=1
        )
        self.begin_source()

    def begin_source(self) -> None:
        """Begin the time that the requests for one source may take."""
        self._until = time.monotonic() + self._limits.source_seconds

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()

    def get(self, address: SourceAddress, known: Known | None = None, accept: str = ACCEPT) -> HarvestResponse:
        """Return a document.

        Args:
            address: its address.
            known: what is known of it from the last time, so that it is sent only if it has changed.
            accept: the media types.

        Raises:
            HarvestError: it cannot be had; the words say why.
        """
        fields = {"Accept": accept}
        if known is not None and known.etag:
            fields["If-None-Match"] = known.etag
        elif known is not None and known.modified:
            fields["If-Modified-Since"] = known.modified
        return self._follow(address, fields, self._limits.size, self._admit)

    def _admit(self, address: SourceAddress) -> None:
        """Wait until the site may be asked again, if it may at all.

        Raises:
            HarvestError: the rules of the site refuse it, or cannot be read.
        """
        rules = self._rules.get(address.origin)
        if rules is None:
            rules = self._rules[address.origin] = self._read_rules(address)
        if not rules.allow(address):
            raise HarvestError(
                N_("{address} is not harvested: the file /robots.txt of the site asks crawlers to stay away."),
                address=str(address),
            )
        self._wait(address, rules.delay)

    def _wait(self, address: SourceAddress, asked: float) -> None:
        """Wait until the host has had a pause."""
        last = self._asked.get(address.host)
        if last is not None:
            pause = last + max(self._limits.delay, asked) - time.monotonic()
            if pause > 0:
                self._sleep(pause)
        self._asked[address.host] = time.monotonic()

    def _read_rules(self, address: SourceAddress) -> RobotRules:
        """Return the rules of a site; one that has none allows everything (RFC 9309, section 2.3.1).

        Raises:
            HarvestError: they cannot be read, which forbids everything for now.
        """
        place = replace(address, target="/robots.txt")
        try:
            found = self._follow(place, {"Accept": "text/plain, */*;q=0.1"}, LARGEST, lambda _: None)
        except StatusError as error:
            if 400 <= error.status < 500 and error.status != 429:
                return RobotRules()
            raise
        return RobotRules.parse(found.data)

    def _follow(
        self, address: SourceAddress, fields: Mapping[str, str], most: int, admit: Callable[[SourceAddress], None]
    ) -> HarvestResponse:
        """Return a document, after redirects."""
        seen = {str(address)}
        for _ in range(MOST_REDIRECTS + 1):
            admit(address)
            found = self._ask(address, fields, most)
            if isinstance(found, HarvestResponse):
                return found
            target = address.joined(found)
            if address.scheme == "https" and target.scheme == "http":
                raise HarvestError(
                    N_("{address} leads from https to http, to {target}, which is not followed."),
                    address=str(address),
                    target=str(target),
                )
            if str(target) in seen:
                raise HarvestError(
                    N_("{address} leads round in a circle, back to {target}."),
                    address=str(address),
                    target=str(target),
                )
            seen.add(str(target))
            address = target
        raise HarvestError(N_("More than {most} redirects lead from one to the next."), most=MOST_REDIRECTS)

    def _ask(self, address: SourceAddress, fields: Mapping[str, str], most: int) -> HarvestResponse | str:
        """Return the answer to one request, or the target of a redirect.

        Raises:
            HarvestError: there is no answer, or it is none that can be used.
        """
        self._deadline.at = min(time.monotonic() + self._limits.seconds, self._until)
        headers = {"User-Agent": self._agent, "Accept-Encoding": "gzip", "Host": address.authority, **fields}
        url = httpcore.URL(scheme=address.scheme, host=address.host, port=address.port, target=address.target)
        try:
            with self._pool.stream("GET", url, headers=list(headers.items())) as response:
                answered = {name.lower().decode("latin-1"): value for name, value in response.headers}
                values = {name: value.decode("latin-1").strip() for name, value in answered.items()}
                if response.status in _REDIRECTS and values.get("location"):
                    return values["location"].encode("latin-1").decode("utf-8", "replace")
                tags = (values.get("etag", ""), values.get("last-modified", ""))
                etag, modified = (tag if len(tag) <= _LONGEST_TAG else "" for tag in tags)
                if response.status == 304 and not fields.keys().isdisjoint(("If-None-Match", "If-Modified-Since")):
                    return HarvestResponse(address, etag=etag, modified=modified, unchanged=True)
                if response.status != 200:
                    raise StatusError(address, response.status)
                data = self._read(response, values.get("content-encoding", ""), most)
        except httpcore.TimeoutException as error:
            raise self._late(address) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            raise HarvestError(
                N_("{address} does not answer: {cause}."), address=str(address), cause=_cause(error)
            ) from error
        media_type = values.get("content-type", "").partition(";")[0].strip().lower()
        return HarvestResponse(address, data, media_type, etag, modified, values.get("link", ""))

    def _late(self, address: SourceAddress) -> HarvestError:
        if time.monotonic() >= self._until:
            return HarvestError(
                N_("The source has not sent all its documents within {seconds} seconds."),
                seconds=ceil(self._limits.source_seconds),
            )
        return HarvestError(
            N_("{address} has not sent its answer within {seconds} seconds."),
            address=str(address),
            seconds=ceil(self._limits.seconds),
        )

    def _read(self, response: httpcore.Response, coding: str, most: int) -> bytes:
        """Return the body of an answer.

        Raises:
            HarvestError: it is too large, or has an unknown content coding.
        """
        codings = [each.strip().lower() for each in coding.split(",") if each.strip().lower() not in ("", "identity")]
        if codings not in ([], ["gzip"], ["x-gzip"]):
            raise HarvestError(
                N_("The document comes with the content coding {coding}, and gzip was asked for."), coding=coding
            )
        data = bytearray()
        for chunk in response.iter_stream():
            data += chunk
            if len(data) > most:
                raise too_large(most)
        body = inflated(bytes(data), most) if codings else bytes(data)
        return inflated(body, most) if body.startswith(GZIP) else body


class StatusError(HarvestError):
    """A site answers with a status that is none of a document."""

    def __init__(self, address: SourceAddress, status: int) -> None:
        if status in (401, 403):
            words = N_("{address} is not for everybody: the site answers {status}.")
        elif status in (404, 410):
            words = N_("There is nothing at {address} (any more): the site answers {status}.")
        elif status in (429, 503):
            words = N_("{address} is not ready, or asks to come back later: the site answers {status}.")
        else:
            words = N_("{address} answers with the status {status} instead of a document.")
        super().__init__(words, address=str(address), status=status)
        self.status = status


def _cause(error: Exception) -> str:
    """Return what a library says of a connection that failed."""
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__
