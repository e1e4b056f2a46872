"""Quad Pattern Fragments: pages of what matches a pattern, and the controls that lead to others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from plangraf.engine.ask import select
from plangraf.engine.interface import Engine
from plangraf.linkeddata.addresses import document_iri
from plangraf.linkeddata.quad_pattern import DEFAULT_GRAPH, POSITIONS, QuadPattern
from plangraf.linkeddata.void import VOID_PATH
from plangraf.namespaces import expand

PAGE_SIZE: Final = 100
"""The number of quads on a page."""
_PROPERTIES = ("rdf:subject", "rdf:predicate", "rdf:object", "sd:graph")
"""The properties that the parameters of a fragment stand for, in the order of `POSITIONS`."""


@dataclass(frozen=True)
class FragmentAddresses:
    """The addresses of a page of a fragment and of its neighbours, as the client sees them.

    Attributes:
        start: the address of the fragment of everything.
        template: the URI template (RFC 6570) of all fragments.
        page: the address of the page.
        first: that of the first page.
        previous: that of the page before; None for the first.
        following: that of the next page; None for the last.
        last: that of the last page.
    """

    start: str
    template: str
    page: str
    first: str
    previous: str | None
    following: str | None
    last: str


async def count_matches(engine: Engine, pattern: QuadPattern) -> int:
    """Return the number of quads that match a pattern: one call of the engine.

    Raises:
        PlangrafError: the engine cannot answer the query.
    """
    if not pattern.is_possible:
        return 0
    (found,) = await select(engine, pattern.counting())
    return int(found["n"].value)


async def read_matches(engine: Engine, pattern: QuadPattern, limit: int, offset: int = 0) -> list[ox.Quad]:
    """Return some of the quads that match a pattern: one call of the engine.

    Their order is that in which the engine finds them. It stays the same as long as a store is not changed.

    Args:
        engine: the engine.
        pattern: the pattern.
        limit: the maximum number of quads.
        offset: the number of quads to pass over.

    Raises:
        PlangrafError: the engine cannot answer the query.
    """
    if not pattern.is_possible:
        return []
    return [pattern.quad(values) for values in await select(engine, pattern.selecting(limit, offset))]


def describe_controls(
    addresses: FragmentAddresses, total: int, release: str, licences: Sequence[str]
) -> list[ox.Triple]:
    """Return the metadata and the controls of a page of a fragment (Triple Pattern Fragments, section 4).

    Args:
        addresses: the addresses of the page and its neighbours.
        total: the number of quads that match the pattern.
        release: the name of the release.
        licences: the IRIs of the licences that all graphs share.
    """
    page, dataset, search = (
        ox.NamedNode(iri) for iri in (addresses.page, f"{addresses.start}#dataset", f"{addresses.start}#search")
    )
    steps = {
        "hydra:first": addresses.first,
        "hydra:previous": addresses.previous,
        "hydra:next": addresses.following,
        "hydra:last": addresses.last,
    }
    triples = [
        _triple(metadata_graph(addresses), "foaf:primaryTopic", dataset),
        _triple(dataset, "rdf:type", _term("void:Dataset")),
        _triple(dataset, "rdf:type", _term("hydra:Collection")),
        _triple(dataset, "void:subset", page),
        _triple(dataset, "sd:defaultGraph", ox.NamedNode(DEFAULT_GRAPH)),
        _triple(dataset, "dct:source", ox.NamedNode(f"{document_iri(VOID_PATH)}#dataset")),
        _triple(dataset, "dcat:version", ox.Literal(release)),
        *(_triple(dataset, "dct:license", ox.NamedNode(licence)) for licence in licences),
        _triple(dataset, "hydra:search", search),
        _triple(search, "rdf:type", _term("hydra:IriTemplate")),
        _triple(search, "hydra:template", ox.Literal(addresses.template)),
        _triple(search, "hydra:variableRepresentation", _term("hydra:ExplicitRepresentation")),
        _triple(page, "rdf:type", _term("hydra:PartialCollectionView")),
        _triple(page, "hydra:totalItems", ox.Literal(total)),
        _triple(page, "void:triples", ox.Literal(total)),
        _triple(page, "hydra:itemsPerPage", ox.Literal(PAGE_SIZE)),
        *(_triple(page, name, ox.NamedNode(target)) for name, target in steps.items() if target is not None),
    ]
    for name, of in zip(POSITIONS, _PROPERTIES, strict=True):
        mapping = ox.NamedNode(f"{addresses.start}#{name}")
        triples += [
            _triple(search, "hydra:mapping", mapping),
            _triple(mapping, "rdf:type", _term("hydra:IriTemplateMapping")),
            _triple(mapping, "hydra:variable", ox.Literal(name)),
            _triple(mapping, "hydra:property", _term(of)),
            _triple(mapping, "hydra:required", ox.Literal(False)),
        ]
    return triples


def metadata_graph(addresses: FragmentAddresses) -> ox.NamedNode:
    """Return the graph in which a page has its controls, apart from its quads."""
    return ox.NamedNode(f"{addresses.page}#metadata")


def _triple(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, _term(predicate), value)


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(expand(name))
