"""Typed links and the Link header (RFC 8288)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote

_SAFE = "!#$%&'()*+,-./:;=?@[]_~"
_BETWEEN = ", "
_LONG = 3000
"""The length in bytes from which a Link header leaves out items."""


@dataclass(frozen=True)
class Link:
    """A typed link.

    Attributes:
        target: an IRI, or a path of this server.
        relation: the link relation type, registered or an IRI.
        attributes: target attributes, such as `type`.
    """

    target: str
    relation: str
    attributes: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        attributes = "".join(f'; {name}="{value}"' for name, value in self.attributes.items())
        # A header field contains URIs, so an IRI is mapped to one (RFC 3987, section 3.1).
        return f'<{quote(self.target, safe=_SAFE)}>; rel="{self.relation}"{attributes}'


def link_header(links: Iterable[Link]) -> str:
    """Return the value of a Link header with `links`, in their order.

    Reverse proxies answer 502 where the header fields of an answer have more than 4 KiB. So a header that would be
    long leaves out the last items, if it links to a link set, which has them all (signposting.org/FAIR, level 2).
    """
    kept = list(links)
    if any(link.relation == "linkset" for link in kept):
        for link in [each for each in reversed(kept) if each.relation == "item"]:
            if sum(len(str(each)) + len(_BETWEEN) for each in kept) <= _LONG:
                break
            kept.remove(link)
    return _BETWEEN.join(map(str, kept))
