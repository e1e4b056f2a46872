"""The URI spaces that data declare, and the faults of these declarations and of what is described below them.

The rule `psh:URISpace` finds the faults as statements of the graph `psh:terms`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.namespaces import GRAPH, ID, expand
from plangraf.rdf.iri_hashes import iri_hash
from plangraf.sources.dataset import Dataset
from plangraf.uri_spaces import URI_SPACE, SpaceFault, name_within, overlap, space_fault, space_of

_SPACE = ox.NamedNode(URI_SPACE)
_TERMS = ox.NamedNode(expand("psh:terms"))
_TERM = ox.NamedNode(expand("psh:term"))
_KIND = ox.NamedNode(expand("psh:Space"))
_STRINGS = frozenset((expand("xsd:string"), expand("xsd:anyURI")))

_MISPLACED, _SECOND, _OVERLAP, _OTHERS, _TAKEN = "misplaced", "second", "overlap", "others", "taken"
"""The faults that a declaration has among others, and those of what is described below a URI space."""


@dataclass(frozen=True)
class SpaceClaims:
    """The part of a release that matters to the URI spaces of some data, beside the data.

    Attributes:
        spaces: the URI spaces of others, each with the publisher who declares it.
        taken: the hashes of the IRIs below `ID` of the publishers who declare a URI space in the data.
    """

    spaces: tuple[tuple[str, str], ...] = ()
    taken: frozenset[int] = frozenset()

    def digest_lines(self) -> Iterator[str]:
        """Yield lines that differ if the claims do."""
        yield from (f"{space} {publisher}" for space, publisher in self.spaces)
        yield from (str(number) for number in sorted(self.taken))


@dataclass(frozen=True)
class SpaceFacts:
    """The URI spaces that data declare or mention, and their faults.

    Attributes:
        spaces: the well-formed ones.
        faults: the faults, as statements of the graph `psh:terms`.
    """

    spaces: frozenset[str] = frozenset()
    faults: tuple[ox.Quad, ...] = ()

    def __add__(self, other: "SpaceFacts") -> "SpaceFacts":
        """Return the facts about both."""
        return SpaceFacts(self.spaces | other.spaces, (*self.faults, *other.faults))

    def quads(self) -> Iterator[ox.Quad]:
        """Yield the facts as statements: `psh:Space psh:term ?space`, and the faults."""
        yield from (ox.Quad(_KIND, _TERM, ox.Literal(space), _TERMS) for space in sorted(self.spaces))
        yield from self.faults


def declared_spaces(declared: Iterable[tuple[str, object]]) -> dict[str, str]:
    """Return the well-formed URI spaces that publishers declare in their own graphs, by publisher.

    A publisher is known by the name of the folder, which is the end of the IRI of the graph. Of several spaces of
    one publisher, the first in the order of the alphabet counts.

    Args:
        declared: the values of `void:uriSpace`, each after the IRI of the graph that states it.
    """
    found: dict[str, set[str]] = {}
    for graph, value in declared:
        publisher = _publisher(graph)
        if publisher is not None and isinstance(value, ox.Literal) and _fault(value) is None:
            found.setdefault(publisher, set()).add(value.value)
    return {publisher: min(spaces) for publisher, spaces in sorted(found.items())}


def spaces_declared_in(quads: Iterable[ox.Quad]) -> dict[str, str]:
    """Return the URI spaces that statements declare; see `declared_spaces`."""
    return declared_spaces(
        (quad.graph_name.value, quad.object)
        for quad in quads
        if quad.predicate == _SPACE and isinstance(quad.graph_name, ox.NamedNode)
    )


def find_space_facts(dataset: Dataset, claims: SpaceClaims | None = None) -> SpaceFacts:
    """Return the URI spaces of data, and their faults.

    Args:
        dataset: the data, which are one publisher's.
        claims: the URI spaces of others.
    """
    claims = claims or SpaceClaims()
    others = dict(claims.spaces)
    own: dict[str, str] = {}
    faults: list[ox.Quad] = []
    for file in dataset.files:
        for quad in file.quads:
            if quad.predicate != _SPACE:
                continue
            publisher = _publisher(quad.graph_name.value) if isinstance(quad.graph_name, ox.NamedNode) else None
            fault: str | None = _fault(quad.object)
            if publisher is None and file.placed:
                faults += _describe(quad.triple, _MISPLACED)
            elif not isinstance(quad.object, ox.Literal) or fault is not None:
                faults += _describe(quad.triple, fault or SpaceFault.NO_TEXT)
            elif own.setdefault(publisher or "", quad.object.value) != quad.object.value:
                faults += _describe(quad.triple, _SECOND)
            else:
                for space, claimer in claims.spaces:
                    if overlap(space, quad.object.value):
                        faults += _describe(quad.triple, _OVERLAP, f"{space} ({claimer})")
    if own or others:
        faults += _descriptions(dataset, own, others, claims.taken)
    return SpaceFacts(frozenset((*own.values(), *others)), tuple(faults))


def _descriptions(
    dataset: Dataset, own: Mapping[str, str], others: Mapping[str, str], taken: frozenset[int]
) -> Iterator[ox.Quad]:
    """Yield the faults of what the data describe: things of others, and those whose page another thing has."""
    spaces = {space: publisher for publisher, space in own.items()}
    stated = {quad.subject: quad.triple for quad in dataset.quads() if isinstance(quad.subject, ox.NamedNode)}
    for subject, triple in stated.items():
        space = space_of(subject.value, others)
        if space is not None and space_of(subject.value, spaces) is None:
            yield from _describe(triple, _OTHERS, f"{space} ({others[space]})")
        space = space_of(subject.value, spaces)
        if space is not None:
            twin = f"{ID}{spaces[space]}/{name_within(subject.value, space)}"
            if ox.NamedNode(twin) in stated or iri_hash(twin) in taken:
                yield from _describe(triple, _TAKEN, twin)


def _publisher(graph: str) -> str | None:
    """Return the publisher whose own graph this is, or None if it is that of a plan or no graph of ours."""
    name = graph.removeprefix(GRAPH)
    return name if graph.startswith(GRAPH) and "/" not in name else None


def _fault(value: object) -> SpaceFault | None:
    if not isinstance(value, ox.Literal) or value.datatype.value not in _STRINGS:
        return SpaceFault.NO_TEXT
    return space_fault(value.value)


def _describe(triple: ox.Triple, fault: str, detail: str = "") -> Iterator[ox.Quad]:
    statement = ox.BlankNode()
    for name, value in (
        ("rdf:type", ox.NamedNode(expand("psh:SpaceFault"))),
        ("psh:subject", triple.subject),
        ("psh:predicate", triple.predicate),
        ("psh:object", triple.object),
        ("psh:fault", ox.Literal(fault)),
        ("psh:detail", ox.Literal(detail)),
    ):
        yield ox.Quad(statement, ox.NamedNode(expand(name)), value, _TERMS)
