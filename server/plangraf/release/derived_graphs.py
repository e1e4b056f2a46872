"""The graphs of derived statements: each plan has one below its own, with provenance and the plan's collections."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import pyoxigraph as ox

from plangraf.languages import InterfaceLanguage, preferred
from plangraf.namespaces import ID, derived_graph, expand
from plangraf.release.collections import collections
from plangraf.release.plan_graphs import PlanGraphs
from plangraf.validation.context import DescriptionIndex
from plangraf.validation.spaces import spaces_declared_in

_TYPE, _TITLE, _LABEL, _CREATOR, _LICENCE, _DERIVED_FROM, _ROLE, _NOTE = (
    ox.NamedNode(expand(name))
    for name in (
        *("rdf:type", "dct:title", "skos:prefLabel", "dct:creator", "dct:license"),
        *("prov:wasDerivedFrom", "plan:graphRole", "skos:note"),
    )
)
_ENTITY, _DERIVED = (ox.NamedNode(expand(name)) for name in ("prov:Entity", "plan:Derived"))
_MAKER = ox.NamedNode(f"{ID}plangraf")
_TITLES: dict[InterfaceLanguage, str] = {"nb": "Utledede utsagn om {}", "en": "Derived statements about {}"}
_NOTES: dict[InterfaceLanguage, str] = {
    "nb": "Regnet ut fra grafene om planen da utgaven ble laget: overordnede klasser, begge retninger av hierarkiet, "
    "hvem som sier hvilken kobling til et bærekraftsmål, målet til hvert delmål som noe er koblet til, og en samling "
    "for hvert slag av det som står i planen.",
    "en": "Computed from the graphs about the plan when the release was built: superclasses, both directions of the "
    "hierarchy, who says which link to an SDG, the goal of each target that something is tied to, and a collection "
    "for each kind of thing in the plan.",
}


def describe_derived_graphs(
    quads: Sequence[ox.Quad], graphs: PlanGraphs, earlier: Sequence[DescriptionIndex]
) -> Iterator[ox.Quad]:
    """Yield the provenance of the derived graphs of a part, and the collections of its plans, each in its graph.

    Args:
        quads: the statements of the part.
        graphs: the plans that they are about.
        earlier: the statements of earlier parts. Where one of them has the graph of a plan too, it describes it.
    """
    described = {quad.subject for quad in quads}
    plans = {
        quad.subject: quad.graph_name
        for quad in quads
        if quad.predicate == _TYPE
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.graph_name, ox.NamedNode)
        and quad.graph_name == graphs.graph(quad.subject)
        and not any(_places(index, quad) for index in earlier)
    }
    said: dict[object, list[ox.Quad]] = {node: [] for place in plans.items() for node in place}
    for quad in quads:
        if quad.subject in said:
            said[quad.subject].append(quad)
    labels = {plan: [*_texts(said[plan], _LABEL)] for plan in plans}
    spaces = spaces_declared_in(quads).values()
    for graph in set(plans.values()):
        target = ox.NamedNode(derived_graph(graph.value))
        within = sorted((plan for plan, place in plans.items() if place == graph), key=str)
        about = [] if target in described else _provenance(target, graph, said[graph], [labels[p] for p in within])
        gathered = (collections(plan, labels[plan], graphs, described, spaces) for plan in within)
        for triple in chain(about, *gathered):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, target)


def _places(index: DescriptionIndex, placed: ox.Quad) -> bool:
    return any(
        quad.predicate == _TYPE and quad.graph_name == placed.graph_name for quad in index.statements(placed.subject)
    )


def _provenance(
    target: ox.NamedNode, graph: ox.NamedNode, said: Sequence[ox.Quad], labels: Sequence[Sequence[ox.Literal]]
) -> Iterator[ox.Triple]:
    """Yield the provenance of `target`, whose makers and licence are those that are said of `graph`."""
    yield ox.Triple(target, _TYPE, _ENTITY)
    yield ox.Triple(target, _ROLE, _DERIVED)
    yield ox.Triple(target, _DERIVED_FROM, graph)
    for language, title in _TITLES.items():
        names = [name.value for each in labels if (name := preferred(each, language)) is not None]
        about = ", ".join(dict.fromkeys(names)) or graph.value
        yield ox.Triple(target, _TITLE, ox.Literal(title.format(about), language=language))
        yield ox.Triple(target, _NOTE, ox.Literal(_NOTES[language], language=language))
    for maker in [*_iris(said, _CREATOR)] or [_MAKER]:
        yield ox.Triple(target, _CREATOR, maker)
    for licence in _iris(said, _LICENCE):
        yield ox.Triple(target, _LICENCE, licence)


def _texts(said: Iterable[ox.Quad], relation: ox.NamedNode) -> Iterator[ox.Literal]:
    return (quad.object for quad in said if quad.predicate == relation and isinstance(quad.object, ox.Literal))


def _iris(said: Iterable[ox.Quad], relation: ox.NamedNode) -> Iterator[ox.NamedNode]:
    found = (quad.object for quad in said if quad.predicate == relation)
    return (node for node in dict.fromkeys(found) if isinstance(node, ox.NamedNode))
