"""The validation page: a form, and a report with excerpts of the data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plangraf.formats import SOURCE_FORMATS, WORKBOOK_FORMATS, XLSX
from plangraf.http.problems import Problem
from plangraf.languages import N_, preferred_text
from plangraf.namespaces import NOTHING_KNOWN, SHAPES, compact
from plangraf.previewing.limits import LIMITS
from plangraf.previewing.outcome import PreviewFailure, PreviewOutcome
from plangraf.site.preview.resource import preview_path
from plangraf.sources.recognition import EXTENSIONS
from plangraf.validation.cells import CELL_SHAPES
from plangraf.view.page import Page
from plangraf.view.reader import Reader

_LONGEST_LINE = 400
_LONGEST_TEXT = 20_000
"""The maximum number of characters that the form shows again."""
_LARGEST_COPY = 4 * 1024 * 1024
"""The maximum number of characters of a copy of a workbook in a page."""
_FIRST = 3
"""The number of results of a shape that are displayed at once; the others are folded."""

_TOO_LARGE = N_(
    "The plan is too large for a preview here. The command plangraf preview shows all of its pages on your own "
    "machine."
)
_NO_PREVIEW = {
    PreviewFailure.NO_PLAN: N_("There is no plan in the data, so there are no pages to look at."),
    PreviewFailure.TOO_LARGE: _TOO_LARGE,
    PreviewFailure.TIME: _TOO_LARGE,
    PreviewFailure.MEMORY: _TOO_LARGE,
    PreviewFailure.CRASH: N_("The pages of this plan could not be made. That is our fault and not the plan's."),
    PreviewFailure.BUSY: N_("The pages could not be made now. Check the plan again in a moment."),
}


@dataclass(frozen=True)
class Applied:
    """A shape that applies to the data: its name, its link, and the number of its focus nodes."""

    name: str
    href: str | None
    count: int


@dataclass(frozen=True)
class ResultView:
    """A validation result for one reader.

    Attributes:
        name: the label of the focus node, if it has one.
        iri: the IRI of the focus node, or its label in the report.
        message: the message in the reader's language, if it is not that of all results of the shape.
        path: the property, as a prefixed name.
        value: the value node.
        line: the line in the data, counted from 1, if it is known.
        source: the text of that line.
        cell: the cell of the workbook, such as Mål!C7, if it is known.
        about_cell: whether the result is about the cell itself, and not about a thing that it describes.
    """

    name: str | None
    iri: str
    message: str | None
    path: str | None
    value: str | None
    line: int | None
    source: str | None
    cell: str | None
    about_cell: bool


@dataclass(frozen=True)
class AnnotatedView:
    """The copy of a workbook with notes, for one reader.

    Attributes:
        href: the copy itself, as a `data:` address, since nothing is kept; None if it is too large for a page.
        name: the name under which it is saved.
        lacks: a sentence on the parts of the workbook that it does not have, or empty.
    """

    href: str | None
    name: str
    lacks: str


@dataclass(frozen=True)
class PreviewView:
    """The preview of the pages, for one reader: its address, or a sentence on why there is none."""

    href: str | None
    reason: str


@dataclass(frozen=True)
class ShapeView:
    """The results of one shape.

    Attributes:
        name: the name of the shape.
        href: the link to its documentation.
        message: the message of all its results, if it is the same.
        count: the number of all its results.
        first: the first results.
        rest: the other results in the report.
        left_out: the number of results that the report leaves out.
        about_cells: whether they are about cells of a workbook, and not about what these say.
    """

    name: str
    href: str | None
    message: str | None
    count: int
    first: list[ResultView]
    rest: list[ResultView]
    left_out: int
    about_cells: bool


@dataclass(frozen=True)
class SeverityView:
    """The results of one severity: its SHACL name, its label, the number of results, and the results by shape."""

    key: str
    title: str
    count: int
    shapes: list[ShapeView]


@dataclass(frozen=True)
class ReportView:
    """A validation report for one reader.

    Attributes:
        conforms: whether the data conform.
        nothing_known: whether no shape applies to the data.
        statements: the number of statements.
        found: the number of plans, goals, concepts and datasets.
        applied: the shapes that apply, with their links, in the order of their names.
        severities: the results by severity, the most severe first.
        left_out: the number of results that are not displayed.
    """

    conforms: bool
    nothing_known: bool
    statements: int
    found: Mapping[str, int]
    applied: list[Applied]
    severities: list[SeverityView]
    left_out: int


def validation_page(
    reader: Reader,
    text: str = "",
    source: str = "turtle",
    report: Mapping[str, Any] | None = None,
    problem: Problem | None = None,
    *,
    pasted: bool = True,
    workbook: str | None = None,
    wants_preview: bool = False,
    preview: PreviewOutcome | None = None,
) -> Page:
    """Return the validation page.

    Args:
        reader: the reader.
        text: the data, for the excerpts, and for the form if they were pasted and are short.
        source: the key of the format of the data.
        report: the report as a JSON document.
        problem: the error, if there is no report.
        pasted: whether the data came as text of the form.
        workbook: the name of the workbook, without an extension; None if the data are none.
        wants_preview: whether the sender wants to see the pages.
        preview: the preview of the pages, if the data conform and the sender wants it.
    """
    again = text if pasted and len(text) <= _LONGEST_TEXT else ""
    context = {
        "text": again,
        "left_out": len(again) < len(text) or workbook is not None,
        "source": source,
        "formats": SOURCE_FORMATS,
        "extensions": (*EXTENSIONS, *(f".{each.extension}" for each in WORKBOOK_FORMATS), ".xlsm"),
        "annotated": _annotated(report, workbook, reader) if report is not None and workbook is not None else None,
        "report": report_view(report, text, reader) if report is not None else None,
        "problem": problem,
        "wants_preview": wants_preview,
        "preview": _preview(preview, reader) if preview is not None else None,
        "minutes": LIMITS.minutes,
    }
    return Page(
        "validate/validate.html",
        reader.gettext("Check data"),
        context,
        status=problem.status if problem else 200,
        headers=problem.headers if problem else {},
    )


def _preview(preview: PreviewOutcome, reader: Reader) -> PreviewView:
    if preview.failure is not None:
        return PreviewView(None, reader.gettext(_NO_PREVIEW[preview.failure]))
    return PreviewView(reader.href(preview_path(preview.token)), "")


def _annotated(report: Mapping[str, Any], workbook: str, reader: Reader) -> AnnotatedView:
    checked = reader.gettext("checked")
    name = f"{workbook}-{checked}.xlsx" if workbook else f"{checked}.xlsx"
    href = f"data:{XLSX.media_type};base64,{report['copy']}" if len(report["copy"]) <= _LARGEST_COPY else None
    return AnnotatedView(href, name, report["lacks"])


def report_view(report: Mapping[str, Any], text: str, reader: Reader) -> ReportView:
    """Return a report by severity, the most severe first, and by shape, in the order of the lines."""
    lines = text.split("\n")
    titles = {
        "Violation": reader.gettext("Must be fixed"),
        "Warning": reader.gettext("Should be fixed"),
        "Info": reader.gettext("Worth knowing"),
    }
    totals = {shape["shape"]: shape["results"] for shape in report["shapes"]}
    severities = []
    for key, title in titles.items():
        found = [result for result in report["results"] if result["severity"] == key]
        count = report["counts"][key.lower()]
        if count:
            severities.append(SeverityView(key, title, count, _shapes(found, totals, lines, reader)))
    applied = [
        Applied(compact(shape["shape"]), _href(shape["shape"], reader), shape["focusNodes"])
        for shape in report["shapes"]
        if shape["focusNodes"]
    ]
    return ReportView(
        conforms=report["conforms"],
        nothing_known=any(result["sourceShape"] == NOTHING_KNOWN for result in report["results"]),
        statements=report["statements"],
        found=report["found"],
        applied=applied,
        severities=severities,
        left_out=report["leftOut"],
    )


def _shapes(
    results: list[dict[str, Any]], totals: Mapping[str, int], lines: list[str], reader: Reader
) -> list[ShapeView]:
    grouped: dict[str, list[dict[str, Any]]] = {}
    for result in results:
        grouped.setdefault(result["sourceShape"], []).append(result)
    views = []
    for shape, found in grouped.items():
        messages = {_message(result, reader) for result in found}
        same = messages.pop() if len(messages) == 1 else None
        # A value that violates two constraints of one shape is listed once.
        listed = list(dict.fromkeys(_result(result, same, lines, reader) for result in found))
        views.append(
            ShapeView(
                name=compact(shape),
                href=_href(shape, reader),
                message=same,
                count=totals[shape],
                first=listed[:_FIRST],
                rest=listed[_FIRST:],
                left_out=totals[shape] - len(found),
                about_cells=shape.startswith(CELL_SHAPES),
            )
        )
    return views


def _result(result: Mapping[str, Any], same: str | None, lines: list[str], reader: Reader) -> ResultView:
    line = result["line"]
    cell = result.get("cell")
    message = _message(result, reader)
    return ResultView(
        name=preferred_text(result["label"], reader.language),
        iri=result["focusNode"],
        message=message if message != same else None,
        path=compact(result["path"]) if result["path"] else None,
        value=result["value"],
        line=line,
        source=lines[line - 1].strip()[:_LONGEST_LINE] if cell is None and line and line <= len(lines) else None,
        cell=cell,
        about_cell=result["sourceShape"].startswith(CELL_SHAPES),
    )


def _message(result: Mapping[str, Any], reader: Reader) -> str:
    return preferred_text(result["messages"], reader.language) or compact(result["sourceConstraintComponent"])


def _href(shape: str, reader: Reader) -> str | None:
    return reader.href(f"/shapes#{shape.partition('#')[2]}") if shape.startswith(f"{SHAPES}#") else None
