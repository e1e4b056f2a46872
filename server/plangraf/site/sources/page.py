"""The pages of the sources: a list of all, and one of a source with its documents and its report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from babel.dates import format_date, format_time

from plangraf.harvesting.faults import HarvestFault
from plangraf.harvesting.records import DocumentRecord, HarvestOutcome, ReportedResult, SourceRecord
from plangraf.http.negotiate import page_number
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import DATE_LOCALES, N_, Msgid, bilingual, preferred_text
from plangraf.namespaces import GRAPH, SHAPES, compact
from plangraf.site.sources.model import SOURCES_PATH, SourceDescription, SourceList, source_path
from plangraf.validation.result import Severity
from plangraf.view.page import Page
from plangraf.view.paging import count_pages
from plangraf.view.reader import Reader

_ON_PAGE = 25
"""The number of sources, or of documents, on a page."""
_MOST_GRAPHS = 3
"""The number of graphs of a document that its row names."""

_OUTCOMES: dict[HarvestOutcome, Msgid] = {
    HarvestOutcome.GOOD: N_("In order"),
    HarvestOutcome.PARTLY: N_("Partly in order"),
    HarvestOutcome.HELD: N_("Held back"),
    HarvestOutcome.FAILED: N_("Not in order"),
}
_MEANINGS: dict[HarvestOutcome, Msgid] = {
    HarvestOutcome.GOOD: N_("Everything that the source has is published here."),
    HarvestOutcome.PARTLY: N_("Some documents could not be published. Their last good version is still here."),
    HarvestOutcome.HELD: N_("The source has lost much. Its last good version is still here."),
    HarvestOutcome.FAILED: N_(
        "The source could not be published as it is now. If it was here before, its last good version still is."
    ),
}
_SEVERITIES = {
    Severity.VIOLATION.value: N_("Must be fixed"),
    Severity.WARNING.value: N_("Should be fixed"),
    Severity.INFO.value: N_("Worth knowing"),
}


@dataclass(frozen=True)
class SourceTime:
    """A time of a source.

    Attributes:
        text: the time in words.
        exact: the time in the notation of ISO 8601.
    """

    text: str
    exact: str


@dataclass(frozen=True)
class SourceLine:
    """A source in the list.

    Attributes:
        address: its address.
        href: the address of its page.
        outcome: the outcome of the last harvest, in words.
        good: whether everything is in order.
        fault: what is wrong, in words; empty if nothing is, or if it stands with the documents.
        checked: when it was harvested last.
        changed: when something of it was published last, or None.
        record: the source.
    """

    address: str
    href: str
    outcome: str
    good: bool
    fault: str
    checked: SourceTime | None
    changed: SourceTime | None
    record: SourceRecord


@dataclass(frozen=True)
class DocumentLine:
    """A document of a source.

    Attributes:
        address: its address.
        graphs: the names and the addresses of the first of its graphs.
        more: the number of the others.
        retrieved: when what is published was retrieved, or None.
        fault: why its new content is not published, in words; empty if it is.
        record: the document.
    """

    address: str
    graphs: tuple[tuple[str, str], ...]
    more: int
    retrieved: SourceTime | None
    fault: str
    record: DocumentRecord


@dataclass(frozen=True)
class ReportGroup:
    """The results of one requirement.

    Attributes:
        severity: their severity, in words.
        name: the short name of the requirement.
        href: the address of its explanation, or None.
        message: the message of all of them; empty if each has its own.
        results: the results.
    """

    severity: str
    name: str
    href: str | None
    message: str
    results: tuple["ResultLine", ...]


@dataclass(frozen=True)
class ResultLine:
    """A result in the words of the reader.

    Attributes:
        name: the name of the thing that it is about; empty if it has none.
        iri: the IRI of the thing; empty for a blank node.
        place: document, line or cell.
        message: the fault and the remedy.
    """

    name: str
    iri: str
    place: str
    message: str


async def sources_page(found: SourceList, request: RecordingRequest, _: Services) -> Page:
    """Return the list of the sources.

    Raises:
        ResourceNotFound: the list has no such page.
    """
    reader, number = Reader.of(request), page_number(request)
    pages = count_pages(len(found.sources), _ON_PAGE, number)
    shown = found.sources[(number - 1) * _ON_PAGE : number * _ON_PAGE]
    context = {
        "harvests": found.harvests,
        "sources": [_line(each, reader) for each in shown],
        "total": len(found.sources),
        "bad": sum(each.outcome != HarvestOutcome.GOOD for each in found.sources),
        "number": number,
        "pages": pages,
        "previous": reader.href(f"{SOURCES_PATH}?page={number - 1}"),
        "following": reader.href(f"{SOURCES_PATH}?page={number + 1}"),
        "tables": _tables(SOURCES_PATH, reader),
    }
    return Page(
        "sources/sources.html",
        reader.gettext("Sources that are harvested"),
        context,
        description=reader.gettext("Which plans come from other publishers' servers, and whether they are in order."),
        lasting=False,
    )


async def source_page(source: SourceDescription, request: RecordingRequest, _: Services) -> Page:
    """Return the page of a source.

    Raises:
        ResourceNotFound: the list of documents has no such page.
    """
    reader, number = Reader.of(request), page_number(request)
    documents = source.details.documents
    pages = count_pages(len(documents), _ON_PAGE, number)
    path = source_path(source.record)
    report = source.details.report
    context = {
        "source": _line(source.record, reader),
        "meaning": reader.gettext(_MEANINGS[source.record.outcome]),
        "documents": [_document(each, reader) for each in documents[(number - 1) * _ON_PAGE : number * _ON_PAGE]],
        "report": report,
        "reported": _time(report.time, reader) if report is not None else None,
        "groups": _groups(report.results, reader) if report is not None else (),
        "unlisted": sum(report.counts.values()) - len(report.results) if report is not None else 0,
        "left_out": sum(each.left_out for each in documents),
        "example": next((each.example for each in documents if each.example), ""),
        "number": number,
        "pages": pages,
        "previous": reader.href(f"{path}?page={number - 1}"),
        "following": reader.href(f"{path}?page={number + 1}"),
        "tables": _tables(path, reader),
        "all_href": reader.href(SOURCES_PATH),
    }
    return Page(
        "sources/source.html",
        reader.gettext("Source: {address}").format(address=source.record.address),
        context,
        description=reader.gettext("What is harvested from this source, and whether it is in order."),
        lasting=False,
    )


def _line(record: SourceRecord, reader: Reader) -> SourceLine:
    return SourceLine(
        address=record.address,
        href=reader.href(source_path(record)),
        outcome=reader.gettext(_OUTCOMES[record.outcome]),
        good=record.outcome == HarvestOutcome.GOOD,
        fault=_fault(record.fault, reader),
        checked=_time(record.checked, reader),
        changed=_time(record.changed, reader),
        record=record,
    )


def _document(record: DocumentRecord, reader: Reader) -> DocumentLine:
    return DocumentLine(
        address=record.address,
        graphs=tuple(_graph(each, reader) for each in record.graphs[:_MOST_GRAPHS]),
        more=len(record.graphs[_MOST_GRAPHS:]),
        retrieved=_time(record.retrieved, reader),
        fault=_fault(record.fault, reader),
        record=record,
    )


def _graph(iri: str, reader: Reader) -> tuple[str, str]:
    name = iri.removeprefix(GRAPH)
    return name, reader.href(f"/graph/{quote(name, safe='/%')}")


def _groups(results: Iterable[ReportedResult], reader: Reader) -> Sequence[ReportGroup]:
    """Return the results by requirement, in the order of the first result of each."""
    found: dict[tuple[str, str], list[ReportedResult]] = {}
    for result in results:
        found.setdefault((result.severity, result.shape), []).append(result)
    return [_group(severity, shape, group, reader) for (severity, shape), group in found.items()]


def _group(severity: str, shape: str, results: Iterable[ReportedResult], reader: Reader) -> ReportGroup:
    language = bilingual(reader.language)
    lines = tuple(
        ResultLine(
            name=preferred_text(each.label, reader.language) or "",
            iri=each.focus,
            place=each.place,
            message=preferred_text(each.messages, language) or "",
        )
        for each in results
    )
    messages = {each.message for each in lines}
    known = _SEVERITIES.get(severity)
    return ReportGroup(
        severity=reader.gettext(known) if known else severity,
        name=compact(shape).strip("<>"),
        href=reader.href(f"/shapes#{shape.partition('#')[2]}") if shape.startswith(f"{SHAPES}#") else None,
        message=lines[0].message if len(messages) == 1 else "",
        results=lines,
    )


def _fault(fault: HarvestFault | None, reader: Reader) -> str:
    return fault.text(reader.language) if fault is not None else ""


def _time(time: datetime | None, reader: Reader) -> SourceTime | None:
    if time is None:
        return None
    locale = DATE_LOCALES[reader.language]
    text = f"{format_date(time, 'long', locale=locale)} {format_time(time, 'short', locale=locale)} UTC"
    return SourceTime(text, time.isoformat().replace("+00:00", "Z"))


def _tables(path: str, reader: Reader) -> tuple[tuple[str, str], ...]:
    return (("CSV", reader.table_href(f"{path}.csv")), ("JSON", reader.href(f"{path}.json")))
