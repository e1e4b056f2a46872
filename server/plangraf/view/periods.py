"""Dates and periods among the statements of a page."""

from plangraf.namespaces import expand
from plangraf.view.dates import ExactDate, PeriodOfTime
from plangraf.view.reading import Reading


def read_dates(reading: Reading, subject: str, prefixed: str) -> list[ExactDate]:
    """Return the dates of a property, which is given by its prefixed name, the earliest first."""
    texts = {literal.value for literal in reading.statements.literals(subject, expand(prefixed))}
    return [ExactDate(text) for text in sorted(texts)]


def read_period(reading: Reading, node: str) -> PeriodOfTime:
    """Return the period of a dct:PeriodOfTime, which is open at both ends if the statements give neither."""
    start, end = (read_dates(reading, node, bound) for bound in ("dcat:startDate", "dcat:endDate"))
    return PeriodOfTime(start[0] if start else None, end[0] if end else None)


def written_period(reading: Reading, subject: str) -> str | None:
    """Return the period of a plan in words, or the label of one without dates, or None if it has no period."""
    for node in reading.statements.iris(subject, expand("dct:temporal")):
        period = read_period(reading, node)
        if period:
            return period.written(reading.reader.language)
        if reading.statements.names(node):
            return reading.name(node).text
    return None
