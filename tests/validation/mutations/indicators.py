"""Mutations of indicators: numbers, years and direction that do not agree."""

from collections.abc import Iterable

import pyoxigraph as ox
from tests.validation.mutations.mutation import Planting, each, missing, of_kind
from tests.validation.mutations.plan_data import Change, PlanData, Term, name, text, typed

_MEASURED = ("plan:direction", "plan:baseline", "plan:baselineYear", "plan:target", "plan:targetYear")


def _measured(direction: str, numbers: str, years: str = "2024–2030") -> Planting:
    """Return the planting of a direction, of baseline and target, and of their years; each may be left out."""

    def plant(plan: PlanData) -> Iterable[Change]:
        baseline, _, target = numbers.partition("–")
        first, _, last = years.partition("–")
        given: dict[str, Term] = {}
        if direction:
            given["plan:direction"] = name(direction)
        given |= {key: typed(value, "decimal") for key, value in _given(baseline, target, _MEASURED[1::2]).items()}
        given |= {key: typed(value, "gYear") for key, value in _given(first, last, _MEASURED[2::2]).items()}
        for node in plan.instances("plan:Indicator"):
            left = Change(tuple(plan.about(node, *_MEASURED)))
            yield left + Change(added=plan.setting(node, given).added)

    return plant


def _given(first: str, second: str, keys: tuple[str, ...]) -> dict[str, str]:
    return {key: value for key, value in zip(keys, (first, second), strict=True) if value}


def _in_a_period(planting: Planting) -> Planting:
    """Return the planting in a plan whose period is known."""
    return lambda plan: planting(plan) if plan.value(plan.plan, "dct:temporal") is not None else ()


INDICATORS = of_kind(
    "indicators",
    {
        "shall increase to less": _measured("plan:Increase", "120.5–60"),
        "shall increase to the same": _measured("plan:Increase", "60–60"),
        "shall decrease to more": _measured("plan:Decrease", "120.5–600"),
        "shall decrease to the same": _measured("plan:Decrease", "60–60.0"),
        "shall be maintained at twice as much": _measured("plan:Maintain", "30–60"),
        "shall be at least, without a target": _measured("plan:AtLeast", "30–", "2024–"),
        "shall be at most, without a target": _measured("plan:AtMost", "30–", "2024–"),
        "a target without a year": _measured("plan:Increase", "30–60", "2024–"),
        "a target year before the baseline's": _measured("plan:Increase", "30–60", "2030–2024"),
        "a target year that is the baseline's": _measured("plan:Increase", "30–60", "2024–2024"),
        "a target year in 2430": _measured("plan:Increase", "30–60", "2024–2430"),
        "a target year in 203": _measured("plan:Increase", "30–60", "2024–0203"),
        "a baseline year in 1066": _measured("plan:Increase", "30–60", "1066–2030"),
        "a baseline year in the next century": _measured("plan:Increase", "30–60", "2124–2130"),
        "a target year before the plan": _in_a_period(_measured("plan:Increase", "30–60", "1990–1995")),
        "a baseline year after the plan": _in_a_period(_measured("plan:Increase", "30–60", "2098–2099")),
        "a target without a direction": _measured("", "30–60"),
        "a baseline without a year": _measured("plan:Increase", "30–60", "–2030"),
        "a limit that has a unit and no number": lambda plan: (
            plan.setting(node, {"plan:direction": name("plan:AtLeast"), "plan:unit": text("prosent")})
            + Change(tuple(plan.about(node, "plan:target")))
            for node in plan.instances("plan:Indicator")
        ),
        "two baselines": lambda plan: (
            plan.setting(node, {"plan:baseline": typed("77", "decimal")})
            + plan.adding(node, "plan:baseline", typed("78", "decimal"))
            for node in plan.instances("plan:Indicator")
        ),
        "a direction in words": each("plan:direction", lambda quad: text("opp")),
        "a unit that is an address": lambda plan: (
            plan.setting(node, {"plan:unit": text("https://www.vik.example/enhet")})
            for node in plan.instances("plan:Indicator")
        ),
        "a target with a decimal comma": each("plan:target", lambda quad: ox.Literal("3,5")),
        "two targets": lambda plan: (
            plan.adding(quad.subject, "plan:target", typed("77", "decimal"))
            for quad in plan.statements("plan:target")
        ),
        "two directions": lambda plan: (
            plan.setting(node, {"plan:direction": name("plan:Increase")})
            + plan.adding(node, "plan:direction", name("plan:Decrease"))
            for node in plan.instances("plan:Indicator")
        ),
        "a unit that is a number": lambda plan: (
            plan.setting(node, {"plan:unit": text("12")}) for node in plan.instances("plan:Indicator")
        ),
        "an observation without a value": missing("sdmx-measure:obsValue"),
        "an observation without a period": missing("sdmx-dimension:refPeriod"),
        "an observation of words": each("sdmx-measure:obsValue", lambda quad: ox.Literal("mange", language="nb")),
    },
)
