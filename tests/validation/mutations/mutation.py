"""Mutations: the ways in which a valid plan becomes invalid, and where in a plan each can be planted."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pyoxigraph as ox
from tests.validation.mutations.plan_data import Change, PlanData, Term, replaced, without

Planting = Callable[[PlanData], Iterable[Change]]
"""Returns the changes of a plan that plant a fault, one for each place where it can be planted."""


@dataclass(frozen=True)
class Mutation:
    """A way in which a valid plan becomes invalid.

    Attributes:
        kind: the kind of fault that it is counted under.
        name: the fault in words.
        plant: returns the changes that plant it.
    """

    kind: str
    name: str
    plant: Planting


def of_kind(kind: str, plantings: dict[str, Planting]) -> tuple[Mutation, ...]:
    """Return the mutations of a kind, from how each is planted by its name."""
    return tuple(Mutation(kind, name, plant) for name, plant in plantings.items())


def each(predicate: str, change: Callable[[ox.Quad], Term | None], *classes: str) -> Planting:
    """Return the planting that changes the value of each statement by a property; a value of None leaves it out."""

    def plant(plan: PlanData) -> Iterable[Change]:
        for quad in plan.statements(predicate, *classes):
            value = change(quad)
            if value is not None and value != quad.object:
                yield replaced(quad, value)

    return plant


def missing(predicate: str, *classes: str) -> Planting:
    """Return the planting that takes away all values of a property from a thing that has any."""

    def plant(plan: PlanData) -> Iterable[Change]:
        for node in dict.fromkeys(quad.subject for quad in plan.statements(predicate, *classes)):
            yield without(*plan.about(node, predicate))

    return plant


def more(predicate: str, value: Callable[[PlanData, ox.NamedNode], Term | None], *classes: str) -> Planting:
    """Return the planting that adds a value of a property to a thing; a value of None adds nothing."""

    def plant(plan: PlanData) -> Iterable[Change]:
        for node in plan.instances(*classes):
            added = value(plan, node)
            if added is not None:
                yield plan.adding(node, predicate, added)

    return plant


def first(*classes: str) -> Callable[[PlanData, ox.NamedNode], Term | None]:
    """Return a function that returns a thing of one of the classes other than the node itself, if there is one."""

    def find(plan: PlanData, node: ox.NamedNode) -> Term | None:
        return next((other for other in plan.instances(*classes) if other != node), None)

    return find
