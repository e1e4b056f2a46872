"""Mutations of the kinds of things: wrong ones, types that are gone, and things without a name."""

from collections.abc import Callable, Iterable

import pyoxigraph as ox
from tests.validation.mutations.mutation import Planting, each, first, missing, more, of_kind
from tests.validation.mutations.plan_data import Change, PlanData, Term, name, replaced, text, typed

_GOAL, _STRATEGY, _CHALLENGE, _ACTOR = "plan:Goal", "plan:Strategy", "plan:Challenge", "plan:ActorGroup"
_CONTRIBUTION, _INDICATOR = "plan:Contribution", "plan:Indicator"


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
            *("dct:PeriodOfTime", "prov:Activity", "owl:Axiom", "qb:Observation", "qb:DataSet"),
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
            *("dct:PeriodOfTime", "prov:Activity", "owl:Axiom"),
        )
    },
)
