"""The property of others: what a source may publish, and what it says in vain.

A publisher belongs to whoever was first: the operator, who publishes it here, or the site of a source. Another source
that has graphs of this publisher is refused. A source says what it likes about its own things. What it says about the
things of others is left out, so that nothing that it states changes their pages.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.harvesting.faults import HarvestError
from plangraf.harvesting.harvested_file import Subject, publisher_of
from plangraf.languages import N_
from plangraf.namespaces import BASE, GRAPH, ID, SDG, SDG_SCHEME, expand, is_derived_graph
from plangraf.release.records import PartRecord

_CLAIMS = ox.NamedNode(expand("owl:annotatedSource"))


@dataclass(frozen=True)
class SourceRights:
    """The publishers of a release, from the point of view of a source.

    Attributes:
        records: the parts of the release.
        own: the graphs that sources of the same site have published.
        speaks_for: the publishers for whom the source speaks, as the operator says.
        elsewhere: for each publisher that another site speaks for, the address of its source.
    """

    records: Mapping[str, PartRecord]
    own: frozenset[str]
    speaks_for: frozenset[str]
    elsewhere: Mapping[str, str]

    def may_publish(self, publisher: str) -> bool:
        """Return whether the source may publish the graphs of a publisher."""
        return publisher in self.speaks_for or (
            publisher not in self.elsewhere and not self._published_here(publisher)
        )

    def check(self, graphs: Iterable[str]) -> None:
        """Check that the source may publish graphs.

        Raises:
            HarvestError: they are those of a publisher who belongs to others.
        """
        for publisher in sorted(set(map(publisher_of, graphs))):
            if publisher in self.speaks_for:
                continue
            if publisher in self.elsewhere:
                raise HarvestError(
                    N_(
                        "The source has graphs of the publisher {publisher}, which come from another source, "
                        "{other}. The operator decides which of the two speaks for the publisher."
                    ),
                    publisher=publisher,
                    other=self.elsewhere[publisher],
                )
            if self._published_here(publisher):
                raise HarvestError(
                    N_(
                        "The source has graphs of the publisher {publisher}, who publishes on this server. The "
                        "operator decides whether the source speaks for the publisher."
                    ),
                    publisher=publisher,
                )

    def _published_here(self, publisher: str) -> bool:
        record = self.records.get(publisher)
        stated = () if record is None else (graph for graph in record.counts.graphs if not is_derived_graph(graph))
        return any(graph not in self.own for graph in stated)

    def foreign(self, quads: Collection[ox.Quad]) -> frozenset[Subject]:
        """Return the subjects of statements that are not the source's to describe, and of claims about those.

        They are the things of Plangraf, of the UN and of other publishers, and whatever others describe here, such as
        an organisation that is in their data too.
        """
        publishers = {
            publisher_of(quad.graph_name.value) for quad in quads if isinstance(quad.graph_name, ox.NamedNode)
        }
        own = tuple(f"{root}{publisher}" for root in (ID, GRAPH) for publisher in publishers)
        within = tuple(f"{each}/" for each in own)
        others = [record for name, record in self.records.items() if name not in publishers]
        spaces = tuple(space for record in others for space in record.index.uri_spaces.values())
        found: set[Subject] = set()
        for subject in {quad.subject for quad in quads}:
            if not isinstance(subject, ox.NamedNode) or subject.value in own or subject.value.startswith(within):
                continue
            iri = subject.value
            if (
                iri.startswith((f"{BASE}/", SDG, *spaces))
                or iri == SDG_SCHEME
                or any(record.index.describes(iri) for record in others)
            ):
                found.add(subject)
        found.update(quad.subject for quad in quads if quad.predicate == _CLAIMS and quad.object in found)
        return frozenset(found)
