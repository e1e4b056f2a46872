"""The validation page: a form, and a report with excerpts of the data."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from plangraf.formats import SOURCE_FORMATS
from plangraf.http.problems import Problem
from plangraf.namespaces import SHAPES, compact
from plangraf.view.page import Page
from plangraf.view.reader import Reader

_LONGEST_LINE = 400


@dataclass(frozen=True)
class ResultView:
    """A validation result for one reader.

    Attributes:
        message: the message in the reader's language.
        path: the property, as a prefixed name.
        value: the value node.
        line: the line in the data, counted from 1, if it is known.
        source: the text of that line.
        shape: the name of the source shape.
        href: the link to the documentation of the shape.
    """

    message: str
    path: str | None
    value: str | None
    line: int | None
    source: str | None
    shape: str
    href: str | None


@dataclass(frozen=True)
class SubjectView:
    """The results about one focus node, with its label and IRI."""

    name: str | None
    iri: str
    results: list[ResultView]


@dataclass(frozen=True)
class SeverityView:
    """The results of one severity: its SHACL name, its label, the number of results, and the displayed results."""

    key: str
    title: str
    count: int
    subjects: list[SubjectView]


@dataclass(frozen=True)
class ReportView:
    """A validation report for one reader, by severity; `left_out` is the number of results that are not displayed."""

    conforms: bool
    severities: list[SeverityView]
    left_out: int


def validation_page(
    reader: Reader,
    text: str = "",
    source: str = "turtle",
    report: Mapping[str, Any] | None = None,
    problem: Problem | None = None,
) -> Page:
    """Return the validation page.

    Args:
        reader: the reader.
        text: the data, for the form and the excerpts.
        source: the key of the format of the data.
        report: the report as a JSON document.
        problem: the error, if there is no report.
    """
    context = {
        "text": text,
        "source": source,
        "formats": SOURCE_FORMATS,
        "report": report_view(report, text, reader) if report is not None else None,
        "problem": problem,
    }
    return Page(
        "validate/validate.html",
        reader.gettext("Check data"),
        context,
        status=problem.status if problem else 200,
        headers=problem.headers if problem else {},
    )


def report_view(report: Mapping[str, Any], text: str, reader: Reader) -> ReportView:
    """Return a report by severity, the most severe first, and by focus node, in the order of the lines."""
    lines = text.splitlines()
    titles = {
        "Violation": reader.gettext("Must be mended"),
        "Warning": reader.gettext("Should be mended"),
        "Info": reader.gettext("Worth knowing"),
    }
    severities = []
    for key, title in titles.items():
        found = [result for result in report["results"] if result["severity"] == key]
        count = report["counts"][key.lower()]
        if count:
            severities.append(SeverityView(key, title, count, _subjects(found, lines, reader)))
    return ReportView(report["conforms"], severities, report["leftOut"])


def _subjects(results: list[dict[str, Any]], lines: list[str], reader: Reader) -> list[SubjectView]:
    first: dict[str, int] = {}
    for result in results:
        first.setdefault(result["focusNode"], len(first))
    ordered = sorted(results, key=lambda result: first[result["focusNode"]])
    subjects = []
    for node, found in groupby(ordered, key=lambda result: result["focusNode"]):
        of_node = list(found)
        views = dict.fromkeys(_result(result, lines, reader) for result in of_node)
        subjects.append(SubjectView(_best(of_node[0]["label"], reader), node, list(views)))
    return subjects


def _result(result: Mapping[str, Any], lines: list[str], reader: Reader) -> ResultView:
    line = result["line"]
    source = lines[line - 1].strip()[:_LONGEST_LINE] if line is not None and line <= len(lines) else None
    shape = result["sourceShape"]
    return ResultView(
        message=_best(result["messages"], reader) or compact(result["sourceConstraintComponent"]),
        path=compact(result["path"]) if result["path"] else None,
        value=result["value"],
        line=line,
        source=source,
        shape=compact(shape),
        href=reader.href(f"/shapes#{shape.partition('#')[2]}") if shape.startswith(f"{SHAPES}#") else None,
    )


def _best(texts: Mapping[str, str], reader: Reader) -> str | None:
    other = "en" if reader.language == "nb" else "nb"
    return texts.get(reader.language) or texts.get(other) or next(iter(texts.values()), None)
