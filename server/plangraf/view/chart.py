"""Charts of answers with two columns: a bar in each row of the table, or a line over time.

Every number in a chart is also in the table of the same figure.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.namespaces import PREFIXES

_XSD = PREFIXES["xsd"]
_NUMERIC = frozenset(
    _XSD + name
    for name in (
        *("integer", "decimal", "double", "float", "long", "int", "short", "byte"),
        *("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
        *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    )
)
_TIMES = frozenset(_XSD + name for name in ("gYear", "gYearMonth", "date", "dateTime"))
_TIME = re.compile(r"(-?\d{4,9})(?:-(\d\d))?(?:-(\d\d))?")

WIDTH, HEIGHT = 640, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 16, 16, 28, 30

Row = Sequence[object]


@dataclass(frozen=True)
class Bar:
    """The start and the length of a bar, in percent of the available width."""

    start: float
    length: float


@dataclass(frozen=True)
class Dot:
    """A point of a line chart, with its labels."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Chart:
    """The chart of an answer, and the kinds of charts to choose from.

    Attributes:
        kind: `bar`, `line`, or `table` for no chart.
        kinds: the kinds of charts that the answer supports.
        bars: a bar for each row, or None for a row without a finite number.
        dots: the points of the line, from left to right.
        zero: the vertical position of the zero line, if it is within the chart.
        lowest: the point with the smallest number.
        highest: the point with the largest number.
        left_out: the number of rows without a finite number.
    """

    kind: str
    kinds: tuple[str, ...]
    bars: tuple[Bar | None, ...] = ()
    dots: tuple[Dot, ...] = ()
    zero: float | None = None
    lowest: Dot | None = None
    highest: Dot | None = None
    left_out: int = 0


def draw(variables: Sequence[str], rows: Sequence[Row], requested: str | None) -> Chart | None:
    """Return the chart of an answer, or None if its columns are not a label or time and a number.

    Args:
        variables: the names of the columns.
        rows: the terms of each row.
        requested: `table`, `bar` or `line`; an unsupported kind gives a table, any other value the best kind.
    """
    if len(variables) != 2:
        return None
    terms = [row[1] for row in rows if row[1] is not None]
    if not all(_is_number(term) for term in terms):
        return None
    times = [_time(row[0], variables[0]) for row in rows]
    dated = all(time is not None for time in times)
    if not dated and all(_is_number(row[0]) for row in rows):
        return None
    numbers = [finite_number(row[1]) for row in rows]
    known = [number for number in numbers if number is not None]
    if not known:
        return None
    kinds = ("table", "bar", "line") if dated and len(known) > 1 else ("table", "bar")
    kind = "table" if requested == "line" else kinds[-1]
    if requested is not None and requested in kinds:
        kind = requested
    left_out = len(numbers) - len(known)
    if kind == "table":
        return Chart(kind, kinds)
    # Scale numbers before the subtraction, because the difference of two huge floats is infinite.
    largest = max(map(abs, known)) or 1.0
    parts = [None if number is None else number / largest for number in numbers]
    low = min(0.0, *(part for part in parts if part is not None))
    span = max(0.0, *(part for part in parts if part is not None)) - low or 1.0
    if kind == "bar":
        bars = tuple(
            None
            if part is None
            else Bar(round(100 * (min(part, 0.0) - low) / span, 2), round(100 * abs(part) / span, 2))
            for part in parts
        )
        return Chart(kind, kinds, bars=bars, left_out=left_out)
    height = HEIGHT - _TOP - _BOTTOM

    def down(part: float) -> float:
        return round(_TOP + height * (1 - (part - low) / span), 1)

    found = sorted(
        (time, part, f"{_text(row[0])}: {_text(row[1])}")
        for time, part, row in zip(times, parts, rows, strict=True)
        if time is not None and part is not None
    )
    first, length = found[0][0], found[-1][0] - found[0][0] or 1.0
    width = WIDTH - _LEFT - _RIGHT
    dots = tuple(
        Dot(round(_LEFT + width * (time - first) / length, 1), down(part), text) for time, part, text in found
    )
    by_number = sorted(range(len(found)), key=lambda place: found[place][1])
    return Chart(
        kind,
        kinds,
        dots=dots,
        zero=down(0.0),
        lowest=dots[by_number[0]],
        highest=dots[by_number[-1]],
        left_out=left_out,
    )


def _text(term: object) -> str:
    text = term.value if isinstance(term, ox.Literal) else str(term)
    return text if len(text) <= 40 else text[:39] + "…"


def _is_number(term: object) -> bool:
    return isinstance(term, ox.Literal) and term.datatype.value in _NUMERIC


def finite_number(term: object) -> float | None:
    """Return a finite number, or None for NaN, infinity and numbers beyond the range of a float."""
    if not isinstance(term, ox.Literal):
        return None
    try:
        number = float(term.value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _time(term: object, variable: str) -> float | None:
    """Return a point in time in years; an integer is a year if the name of its column says so."""
    if not isinstance(term, ox.Literal):
        return None
    year = "year" in variable.lower() and term.datatype.value == _XSD + "integer"
    match = _TIME.match(term.value) if year or term.datatype.value in _TIMES else None
    if match is None:
        return None
    return int(match[1]) + (int(match[2] or 1) - 1) / 12 + (int(match[3] or 1) - 1) / 372
