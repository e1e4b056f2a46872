"""Mutations of the hierarchy: numbers, schemes and cycles."""

from collections.abc import Callable, Iterable
from itertools import pairwise

import pyoxigraph as ox
from tests.validation.mutations.mutation import Planting, each, first, missing, more, of_kind
from tests.validation.mutations.plan_data import (
    CONCEPTS,
    Change,
    PlanData,
    Term,
    name,
    replaced,
    text,
    text_of,
    typed,
    without,
)

_NUMBER = "skos:notation"


def _numbered(change: Callable[[str], Term]) -> Planting:
    return each(_NUMBER, lambda quad: change(text_of(quad.object)), *CONCEPTS)


def _numbered_like_the_iri(change: Callable[[str], Term]) -> Planting:
    """Return the planting of another number of a thing whose IRI ends in the number that it has."""

    def changed(quad: ox.Quad) -> Term | None:
        number = text_of(quad.object)
        return change(number) if text_of(quad.subject).endswith(f"/{number}") else None

    return each(_NUMBER, changed, *CONCEPTS)


def _sub_goals(change: Callable[[PlanData, Term, ox.Quad], Term | None]) -> Planting:
    """Return the planting of another number of each sub-goal, from its parent and its own number."""

    def plant(plan: PlanData) -> Iterable[Change]:
        for link in plan.statements("skos:broader", "plan:Goal"):
            for quad in plan.about(link.subject, _NUMBER):
                value = change(plan, link.object, quad)
                if value is not None and value != quad.object:
                    yield replaced(quad, value)

    return plant


def _of_sibling(plan: PlanData) -> Iterable[Change]:
    links = plan.statements("skos:broader", "plan:Goal")
    for one, other in pairwise(links):
        if one.object == other.object and plan.number(other.subject):
            yield plan.setting(one.subject, {_NUMBER: ox.Literal(plan.number(other.subject))})


def _is_number_of_iri(quad: ox.Quad) -> bool:
    return text_of(quad.subject).rpartition("/")[2] == text_of(quad.object)


def _exchanged(plan: PlanData) -> Iterable[Change]:
    """Yield the exchange of the numbers of two things of a kind whose IRIs are their numbers; others could be so."""
    for kind in CONCEPTS:
        numbered = [quad for quad in plan.statements(_NUMBER, kind) if _is_number_of_iri(quad)]
        for one, other in pairwise(numbered):
            if one.object != other.object:
                yield replaced(one, other.object) + replaced(other, one.object)


NUMBERING = of_kind(
    "numbering",
    {
        "a sub-goal's number that does not extend its parent's": _sub_goals(
            lambda plan, parent, quad: ox.Literal(f"{plan.number(parent)}7.3")
        ),
        "a sub-goal's number below another parent": _sub_goals(
            lambda plan, parent, quad: ox.Literal(f"8.{text_of(quad.object).rpartition('.')[2]}")
        ),
        "a sub-goal's number that is its parent's": _sub_goals(
            lambda plan, parent, quad: ox.Literal(plan.number(parent))
        ),
        "a sub-goal's number that is a sibling's": _of_sibling,
        "another number than in the IRI": _numbered_like_the_iri(lambda number: ox.Literal(f"{number}9")),
        "a longer number than in the IRI": _numbered_like_the_iri(lambda number: ox.Literal(f"{number}.1")),
        "a number with a space": _numbered(lambda number: ox.Literal(f"{number} ")),
        "a number after a word": _numbered(lambda number: ox.Literal(f"Mål {number}")),
        "a number with a full stop": _numbered(lambda number: ox.Literal(f"{number}.")),
        "a number with a comma": _sub_goals(
            lambda plan, parent, quad: ox.Literal(text_of(quad.object).replace(".", ","))
        ),
        "a number with a language": _numbered(text),
        "a number that is an integer": _numbered(lambda number: typed(17, "integer")),
        "a number that is padded": _numbered_like_the_iri(lambda number: ox.Literal(f"0{number}")),
        "a number with a letter": _numbered_like_the_iri(lambda number: ox.Literal(f"{number}x")),
        "a number in brackets": _numbered(lambda number: ox.Literal(f"({number})")),
        "a number in other digits": _numbered(
            lambda number: ox.Literal("".join(chr(0xFF10 + int(c)) if c.isdigit() else c for c in number))
        ),
        "numbers that are exchanged": _exchanged,
        "a number that is empty": _numbered(lambda number: ox.Literal("")),
        "a number with a control character": _numbered(lambda number: ox.Literal(f"{number}\u200b")),
        "two numbers": lambda plan: (
            plan.adding(quad.subject, _NUMBER, ox.Literal("77")) for quad in plan.statements(_NUMBER, *CONCEPTS)
        ),
    },
)


def _top_below(plan: PlanData) -> Iterable[Change]:
    tops = plan.statements("skos:hasTopConcept")
    for one, other in pairwise(tops):
        yield plan.adding(other.object, "skos:broader", one.object)


def _loose(plan: PlanData) -> Iterable[Change]:
    for quad in plan.statements("skos:broader", "plan:Goal"):
        if not any(other.object == quad.subject for other in plan.quads):
            yield without(quad)


_OTHER = name("plan:none").value.replace("ontology#none", "id/")
_OTHER_PLAN = ox.NamedNode(f"{_OTHER}sunndal/kommuneplan-2020-2030")
_OTHER_GOAL = ox.NamedNode(f"{_OTHER_PLAN.value}/goal/1")


def _away(term: ox.NamedNode) -> Callable[[PlanData, ox.NamedNode], Term | None]:
    """Return a function that returns a thing of another plan, except to that plan."""
    return lambda plan, node: None if _OTHER_PLAN in (plan.plan, node) else term


SCHEMES = of_kind(
    "schemes",
    {
        "a concept without a scheme": missing("skos:inScheme", *CONCEPTS),
        "a concept in two plans": more("skos:inScheme", _away(_OTHER_PLAN), *CONCEPTS),
        "a concept in a plan that is nowhere": each(
            "skos:inScheme", lambda quad: ox.NamedNode(f"{text_of(quad.object)}-2"), *CONCEPTS
        ),
        "a goal below one of another plan": lambda plan: (
            plan.setting(link.subject, {"skos:broader": _OTHER_GOAL})
            for link in plan.statements("skos:broader", "plan:Goal")
            if plan.plan != _OTHER_PLAN
        ),
        "a top concept of another plan": more("skos:hasTopConcept", _away(_OTHER_GOAL), "plan:Plan"),
        "a mapping within the plan": more("skos:closeMatch", first("plan:Goal"), "plan:Goal"),
        "an exact match": more("skos:exactMatch", lambda plan, node: name("sdg:13.1"), "plan:Goal"),
        "a plan without top concepts": missing("skos:hasTopConcept"),
        "a top concept below another": _top_below,
        "a goal in no place": _loose,
        "a strategy of a goal of another plan": each(
            "plan:supports", lambda quad: _OTHER_GOAL, "plan:Strategy", "plan:Contribution"
        ),
        "two parents": lambda plan: (
            plan.adding(link.subject, "skos:broader", other)
            for link in plan.statements("skos:broader", "plan:Goal")
            for other in plan.instances("plan:Goal")
            if other not in (link.object, link.subject)
        ),
    },
)


def _chain(plan: PlanData) -> Iterable[Change]:
    goals = plan.instances("plan:Goal")
    for one, two, three in zip(goals, goals[1:], goals[2:], strict=False):
        links = ((one, two), (two, three), (three, one))
        change = Change()
        for node, parent in links:
            change += plan.setting(node, {"skos:broader": parent})
        yield change


CYCLES = of_kind(
    "cycles",
    {
        "a goal below itself": more("skos:broader", lambda plan, node: node, "plan:Goal"),
        "a goal above itself": more("skos:narrower", lambda plan, node: node, "plan:Goal"),
        "a parent below its child": lambda plan: (
            plan.adding(link.object, "skos:broader", link.subject)
            for link in plan.statements("skos:broader", "plan:Goal")
        ),
        "three goals in a ring": _chain,
        "a goal that is related to its parent": lambda plan: (
            plan.adding(link.subject, "skos:related", link.object)
            for link in plan.statements("skos:broader", "plan:Goal")
        ),
        "a goal that is related to what it is below": lambda plan: (
            plan.adding(link.subject, "skos:relatedMatch", name("sdg:11"))
            + plan.adding(link.subject, "skos:broadMatch", name("sdg:11.6"))
            for link in plan.statements("skos:notation", "plan:Goal")
        ),
    },
)
