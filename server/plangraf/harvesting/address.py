"""Addresses that a harvest asks for: with http or https, without credentials, of a host that is written plainly."""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urljoin, urlsplit

import pyoxigraph as ox

from plangraf.harvesting.faults import HarvestError
from plangraf.harvesting.limits import LONGEST_ADDRESS
from plangraf.languages import N_

_PORTS = {"http": 80, "https": 443}
_NUMBER = re.compile(r"[0-9]+|0[xX][0-9a-fA-F]*")
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_UNFIT = re.compile(r"[\x00-\x20\x7f\\<>\"{}|^`]")
_PLAIN = "!$%&'()*+,/:;=?@~"
_NAT64 = ip_network("64:ff9b::/96")
_LOCAL_NAT64 = ip_network("64:ff9b:1::/48")
_COMPATIBLE = ip_network("::/96")


@dataclass(frozen=True)
class SourceAddress:
    """An address that may be asked for.

    Attributes:
        scheme: `http` or `https`.
        host: the host name in lower case and ASCII, or an IP address without brackets.
        port: the port.
        target: path and query.
    """

    scheme: str
    host: str
    port: int
    target: str

    def __str__(self) -> str:
        return f"{self.origin}{self.target}"

    @property
    def origin(self) -> str:
        """Scheme, host and port, as in the beginning of the address."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """The host with its port, unless it is the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def path(self) -> str:
        """The path, without the query."""
        return self.target.partition("?")[0]

    def joined(self, reference: str) -> "SourceAddress":
        """Return the address that a reference in the document at this address leads to.

        Raises:
            HarvestError: it cannot be asked for.
        """
        try:
            return parse_address(urljoin(str(self), reference.strip()))
        except ValueError as error:
            raise _malformed(reference) from error


def parse_address(text: str) -> SourceAddress:
    """Return the address that a text is; a fragment is left out.

    Raises:
        HarvestError: it is not absolute, has another scheme, credentials, or a host that is not written plainly.
    """
    if len(text) > LONGEST_ADDRESS:
        raise HarvestError(
            N_("The address {address} has more than {most} characters."), address=text, most=LONGEST_ADDRESS
        )
    if _UNFIT.search(text):
        raise _malformed(text)
    try:
        parts = urlsplit(text)
        port, host = parts.port, parts.hostname or ""
    except ValueError as error:
        raise _malformed(text) from error
    if parts.scheme not in _PORTS:
        raise HarvestError(N_("{address} is not harvested: only addresses with http or https are."), address=text)
    if "@" in parts.netloc:
        raise HarvestError(
            N_("{address} is not harvested: it has a user name or a password, which would be shown."),
            address=parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl(),
        )
    target = quote(parts.path or "/", safe=_PLAIN) + (f"?{quote(parts.query, safe=_PLAIN)}" if parts.query else "")
    found = SourceAddress(parts.scheme, _host(host, text), _PORTS[parts.scheme] if port is None else port, target)
    try:
        ox.NamedNode(str(found))  # graphs state where they come from
    except ValueError as error:
        raise _malformed(text) from error
    return found


def _host(host: str, text: str) -> str:
    """Return a host as it is looked up.

    Raises:
        HarvestError: it is no host, or an IP address in an unusual notation.
    """
    if ":" in host:
        try:
            return str(IPv6Address(host)) if "%" not in host else _refuse(text)
        except AddressValueError as error:
            raise _malformed(text) from error
    try:
        name = host.removesuffix(".").encode("idna").decode().lower()
    except UnicodeError as error:
        raise _malformed(text) from error
    if not _HOST.fullmatch(name):
        raise _malformed(text)
    if _NUMBER.fullmatch(name.rpartition(".")[2]):  # resolvers take 2130706433, 0x7f.1 and 0177.1 for addresses
        try:
            return str(IPv4Address(name))
        except AddressValueError:
            return _refuse(text)
    return name


def _refuse(text: str) -> str:
    raise HarvestError(
        N_("{address} is not harvested: its host is a number, and not the name of a host."), address=text
    )


def _malformed(text: str) -> HarvestError:
    return HarvestError(N_("{address} is not the address of anything on the web."), address=text)


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the public internet.

    An IPv6 address that stands for an IPv4 address is as public as that: mapped, translated (NAT64) and 6to4 ones.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        embedded = found.ipv4_mapped or found.sixtofour
        if embedded is None and found in _NAT64:
            embedded = IPv4Address(int(found) & 0xFFFFFFFF)
        if embedded is not None:
            return is_public(str(embedded))
        if found in _LOCAL_NAT64 or found in _COMPATIBLE or found.teredo is not None or found.is_site_local:
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved)
