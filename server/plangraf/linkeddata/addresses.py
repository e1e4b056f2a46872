"""The mapping between IRIs and paths on this server.

An IRI below the canonical base is dereferenced at the same path on any server. What lies below the URI space of a
publisher has its document at `/doc/{publisher}/…`; so have the IRIs `https://w3id.org/plangraf/id/{publisher}/…`, and
no two things have the same path. The SDGs have IRIs of the UN, which this server does not dereference; its documents
about them are at `/doc/sdg/…`. A publisher of plans has one document for its IRI in a registry and its own IRI.
Anything else that a release describes has its document at `/doc?iri=…`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import quote, unquote

from plangraf.namespaces import BASE, GRAPH, ID, SDG, SDG_SCHEME, THEME_SPACES
from plangraf.rdf.iri_hashes import iri_hash
from plangraf.release.release import Manifest
from plangraf.uri_spaces import name_within, space_of

DOCUMENTS = "/doc"
"""The path of the documents about things without a path of their own, which are named by the parameter `iri`."""

RELEASE = "release"
"""The parameter of an address that names the release from which it is answered."""
_FOREIGN = f"{DOCUMENTS}?iri="
_SAFE = "/:@!$&'()*+,;=-._~%"
_SAFE_IN_QUERY = "/:@!$'()*,;-._~"
_PLAIN = re.compile("[A-Za-z0-9/._-]*")
_IRI = re.compile("https?(:|%3A)(/|%2F){2}")


@dataclass(frozen=True)
class Addresses:
    """The addresses of a release, which depend on the URI spaces that its publishers declare.

    Attributes:
        spaces: the URI spaces, each after its publisher, sorted by publisher.
        taken: the hashes of the IRIs below `ID` that the release describes for these publishers.
        foreign: the IRIs of plans and publishers that have no path of their own.
        same: the IRIs of publishers, each before the IRI that its document describes, sorted.
    """

    spaces: tuple[tuple[str, str], ...] = ()
    taken: frozenset[int] = frozenset()
    foreign: frozenset[str] = frozenset()
    same: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, manifest: Manifest) -> "Addresses":
        """Return the addresses of the release with this manifest."""
        same = tuple(sorted(manifest.publishers.items()))
        own = cls(tuple(sorted(manifest.uri_spaces.items())), manifest.taken, same=same)
        listed = (*manifest.plans, *manifest.publishers)
        foreign = frozenset(iri for iri in listed if own.document_path(iri) is None)
        return replace(own, foreign=foreign)

    @cached_property
    def publishers(self) -> Mapping[str, str]:
        """The publishers, by their URI spaces."""
        return {space: publisher for publisher, space in self.spaces}

    @cached_property
    def _described(self) -> Mapping[str, str]:
        return dict(self.same)

    @cached_property
    def _publisher_iris(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for iri, described in self.same:
            found.setdefault(described, [described]).append(iri)
        return {described: tuple(dict.fromkeys(iris)) for described, iris in found.items()}

    def publisher_iris(self, iri: str) -> tuple[str, ...]:
        """Return the IRIs of the publisher with this IRI, first the one that its document describes; or none."""
        return self._publisher_iris.get(self._described.get(iri, iri), ())

    @cached_property
    def _by_publisher(self) -> Mapping[str, str]:
        return dict(self.spaces)

    def document_path(self, iri: str) -> str | None:
        """Return the path of the document or page about `iri`, or None if this server has none for certain."""
        if iri == SDG_SCHEME:
            return f"{DOCUMENTS}/sdg"
        if iri.startswith(SDG) and "#" not in iri:
            return f"{DOCUMENTS}/sdg/" + _quoted(iri.removeprefix(SDG), _SAFE)
        if iri.startswith(ID):
            return f"{DOCUMENTS}/" + _quoted(iri.removeprefix(ID), _SAFE)
        if iri.startswith(BASE + "/"):
            return _quoted(iri.removeprefix(BASE), _SAFE + "#")
        theme = theme_name(iri)
        if theme is not None:
            return f"{DOCUMENTS}/" + _quoted(theme, _SAFE)
        space = self.space_of(iri)
        if space is not None:
            return f"{DOCUMENTS}/{self.publishers[space]}/" + _quoted(name_within(iri, space), _SAFE)
        described = self._described.get(iri, iri)
        if described != iri:
            return self.document_path(described)
        return foreign_path(iri) if iri in self.foreign else None

    def described_path(self, iri: str) -> str:
        """Return the path of the document about `iri`, which the release describes."""
        return self.document_path(iri) or foreign_path(iri)

    def described_iri(self, name: str) -> str:
        """Return the IRI that the document `/doc/{name}` describes.

        Args:
            name: the raw path, with its percent-escapes.
        """
        if name == "sdg":
            return SDG_SCHEME
        # Editions of the indicators are ours; everything else below sdg/ is the UN's.
        if name.startswith("sdg/") and not name.startswith("sdg/edition/"):
            return SDG + name.removeprefix("sdg/")
        scheme, _, rest = name.partition("/")
        if rest and scheme in THEME_SPACES and iri_hash(ID + name) not in self.taken:
            return THEME_SPACES[scheme] + rest
        return self.identified_iri(name)

    def identified_iri(self, name: str) -> str:
        """Return the IRI that `/id/{name}` stands for, which is below `ID` or below a URI space.

        Args:
            name: the raw path, with its percent-escapes.
        """
        publisher, slash, rest = name.partition("/")
        space = self._by_publisher.get(publisher) if slash else None
        if space is None or iri_hash(ID + name) in self.taken:
            return ID + name
        return space + rest if rest else space.removesuffix("#")

    def page_iri(self, path: str) -> str | None:
        """Return the IRI of the thing or the graph that the page at a raw path is about; None for other pages.

        Args:
            path: the path, with the query of `foreign_path` if it has one.
        """
        if path.startswith(_FOREIGN):
            return unquote(path.removeprefix(_FOREIGN))
        if path.startswith(f"{DOCUMENTS}/"):
            return self.described_iri(path.removeprefix(f"{DOCUMENTS}/"))
        return graph_iri(path.removeprefix("/graph/")) if path.startswith("/graph/") else None

    def graph_of_space(self, name: str) -> str | None:
        """Return the path of the graph of the publisher whose URI space itself `/id/{name}` stands for, or None."""
        publisher, slash, rest = name.partition("/")
        return f"/graph/{publisher}" if slash and not rest and publisher in self._by_publisher else None

    def name(self, iri: str) -> str:
        """Return the name of a plan in the paths of pages about it; `named_iri` returns the plan."""
        path = self.document_path(iri)
        if path is None or not path.startswith(f"{DOCUMENTS}/"):
            return quote(iri, safe="")
        return path.removeprefix(f"{DOCUMENTS}/")

    def named_iri(self, name: str) -> str:
        """Return the IRI of the plan with this name in a path, which may be raw or decoded."""
        return unquote(name) if _IRI.match(name) else self.described_iri(name)

    def space_of(self, iri: str) -> str | None:
        """Return the URI space that an IRI is below, or None."""
        return space_of(iri, self.publishers) if self.spaces else None


def theme_name(iri: str) -> str | None:
    """Return the name of a theme in the path of its document, such as `los/klima`, or None for another IRI."""
    for scheme, space in THEME_SPACES.items():
        if iri.startswith(space) and iri != space and "#" not in iri:
            return f"{scheme}/{iri.removeprefix(space)}"
    return None


def foreign_path(iri: str) -> str:
    """Return the path of the document about a thing that has no path of its own."""
    return f"{_FOREIGN}{quote(iri, safe=_SAFE_IN_QUERY)}"


def with_extension(path: str, extension: str) -> str:
    """Return the path of a form of the document at `path`, which may have a query."""
    stem, mark, query = path.partition("?")
    return f"{stem}.{extension}{mark}{query}"


def with_query(path: str, query: str) -> str:
    """Return the path of a document with a further query; it may have one already."""
    return f"{path}{'&' if '?' in path else '?'}{query}"


def _quoted(name: str, safe: str) -> str:
    """Return `name` with the characters escaped that are neither plain nor `safe`; most names have none of them."""
    return name if _PLAIN.fullmatch(name) else quote(name, safe=safe)


def document_iri(path: str) -> str:
    """Return the canonical IRI of the document at `path`, which begins with a slash."""
    return BASE + path


def own_iri(iri: str) -> str:
    """Return the IRI to cite for `iri`: `iri` itself, or that of our document about an SDG, whose IRI is the UN's."""
    if iri == SDG_SCHEME or (iri.startswith(SDG) and "#" not in iri):
        path = Addresses().document_path(iri)
        return iri if path is None else document_iri(path)
    return iri


def graph_iri(name: str) -> str:
    """Return the IRI of the named graph at `/graph/{name}`."""
    return GRAPH + name


def with_release(address: str, release: str) -> str:
    """Return an address of the server, or an IRI that leads to one, which asks for a release."""
    base, mark, fragment = address.partition("#")
    return f"{base}{'&' if '?' in base else '?'}{RELEASE}={release}{mark}{fragment}"
