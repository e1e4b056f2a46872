"""Connections of a harvest: to an IP address that has been checked, and only until a deadline.

A name is looked up once for a connection. What is checked is what is connected to, so that a name whose address
changes in between (DNS rebinding) leads nowhere else.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore

from plangraf.harvesting.address import is_public
from plangraf.harvesting.faults import HarvestError
from plangraf.languages import N_

Resolver = Callable[[str, int], Sequence[str]]
"""Returns the IP addresses of a host; the port helps to look them up."""


def system_resolver(host: str, port: int) -> Sequence[str]:
    """Return the IP addresses of a host, as the system finds them.

    Raises:
        HarvestError: there are none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise HarvestError(N_("There is no host with the name {host}."), host=host) from error
    return list(dict.fromkeys(str(each[4][0]) for each in found))


class Deadline:
    """The time until which connections are used.

    Args:
        clock: returns a time in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.at = 0.0

    def remaining(self, timeout: float | None = None) -> float:
        """Return the seconds that remain, at most `timeout`.

        Raises:
            httpcore.ReadTimeout: none do.
        """
        left = self.at - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if timeout is None else min(left, timeout)


class PinnedBackend(httpcore.NetworkBackend):
    """Connects to hosts, at IP addresses that are public, or of hosts that the operator names.

    Args:
        hosts: the hosts whose addresses need not be public, each with or without a port.
        deadline: the time until which connections are used.
        resolver: looks up the IP addresses of a host.
    """

    def __init__(self, hosts: frozenset[str], deadline: Deadline, resolver: Resolver = system_resolver) -> None:
        self._hosts = hosts
        self._deadline = deadline
        self._resolver = resolver
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to the first address of a host that answers.

        Raises:
            HarvestError: the host has no address, or one that is not public.
            httpcore.NetworkError, httpcore.TimeoutException: none of its addresses answers.
        """
        addresses = self._resolver(host, port)
        named = f"[{host}]" if ":" in host else host
        if not self._hosts.isdisjoint((host, named, f"{named}:{port}")):
            allowed = addresses
        else:
            # One address that is not public is enough: nobody publishes for others at both.
            allowed = addresses if all(map(is_public, addresses)) else ()
        if not allowed:
            raise HarvestError(
                N_(
                    "{host} is at an address that is not public, such as one of this machine or network. The "
                    "operator may name it as a host that is harvested all the same."
                ),
                host=host,
            )
        failed: httpcore.NetworkError | httpcore.TimeoutException | None = None
        for address in allowed:
            try:
                stream = self._backend.connect_tcp(
                    address, port, self._deadline.remaining(timeout), local_address, socket_options
                )
            except (httpcore.NetworkError, httpcore.TimeoutException) as error:
                failed = error
            else:
                return _TimedStream(stream, self._deadline)
        raise failed or httpcore.ConnectError()


class _TimedStream(httpcore.NetworkStream):
    """A connection on which nothing waits beyond the deadline, however slowly the other side sends."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.remaining(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.remaining(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.remaining(timeout))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
