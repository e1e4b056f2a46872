"""The relations between classes that the shapes tell of, as rows and as diagrams."""

from collections.abc import Sequence
from dataclasses import dataclass

from plangraf.namespaces import compact, expand
from plangraf.site.ontology.demands import Demand
from plangraf.site.ontology.diagram import ClassNode, Diagram, Relation, neighbourhood, overview
from plangraf.site.ontology.usage import Usage
from plangraf.view.reading import Reading

_VALUE = expand("plan:ControlledValue")


@dataclass(frozen=True)
class RelationRow:
    """From the instances of a class, by a path, to instances of others.

    Attributes:
        source: the class that it leads from.
        path: the alternatives of the path, as in SPARQL.
        targets: the classes that it leads to, one of them each time.
        cardinality: how many there may be.
        observed: whether the shape does not name the class, which has the property in this release.
        shared: whether most classes have the same relation.
    """

    source: str
    path: tuple[str, ...]
    targets: tuple[str, ...]
    cardinality: str
    observed: bool
    shared: bool

    @property
    def alternatives(self) -> tuple[str, ...]:
        """The path's alternatives but the first, each with the sign that says so."""
        return tuple(f"| {path}" for path in self.path[1:])


class Relations:
    """The relations of the classes of the ontology, as one reader sees them."""

    def __init__(self, classes: Sequence[str], reading: Reading, demands: Sequence[Demand], usage: Usage) -> None:
        self._classes = classes
        self._reading = reading
        rows: list[RelationRow] = []
        for demand in demands:
            targets = self._targets(demand)
            if not targets or demand.maximum == 0:
                continue
            seen = {c for property_ in demand.subjects_of for c in usage.classes(property_) if c in classes}
            text = "".join(f"{part.before}{compact(part.property)}{part.after}" for part in demand.path)
            rows += [
                RelationRow(
                    source=source,
                    path=tuple(text.split(" | ")),
                    targets=targets,
                    cardinality=demand.cardinality,
                    observed=source not in demand.classes,
                    shared=2 * len(demand.classes) > len(classes),
                )
                for source in (*demand.classes, *sorted(seen))
            ]
        self.rows = sorted(dict.fromkeys(rows), key=self._order)

    def overview(self) -> Diagram:
        """Return the diagram of all classes.

        What most of them share would hide the rest and is left out, and so are the controlled values.
        """
        _ = self._reading.reader.gettext
        relations = []
        for row in self.rows:
            ours = [target for target in row.targets if target in self._classes]
            linked = [target for target in row.targets if target not in self._classes]
            if row.shared or row.source not in self._classes or _VALUE in row.targets:
                continue
            source, labels = self._node((row.source,)), (row.path[0], *row.alternatives)
            relations += [Relation(source, self._node((target,)), labels, row.observed) for target in ours]
            if linked and linked != [expand("skos:Concept")]:
                relations.append(Relation(source, self._node(tuple(linked)), labels, row.observed))
        return overview("overview", _("The classes and how they are related"), relations)

    def neighbourhood(self, iri: str) -> Diagram:
        """Return the diagram of one class."""
        name = compact(iri)
        relations = []
        for row in self.rows:
            labels = (f"{row.path[0]} {row.cardinality}", *row.alternatives)
            if row.source == iri:
                relations.append(Relation(self._node((iri,)), self._target(row, iri), labels, row.observed))
            elif iri in row.targets:
                relations.append(Relation(self._node((row.source,)), self._node((iri,)), labels, row.observed))
        above = [self._node((other,)) for other in self._reading.statements.iris(iri, expand("rdfs:subClassOf"))]
        title = self._reading.reader.gettext("{name} and what it is related to").format(name=name)
        return neighbourhood(f"diagram-{name.partition(':')[2]}", title, self._node((iri,)), above, relations)

    def _target(self, row: RelationRow, iri: str) -> ClassNode:
        node = self._node(row.targets)
        # A class that leads to itself is drawn again, so that the arrow has somewhere to go.
        return ClassNode(node.names, node.label + " ", node.own) if row.targets == (iri,) else node

    def _targets(self, demand: Demand) -> tuple[str, ...]:
        types = self._reading.statements.types
        if demand.values and all(_VALUE in types(value) for value in demand.values):
            return (_VALUE,)
        return demand.value_classes

    def _node(self, iris: tuple[str, ...]) -> ClassNode:
        label = " / ".join(dict.fromkeys(self._reading.name(iri).text for iri in iris))
        return ClassNode(tuple(compact(iri) for iri in iris), label, all(iri in self._classes for iri in iris))

    def _order(self, row: RelationRow) -> tuple[int, str, tuple[str, ...]]:
        place = self._classes.index(row.source) if row.source in self._classes else len(self._classes)
        return (place, row.source, row.path)
