"""Mutations of claims about links to the SDGs, and of what is said to be missing."""

from collections.abc import Iterable

import pyoxigraph as ox
from tests.validation.mutations.mutation import Planting, each, missing, more, of_kind
from tests.validation.mutations.plan_data import TYPE, Change, PlanData, name, text, text_of, typed, without

_CLAIM = "owl:Axiom"
_EDITOR = ox.NamedNode("https://w3id.org/plangraf/id/plangraf")
_SDG = "plan:contributesToSDG"


def _claims(plan: PlanData) -> list[ox.NamedNode]:
    """Return the axioms that claim a link; others say where a statement is from."""
    return [node for node in plan.instances(_CLAIM) if plan.value(node, "plan:basis") is not None]


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


def _without_claim(plan: PlanData) -> Iterable[Change]:
    for node in _claims(plan):
        yield without(*plan.about(node))


def _without_link(plan: PlanData) -> Iterable[Change]:
    for node in plan.instances(_CLAIM):
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
        for node in plan.instances(_CLAIM):
            yield plan.setting(node, {"plan:basis": name(basis), "dct:creator": author})

    return plant


def _about_another(plan: PlanData) -> Iterable[Change]:
    for quad in plan.statements("owl:annotatedSource", _CLAIM):
        for other in plan.instances("plan:Challenge", "plan:Strategy", "plan:Indicator")[:1]:
            yield plan.setting(quad.subject, {"owl:annotatedSource": other})


def _on_two_bases(plan: PlanData) -> Iterable[Change]:
    for node in plan.instances(_CLAIM):
        other = ox.NamedNode(f"{node.value}-2")
        bases = {name("plan:StatedInPlan"): name("plan:Editorial"), name("plan:Editorial"): name("plan:StatedInPlan")}
        if plan.value(node, "plan:basis") is not None:
            yield Change(
                added=tuple(
                    ox.Quad(other, quad.predicate, bases.get(quad.object, quad.object), quad.graph_name)
                    if isinstance(quad.object, ox.NamedNode)
                    else ox.Quad(other, quad.predicate, quad.object, quad.graph_name)
                    for quad in plan.about(node)
                )
            )


def _of_another_property(plan: PlanData) -> Iterable[Change]:
    for quad in plan.statements("owl:annotatedProperty", _CLAIM):
        if plan.value(quad.subject, "plan:basis") is not None:
            yield plan.setting(quad.subject, {"owl:annotatedProperty": name("skos:narrowMatch")})


def _statement_source(*, page: bool = True, said: bool = True) -> Planting:
    """Return the planting of where a statement comes from, without the page or of a statement that is not there."""

    def plant(plan: PlanData) -> Iterable[Change]:
        axiom = ox.NamedNode(f"{plan.plan.value}/source/title")
        for quad in plan.about(plan.plan, "dct:title"):
            change = (
                plan.adding(axiom, "rdf:type", name(_CLAIM))
                + plan.adding(axiom, "owl:annotatedSource", plan.plan)
                + plan.adding(axiom, "owl:annotatedProperty", name("dct:title"))
                + plan.adding(axiom, "owl:annotatedTarget", quad.object if said else text("En annen tittel"))
            )
            source = ox.NamedNode("https://www.vik.example/plan")
            yield change + plan.adding(axiom, "dct:source", source) if page else change

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
            for node in plan.instances(_CLAIM)
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
        "a claim by words": each("dct:creator", lambda quad: text("Redaksjonen"), _CLAIM),
        "a claim about a goal that is not there": each(
            "owl:annotatedSource", lambda quad: ox.NamedNode(f"{text_of(quad.object)}-99"), _CLAIM
        ),
        "a claim about another goal": _about_another,
        "two claims on two bases": _on_two_bases,
        "a claim of a mapping instead of the tie": _of_another_property,
        "a mapping that is unclaimed": lambda plan: (
            plan.adding(quad.object, "skos:narrowMatch", name("sdg:9.c"))
            for quad in plan.statements("owl:annotatedSource", _CLAIM)
        ),
        "two confidences": lambda plan: (
            plan.adding(node, "sssom:confidence", typed("0.8", "decimal"), typed("0.9", "decimal"))
            for node in plan.instances(_CLAIM)
        ),
        "an empty quotation": more("plan:quote", lambda plan, node: text(""), _CLAIM),
        "a quotation to come": more("plan:quote", lambda plan, node: text("TODO"), _CLAIM),
        "a quotation without a language": more("plan:quote", lambda plan, node: ox.Literal("Målet er 13.1."), _CLAIM),
        "a statement's source that is not there": _statement_source(page=False),
        "a source of a statement that is not there": _statement_source(said=False),
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
    if any(quad.object == name("plan:GoalsMissing") for quad in plan.about(plan.plan, "plan:transcription")):
        return
    yield _unsaid(plan, {"plan:StrategiesMissing", "plan:HasNoStrategies"}, "plan:Strategy")


def _both(kind: str, said: str) -> Planting:
    def plant(plan: PlanData) -> Iterable[Change]:
        if plan.instances(kind):
            yield plan.adding(plan.plan, "plan:transcription", name(said))

    return plant


def _with_stated_links(plan: PlanData) -> Iterable[Change]:
    if any(quad.object == name("plan:StatedInPlan") for quad in plan.quads):
        yield plan.adding(plan.plan, "plan:transcription", name("plan:HasNoSDGLinks"))


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
    yield _unsaid(plan, {"plan:SDGLinksMissing", "plan:HasNoSDGLinks"}) + without(*claims, *links, *types)


MISSING = of_kind(
    "what is missing",
    {
        "a plan without strategies that does not say so": _silent_about_strategies,
        "a plan without stated links that does not say so": _silent_about_links,
        "a plan that has no strategies, and has some": _both("plan:Strategy", "plan:HasNoStrategies"),
        "a plan that states no links, and states some": _with_stated_links,
        "a plan that lacks strategies and has none": lambda plan: [
            plan.adding(plan.plan, "plan:transcription", name("plan:StrategiesMissing"), name("plan:HasNoStrategies"))
        ],
        "a plan that lacks links and has none": lambda plan: [
            plan.adding(plan.plan, "plan:transcription", name("plan:SDGLinksMissing"), name("plan:HasNoSDGLinks"))
        ],
        "what is missing, in words": each("plan:transcription", lambda quad: text("Målene mangler"), "plan:Plan"),
        "a plan without goals that does not say so": lambda plan: [
            _unsaid(plan, {"plan:GoalsMissing"}, "plan:Goal", "plan:FocusArea")
        ],
        "a value that says nothing of the kind": more(
            "plan:transcription", lambda plan, node: name("plan:Adopted"), "plan:Plan"
        ),
        "a goal that lacks the plan's strategies": more(
            "plan:transcription", lambda plan, node: name("plan:StrategiesMissing"), "plan:Goal"
        ),
    },
)
