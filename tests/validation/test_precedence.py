from rdflib import SH, Graph, Literal, URIRef
from rdflib.term import Node

from plangraf.validation.precedence import Precedence, RuleResult
from plangraf.validation.report import Result, Severity

E = "https://example.org/"
SHAPES = f"""\
@prefix psh: <https://w3id.org/plangraf/shapes#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix e: <{E}> .
e:core a sh:PropertyShape .
e:modest psh:yieldsTo psh:PropertyShapes .
e:lowest psh:yieldsTo e:modest .
e:first psh:outranks e:core , e:other .
"""
TEXT = Literal("x")


def result(
    shape: str, value: Node | None = TEXT, path: str | None = "p", component: Node = SH.PatternConstraintComponent
) -> Result:
    iri = Severity.VIOLATION.iri
    return Result(
        severity=Severity.VIOLATION,
        declared=iri,
        focus=URIRef(f"{E}a"),
        label={},
        path=URIRef(E + path) if path else None,
        value=value,
        shape=URIRef(E + shape),
        component=component,
        messages={},
        location=None,
    )


def settle(core: list[Result], *ruled: Result, due: str | None = None) -> list[str]:
    """Return the names of the shapes whose results are left."""
    property_due = URIRef(E + due) if due else None
    precedence = Precedence(Graph().parse(data=SHAPES, format="turtle"))
    found = precedence.settle(core, [RuleResult(each, property_due) for each in ruled])
    return [str(each.shape).removeprefix(E) for each in found]


def test_a_rule_yields_to_a_property_shape_about_the_same_statement() -> None:
    assert settle([result("core")], result("modest")) == ["core"]


def test_a_rule_speaks_of_another_statement() -> None:
    assert settle([result("core")], result("modest", Literal("y"))) == ["core", "modest"]
    assert settle([result("core")], result("modest", path="q")) == ["core", "modest"]


def test_a_property_shape_of_a_complex_path_is_about_any_property_with_the_value() -> None:
    assert settle([result("core", path=None)], result("modest")) == ["core"]


def test_a_rule_yields_to_another_rule() -> None:
    assert settle([], result("modest"), result("lowest")) == ["modest"]


def test_a_rule_without_precedence_speaks_beside_others() -> None:
    assert settle([result("core")], result("plain")) == ["core", "plain"]


def test_shapes_are_silent_about_a_node_that_a_rule_outranks_them_for() -> None:
    assert settle([result("core", None), result("core2", None)], result("first", path=None)) == ["core2", "first"]


def test_a_rule_that_names_the_property_that_is_due_stands_for_its_absence() -> None:
    missing = result("core", None, "due", SH.MinCountConstraintComponent)
    assert settle([missing], result("plain"), due="due") == ["plain"]
    assert settle([missing], result("plain"), due="q") == ["core", "plain"]


def test_two_constraints_of_a_shape_that_one_value_violates_are_one_result() -> None:
    assert settle([result("core"), result("core", component=SH.DatatypeConstraintComponent)]) == ["core"]
    absent = [result("core", None), result("core", None, component=SH.MinCountConstraintComponent)]
    assert settle(absent) == ["core", "core"]
