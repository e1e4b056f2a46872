"""FAIR Signposting (signposting.org/FAIR): links in headers (level 1) and as a link set (level 2).

A page about a thing leads to its permanent IRI, to the data that describe it, to what can be downloaded of it and to
its licence; the data lead back to the page. Header links are relative to the address asked; a link set, which may be
carried away, has whole addresses (RFC 9264, section 4.2).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote

from plangraf.citing.citation import cite_path
from plangraf.formats import CITATION_FORMATS, GRAPH_FORMATS, HTML
from plangraf.linkeddata.addresses import own_iri
from plangraf.namespaces import DATA_LICENCE, PREFIXES
from plangraf.view.page import Page

LINKSET = "application/linkset+json"
_LANDING = PREFIXES["schema"] + "AboutPage"
_WITH_LINKSET = ("/doc/", "/graph/", "/catalog")
_SAFE = "!#$%&'()*+,-./:;=?@[]_~"


@dataclass(frozen=True)
class Link:
    """A typed link (RFC 8288).

    Attributes:
        target: an IRI, or a path of this server.
        relation: the link relation.
        attributes: target attributes, such as `type`.
    """

    target: str
    relation: str
    attributes: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        attributes = "".join(f'; {name}="{value}"' for name, value in self.attributes.items())
        return f'<{_ascii(self.target)}>; rel="{self.relation}"{attributes}'


def header(links: Iterable[Link]) -> str:
    """Return the value of a Link header."""
    return ", ".join(map(str, links))


def page_links(page: Page, data_path: str) -> list[Link]:
    """Return the links of the page whose data are at `data_path` with an ending."""
    links = _forms(data_path, "alternate")
    if page.iri is None:
        return links
    return [*links, *landing_links(page, data_path), *_linkset(data_path)]


def data_links(data_path: str) -> list[Link]:
    """Return the links of the data about the page at `data_path`."""
    links = [*_forms(data_path, "alternate"), Link(data_path, "describes", {"type": HTML.media_type})]
    return [*links, *_linkset(data_path)]


def landing_links(page: Page, data_path: str) -> list[Link]:
    """Return what Signposting asks of a landing page."""
    return [
        Link(own_iri(page.iri) if page.iri else data_path, "cite-as"),
        Link(_LANDING, "type"),
        *(Link(PREFIXES["schema"] + name, "type") for name in page.types),
        Link(DATA_LICENCE, "license"),
        *_forms(data_path, "describedby"),
        *citation_links(data_path, "describedby"),
        *(Link(path, "item", {"type": media_type}) for path, media_type in page.items),
        *(Link(path, "collection", {"type": HTML.media_type}) for path in page.collections),
    ]


def linkset(page: Page, data_path: str, base: str) -> dict[str, object]:
    """Return the link set of a page (RFC 9264, section 4.2): its own links, and those of its data and its items.

    Args:
        page: about the thing.
        data_path: the path of the page.
        base: the address of the server, without a slash at its end.
    """

    def whole(target: str) -> str:
        return base + target if target.startswith("/") else target

    def context(anchor: str, links: Iterable[Link]) -> dict[str, object]:
        found: dict[str, list[dict[str, str]]] = {}
        for link in links:
            found.setdefault(link.relation, []).append({"href": whole(link.target), **link.attributes})
        return {"anchor": whole(anchor), **found}

    landing = {"type": HTML.media_type}
    return {
        "linkset": [
            context(data_path, landing_links(page, data_path)),
            *(
                context(form.target, [Link(data_path, "describes", landing)])
                for form in (*_forms(data_path, "describedby"), *citation_links(data_path, "describedby"))
            ),
            *(context(path, [Link(data_path, "collection", landing)]) for path, _ in page.items),
        ]
    }


def citation_links(data_path: str, relation: str) -> list[Link]:
    """Return links to the citations of what the page at `data_path` is about, in the forms of reference managers."""
    path = cite_path(data_path)
    if path is None:
        return []
    return [Link(f"{path}.{f.extension}", relation, {"type": f.media_type}) for f in CITATION_FORMATS]


def _forms(data_path: str, relation: str) -> list[Link]:
    return [Link(f"{data_path}.{f.extension}", relation, {"type": f.media_type}) for f in GRAPH_FORMATS]


def _linkset(data_path: str) -> list[Link]:
    if not data_path.startswith(_WITH_LINKSET):
        return []
    return [Link(f"/linkset{data_path}", "linkset", {"type": LINKSET})]


def _ascii(target: str) -> str:
    """Return an IRI as a header can carry it (RFC 3987, section 3.1)."""
    return quote(target, safe=_SAFE)
