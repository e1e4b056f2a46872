"""Precedence among results: one fault gives one result, that of the shape or rule which says most about it.

Rules declare it in the shapes graph:

- `psh:yieldsTo` names shapes, or `psh:PropertyShapes` for all property shapes. The rule is silent about a statement
  that one of them is about.
- `psh:outranks` names shapes that are silent about a focus node that the rule is about.

A result that names the property that is due in place of another one stands for the result that the due one is
missing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node

from plangraf.namespaces import SHAPES, expand
from plangraf.validation.result import Result

_YIELDS_TO = URIRef(expand("psh:yieldsTo"))
_PROPERTY_SHAPES = URIRef(expand("psh:PropertyShapes"))
_OUTRANKS = URIRef(expand("psh:outranks"))
_OWN = f"{SHAPES}#"


@dataclass(frozen=True)
class RuleResult:
    """A result of a rule, and the property that is due in place of the one at fault, if there is one."""

    result: Result
    due: Node | None


_OWN = f"{SHAPES}#"


class Precedence:
    """The precedence that a shapes graph declares."""

    def __init__(self, shapes: Graph) -> None:
        properties = frozenset(shapes.subjects(RDF.type, SH.PropertyShape))
        self._yields: dict[Node, frozenset[Node]] = {}
        for rule, other in shapes.subject_objects(_YIELDS_TO):
            others = properties if other == _PROPERTY_SHAPES else frozenset((other,))
            self._yields[rule] = self._yields.get(rule, frozenset()) | others
        self._outranks: dict[Node, frozenset[Node]] = {
            rule: frozenset(shapes.objects(rule, _OUTRANKS)) for rule in set(shapes.subjects(_OUTRANKS, None))
        }

    def settle(self, core: Iterable[Result], ruled: Iterable[RuleResult]) -> list[Result]:
        """Return the results of core shapes and of rules without those that others stand for.

        Of several constraints of one shape that a value violates, the first stands for all.
        """
        ruled = list(ruled)
        found = [*_one_of_each(core), *(each.result for each in ruled)]
        about: dict[object, list[Result]] = {}
        for result in found:
            about.setdefault((result.focus, result.value), []).append(result)
        silent = {(result.focus, other) for result in found for other in self._outranks.get(result.shape, ())}
        due = {(each.result.focus, each.due) for each in ruled if each.due is not None}
        return [
            result
            for result in found
            if (result.focus, result.shape) not in silent
            and not (result.value is None and (result.focus, result.path) in due)
            and not self._yields_to_any(result, about[result.focus, result.value])
        ]

    def _yields_to_any(self, result: Result, others: Iterable[Result]) -> bool:
        """Return whether the rule of a result yields to one of the results about the same focus and value.

        A result about a path that is no single property has none, and is about the same statement.
        """
        over = self._yields.get(result.shape)
        return over is not None and any(
            other.shape in over and (other.path is None or other.path == result.path) for other in others
        )


def _one_of_each(results: Iterable[Result]) -> Iterable[Result]:
    """Yield of the results of one shape about one value those of one constraint component.

    Several of our shapes have a property shape in common, which finds the same fault for each of them: that is one
    result. The specification counts them, so those of other shapes stay as they are.
    """
    component: dict[object, Node] = {}
    found: set[object] = set()
    for result in results:
        key = (result.shape, *(result.focus, result.path, result.value))
        if result.value is None or component.setdefault(key, result.component) == result.component:
            if not str(result.shape).startswith(_OWN) or result.identity not in found:
                yield result
            found.add(result.identity)
