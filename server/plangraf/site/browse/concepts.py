"""The concepts of a scheme or of a collection, as lists and trees take them: before anybody reads them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

import pyoxigraph as ox

from plangraf.engine.ask import Solution, load_query, select
from plangraf.engine.interface import Engine, Query
from plangraf.linkeddata.addresses import document_path
from plangraf.namespaces import SDG, compact, expand
from plangraf.search.things import kind_of
from plangraf.view.reading import Name, Reader, Reference

CONCEPT = "concept"
"""The kind of what is of none of the kinds that the search knows."""
_QUERY = load_query(__package__, "concepts")
_ALTERNATIVE = expand("skos:altLabel")
_BASES = {expand("plan:StatedInPlan"): "stated", expand("plan:Editorial"): "editorial"}


@dataclass(frozen=True)
class Concept:
    """A concept in a list.

    Attributes:
        iri: its IRI.
        kind: a key of the search's kinds, or `concept`.
        notation: its number, if it has one.
        labels: its preferred labels.
        alternatives: its alternative labels.
        broader: the IRIs of what is above it, sorted.
        ties: the IRIs of the SDGs, targets and indicators that it is tied to, sorted, by the basis of the tie:
            `stated`, `editorial`, or `unclaimed` for a mapping that nobody claims.
    """

    iri: str
    kind: str
    notation: str | None
    labels: tuple[ox.Literal, ...]
    alternatives: tuple[ox.Literal, ...]
    broader: tuple[str, ...]
    ties: tuple[tuple[str, tuple[str, ...]], ...]

    def tied(self, basis: str) -> tuple[str, ...]:
        """Return the IRIs of what it is tied to on one basis."""
        return dict(self.ties).get(basis, ())

    def reference(self, reader: Reader) -> Reference:
        """Return how a reader is shown it: by its number or its IRI where it has no label."""
        path = document_path(self.iri)
        external = self.iri if self.iri.startswith(("http://", "https://")) else None
        name = reader.best(self.labels)
        return Reference(
            iri=self.iri,
            href=reader.href(path) if path else external,
            name=name or Name(self.notation or compact(self.iri).strip("<>")),
            notation=self.notation if name else None,
            local=path is not None,
        )


@dataclass
class _Gathered:
    classes: set[str] = field(default_factory=set)
    notations: set[str] = field(default_factory=set)
    labels: dict[ox.Literal, None] = field(default_factory=dict)
    alternatives: dict[ox.Literal, None] = field(default_factory=dict)
    broader: set[str] = field(default_factory=set)
    ties: dict[str, set[str]] = field(default_factory=dict)


def concepts_query(scheme: str) -> Query:
    """Return the query for the concepts of a scheme or of a collection."""
    return Query(_QUERY, bindings={"scheme": scheme})


async def read_concepts(engine: Engine, scheme: str) -> tuple[Concept, ...]:
    """Return the concepts of a scheme or of a collection, sorted by their IRIs: one call of the engine."""
    return gather(await select(engine, concepts_query(scheme)), scheme)


def gather(solutions: Iterable[Solution], scheme: str) -> tuple[Concept, ...]:
    """Return the concepts that the solutions of the query are about; those that are blank nodes are left out."""
    found: dict[str, _Gathered] = {}
    for row in solutions:
        if not isinstance(row["concept"], ox.NamedNode):
            continue
        of = found.setdefault(row["concept"].value, _Gathered())
        if "class" in row:
            of.classes.add(row["class"].value)
        if "notation" in row:
            of.notations.add(row["notation"].value)
        if "broader" in row and isinstance(row["broader"], ox.NamedNode):
            of.broader.add(row["broader"].value)
        if isinstance(row.get("label"), ox.Literal):
            labels = of.alternatives if row["naming"].value == _ALTERNATIVE else of.labels
            labels[cast("ox.Literal", row["label"])] = None
        for tied, basis in (
            ("sdg", _BASES.get(row["basis"].value) if "basis" in row else None),
            ("mapped", "unclaimed"),
        ):
            if tied in row and basis is not None and row[tied].value.startswith(SDG):
                of.ties.setdefault(basis, set()).add(row[tied].value)
    return tuple(_concept(iri, scheme, of) for iri, of in sorted(found.items()))


def _concept(iri: str, scheme: str, of: _Gathered) -> Concept:
    claimed = of.ties.get("stated", set()) | of.ties.get("editorial", set())
    ties = {basis: iris - claimed if basis == "unclaimed" else iris for basis, iris in of.ties.items()}
    return Concept(
        iri=iri,
        kind=kind_of(of.classes, scheme) or CONCEPT,
        notation=min(of.notations, default=None),
        labels=tuple(of.labels),
        alternatives=tuple(of.alternatives),
        broader=tuple(sorted(of.broader - {iri})),
        ties=tuple((basis, tuple(sorted(iris))) for basis, iris in sorted(ties.items())),
    )
