"""The constraints of the shapes on classes and properties, read from core SHACL.

Source: SHACL (W3C Recommendation, 20 July 2017), sections 2.1 (targets), 2.3.1 (paths) and 4 (core constraints).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import expand

_Term = ox.NamedNode | ox.BlankNode | ox.Literal
_MARKS = {"sh:zeroOrMorePath": "*", "sh:oneOrMorePath": "+", "sh:zeroOrOnePath": "?"}


@dataclass(frozen=True)
class PathPart:
    """A property in a path, with the operators of SPARQL property paths before and after it."""

    before: str
    property: str
    after: str = ""


@dataclass(frozen=True)
class Demand:
    """The constraints of one property shape on the values of a path.

    Attributes:
        shape: the IRI of the property shape, or None for a blank node.
        classes: the target classes (`sh:targetClass`).
        subjects_of: the properties whose subjects are targets (`sh:targetSubjectsOf`).
        path: the parts of the path.
        minimum: the minimum number of values (`sh:minCount`).
        maximum: the maximum number of values (`sh:maxCount`), or None.
        value_classes: the alternative classes of a value (`sh:class`, also within `sh:or`).
        datatypes: the alternative datatypes of a value (`sh:datatype`, also within `sh:or`).
        values: the allowed values (`sh:in`), in the order of the shape.
        excluded: the forbidden values (`sh:in` within `sh:not`).
        node_kind: the node kind of a value, such as `sh:IRI`.
        pattern: the regular expression that a value must match.
        one_a_language: whether there is at most one value for each language (`sh:uniqueLang`).
        severity: the IRI of the severity of a violation.
    """

    shape: str | None
    classes: tuple[str, ...]
    subjects_of: tuple[str, ...]
    path: tuple[PathPart, ...]
    minimum: int
    maximum: int | None
    value_classes: tuple[str, ...]
    datatypes: tuple[str, ...]
    values: tuple[str, ...]
    excluded: tuple[str, ...]
    node_kind: str | None
    pattern: str | None
    one_a_language: bool
    severity: str

    @property
    def properties(self) -> set[str]:
        """The properties in the path."""
        return {part.property for part in self.path}

    @property
    def cardinality(self) -> str:
        """The cardinality in UML notation, such as `0..1`."""
        if self.maximum == 0:
            return "0"
        if self.minimum == self.maximum:
            return str(self.minimum)
        return f"{self.minimum}..{'*' if self.maximum is None else self.maximum}"


def read_demands(triples: Iterable[ox.Triple]) -> tuple[Demand, ...]:
    """Return the property shapes of all node shapes with a target, in the order of the IRIs of the shapes."""
    statements = Statements(triples)
    found: list[Demand] = []
    for shape in statements.instances(expand("sh:NodeShape")):
        classes = tuple(statements.iris(shape, expand("sh:targetClass")))
        subjects_of = tuple(statements.iris(shape, expand("sh:targetSubjectsOf")))
        if classes or subjects_of:
            nodes = statements.objects(shape, expand("sh:property"))
            found += [_demand(statements, node, classes, subjects_of) for node in nodes]
    return tuple(found)


def _demand(statements: Statements, node: _Term, classes: tuple[str, ...], subjects_of: tuple[str, ...]) -> Demand:
    shape = node.value
    [path] = statements.objects(shape, expand("sh:path"))
    minimum = statements.text(shape, expand("sh:minCount")) or statements.text(shape, expand("sh:qualifiedMinCount"))
    maximum = statements.text(shape, expand("sh:maxCount"))
    qualified = [node.value for node in statements.objects(shape, expand("sh:qualifiedValueShape"))]
    denied = [node.value for node in statements.objects(shape, expand("sh:not"))]
    return Demand(
        shape=shape if isinstance(node, ox.NamedNode) else None,
        classes=classes,
        subjects_of=subjects_of,
        path=tuple(_path(statements, path)),
        minimum=int(minimum) if minimum else 0,
        maximum=int(maximum) if maximum else None,
        value_classes=tuple(iri for place in (shape, *qualified) for iri in _either(statements, place, "sh:class")),
        datatypes=tuple(_either(statements, shape, "sh:datatype")),
        values=tuple(_listed(statements, shape)),
        excluded=tuple(value for place in denied for value in _listed(statements, place)),
        node_kind=statements.iri(shape, expand("sh:nodeKind")),
        pattern=statements.text(shape, expand("sh:pattern")),
        one_a_language=statements.text(shape, expand("sh:uniqueLang")) == "true",
        severity=statements.iri(shape, expand("sh:severity")) or expand("sh:Violation"),
    )


def _listed(statements: Statements, shape: str) -> Iterator[str]:
    for head in statements.objects(shape, expand("sh:in")):
        for member in _members(statements, head.value):
            yield member.value


def _either(statements: Statements, shape: str, constraint: str) -> Iterator[str]:
    """Yield the values of a constraint parameter, in the shape itself and in the alternatives of its `sh:or`."""
    yield from statements.iris(shape, expand(constraint))
    for head in statements.objects(shape, expand("sh:or")):
        for alternative in _members(statements, head.value):
            yield from statements.iris(alternative.value, expand(constraint))


def _path(statements: Statements, node: _Term) -> Iterator[PathPart]:
    if isinstance(node, ox.NamedNode):
        yield PathPart("", node.value)
        return
    for head in statements.objects(node.value, expand("sh:alternativePath")):
        yield from _joined(statements, head.value, " | ")
    for inner in statements.objects(node.value, expand("sh:inversePath")):
        yield from _around(list(_path(statements, inner)), "^", "")
    for name, mark in _MARKS.items():
        for inner in statements.objects(node.value, expand(name)):
            yield from _around(list(_path(statements, inner)), "", mark)
    yield from _joined(statements, node.value, " / ")


def _joined(statements: Statements, head: str, sign: str) -> Iterator[PathPart]:
    for number, member in enumerate(_members(statements, head)):
        first, *rest = _around(list(_path(statements, member)), "", "")
        yield PathPart((sign if number else "") + first.before, first.property, first.after)
        yield from rest


def _around(parts: list[PathPart], before: str, after: str) -> list[PathPart]:
    """Return a path with operators around it, in parentheses if it has several parts."""
    if len(parts) > 1:
        before, after = f"{before}(", f"){after}"
    first = PathPart(before + parts[0].before, parts[0].property, parts[0].after)
    parts = [first, *parts[1:]]
    last = parts[-1]
    return [*parts[:-1], PathPart(last.before, last.property, last.after + after)]


def _members(statements: Statements, head: str) -> Iterator[_Term]:
    """Yield the members of an RDF list, or nothing if `head` is not a list."""
    while first := statements.objects(head, expand("rdf:first")):
        yield first[0]
        head = statements.objects(head, expand("rdf:rest"))[0].value
