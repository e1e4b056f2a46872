"""The header fields in which proxies report the hops of a request: Forwarded (RFC 7239) and X-Forwarded-*."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from plangraf.http.client import parsed_address

_PAIR = re.compile(r"""([!#$%&'*+.^_`|~0-9A-Za-z-]+)=("(?:[^"\\]|\\.)*"|[^\s",;]*)""")
_BLANK = re.compile(r"[ \t]*")
_WITH_PORT = re.compile(r"\[(?P<six>[^\]]*)\](?::\d+)?|(?P<four>[0-9.]+):\d+")


@dataclass(frozen=True)
class Hop:
    """The report of one proxy on the request that it has received; None for what it does not.

    Attributes:
        client: the IP address that the request came from.
        scheme: the scheme of the request.
        host: the value of its Host header.
    """

    client: str | None = None
    scheme: str | None = None
    host: str | None = None


def forwarded_hops(value: str) -> list[Hop]:
    """Return the hops of a Forwarded header, from the first to the last.

    None are returned for a value that is not valid: which part of it a trusted proxy has added is then unknown.

    Args:
        value: the value, with several lines joined by commas.
    """
    hops: list[Hop] = []
    pairs: dict[str, str] = {}
    position = 0
    while position < len(value):
        position = _after_blank(value, position)
        match = _PAIR.match(value, position)
        if match is not None:
            pairs.setdefault(match[1].lower(), _unquoted(match[2]))
            position = _after_blank(value, match.end())
        separator = value[position : position + 1]
        if separator == ",":
            hops.append(_hop(pairs))
            pairs = {}
        elif separator not in ("", ";"):
            return []
        position += 1
    return [*hops, _hop(pairs)] if pairs else hops


def x_forwarded_hops(clients: Sequence[str], schemes: Sequence[str], hosts: Sequence[str]) -> list[Hop]:
    """Return the hops of X-Forwarded-For, X-Forwarded-Proto and X-Forwarded-Host, from the first to the last.

    The fields need not have the same number of values, because some proxies replace them. They are counted from their
    last value, and their first one holds for all hops before.
    """
    number = max(len(clients), len(schemes), len(hosts))

    def at(values: Sequence[str], back: int) -> str | None:
        return values[max(0, len(values) - back)] if values else None

    return [
        Hop(_address(at(clients, back) if back <= len(clients) else None), at(schemes, back), at(hosts, back))
        for back in range(number, 0, -1)
    ]


def _hop(pairs: dict[str, str]) -> Hop:
    return Hop(_address(pairs.get("for")), pairs.get("proto"), pairs.get("host"))


def _after_blank(value: str, position: int) -> int:
    match = _BLANK.match(value, position)
    return match.end() if match is not None else position


def _unquoted(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value


def _address(node: str | None) -> str | None:
    """Return the IP address of a node with or without a port; None for `unknown` and other names."""
    match = _WITH_PORT.fullmatch(node or "")
    address = parsed_address((match["six"] or match["four"] or "") if match else node or "")
    return str(address) if address is not None else None
