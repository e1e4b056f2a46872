"""The client of a request, which limits are counted for."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from starlette.types import Scope

_NETWORK = 64
"""The length of the prefix that identifies an IPv6 client, who commands all addresses below it (RFC 6177)."""


@lru_cache(maxsize=1024)
def client_at(address: str) -> str:
    """Return the client at an IP address: the IPv4 address, or the IPv6 network of 64 bits.

    Text that is no IP address, such as the name of a socket, is returned as it is.
    """
    parsed = parsed_address(address)
    if isinstance(parsed, IPv6Address):
        return str(IPv6Network((parsed, _NETWORK), strict=False))
    return address if parsed is None else str(parsed)


def parsed_address(text: str) -> IPv4Address | IPv6Address | None:
    """Return an IP address, or None for other text; an IPv4 address in IPv6 notation becomes an IPv4 address."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def client_of(scope: Scope) -> str:
    """Return the client of a request; `unknown` if the server does not know its address."""
    return client_at(scope["client"][0]) if scope.get("client") else "unknown"
