"""The messages between the supervisor and a front: JSON on SOCK_SEQPACKET sockets, with descriptors.

A release goes through these steps in each front: the supervisor sends `prepare` with a socket to the keeper of the
release; the front answers `prepared`, or `failed`; once all fronts have answered, the supervisor sends `switch`, and
the front answers `switched`; or the supervisor sends `discard`. When the keeper of a release ends, the supervisor
sends `keeper` with a socket to the next one.
"""

import socket
from dataclasses import asdict, dataclass
from enum import StrEnum

import orjson

_LARGEST = 65536


class OrderKind(StrEnum):
    """The kind of an order to a front."""

    PREPARE = "prepare"
    SWITCH = "switch"
    DISCARD = "discard"
    KEEPER = "keeper"


@dataclass(frozen=True)
class Order:
    """A message of the supervisor to a front.

    Attributes:
        kind: what the front is to do.
        generation: the number of the release among those that this server has opened, counted from 1.
        folder: the path of the release, with `prepare`.
        since: when the release was switched to, in seconds since 1970, with `switch`.
    """

    kind: OrderKind
    generation: int
    folder: str = ""
    since: int = 0


class ReportKind(StrEnum):
    """The kind of a report of a front."""

    PREPARED = "prepared"
    FAILED = "failed"
    SWITCHED = "switched"


@dataclass(frozen=True)
class FrontReport:
    """A message of a front to the supervisor.

    Attributes:
        kind: what the front has done.
        generation: the number of the release.
        reason: why the front cannot serve the release, with `failed`.
    """

    kind: ReportKind
    generation: int
    reason: str = ""


def send(stream: socket.socket, message: Order | FrontReport, descriptor: int | None = None) -> None:
    """Send a message.

    Raises:
        OSError: the other process has ended.
    """
    socket.send_fds(stream, [orjson.dumps(asdict(message))], [] if descriptor is None else [descriptor])


def receive_order(stream: socket.socket) -> tuple[Order, list[int]] | None:
    """Return the next message for a front and its descriptors, or None at the end.

    Raises:
        BlockingIOError: there is none yet.
    """
    data, descriptors, _, _ = socket.recv_fds(stream, _LARGEST, 1)
    if not data:
        return None
    fields = orjson.loads(data)
    return Order(OrderKind(fields["kind"]), fields["generation"], fields["folder"], fields["since"]), descriptors


def receive_report(stream: socket.socket) -> FrontReport | None:
    """Return the next message of a front, or None at the end.

    Raises:
        BlockingIOError: there is none yet.
    """
    try:
        data = stream.recv(_LARGEST)
    except ConnectionResetError:
        return None
    if not data:
        return None
    fields = orjson.loads(data)
    return FrontReport(ReportKind(fields["kind"]), fields["generation"], fields["reason"])
