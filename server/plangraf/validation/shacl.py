"""Evaluation of core shapes by pySHACL, whose own report is not made.

pySHACL writes each report as a graph and as a text too, which takes longer than the validation if there are many
results, and time that grows with the square of their number.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from pyshacl import Validator
from pyshacl.constraints.constraint_component import ConstraintComponent
from pyshacl.errors import ReportableRuntimeError, ValidationFailure
from pyshacl.graph_abstraction import DataGraph
from rdflib import SH, Graph
from rdflib.term import Literal, Node

from plangraf.errors import InputError


@dataclass(frozen=True)
class CoreResult:
    """A result of a core shape (SHACL, section 3.6.2).

    Attributes:
        focus: the focus node.
        path: the property path, for a property shape.
        value: the value node, if there is one.
        shape: the source shape.
        component: the source constraint component.
        severity: the IRI of the severity.
        messages: the messages of the shape or of pySHACL, by language tag; pySHACL drops some language tags.
    """

    focus: Node
    path: Node | None
    value: Node | None
    shape: Node
    component: Node
    severity: str
    messages: dict[str, str]


class _BareValidator(Validator):
    """A validator that returns its results as they are."""

    @classmethod
    def create_validation_report(cls, sg: object, conforms: bool, results: list[Any]) -> tuple[list[Any], str]:
        """Return the results, and no text."""
        return results, ""


def _no_description(*_: object, **__: object) -> str:
    """Return no text about a result, instead of one that nobody reads; nested shapes make many results."""
    return ""


ConstraintComponent.make_v_result_description = _no_description  # type: ignore[method-assign]  # there is no option


def core_results(graph: Graph, shapes: Graph) -> Iterator[CoreResult]:
    """Yield the results of the core shapes in the shapes graph `shapes` for the data graph `graph`.

    Raises:
        InputError: a shape cannot be used.
    """
    try:
        validator = _BareValidator(DataGraph.from_rdflib(graph), shacl_graph=shapes, options={})
        _, results, _ = validator.run()  # type: ignore[no-untyped-call]  # pySHACL is typed in part
    except (ReportableRuntimeError, ValidationFailure, NotImplementedError) as error:  # the last: shapes it lacks
        raise InputError(f"the shapes cannot be used: {error}") from error
    for _, node, triples in results:
        yield _result(node, triples)


def _result(result: Node, triples: list[tuple[Node, Node, object]]) -> CoreResult:
    found: dict[Node, Node] = {}
    messages: dict[str, str] = {}
    for subject, predicate, given in triples:
        if subject != result:  # the details of sh:node
            continue
        node = cast("Node", given[1] if isinstance(given, tuple) else given)
        if predicate == SH.resultMessage and isinstance(node, Literal):
            messages[node.language or "en"] = str(node)
        else:
            found[predicate] = node
    return CoreResult(
        focus=found[SH.focusNode],
        path=found.get(SH.resultPath),
        value=found.get(SH.value),
        shape=found[SH.sourceShape],
        component=found[SH.sourceConstraintComponent],
        severity=str(found[SH.resultSeverity]),
        messages=messages,
    )
