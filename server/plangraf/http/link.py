"""Typed links and the Link header (RFC 8288)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote

_SAFE = "!#$%&'()*+,-./:;=?@[]_~"


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
    """Return the value of a Link header with all `links`, in their order."""
    return ", ".join(map(str, links))
