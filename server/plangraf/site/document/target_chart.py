"""The way of an indicator from its base year to its target year, as a chart and as the rows of its table."""

import math
import re
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.site.document.series import Series
from plangraf.view.amount import format_amount
from plangraf.view.chart import HEIGHT, WIDTH, Dot, finite_number
from plangraf.view.reading import Reading
from plangraf.view.target_sentence import IndicatorTarget, read_target

_LEFT, _RIGHT, _TOP, _BOTTOM = 24, 24, 40, 44
_TIME = re.compile(r"(-?\d{4,9})(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True)
class TargetRow:
    """A row of the table of an indicator that is not an observation: its baseline or its target.

    Attributes:
        year: the year, or None if it is missing.
        value: the number in the reader's format, or None if it is missing.
    """

    year: str | None
    value: str | None


@dataclass(frozen=True)
class TargetChart:
    """A line over the years to the target of an indicator. All positions are in the units of the picture.

    Attributes:
        dots: the baseline and the observations, from left to right.
        target: the target, if its value and its year are known.
        axis: the vertical position of the axis of the years.
        years: the first and the last year, at their positions.
    """

    dots: tuple[Dot, ...]
    target: Dot | None
    axis: float
    years: tuple[Dot, ...]

    @property
    def alone(self) -> bool:
        """Whether no value is known, so that only the target is drawn."""
        return not self.dots

    @property
    def ends(self) -> tuple[Dot, ...]:
        """The first dot and the last one, which are named in the picture."""
        return self.dots if len(self.dots) < 2 else (self.dots[0], self.dots[-1])


@dataclass(frozen=True)
class TargetCourse:
    """The rows and the chart of the way to a target.

    Attributes:
        baseline: the first row of the table, if the data have a baseline or its year.
        target: the last row of the table, if the data have a target value.
        chart: the chart, or None if there are not two points in time.
    """

    baseline: TargetRow | None
    target: TargetRow | None
    chart: TargetChart | None


def read_course(reading: Reading, indicator: str, series: Series | None) -> TargetCourse | None:
    """Return the way of an indicator to its target, or None if the data have neither a baseline nor a target value.

    Args:
        reading: the statements.
        indicator: the indicator.
        series: its values, if it has any.
    """
    target = read_target(reading, indicator)
    if target.value is None and target.baseline is None:
        return None
    language = reading.reader.language

    def written(literal: ox.Literal | None) -> str | None:
        return None if literal is None else format_amount(literal, language)

    known = target.baseline is not None or target.baseline_year is not None
    return TargetCourse(
        TargetRow(target.baseline_year, written(target.baseline)) if known else None,
        TargetRow(target.year, written(target.value)) if target.value is not None else None,
        _chart(target, series, written(target.baseline), written(target.value)),
    )


def _chart(
    target: IndicatorTarget, series: Series | None, baseline: str | None, aim: str | None
) -> TargetChart | None:
    if series is not None and any(one.sets for one in series.observations):
        return None  # values of several sets are no one line
    points = [(_time(target.baseline_year), finite_number(target.baseline), f"{target.baseline_year}: {baseline}")]
    if series is not None:
        points += [(_time(one.period), one.number, f"{one.period}: {one.value}") for one in series.observations]
    known = sorted((time, value, text) for time, value, text in points if time is not None and value is not None)
    goal_time, goal_value = _time(target.year), finite_number(target.value)
    goal = None if goal_time is None or goal_value is None else (goal_time, goal_value, f"{target.year}: {aim}")
    first = _time(target.baseline_year)
    times = [time for time, *_ in known]
    times += [time for time in (first, goal[0] if goal else None) if time is not None]
    if len(set(times)) < 2 or (not goal and len(known) < 2):
        return None
    start, length = min(times), max(times) - min(times)
    values = [value for _, value, _ in known] + ([goal[1]] if goal else [])
    largest = max(map(abs, values)) or 1.0  # the difference of two huge numbers is infinite
    parts = [value / largest for value in values]
    low, high = min(0.0, *parts), max(0.0, *parts)
    span = high - low or 1.0

    def x(time: float) -> float:
        return round(_LEFT + (WIDTH - _LEFT - _RIGHT) * (time - start) / length, 1)

    def dot(time: float, value: float, text: str) -> Dot:
        height = HEIGHT - _TOP - _BOTTOM
        return Dot(x(time), round(_TOP + height * (1 - (value / largest - low) / span), 1), text)

    years = {math.floor(time): time for time in (max(times), min(times))}
    return TargetChart(
        dots=tuple(dot(*point) for point in known),
        target=dot(*goal) if goal else None,
        axis=HEIGHT - _BOTTOM + 14.0,
        years=tuple(Dot(x(time), 0.0, str(year)) for year, time in sorted(years.items())),
    )


def _time(text: str | None) -> float | None:
    """Return a year, a month or a day as a number of years."""
    match = _TIME.match(text or "")
    if match is None:
        return None
    return int(match[1]) + (int(match[2] or 1) - 1) / 12 + (int(match[3] or 1) - 1) / 372
