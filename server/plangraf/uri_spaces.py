"""URI spaces: the prefixes of their own domains that publishers declare with `void:uriSpace` (VoID, section 4.2).

The IRIs below the space of a publisher have documents on this server, as those below `https://w3id.org/plangraf/id/`
have.
"""

import re
from collections.abc import Container, Iterator
from enum import StrEnum
from urllib.parse import urlsplit

from plangraf.namespaces import BASE, PREFIXES, expand

URI_SPACE = expand("void:uriSpace")

LONGEST = 500
"""The maximum length of a space, in characters."""

SITE_SEGMENTS = frozenset(
    (
        *(
            ".well-known",
            "about",
            "browse",
            "catalog",
            "changes",
            "cite",
            "compare",
            "doc",
            "dumps",
            "graph",
            "graphs",
        ),
        *("linkset", "mappings", "metrics", "ontology", "openapi", "opensearch", "preview", "problems", "publish"),
        *("quality", "robots", "search", "shapes", "sitemap", "sparql", "static", "timegate", "timemap", "validate"),
        *("workbook", "sources", "reconcile", "suggestions", "fragments", "mcp", "llms"),
    )
)
"""The first segments of the paths of the site's own pages, without extensions.

A server that is asked by the host name of a publisher has its own pages there too, so no IRI may be in their place.
`id` is not among them: nobody asks a publisher's host for the IRIs of Plangraf.
"""

_ESCAPED_IN_VAIN = re.compile(r"%(?:2[DdEe]|3[0-9]|4[1-9A-Fa-f]|5[0-9AaFf]|6[1-9A-Fa-f]|7[0-9AaEe])")
_LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_HOST = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:.]+\]")
_PRINTABLE = re.compile(r"[!-~]*")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_OTHERS = (
    *(iri for iri in PREFIXES.values() if iri.startswith("http")),
    *("http://metadata.un.org/sdg/", "https://unstats.un.org/", "http://publications.europa.eu/resource/"),
    *("http://data.europa.eu/", "https://data.geonorge.no/administrativeEnheter/", "https://psi.norge.no/los/"),
    "https://data.norge.no/vocabulary/",
    *("https://organization-catalog.fellesdatakatalog.digdir.no/", "https://data.brreg.no/enhetsregisteret/"),
    *("http://www.wikidata.org/", "http://www.iana.org/", "https://sws.geonames.org/", "http://dbpedia.org/"),
)


class SpaceFault(StrEnum):
    """Faults of the prefix that a publisher declares; the rule `psh:URISpace` has a sentence for each."""

    NO_TEXT = "noText"
    SCHEME = "scheme"
    USERINFO = "userinfo"
    HOST = "host"
    QUERY = "query"
    ENDING = "ending"
    CHARACTERS = "characters"
    LONG = "long"
    OURS = "ours"
    VOCABULARY = "vocabulary"
    SITE = "site"


def space_fault(space: str) -> SpaceFault | None:
    """Return the fault of a prefix that a publisher declares, or None if it can be served."""
    try:
        parts = urlsplit(space)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return SpaceFault.HOST
    if parts.scheme not in _DEFAULT_PORTS or not space.startswith(f"{parts.scheme}://"):
        return SpaceFault.SCHEME
    if "@" in parts.netloc:
        return SpaceFault.USERINFO
    if overlap(space, f"{BASE}/"):
        return SpaceFault.OURS
    if any(overlap(space, other) for other in _OTHERS):
        return SpaceFault.VOCABULARY
    written = f"[{host}]" if ":" in host else host
    plain_host = written if port is None else f"{written}:{port}"
    if not _HOST.fullmatch(written) or parts.netloc != plain_host or port == _DEFAULT_PORTS[parts.scheme]:
        return SpaceFault.HOST
    if "?" in space:
        return SpaceFault.QUERY
    path, hash_mark, fragment = space.partition("#")
    if fragment or not (hash_mark or (parts.path and path.endswith("/"))):
        return SpaceFault.ENDING
    if not _PRINTABLE.fullmatch(space) or "//" in parts.path or path_fault(space):
        return SpaceFault.CHARACTERS
    if len(space) > LONGEST:
        return SpaceFault.LONG
    return SpaceFault.SITE if is_of_site(parts.path) and parts.path != "/" else None


def path_fault(iri: str) -> bool:
    """Return whether clients change the path of an IRI before they ask for it."""
    path = urlsplit(iri).path
    return bool(_ESCAPED_IN_VAIN.search(path)) or not {".", ".."}.isdisjoint(path.split("/"))


def is_of_site(path: str) -> bool:
    """Return whether the site has a page of its own at a path, as it has at the root."""
    first = path.removeprefix("/").partition("/")[0]
    return first in SITE_SEGMENTS or not first or first.partition(".")[0] in SITE_SEGMENTS


def overlap(one: str, other: str) -> bool:
    """Return whether an IRI can be below both prefixes; those with http and https are of the same host."""
    first, second = _without_scheme(one), _without_scheme(other)
    return first.startswith(second) or second.startswith(first)


def _without_scheme(space: str) -> str:
    scheme, _, rest = space.partition("://")
    host, slash, path = rest.partition("/")
    return f"{host.lower().removesuffix(f':{_DEFAULT_PORTS.get(scheme.lower())}')}{slash}{path}"


def spaces_above(iri: str) -> Iterator[str]:
    """Yield the prefixes of an IRI that may be declared, from the longest: those that end in a slash or a hash.

    A document whose terms begin with a hash belongs to them, so that with the hash comes first.
    """
    if "://" not in iri:
        return
    first = iri.index("://") + 3
    if "#" in iri:
        yield iri[: iri.index("#") + 1]
    else:
        yield f"{iri}#"
    end = len(iri) if "#" not in iri else iri.index("#")
    while (end := iri.rfind("/", first, end)) >= 0:
        yield iri[: end + 1]


def space_of(iri: str, spaces: Container[str]) -> str | None:
    """Return the one of `spaces` that an IRI is below, or None."""
    return next((space for space in spaces_above(iri) if space in spaces), None)


def name_within(iri: str, space: str) -> str:
    """Return what follows `space` in an IRI below it; nothing for the document of a space that ends in a hash."""
    return iri.removeprefix(space) if iri.startswith(space) else ""
