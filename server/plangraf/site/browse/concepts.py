"""The concepts of a scheme or of a collection, in all languages, for lists and trees."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

import pyoxigraph as ox

from plangraf.engine.ask import Solution, load_query, select
from plangraf.engine.interface import Engine, Query
from plangraf.namespaces import SDG, compact, expand
from plangraf.search.things import kind_of
from plangraf.view.reader import Reader
from plangraf.view.reading import Name, Reference, best

CONCEPT = "concept"
"""The key of the kind of concepts without a kind in the table of kinds."""
_QUERY = load_query(__package__, "concepts")
_ALTERNATIVE = expand("skos:altLabel")
_BASES = {expand("plan:StatedInPlan"): "stated", expand("plan:Editorial"): "editorial"}


@dataclass(frozen=True)
class Concept:
    """A concept in a list.

    Attributes:
        iri: its IRI.
        kind: a key of the kinds of the search, or `concept`.
        notation: its notation, or None.
        labels: its preferred labels.
        alternatives: its alternative labels.
        broader: the IRIs of its broader concepts, sorted.
        links: the IRIs of the linked SDGs, targets and indicators, sorted, by basis: `stated`, `editorial`, or
            `unclaimed` for a mapping without a claim.
        order: its place among its siblings (`plan:order`), or None.
    """

    iri: str
    kind: str
    notation: str | None
    labels: tuple[ox.Literal, ...]
    alternatives: tuple[ox.Literal, ...]
    broader: tuple[str, ...]
    links: tuple[tuple[str, tuple[str, ...]], ...]
    order: str | None = None

    def linked_iris(self, basis: str) -> tuple[str, ...]:
        """Return the IRIs of the SDGs, targets and indicators that are linked with `basis`."""
        return dict(self.links).get(basis, ())

    def reference(self, reader: Reader) -> Reference:
        """Return the link for a reader; the notation or the IRI is the fallback for the label."""
        path = reader.addresses.document_path(self.iri)
        external = self.iri if self.iri.startswith(("http://", "https://")) else None
        name = best(self.labels, reader)
        return Reference(
            iri=self.iri,
            href=reader.href(path) if path else external,
            name=name or Name(self.notation or compact(self.iri).strip("<>")),
            notation=self.notation if name else None,
            local=path is not None,
            order=self.order,
        )


@dataclass
class _Properties:
    classes: set[str] = field(default_factory=set)
    notations: set[str] = field(default_factory=set)
    orders: set[str] = field(default_factory=set)
    labels: dict[ox.Literal, None] = field(default_factory=dict)
    alternatives: dict[ox.Literal, None] = field(default_factory=dict)
    broader: set[str] = field(default_factory=set)
    links: dict[str, set[str]] = field(default_factory=dict)


def concepts_query(scheme: str) -> Query:
    """Return the query for the concepts of a scheme or of a collection."""
    return Query(_QUERY, bindings={"scheme": scheme})


async def read_concepts(engine: Engine, scheme: str) -> tuple[Concept, ...]:
    """Return the concepts of a scheme or of a collection, sorted by their IRIs: one call of the engine."""
    return gather(await select(engine, concepts_query(scheme)), scheme)


def gather(solutions: Iterable[Solution], scheme: str) -> tuple[Concept, ...]:
    """Return the concepts in the solutions of the query, without blank nodes."""
    found: dict[str, _Properties] = {}
    for row in solutions:
        if not isinstance(row["concept"], ox.NamedNode):
            continue
        of = found.setdefault(row["concept"].value, _Properties())
        if "class" in row:
            of.classes.add(row["class"].value)
        if "notation" in row:
            of.notations.add(row["notation"].value)
        if "order" in row:
            of.orders.add(row["order"].value)
        if "broader" in row and isinstance(row["broader"], ox.NamedNode):
            of.broader.add(row["broader"].value)
        if isinstance(row.get("label"), ox.Literal):
            labels = of.alternatives if row["naming"].value == _ALTERNATIVE else of.labels
            labels[cast("ox.Literal", row["label"])] = None
        for linked, basis in (
            ("sdg", _BASES.get(row["basis"].value) if "basis" in row else None),
            ("mapped", "unclaimed"),
        ):
            if linked in row and basis is not None and row[linked].value.startswith(SDG):
                of.links.setdefault(basis, set()).add(row[linked].value)
    return tuple(_concept(iri, scheme, of) for iri, of in sorted(found.items()))


def _concept(iri: str, scheme: str, of: _Properties) -> Concept:
    claimed = of.links.get("stated", set()) | of.links.get("editorial", set())
    links = {basis: iris - claimed if basis == "unclaimed" else iris for basis, iris in of.links.items()}
    return Concept(
        iri=iri,
        kind=kind_of(of.classes, scheme) or CONCEPT,
        notation=min(of.notations, default=None),
        order=min(of.orders, default=None),
        labels=tuple(of.labels),
        alternatives=tuple(of.alternatives),
        broader=tuple(sorted(of.broader - {iri})),
        links=tuple((basis, tuple(sorted(iris))) for basis, iris in sorted(links.items())),
    )
