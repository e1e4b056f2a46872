"""The performance goals, and whether they are reached."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench.tables import number, table

Values = Mapping[str, float]


@dataclass(frozen=True)
class Goal:
    """A performance goal.

    Attributes:
        work: the task.
        reach: the goal, in words.
        measured: the name of a measured value, and its label.
        reached: returns whether a value reaches the goal.
    """

    work: str
    reach: str
    measured: str
    reached: Callable[[float], bool]


def _at_least(bound: float) -> Callable[[float], bool]:
    return lambda value: value >= bound


def _at_most(bound: float) -> Callable[[float], bool]:
    return lambda value: value <= bound


def _under(bound: float) -> Callable[[float], bool]:
    return lambda value: value < bound


GOALS = (
    Goal("repeated query over HTTP", "1 × oxigraph serve", "repeated / oxigraph serve", _at_least(1)),
    Goal(
        "first-time query of 1 ms or more (the analytic one)",
        "0.9 × oxigraph serve",
        "analytic / oxigraph serve",
        _at_least(0.9),
    ),
    Goal("first-time point query", "0.4 × oxigraph serve", "point / oxigraph serve", _at_least(0.4)),
    Goal("first-time point query", "4 × rdflib-endpoint", "point / rdflib-endpoint", _at_least(4)),
    Goal("first-time analytic query", "40 × rdflib-endpoint", "analytic / rdflib-endpoint", _at_least(40)),
    Goal("point queries in the storm: failures", "0", "storm failures", lambda value: value == 0),
    Goal("point queries in the storm: p99", "under 250 ms", "storm p99", _under(250)),
    Goal("build 357 plans with validation: seconds", "under 30", "build seconds", _under(30)),
    Goal("build 357 plans with validation: MiB at most", "under 2048", "build memory", _under(2048)),
    Goal("build again, one plan changed: seconds", "under 3", "rebuild seconds", _under(3)),
    Goal("`plangraf serve` to the first answer, shipped data: seconds", "under 2", "start", _under(2)),
    Goal("two fronts: processor seconds for a point query", "1.1 × one", "fronts point cost", _at_most(1.1)),
    Goal("two fronts: repeated answers a second", "1.4 × one", "fronts repeated rate", _at_least(1.4)),
    Goal("point queries while the release changes: p99", "under 100 ms", "switch p99", _under(100)),
    Goal("publish one changed plan, live: seconds (p99)", "under 3", "publish live", _under(3)),
    Goal("point queries during publications: p99", "under 100 ms", "publish p99", _under(100)),
    Goal("workbook of 500 rows checked: seconds", "under 2", "workbook", _under(2)),
    Goal("batch of 100 queries matched: ms (median)", "under 200", "matching batch", _under(200)),
    Goal("PDF of 60 pages drafted: seconds", "under 20", "draft seconds", _under(20)),
    Goal("plan page, first time: ms (p50)", "under 15", "page p50", _under(15)),
)


def reach_table(values: Values) -> str:
    """Return the table of goals; a goal without a measurement is marked as not measured."""
    rows = []
    for goal in GOALS:
        value = values.get(goal.measured)
        if value is None:
            rows.append((goal.work, goal.reach, "not measured", ""))
        else:
            rows.append((goal.work, goal.reach, number(value), "yes" if goal.reached(value) else "no"))
    return table(("work", "to reach", "measured", "reached"), rows)
