"""The values of an indicator over time: a table and a line chart."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.namespaces import expand
from plangraf.view.amount import format_amount
from plangraf.view.chart import Chart, draw, finite_number
from plangraf.view.reading import Reading, Reference

MOST = 1000
"""The maximum number of values on a page; the query for a description selects one more."""

_PERIOD, _VALUE = expand("sdmx-dimension:refPeriod"), expand("sdmx-measure:obsValue")


@dataclass(frozen=True)
class Observation:
    """A value of an indicator (`qb:Observation`).

    Attributes:
        reference: the link to the observation.
        period: the year, month or date of the value, or None if it is missing.
        value: the number in the reader's format; a value that is not a number is unchanged.
        number: the number, or None if it is none or beyond all bounds.
        sources: the sources of the value.
        sets: the data sets of the observation, if the observations of the indicator are in several.
    """

    reference: Reference
    period: str | None
    value: str
    number: float | None
    sources: tuple[Reference, ...]
    sets: tuple[Reference, ...]


@dataclass(frozen=True)
class Series:
    """The values of an indicator, the earliest first.

    Attributes:
        observations: the values.
        chart: the line chart, if there are two or more values with a period, all in one data set.
        cut: whether values were left out.
    """

    observations: tuple[Observation, ...]
    chart: Chart | None
    cut: bool


def read_series(reading: Reading, indicator: str) -> Series | None:
    """Return the values in the description of an indicator, or None if it has none."""
    statements = reading.statements
    values = {
        iri: value
        for iri in statements.subjects(expand("plan:indicator"), indicator)
        if (value := _literal(reading, iri, _VALUE)) is not None
    }
    if not values:
        return None
    shown, cut = sorted(values, key=lambda iri: _order(reading, iri))[:MOST], len(values) > MOST
    sets = {part for iri in shown for part in statements.iris(iri, expand("qb:dataSet"))}
    observations = tuple(
        Observation(
            reference=reading.reference(iri),
            period=statements.text(iri, _PERIOD),
            value=format_amount(values[iri], reading.reader.language),
            number=finite_number(values[iri]),
            sources=tuple(reading.references(iri, "dct:source")),
            sets=tuple(reading.references(iri, "qb:dataSet")) if len(sets) > 1 else (),
        )
        for iri in shown
    )
    rows = [(_literal(reading, iri, _PERIOD), values[iri]) for iri in shown]
    chart = None if len(sets) > 1 else _line(rows)
    return Series(observations, chart, cut)


def _line(rows: Iterable[tuple[ox.Literal | None, ox.Literal]]) -> Chart | None:
    dated = [row for row in rows if row[0] is not None]
    chart = draw(("year", "value"), dated, "line")
    return chart if chart is not None and chart.kind == "line" else None


def _order(reading: Reading, iri: str) -> tuple[bool, str, str]:
    period = reading.statements.text(iri, _PERIOD)
    return (period is None, period or "", iri)


def _literal(reading: Reading, iri: str, predicate: str) -> ox.Literal | None:
    return next(iter(reading.statements.literals(iri, predicate)), None)
