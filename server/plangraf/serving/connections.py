"""The open connections of a process, in all and by client, and which of them makes room for another."""

import resource
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from typing import Protocol

from plangraf.errors import InputError
from plangraf.http.client import client_at, parsed_address
from plangraf.settings import Settings

_RESERVED = 256
"""File descriptors that a server needs beside its connections: listeners, workers, files, refused connections."""
_REFUSED = 64
"""Connections that are being refused at a time; more are closed without an answer, since each holds a descriptor."""


class Connection(Protocol):
    """A connection that may be closed in favour of another while it waits for a request."""

    def make_room(self) -> None:
        """Close the connection."""


@dataclass(frozen=True)
class ConnectionLimits:
    """The limits on the connections of a process, and on the time that requests may take to arrive.

    Attributes:
        total: the number of open connections.
        client: the number of open connections of one client.
        proxies: the networks of reverse proxies, to which `client` does not apply.
        header_seconds: the time for the header of a request.
        body_seconds: the time after which a body has arrived, or arrives at `body_rate` on average.
        body_rate: the least rate of a longer body, in bytes a second.
        stall_seconds: the time in which a client has to take some of an answer that waits for it.
        linger_seconds: the time for which a closing server reads what the client still sends, so that the client
            reads the answer before the system resets the connection (RFC 9112, section 9.6).
    """

    total: int = 1000
    client: int = 100
    proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    header_seconds: float = 10.0
    body_seconds: float = 30.0
    body_rate: int = 16 * 1024
    stall_seconds: float = 30.0
    linger_seconds: float = 3.0

    @classmethod
    def of(cls, settings: Settings) -> "ConnectionLimits":
        """Return the limits that the settings of a server have."""
        return cls(
            total=settings.connections,
            client=settings.client_connections,
            proxies=settings.trusted_proxies,
            header_seconds=settings.header_seconds,
            body_seconds=settings.body_seconds,
            body_rate=settings.body_rate,
        )


@dataclass
class Connections:
    """Counts the open connections of a process.

    A connection waits while no request on it is being answered: it is idle, or the header of a request is incomplete.
    When connections run out, the one that has waited longest is closed in favour of a new one.

    Attributes:
        limits: the limits.
        on_refused: called with the name of the problem type of each refused request or connection, with `stalled` for
            a client that does not read its answer, and with `evicted` for a connection that is closed for another.
    """

    limits: ConnectionLimits
    on_refused: Callable[[str], None] = lambda _: None
    _open: dict[Connection, str | None] = field(default_factory=dict)
    _of_client: dict[str, int] = field(default_factory=dict)
    _waiting: dict[Connection, None] = field(default_factory=dict)
    _refused: set[Connection] = field(default_factory=set)

    @property
    def number(self) -> int:
        """The number of open connections, without those that are being refused."""
        return len(self._open)

    def client(self, address: str | None) -> str | None:
        """Return the client at the address of a peer, or None for a proxy, which has no limit of its own."""
        parsed = parsed_address(address) if address is not None else None
        if address is None or any(parsed in network for network in self.limits.proxies if parsed is not None):
            return None
        return client_at(address)

    def admit(self, connection: Connection, client: str | None) -> bool:
        """Take a new connection in, and return whether there is a place for it, which another may make."""
        if client is not None and self._of_client.get(client, 0) >= self.limits.client:
            own = next((waiting for waiting in self._waiting if self._open[waiting] == client), None)
            if not self._close(own):
                return False
        elif len(self._open) >= self.limits.total and not self._close(next(iter(self._waiting), None)):
            return False
        self._open[connection] = client
        self._waiting[connection] = None
        if client is not None:
            self._of_client[client] = self._of_client.get(client, 0) + 1
        return True

    def refuse(self, connection: Connection) -> bool:
        """Count a connection that has not been admitted, and return whether it may be answered."""
        if len(self._refused) >= _REFUSED:
            return False
        self._refused.add(connection)
        return True

    def waits(self, connection: Connection) -> None:
        """Note that a connection waits for its next request."""
        if connection in self._open:
            self._waiting[connection] = None

    def works(self, connection: Connection) -> None:
        """Note that a request on a connection is being answered, or that the connection is closing."""
        self._waiting.pop(connection, None)

    def remove(self, connection: Connection) -> None:
        """Forget a connection that is closed."""
        self._refused.discard(connection)
        self._waiting.pop(connection, None)
        client = self._open.pop(connection, None)
        if client is not None:
            self._of_client[client] -= 1
            if not self._of_client[client]:
                del self._of_client[client]

    def _close(self, connection: Connection | None) -> bool:
        if connection is None:
            return False
        self.remove(connection)
        connection.make_room()
        return True


def reserve_descriptors(connections: int, workers: int) -> None:
    """Raise the limit on open files of this process, if need be, so that it can hold a number of connections.

    Args:
        connections: the number of connections.
        workers: the number of workers, each with a connection of its own; twice as many while the release changes.

    Raises:
        InputError: the system does not permit so many.
    """
    reserved = _RESERVED + 2 * workers
    needed = connections + reserved
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return
    if hard != resource.RLIM_INFINITY and hard < needed:
        raise InputError(
            f"{connections} connections need {needed} open files, and this process may have {hard}; "
            f"set PLANGRAF_CONNECTIONS to {max(1, hard - reserved)} at most, or raise the limit (ulimit -n)"
        )
    resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))
