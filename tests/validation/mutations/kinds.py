"""Mutations of the kinds of things: wrong ones, types that are gone, and things without a name."""

from collections.abc import Callable, Iterable
from itertools import pairwise

import pyoxigraph as ox
from tests.validation.mutations.mutation import Planting, each, first, missing, more, of_kind
from tests.validation.mutations.plan_data import Change, PlanData, Term, name, replaced, text, typed

_GOAL, _STRATEGY, _CHALLENGE, _ACTOR = "plan:Goal", "plan:Strategy", "plan:Challenge", "plan:ActorGroup"
_CONTRIBUTION, _INDICATOR = "plan:Contribution", "plan:Indicator"
_FOCUS_AREA, _MEASURE, _STRENGTH = "plan:FocusArea", "plan:Measure", "plan:Strength"


def _itself(plan: PlanData, node: ox.NamedNode) -> Term:
    return node


def _is(value: Term) -> Callable[[PlanData, ox.NamedNode], Term]:
    return lambda plan, node: value


def _leads_to(predicate: str, *classes: str) -> Planting:
    """Return the planting that lets a property lead to a thing of a wrong class."""

    def plant(plan: PlanData) -> Iterable[Change]:
        for quad in plan.statements(predicate):
            for other in plan.instances(*classes)[:2]:
                if other not in (quad.subject, quad.object):
                    yield replaced(quad, other)

    return plant


def _event_type(predicate: str, kind: str) -> Planting:
    def plant(plan: PlanData) -> Iterable[Change]:
        for quad in plan.about(plan.plan, predicate):
            yield plan.setting(quad.object, {"plan:eventType": name(kind)})

    return plant


def _in_ring(plan: PlanData) -> Iterable[Change]:
    other = ox.NamedNode("https://www.vik.example/plan")
    yield plan.adding(plan.plan, "dct:replaces", other) + plan.adding(plan.plan, "dct:isReplacedBy", other)


def _revised_in_ring(plan: PlanData) -> Iterable[Change]:
    goals = plan.instances(_GOAL)
    for one, other in pairwise(goals):
        yield plan.adding(one, "prov:wasRevisionOf", other) + plan.adding(other, "prov:wasRevisionOf", one)


def _retyped(old: str, new: str) -> Planting:
    return each("rdf:type", lambda quad: name(new) if quad.object == name(old) else None, old)


WRONG_KIND = of_kind(
    "wrong kind",
    {
        "a goal that is a strategy too": more("rdf:type", _is(name(_STRATEGY)), _GOAL),
        "a goal that is a challenge too": more("rdf:type", _is(name(_CHALLENGE)), _GOAL),
        "a strategy that is a contribution too": more("rdf:type", _is(name(_CONTRIBUTION)), _STRATEGY),
        "an indicator that is a goal too": more("rdf:type", _is(name(_GOAL)), _INDICATOR),
        "a goal that is a plan too": more("rdf:type", _is(name("plan:Plan")), _GOAL),
        "a plan that is a concept too": more("rdf:type", _is(name("skos:Concept")), "plan:Plan"),
        "a plan that is a dataset too": more("rdf:type", _is(name("dcat:Dataset")), "plan:Plan"),
        "a goal with the UN's class": more("rdf:type", _is(name("sdgo:Goal")), _GOAL),
        "a goal as a strategy": _retyped(_GOAL, _STRATEGY),
        "a goal as a challenge": _retyped(_GOAL, _CHALLENGE),
        "a strategy as a goal": _retyped(_STRATEGY, _GOAL),
        "an actor group as an organisation": _retyped(_ACTOR, "org:Organization"),
        "a strategy below a goal": more("skos:broader", first(_GOAL), _STRATEGY),
        "an indicator below a goal": more("skos:broader", first(_GOAL), _INDICATOR),
        "a goal below a strategy": _leads_to("skos:broader", _STRATEGY, _CHALLENGE, _INDICATOR),
        "a goal above a strategy": more("skos:narrower", first(_STRATEGY, _CHALLENGE, _INDICATOR), _GOAL),
        "a strategy on top": more("skos:hasTopConcept", first(_STRATEGY, _CHALLENGE, _INDICATOR), "plan:Plan"),
        "support of what is no goal": _leads_to("plan:supports", _ACTOR, _CHALLENGE),
        "a responsible goal": _leads_to("plan:responsible", _GOAL, _CHALLENGE),
        "a contribution by a goal": _leads_to("plan:carriedOutBy", _GOAL, _STRATEGY),
        "a goal that addresses a goal": _leads_to("plan:addresses", _GOAL, _ACTOR),
        "an indicator of an actor group": _leads_to("plan:measures", _ACTOR, _CHALLENGE),
        "a period that is a goal": _leads_to("dct:temporal", _GOAL),
        "an adoption that is a period": _leads_to("prov:wasGeneratedBy", "dct:PeriodOfTime", _GOAL),
        "a scheme that is a goal": _leads_to("skos:inScheme", _GOAL),
        "a publisher that is a goal": _leads_to("dct:publisher", _GOAL),
        "a revision of a plan by a goal": more("prov:wasRevisionOf", lambda plan, node: plan.plan, _GOAL),
        "a revision of a goal by a plan": more("prov:wasRevisionOf", first(_GOAL), "plan:Plan"),
        "a revision of another kind of thing": more(
            "prov:wasRevisionOf", first(_STRATEGY, _CHALLENGE, _INDICATOR), _GOAL
        ),
        "a goal in place of a plan": more("dct:replaces", first(_GOAL), "plan:Plan"),
        "a goal that is its own revision": more("prov:wasRevisionOf", _itself, _GOAL),
        "a goal that is related to itself": more("skos:related", _itself, _GOAL),
        "a strategy that supports itself": more("plan:supports", _itself, _STRATEGY),
        "a plan that replaces itself": more("dct:replaces", _itself, "plan:Plan"),
        "a goal that supports": more("plan:supports", first(_GOAL), _GOAL),
        "a focus area that is a goal too": more("rdf:type", _is(name(_GOAL)), _FOCUS_AREA),
        "a measure that is a strategy too": more("rdf:type", _is(name(_STRATEGY)), _MEASURE),
        "a strength that is a challenge too": more("rdf:type", _is(name(_CHALLENGE)), _STRENGTH),
        "a goal that is a focus area too": more("rdf:type", _is(name(_FOCUS_AREA)), _GOAL),
        "a goal that is a period too": more("rdf:type", _is(name("dct:PeriodOfTime")), _GOAL),
        "a goal that is a claim too": more("rdf:type", _is(name("owl:Axiom")), _GOAL),
        "a period that is an event too": more("rdf:type", _is(name("prov:Activity")), "dct:PeriodOfTime"),
        "a focus area below a goal": more("skos:broader", first(_GOAL), _FOCUS_AREA),
        "a measure below a strategy": more("skos:broader", first(_STRATEGY), _MEASURE),
        "a challenge below a goal": more("skos:broader", first(_GOAL), _CHALLENGE),
        "an actor group below a goal": more("skos:broader", first(_GOAL), _ACTOR),
        "a goal below the plan": more("skos:broader", lambda plan, node: plan.plan, _GOAL),
        "a goal above a challenge": more("skos:narrower", first(_CHALLENGE, _ACTOR), _GOAL),
        "a strategy as a contribution": _retyped(_STRATEGY, "plan:Indicator"),
        "a challenge as a goal": _retyped(_CHALLENGE, _GOAL),
        "an indicator as a goal": _retyped(_INDICATOR, _GOAL),
        "a plan as a goal": _retyped("plan:Plan", _GOAL),
        "a measure of an actor group": _leads_to("plan:implements", _ACTOR, _CHALLENGE),
        "a measure that implements itself": more("plan:implements", _itself, _MEASURE),
        "a plan that follows itself up": more("plan:followsUp", _itself, "plan:Plan"),
        "a plan that follows up a goal": more("plan:followsUp", first(_GOAL), "plan:Plan"),
        "a plan that follows up an event": more("plan:followsUp", first("prov:Activity"), "plan:Plan"),
        "a plan that is replaced by a goal": more("dct:isReplacedBy", first(_GOAL), "plan:Plan"),
        "a plan that is replaced by its period": more("dct:isReplacedBy", first("dct:PeriodOfTime"), "plan:Plan"),
        "a goal that measures": more("plan:measures", first(_GOAL), _GOAL),
        "a goal that implements": more("plan:implements", first(_STRATEGY), _GOAL),
        "a goal that follows up": more("plan:followsUp", first(_GOAL), _GOAL),
        "a goal with a unit": more("plan:unit", _is(text("tonn")), _GOAL),
        "a goal with a baseline": more("plan:baseline", _is(typed("3.5", "decimal")), _GOAL),
        "a goal with a start": more("dcat:startDate", _is(typed("2024", "gYear")), _GOAL),
        "a goal with a type of plan": more("plan:planType", _is(name("plan:ThematicPlan")), _GOAL),
        "a goal with a type of event": more("plan:eventType", _is(name("plan:Hearing")), _GOAL),
        "a goal with a confidence": more("sssom:confidence", _is(typed("0.5", "decimal")), _GOAL),
        "a goal with a quotation": more("plan:quote", _is(text("Målet er 13.1.")), _GOAL),
        "a plan with a level": more("plan:level", _is(text("hovedmål")), "plan:Plan"),
        "a challenge with a level": more("plan:level", _is(text("hovedmål")), _CHALLENGE),
        "a challenge with a direction": more("plan:direction", _is(name("plan:Increase")), _CHALLENGE),
        "an indicator that supports": more("plan:supports", first(_GOAL), _INDICATOR),
        "a strategy that addresses": more("plan:addresses", first(_CHALLENGE), _STRATEGY),
        "a strategy that somebody carries out": more("plan:carriedOutBy", first(_ACTOR), _STRATEGY),
        "a contribution that somebody is responsible for": more("plan:responsible", first(_ACTOR), _CONTRIBUTION),
        "a hearing that adopts": _event_type("prov:wasGeneratedBy", "plan:Hearing"),
        "a programme that adopts": _event_type("prov:wasGeneratedBy", "plan:Programme"),
        "a repeal that adopts": _event_type("prov:wasGeneratedBy", "plan:Repeal"),
        "a type of event that is a status": each("plan:eventType", lambda quad: name("plan:Adopted")),
        "a type of plan that is a status": more("plan:planType", _is(name("plan:Adopted")), "plan:Plan"),
        "a place that is a goal": more("dct:spatial", first(_GOAL), "plan:Plan"),
        "an adoption by a goal": _leads_to("prov:wasAssociatedWith", _GOAL, "dct:PeriodOfTime"),
        "a claim by a goal": _leads_to("dct:creator", _GOAL),
        "a strategy for a goal": more("dct:audience", first(_GOAL), _STRATEGY),
        "a group that stands for a goal": more("plan:represents", first(_GOAL), _ACTOR),
        "two plans that replace each other": _in_ring,
        "a revision in a ring": _revised_in_ring,
        "a goal with a direction": more("plan:direction", _is(name("plan:Increase")), _GOAL),
        "a goal with a target": more("plan:target", _is(typed("3.5", "decimal")), _GOAL),
        "a goal with a vision": more("plan:vision", _is(text("Sammen")), _GOAL),
        "a goal with a basis": more("plan:basis", _is(name("plan:Editorial")), _GOAL),
        "a goal that somebody carries out": more("plan:carriedOutBy", first(_ACTOR), _GOAL),
        "a strategy that measures": more("plan:measures", first(_GOAL), _STRATEGY),
        "an actor group that addresses": more("plan:addresses", first(_CHALLENGE), _ACTOR),
        "a challenge that represents": more("plan:represents", first("foaf:Agent", _ACTOR), _CHALLENGE),
        "a plan that measures": more("plan:measures", first(_GOAL), "plan:Plan"),
        "a direction that is a status": each("plan:direction", lambda quad: name("plan:Adopted")),
        "a wording that is a status": each("plan:wording", lambda quad: name("plan:Repealed")),
        "a level in a goal": each("plan:level", lambda quad: name("sdg:13")),
    },
)


def _untyped(*classes: str) -> Planting:
    return missing("rdf:type", *classes)


UNTYPED = of_kind(
    "types deleted",
    {
        f"{each_class} without its type": _untyped(each_class)
        for each_class in (
            *("plan:Plan", _GOAL, _STRATEGY, _CONTRIBUTION, _CHALLENGE, _ACTOR, _INDICATOR),
            *(_FOCUS_AREA, _MEASURE, _STRENGTH),
            *("dct:PeriodOfTime", "prov:Activity", "owl:Axiom", "qb:Observation", "qb:DataSet"),
            *("dct:Location", "foaf:Document"),
        )
    },
)


def _unnamed(*classes: str) -> Planting:
    def plant(plan: PlanData) -> Iterable[Change]:
        for node in plan.instances(*classes):
            yield plan.renaming(node, ox.BlankNode("unnamed"))

    return plant


BLANK_NODES = of_kind(
    "blank nodes",
    {
        f"{each_class} without a name": _unnamed(each_class)
        for each_class in (
            *("plan:Plan", _GOAL, _STRATEGY, _CONTRIBUTION, _CHALLENGE, _ACTOR, _INDICATOR),
            *(_FOCUS_AREA, _MEASURE, _STRENGTH),
            *("dct:PeriodOfTime", "prov:Activity", "owl:Axiom"),
        )
    },
)
