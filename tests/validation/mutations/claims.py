"""Mutations of claims about links to the SDGs, and of what is said to be missing."""

from collections.abc import Iterable

import pyoxigraph as ox
from tests.validation.mutations.mutation import Planting, each, missing, more, of_kind
from tests.validation.mutations.plan_data import TYPE, Change, PlanData, name, text, typed, without

_CLAIM = "owl:Axiom"
_EDITOR = ox.NamedNode("https://w3id.org/plangraf/id/plangraf")
_SDG = "plan:contributesToSDG"


def _confident(value: ox.Literal) -> Planting:
    return more("sssom:confidence", lambda plan, node: value, _CLAIM)


def _unclaimed(*, claimed: bool) -> Planting:
    """Return the planting of a link without a claim, on a thing that has a claim of another link or has none."""

    def plant(plan: PlanData) -> Iterable[Change]:
        sources = {quad.object for quad in plan.statements("owl:annotatedSource")}
        for node in plan.instances("plan:Goal", "plan:Strategy", "plan:Contribution", "plan:Plan"):
            if (node in sources) == claimed:
                yield plan.adding(node, _SDG, name("sdg:9.c"))

    return plant


def _claims(plan: PlanData) -> list[ox.NamedNode]:
    """Return the axioms that are claims; others say only where a statement comes from."""
    return [node for node in plan.instances(_CLAIM) if plan.value(node, "plan:basis") is not None]


def _without_claim(plan: PlanData) -> Iterable[Change]:
    for node in _claims(plan):
        yield without(*plan.about(node))


def _without_link(plan: PlanData) -> Iterable[Change]:
    for node in _claims(plan):
        source, target = plan.value(node, "owl:annotatedSource"), plan.value(node, "owl:annotatedTarget")
        yield without(*(quad for quad in plan.quads if quad.subject == source and quad.object == target))


def _twice(plan: PlanData) -> Iterable[Change]:
    for node in _claims(plan):
        other = ox.NamedNode(f"{node.value}-2")
        yield Change(
            added=tuple(ox.Quad(other, quad.predicate, quad.object, quad.graph_name) for quad in plan.about(node))
        )


def _by(basis: str, *, publisher: bool) -> Planting:
    """Return the planting of the basis of a claim by the publisher, or by an editor."""

    def plant(plan: PlanData) -> Iterable[Change]:
        author = plan.value(plan.plan, "dct:publisher") if publisher else _EDITOR
        assert author is not None
        for node in _claims(plan):
            yield plan.setting(node, {"plan:basis": name(basis), "dct:creator": author})

    return plant


CLAIMS = of_kind(
    "claims",
    {
        "a confidence of 1.5": _confident(typed("1.5", "decimal")),
        "a confidence of 80": _confident(typed(80, "integer")),
        "a negative confidence": _confident(typed("-0.2", "decimal")),
        "a confidence in words": _confident(text("høy")),
        "another link without a claim": _unclaimed(claimed=True),
        "a first link without a claim": _unclaimed(claimed=False),
        "a link whose claim is gone": _without_claim,
        "a claim whose link is gone": _without_link,
        "a claim made twice": _twice,
        "stated in the plan, by an editor": _by("plan:StatedInPlan", publisher=False),
        "an editor's view, by the publisher": _by("plan:Editorial", publisher=True),
        "a claim without a basis": missing("plan:basis"),
        "a claim with both bases": lambda plan: (
            plan.setting(node, {"plan:basis": name("plan:StatedInPlan")})
            + plan.adding(node, "plan:basis", name("plan:Editorial"))
            for node in _claims(plan)
        ),
        "a basis that is a wording": each("plan:basis", lambda quad: name("plan:AsAdopted")),
        "a claim without a source": missing("dct:source", _CLAIM),
        "a claim without a creator": missing("dct:creator", _CLAIM),
        "a claim without a justification": missing("sssom:mapping_justification", _CLAIM),
        "a justification in words": each("sssom:mapping_justification", lambda quad: text("Det passer")),
        "a claim of a property that links nothing": each("owl:annotatedProperty", lambda quad: name("dct:subject")),
        "a claim about another target": each("owl:annotatedTarget", lambda quad: name("sdg:9.b")),
        "a claim about the source itself": lambda plan: (
            plan.setting(quad.subject, {"owl:annotatedTarget": quad.object})
            for quad in plan.statements("owl:annotatedSource", _CLAIM)
        ),
        "a claim without a target": missing("owl:annotatedTarget"),
        "a claim about two targets": more("owl:annotatedTarget", lambda plan, node: name("sdg:9.b"), _CLAIM),
    },
)


def _unsaid(plan: PlanData, subjects: set[str], *gone: str) -> Change:
    """Return the change that takes away what a plan says to be missing, and things of some classes."""
    said = [
        quad
        for quad in plan.about(plan.plan, "plan:transcription")
        if quad.object in {name(each) for each in subjects}
    ]
    nodes = set(plan.instances(*gone)) if gone else set()
    return without(*said, *(quad for quad in plan.quads if quad.subject in nodes or quad.object in nodes))


def _silent_about_strategies(plan: PlanData) -> Iterable[Change]:
    # A plan whose goals are not transcribed has no strategies either.
    yield _unsaid(plan, {"plan:StrategiesMissing", "plan:GoalsMissing"}, "plan:Strategy")


def _silent_about_links(plan: PlanData) -> Iterable[Change]:
    stated = {quad.subject for quad in plan.quads if quad.object == name("plan:StatedInPlan")}
    claims = [quad for quad in plan.quads if quad.subject in stated and quad.predicate != TYPE]
    ties = {
        (plan.value(node, "owl:annotatedSource"), target)
        for node in stated
        if (target := plan.value(node, "owl:annotatedTarget")) is not None
    }
    links = [quad for quad in plan.quads if (quad.subject, quad.object) in ties and quad not in claims]
    types = [quad for node in stated for quad in plan.about(node, "rdf:type")]
    yield _unsaid(plan, {"plan:SDGLinksMissing"}) + without(*claims, *links, *types)


MISSING = of_kind(
    "what is missing",
    {
        "a plan without strategies that does not say so": _silent_about_strategies,
        "a plan without stated links that does not say so": _silent_about_links,
        "a plan without goals that does not say so": lambda plan: [_unsaid(plan, {"plan:GoalsMissing"}, "plan:Goal")],
        "a value that says nothing of the kind": more(
            "plan:transcription", lambda plan, node: name("plan:Adopted"), "plan:Plan"
        ),
        "a goal that lacks the plan's strategies": more(
            "plan:transcription", lambda plan, node: name("plan:StrategiesMissing"), "plan:Goal"
        ),
    },
)
