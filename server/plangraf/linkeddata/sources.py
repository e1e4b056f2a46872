"""The named graphs behind a document, with the licences and the creators that they state."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from plangraf.licences import find_licence
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import DERIVED_GRAPH, expand

DERIVED = expand("plan:Derived")
"""The role of a graph that the build has derived from others."""


@dataclass(frozen=True)
class GraphSource:
    """A named graph that a document has statements from.

    Attributes:
        graph: its IRI.
        licences: the IRIs of its licences, of which a user may choose one; empty if it states none.
    """

    graph: str
    licences: tuple[str, ...]


@dataclass(frozen=True)
class Sources:
    """The graphs behind a document; a document without a graph has nothing that a licence could be stated for.

    Attributes:
        graphs: the graphs with their licences, sorted by IRI; what the build has derived from them is not a source.
        creators: the IRIs of the creators of the graphs that describe the subject of the document, sorted.
    """

    graphs: tuple[GraphSource, ...] = ()
    creators: tuple[str, ...] = ()

    @cached_property
    def licences(self) -> tuple[str, ...]:
        """The licences under which all of the document is available: those that every graph states, sorted."""
        if not self.graphs:
            return ()
        shared = set.intersection(*({_same(iri) for iri in source.licences} for source in self.graphs))
        first = {_same(iri): iri for source in reversed(self.graphs) for iri in reversed(source.licences)}
        return tuple(sorted(first[key] for key in shared))

    @property
    def licence(self) -> str | None:
        """The one licence under which all of the document is available, or None."""
        return self.licences[0] if len(self.licences) == 1 else None

    @cached_property
    def stated(self) -> tuple[str, ...]:
        """The licences that any of the graphs states, sorted; addresses of one licence count once."""
        found: dict[str, str] = {}
        for source in self.graphs:
            for iri in source.licences:
                found.setdefault(_same(iri), iri)
        return tuple(sorted(found.values()))

    @property
    def unlicensed(self) -> bool:
        """Whether any of the graphs states no licence."""
        return any(not source.licences for source in self.graphs)


def find_sources(statements: Statements, describing: Iterable[str], referring: Iterable[str] = ()) -> Sources:
    """Return the sources of a document.

    Args:
        statements: the statements about the graphs.
        describing: the graphs with statements about the subject of the document.
        referring: the graphs whose other statements are in the document.
    """
    own, others = {*describing}, {*referring}
    # A derived graph follows from the others, so it counts only where there is no other.
    derived = {graph for graph in own | others if _is_derived(statements, graph)}
    graphs = (own | others) - derived or own | others
    creators = {creator for graph in own & graphs for creator in statements.iris(graph, expand("dct:creator"))}
    return Sources(
        tuple(GraphSource(graph, tuple(statements.iris(graph, expand("dct:license")))) for graph in sorted(graphs)),
        tuple(sorted(creators)),
    )


def _is_derived(statements: Statements, graph: str) -> bool:
    return graph == DERIVED_GRAPH or DERIVED in statements.iris(graph, expand("plan:graphRole"))


def _same(iri: str) -> str:
    """Return a key that is the same for all addresses of a licence."""
    found = find_licence(iri)
    return found.spdx if found else iri
