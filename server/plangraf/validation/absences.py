"""The properties whose absence shapes and rules are about, as their own words have it."""

import re
from collections.abc import Iterator

from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import BNode, Node

from plangraf.namespaces import PREFIXES, expand

_NAME = re.compile(r"(?<![\w<\"])([a-z]+):([A-Za-z]\w*)")
_ABSENT = re.compile(r"\b(?:NOT\s+EXISTS|MINUS)\s*\{", re.IGNORECASE)
_PARTS = (SH.property, SH.node, getattr(SH, "not"), SH["or"], SH["and"], SH.xone, SH.qualifiedValueShape)


class Absences:
    """The properties that shapes and rules look for.

    Args:
        shapes: the shapes graph.
    """

    def __init__(self, shapes: Graph) -> None:
        self._shapes = shapes
        self._found: dict[Node, frozenset[str]] = {}

    def properties(self, shape: Node) -> frozenset[str]:
        """Return the IRIs of the properties without which a resource may break a shape or a rule.

        For a rule, these are the ones in its patterns that must not match; for a shape, those of its property shapes.
        """
        if shape not in self._found:
            select = self._shapes.value(shape, SH.select)
            found = _absent(str(select)) if select is not None else self._paths(shape, set())
            self._found[shape] = frozenset(found)
        return self._found[shape]

    def _paths(self, node: Node, seen: set[Node]) -> Iterator[str]:
        """Yield the properties in the paths of a shape and of those that it refers to."""
        if node in seen or node == RDF.nil:
            return
        seen.add(node)
        if isinstance(node, BNode):
            for item in self._shapes.items(node):
                yield from self._paths(item, seen)
        for path in self._shapes.objects(node, SH.path):
            yield from self._named(path)
        for part in _PARTS:
            for other in self._shapes.objects(node, part):
                yield from self._paths(other, seen)

    def _named(self, path: Node) -> Iterator[str]:
        if isinstance(path, URIRef):
            yield str(path)
            return
        for prop, value in self._shapes.predicate_objects(path):
            if value != RDF.nil and (prop in (RDF.first, RDF.rest) or str(prop).startswith(str(SH))):
                yield from self._named(value)


def _absent(select: str) -> Iterator[str]:
    """Yield the properties in the patterns of a query that must not match."""
    for start in _ABSENT.finditer(select):
        depth, end = 1, start.end()
        while depth and end < len(select):
            depth += {"{": 1, "}": -1}.get(select[end], 0)
            end += 1
        for prefix, local in _NAME.findall(select[start.end() : end]):
            if prefix in PREFIXES:
                yield expand(f"{prefix}:{local}")
