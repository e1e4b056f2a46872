"""The relations between classes, from the shapes, as rows and as diagrams."""

from collections.abc import Sequence
from dataclasses import dataclass

from plangraf.namespaces import compact, expand
from plangraf.site.ontology.demands import Demand
from plangraf.site.ontology.diagram import ClassNode, Diagram, Relation, nearest, neighbourhood, overview
from plangraf.site.ontology.terms import CONTROLLED_VALUE
from plangraf.site.ontology.usage import Usage
from plangraf.view.reading import Reading


@dataclass(frozen=True)
class RelationRow:
    """A relation from the instances of a class, along a path, to instances of other classes.

    Attributes:
        source: the class of the subjects.
        path: the alternatives of the path, in SPARQL syntax.
        targets: the alternative classes of the values.
        cardinality: the cardinality in UML notation.
        observed: whether the class is from the data of this release and not from the shape.
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
        """The alternatives of the path after the first, each with the operator `|`."""
        return tuple(f"| {path}" for path in self.path[1:])


class Relations:
    """The relations of the classes of the ontology, for one reader."""

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
        self.rows = sorted((row for row in dict.fromkeys(rows) if not _covered(row, rows)), key=self._order)

    def overview(self) -> Diagram:
        """Return the diagram of all classes.

        Relations that most classes share, and controlled values, are left out for legibility. Of alternative classes
        of values, the arrow leads to the nearest, and its label names the others.
        """
        _ = self._reading.reader.gettext
        relations = []
        for row in self.rows:
            if row.shared or row.source not in self._classes or CONTROLLED_VALUE in row.targets:
                continue
            ours = [self._node((target,)) for target in row.targets if target in self._classes]
            linked = tuple(target for target in row.targets if target not in self._classes)
            if not ours and linked == (expand("skos:Concept"),):
                continue
            source = self._node((row.source,))
            target = nearest(source, ours) if ours else self._node(linked)
            rest = [name for name in map(compact, row.targets) if name not in target.names]
            others = tuple(f"{_('or')} {name}" for name in rest)
            relations.append(Relation(source, target, (row.path[0], *row.alternatives, *others), row.observed))
        nodes = [self._node((iri,)) for iri in self._classes if iri != CONTROLLED_VALUE]
        return overview("overview", _("The classes and how they are related"), nodes, relations)

    def neighbourhood(self, iri: str) -> Diagram:
        """Return the diagram of a class with its superclasses and its relations to and from other classes."""
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
        # A relation of a class to itself leads to a second box of the class.
        return ClassNode(node.names, node.label + " ", node.own) if row.targets == (iri,) else node

    def _targets(self, demand: Demand) -> tuple[str, ...]:
        types = self._reading.statements.types
        if demand.values and all(CONTROLLED_VALUE in types(value) for value in demand.values):
            return (CONTROLLED_VALUE,)
        return demand.value_classes

    def _node(self, iris: tuple[str, ...]) -> ClassNode:
        label = " / ".join(dict.fromkeys(self._reading.name(iri).text for iri in iris))
        return ClassNode(tuple(compact(iri) for iri in iris), label, all(iri in self._classes for iri in iris))

    def _order(self, row: RelationRow) -> tuple[int, str, tuple[str, ...]]:
        place = self._classes.index(row.source) if row.source in self._classes else len(self._classes)
        return (place, row.source, row.path)


def _covered(row: RelationRow, rows: Sequence[RelationRow]) -> bool:
    """Return whether another row leads to the same classes by fewer alternatives, which a shape takes for as good."""
    return any(
        other.source == row.source and other.targets == row.targets and set(other.path) < set(row.path)
        for other in rows
    )
