"""The time gate and the time map of every address that depends on the release (RFC 7089, pattern 2.1).

They have addresses of their own, so that no other address varies by `Accept-Datetime`.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from plangraf.errors import InputError, RequestMalformed, ResourceNotFound, ServerFault
from plangraf.formats import LINK_FORMAT, REDIRECT
from plangraf.http.content import Content, Redirect
from plangraf.http.link import Link
from plangraf.http.memento import MementoAddresses
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.release.history import HistoryEntry
from plangraf.release.state import StateFolder
from plangraf.site.memento.existence import has_been

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mementos:
    """An address in time.

    Attributes:
        addresses: the addresses of the original and its time map.
        switches: the switches to releases of which the data are there, oldest first; at least one.
    """

    addresses: MementoAddresses
    switches: tuple[HistoryEntry, ...]

    def at(self, time: datetime | None) -> HistoryEntry:
        """Return the switch to the release that was current at a time; the last one for None.

        Before the first one, it is the first one; if the data of a release are gone, it is the one before.
        """
        if time is None:
            return self.switches[-1]
        return next((entry for entry in reversed(self.switches) if entry.time <= time), self.switches[0])

    def link(self, entry: HistoryEntry, base: str = "") -> Link:
        """Return the link to a memento, which says whether it is the first or the last."""
        places = [
            word for word, place in (("first", self.switches[0]), ("last", self.switches[-1])) if place is entry
        ]
        target = base + self.addresses.memento(entry.release)
        return Link(target, " ".join([*places, "memento"]), {"datetime": format_datetime(entry.time, usegmt=True)})


async def _read(request: RecordingRequest, services: Services) -> Mementos:
    """Return the mementos of the address after the first segment of the path.

    Raises:
        ResourceNotFound: the server has no history, or the path is none of this server and never was.
        ServerFault: the history cannot be read.
    """
    path = "/" + request.path[1:].partition("/")[2]
    # Two slashes would begin the name of another host; browsers take a backslash for a slash.
    if path.startswith(("//", *services.beyond_release)) or "\\" in path:
        raise ResourceNotFound(N_("{path} has no older versions."), path=path)
    served = services.settings.served
    state = None if served is None else StateFolder.around(served)
    switches = () if state is None else _switches(state)
    if not switches:
        raise ResourceNotFound(N_("This server has no history of releases."))
    if not await has_been(path, request, services):
        raise ResourceNotFound(N_("{path} has no older versions."), path=path)
    return Mementos(MementoAddresses(f"{path}?{request.query}" if request.query else path), switches)


def _switches(state: StateFolder) -> tuple[HistoryEntry, ...]:
    """Return the switches to releases of which the data are there.

    Raises:
        ServerFault: the history cannot be read.
    """
    try:
        return tuple(entry for entry in state.history() if state.holds(entry.release))
    except InputError as error:
        _log.error("the history of the releases cannot be read: %s", error)
        raise ServerFault(
            N_(
                "The history of the releases cannot be read, so their times are not known. The fault is ours and "
                "is in the server's log."
            )
        ) from error


async def _gate(mementos: Mementos, request: RecordingRequest, _: Services) -> Redirect:
    """Return the redirect to the memento that a client asks for with Accept-Datetime, else to the last one.

    Raises:
        RequestMalformed: the header field has no date.
    """
    asked = request.header("accept-datetime")
    entry = mementos.at(None if asked is None else _parsed(asked))
    addresses = mementos.addresses
    original, _gate_link, time_map = addresses.links()
    listed = dict.fromkeys((mementos.switches[0], mementos.switches[-1], entry))
    return Redirect(
        addresses.memento(entry.release), 302, (original, time_map, *(mementos.link(each) for each in listed))
    )


def _parsed(text: str) -> datetime:
    try:
        time = parsedate_to_datetime(text)
    except ValueError as error:
        raise RequestMalformed(
            N_("Accept-Datetime is a date such as Thu, 26 Nov 2026 08:00:00 GMT, not {value}."), value=text[:80]
        ) from error
    return time if time.tzinfo is not None else time.replace(tzinfo=UTC)


async def _map(mementos: Mementos, request: RecordingRequest, _: Services) -> Content:
    addresses, base = mementos.addresses, request.base
    first, last = (format_datetime(mementos.switches[place].time, usegmt=True) for place in (0, -1))
    links = [
        Link(base + addresses.original, "original"),
        Link(base + addresses.gate, "timegate"),
        Link(base + addresses.map, "self", {"type": LINK_FORMAT.media_type, "from": first, "until": last}),
        *(mementos.link(entry, base) for entry in mementos.switches),
    ]
    return Content(",\n".join(map(str, links)).encode() + b"\n")


RESOURCES = (
    Resource(
        path="/timegate/{name:path}",
        summary="302 to the rest of the path in the release that was current at the time in `Accept-Datetime`",
        model=_read,
        forms=(Form(REDIRECT, _gate),),
        varies=("Accept-Datetime",),
        lasting=False,
        of_release=False,
    ),
    Resource(
        path="/timemap/{name:path}",
        summary="the versions of the rest of the path in time",
        model=_read,
        forms=(Form(LINK_FORMAT, _map),),
        lasting=False,
        of_release=False,
    ),
)
