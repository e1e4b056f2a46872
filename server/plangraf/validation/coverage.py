"""The coverage of a validation: what the data hold that the shapes are about. Silence is not assent."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
from rdflib import SH, URIRef
from rdflib.term import Node

from plangraf.namespaces import expand
from plangraf.rdf.terms import to_rdflib
from plangraf.sources.dataset import Dataset
from plangraf.validation.shapes import Shapes

_TYPE = ox.NamedNode(expand("rdf:type"))
KINDS = {"plans": "plan:Plan", "goals": "plan:Goal", "concepts": "skos:Concept", "datasets": "dcat:Dataset"}
"""The classes of the things that a report counts, by their names in the report."""
_CLASSES = {name: expand(term) for name, term in KINDS.items()}
_VALUE = expand("plan:ControlledValue")
"""The class of the vocabulary's own values, which are concepts, but not those that anybody looks for in a plan."""


@dataclass(frozen=True)
class ValidationCoverage:
    """The contents of the data, and the shapes that apply to them.

    Attributes:
        statements: the number of statements.
        kinds: the number of plans, goals, concepts and datasets, by the names in `KINDS`.
        shapes: the number of focus nodes of each node shape that has any, by the IRI of the shape.
        first: the first subject of the data.
        path: the file of the first subject.
    """

    statements: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    shapes: Counter[str] = field(default_factory=Counter)
    first: Node | None = None
    path: Path | None = None

    def __add__(self, other: "ValidationCoverage") -> "ValidationCoverage":
        """Return the coverage of two parts of the data."""
        first = self if self.first is not None else other
        return ValidationCoverage(
            self.statements + other.statements,
            self.kinds + other.kinds,
            self.shapes + other.shapes,
            first.first,
            first.path,
        )


def find_coverage(dataset: Dataset, derived: Iterable[ox.Quad], shapes: Shapes) -> ValidationCoverage:
    """Return the coverage of `dataset`.

    Args:
        dataset: the dataset.
        derived: statements that include the derived types of its subjects; those about others are ignored.
        shapes: the shapes, of which those with a target class, node or property are looked at.
    """
    targets = _targets(shapes)
    types: set[tuple[object, str]] = set()
    subjects: set[tuple[object, str]] = set()
    objects: set[tuple[object, str]] = set()
    nodes: set[object] = set()
    statements = 0
    for quad in dataset.quads():
        statements += 1
        nodes.add(quad.subject)
        predicate = quad.predicate.value
        if predicate in targets.subjects_of:
            subjects.add((quad.subject, predicate))
        if predicate in targets.objects_of:
            objects.add((quad.object, predicate))
        if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
            types.add((quad.subject, quad.object.value))
    types.update(
        (quad.subject, quad.object.value)
        for quad in derived
        if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode) and quad.subject in nodes
    )
    values = {node for node, cls in types if cls == _VALUE}
    kinds = Counter(
        {name: sum(cls == iri and node not in values for node, cls in types) for name, iri in _CLASSES.items()}
    )
    focus: dict[str, set[object]] = {}
    for pairs, shapes_of in (
        (types, targets.classes),
        (subjects, targets.subjects_of),
        (objects, targets.objects_of),
        ({(node, node.value) for node in nodes if isinstance(node, ox.NamedNode)}, targets.nodes),
    ):
        for node, term in pairs:
            for shape in shapes_of.get(term, ()):
                focus.setdefault(shape, set()).add(node)
    first = next(_subjects(dataset), None)
    return ValidationCoverage(
        statements,
        +kinds,
        Counter({shape: len(found) for shape, found in focus.items()}),
        first[0] if first else None,
        first[1] if first else None,
    )


@dataclass(frozen=True)
class _Targets:
    """The shapes by the terms of their targets, for each kind of target (SHACL, section 2.1.3)."""

    classes: dict[str, list[str]]
    nodes: dict[str, list[str]]
    subjects_of: dict[str, list[str]]
    objects_of: dict[str, list[str]]


@lru_cache(maxsize=4)
def _targets(shapes: Shapes) -> _Targets:
    def of(kind: Node) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for shape, term in shapes.graph.subject_objects(kind):
            if isinstance(shape, URIRef):
                found.setdefault(str(term), []).append(str(shape))
        return found

    return _Targets(of(SH.targetClass), of(SH.targetNode), of(SH.targetSubjectsOf), of(SH.targetObjectsOf))


def _subjects(dataset: Dataset) -> Iterator[tuple[Node, Path]]:
    for file in dataset.files:
        for quad in file.quads:
            if not isinstance(quad.subject, ox.Triple):
                yield to_rdflib(quad.subject), file.path
