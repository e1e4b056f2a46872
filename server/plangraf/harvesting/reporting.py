"""The report on the validation of a source, as it is recorded."""

from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path

from rdflib import URIRef

from plangraf import shipped
from plangraf.harvesting.records import ReportedResult, SourceReport
from plangraf.release.part_builder import BuiltPart
from plangraf.release.write import ReleaseContent
from plangraf.validation.coverage import ValidationCoverage
from plangraf.validation.report import to_report
from plangraf.validation.result import Result
from plangraf.validation.shapes import load_shapes

MOST_REPORTED = 60
"""The number of results that are recorded; the counts include all."""


def built_results(content: ReleaseContent, publishers: Collection[str]) -> list[Result]:
    """Return the results of those parts of a release that were built for some publishers."""
    return [
        result
        for part in content.parts
        if part.name in publishers and isinstance(part.source, BuiltPart)
        for result in part.source.results
    ]


def source_report(
    results: Iterable[Result], paths: Collection[Path], now: datetime, *, published: bool
) -> SourceReport:
    """Return the report on a source.

    Args:
        results: the results of a validation.
        paths: the names of the documents of the source; results about other documents are left out.
        now: the time.
        published: whether the report is about what is published.
    """
    own = [result for result in results if result.location is None or result.location.path in paths]
    report = to_report(own, load_shapes(shipped.SHAPES), ValidationCoverage())
    return SourceReport(
        time=now,
        published=published,
        counts={severity.value: number for severity, number in report.counts.items() if number},
        results=tuple(
            ReportedResult(
                severity=result.severity.value,
                shape=str(result.shape),
                focus=str(result.focus) if isinstance(result.focus, URIRef) else "",
                label=result.label,
                messages=result.messages,
                place=str(result.location or ""),
            )
            for result in report.first(MOST_REPORTED).results
        ),
    )
