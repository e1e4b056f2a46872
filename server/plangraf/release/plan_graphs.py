"""The plans that statements are about: the graph of each, and what stands in it."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TypeGuard

import pyoxigraph as ox

from plangraf.namespaces import DERIVED_GRAPH, derived_graph, expand

_TYPE, _ROLE = (ox.NamedNode(expand(name)) for name in ("rdf:type", "plan:graphRole"))
_PLAN = ox.NamedNode(expand("plan:Plan"))
_MEMBERSHIP = frozenset(ox.NamedNode(expand(name)) for name in ("skos:inScheme", "skos:topConceptOf"))
_BESIDE = frozenset(ox.NamedNode(expand(f"plan:{role}")) for role in ("Translation", "EditorialLinking", "Derived"))
_NO_PLAN = ox.NamedNode(DERIVED_GRAPH)

Node = ox.NamedNode | ox.BlankNode | ox.Triple


class PlanGraphs:
    """The plans that statements are about.

    Args:
        stated: the statements of named graphs.
        derived: what is derived from them.

    If several graphs say that something is a plan, its graph is the one with the shortest path, and none with a
    translation or with an editor's links.
    """

    def __init__(self, stated: Iterable[ox.Quad], derived: Iterable[ox.Triple]) -> None:
        types: dict[Node, set[object]] = {}
        places: dict[Node, list[tuple[bool, ox.NamedNode]]] = {}
        schemes: dict[Node, set[object]] = {}
        beside: set[object] = set()
        found: Iterable[ox.Quad | ox.Triple] = chain(stated, derived)
        for each in found:
            relation = each.predicate
            if relation == _TYPE:
                types.setdefault(each.subject, set()).add(each.object)
                if isinstance(each, ox.Quad) and isinstance(each.graph_name, ox.NamedNode):
                    places.setdefault(each.subject, []).append((each.object != _PLAN, each.graph_name))
            elif relation in _MEMBERSHIP:
                schemes.setdefault(each.subject, set()).add(each.object)
            elif relation == _ROLE and each.object in _BESIDE:
                beside.add(each.subject)
        self._graphs = {
            node: min(places[node], key=lambda place: _rank(place, beside))[1]
            for node, classes in types.items()
            if _PLAN in classes and isinstance(node, ox.NamedNode) and node in places
        }
        self._types = types
        self._plans = {
            node: min(within, key=lambda plan: _nearness(plan, node))
            for node, all_schemes in schemes.items()
            if (within := [scheme for scheme in all_schemes if self._is_plan(scheme)])
        }

    @property
    def plans(self) -> Iterable[ox.NamedNode]:
        """The IRIs of the plans."""
        return self._graphs.keys()

    def graph(self, plan: object) -> ox.NamedNode | None:
        """Return the graph of a plan, or None of anything else."""
        return self._graphs.get(plan) if isinstance(plan, ox.NamedNode) else None

    def derived_graph(self, subject: Node) -> ox.NamedNode:
        """Return the graph for what is derived about `subject`: that of its plan, or of what belongs to no plan."""
        graph = self.graph(self._plans.get(subject, subject))
        return _NO_PLAN if graph is None else ox.NamedNode(derived_graph(graph.value))

    def concepts(self, plan: ox.NamedNode, classes: Iterable[str]) -> Iterator[ox.NamedNode]:
        """Yield the concepts of `plan` that have one of `classes`, which are IRIs."""
        wanted = {ox.NamedNode(iri) for iri in classes}
        for node, its in self._plans.items():
            if its == plan and isinstance(node, ox.NamedNode) and not wanted.isdisjoint(self._types.get(node, ())):
                yield node

    def _is_plan(self, node: object) -> TypeGuard[ox.NamedNode]:
        return node in self._graphs


def _rank(place: tuple[bool, ox.NamedNode], beside: set[object]) -> tuple[bool, bool, int, str]:
    indirect, graph = place
    return graph in beside, indirect, graph.value.count("/"), graph.value


def _nearness(plan: ox.NamedNode, node: Node) -> tuple[bool, str]:
    """Return the key by which the plan comes first whose IRI the IRI of its concept begins with."""
    return not (isinstance(node, ox.NamedNode) and node.value.startswith(plan.value)), plan.value
