"""FAIR Signposting (signposting.org/FAIR): links in headers (level 1) and as a link set (level 2).

A page about a thing links to its permanent IRI, the data about it, its downloads, its authors and the licences that
all graphs behind it share; the data link back to the page. Links in headers are relative to the requested address. A
link set has absolute addresses, so that it can be used without its own address (RFC 9264, section 4.2).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from plangraf.citing.citation import cite_path
from plangraf.formats import CITATION_FORMATS, GRAPH_FORMATS, HTML, LINKSET
from plangraf.http.link import Link
from plangraf.linkeddata.addresses import own_iri, with_extension
from plangraf.linkeddata.sources import Sources
from plangraf.namespaces import PREFIXES

_LANDING = PREFIXES["schema"] + "AboutPage"
_WITH_LINKSET = ("/doc/", "/doc?", "/graph/", "/catalog")
API_CATALOG = "/.well-known/api-catalog"
"""The path of the catalogue of APIs (RFC 9727)."""


@dataclass(frozen=True)
class Landing:
    """The facts about a thing for the links of its page, which Signposting calls a landing page.

    Attributes:
        iri: the IRI of the thing.
        types: the names of its classes in schema.org.
        items: the paths of its downloads, each with the media type.
        collections: the paths of the pages about the things that contain it.
    """

    iri: str
    types: tuple[str, ...] = ()
    items: tuple[tuple[str, str], ...] = ()
    collections: tuple[str, ...] = ()


def page_links(landing: Landing | None, data_path: str, sources: Sources) -> list[Link]:
    """Return the header links of a page.

    Args:
        landing: the facts about the thing; None for a page that is not about a thing.
        data_path: the path of the page; with an extension, that of its data.
        sources: the graphs behind the page.
    """
    links = _forms(data_path, "alternate")
    if landing is None:
        return links
    return [*links, *landing_links(landing, data_path, sources), *_linkset(data_path)]


def data_links(data_path: str) -> list[Link]:
    """Return the header links of the data forms of the page at `data_path`."""
    links = [*_forms(data_path, "alternate"), Link(data_path, "describes", {"type": HTML.media_type})]
    return [*links, *_linkset(data_path)]


def landing_links(landing: Landing, data_path: str, sources: Sources) -> list[Link]:
    """Return the links that Signposting requires of a landing page."""
    return [
        Link(own_iri(landing.iri), "cite-as"),
        Link(_LANDING, "type"),
        *(Link(PREFIXES["schema"] + name, "type") for name in landing.types),
        *source_links(sources),
        *_forms(data_path, "describedby"),
        *citation_links(data_path, "describedby"),
        *(Link(path, "item", {"type": media_type}) for path, media_type in landing.items),
        *(Link(path, "collection", {"type": HTML.media_type}) for path in landing.collections),
    ]


def front_page_links(landing: Landing, data_path: str, sources: Sources) -> list[Link]:
    """Return the header links of the front page, which introduces the thing whose page is at `data_path`."""
    return [*landing_links(landing, data_path, sources), *_linkset(data_path), Link(API_CATALOG, "api-catalog")]


def source_links(sources: Sources) -> list[Link]:
    """Return the links to the authors and licences of a document.

    Several licences are alternatives, one of which a user may choose (RFC 4946, section 2). So none is linked to if
    the graphs behind the document share none.
    """
    return [
        *(Link(own_iri(creator), "author") for creator in sources.creators),
        *(Link(licence, "license") for licence in sources.licences),
    ]


def linkset(landing: Landing, data_path: str, sources: Sources, base: str) -> dict[str, object]:
    """Return the link set of a page (RFC 9264, section 4.2): its links, and those of its data and downloads.

    Args:
        landing: the facts about the thing.
        data_path: the path of the page.
        sources: the graphs behind the page.
        base: the base address of the server, without a slash at its end.
    """

    def whole(target: str) -> str:
        return base + target if target.startswith("/") else target

    def context(anchor: str, links: Iterable[Link]) -> dict[str, object]:
        found: dict[str, list[dict[str, str]]] = {}
        for link in links:
            found.setdefault(link.relation, []).append({"href": whole(link.target), **link.attributes})
        return {"anchor": whole(anchor), **found}

    page = {"type": HTML.media_type}
    return {
        "linkset": [
            context(data_path, landing_links(landing, data_path, sources)),
            *(
                context(form.target, [Link(data_path, "describes", page)])
                for form in (*_forms(data_path, "describedby"), *citation_links(data_path, "describedby"))
            ),
            *(context(path, [Link(data_path, "collection", page)]) for path, _ in landing.items),
        ]
    }


def citation_links(data_path: str, relation: str) -> list[Link]:
    """Return links to the citation of the page at `data_path`, one for each citation format, if it has a citation.

    Args:
        data_path: the path of the page.
        relation: the link relation type.
    """
    path = cite_path(data_path)
    if path is None:
        return []
    return [Link(with_extension(path, f.extension), relation, {"type": f.media_type}) for f in CITATION_FORMATS]


def _forms(data_path: str, relation: str) -> list[Link]:
    return [Link(with_extension(data_path, f.extension), relation, {"type": f.media_type}) for f in GRAPH_FORMATS]


def _linkset(data_path: str) -> list[Link]:
    if not data_path.startswith(_WITH_LINKSET):
        return []
    return [Link(f"/linkset{data_path}", "linkset", {"type": LINKSET.media_type})]
