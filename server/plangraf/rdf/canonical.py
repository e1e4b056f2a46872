"""Canonical N-Quads: the same bytes for isomorphic datasets, whatever their blank node labels."""

import hashlib
from collections.abc import Iterable
from typing import cast

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def canonical_n_quads(quads: Iterable[ox.Quad], scope: str) -> bytes:
    """Return the statements as sorted N-Quads with canonical blank node labels (RDFC-1.0).

    Args:
        quads: the statements, each once.
        scope: a part of every blank node label, so that two files with different scopes share no blank node.
    """
    quads = list(quads)
    if any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object)):
        quads = _name_blank_nodes(quads, scope)
    lines = cast("bytes", ox.serialize(quads, format=ox.RdfFormat.N_QUADS)).splitlines(keepends=True)
    return b"".join(sorted(lines))


def canonical_triples(triples: Iterable[ox.Triple]) -> tuple[ox.Triple, ...]:
    """Return the triples with canonical blank node labels (RDFC-1.0), sorted.

    Labels from a parser are random; with these, every process serializes the same graph to the same bytes.
    """
    dataset = ox.Dataset(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return tuple(sorted((quad.triple for quad in dataset), key=str))


def _name_blank_nodes(quads: list[ox.Quad], scope: str) -> list[ox.Quad]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    prefix = f"p{hashlib.sha256(scope.encode()).hexdigest()[:8]}"

    def named(term: Term) -> Term:
        return ox.BlankNode(f"{prefix}{term.value}") if isinstance(term, ox.BlankNode) else term

    return [
        ox.Quad(named(quad.subject), quad.predicate, named(quad.object), quad.graph_name)  # type: ignore[arg-type]  # a term stays of its kind
        for quad in dataset
    ]
