"""The sources as tables: a row for each source, and a row for each document of one."""

from datetime import datetime

from plangraf.harvesting.faults import HarvestFault
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.http.table import Table
from plangraf.languages import InterfaceLanguage
from plangraf.site.sources.model import SourceDescription, SourceList, source_path
from plangraf.view.reader import Reader

_SOURCES = (
    *("source", "page", "outcome", "fault", "checked", "changed", "release", "documents", "faulty", "concepts"),
    *("warnings", "licences", "graphs", "speaksFor", "passedOver"),
)
_DOCUMENTS = (*("document", "graphs", "concepts", "licences", "retrieved", "leftOut", "leftOutExample", "fault"),)


async def sources_table(found: SourceList, request: RecordingRequest, _: Services) -> Table:
    """Return all sources, without paging."""
    language = Reader.of(request).language
    records = [
        {
            "source": each.address,
            "page": f"{request.base}{source_path(each)}",
            "outcome": each.outcome.value,
            "fault": _text(each.fault, language),
            "checked": _time(each.checked),
            "changed": _time(each.changed),
            "release": each.release or None,
            "documents": each.documents,
            "faulty": each.faulty,
            "concepts": each.concepts,
            "warnings": each.warnings,
            "licences": list(each.licences),
            "graphs": list(each.graphs),
            "speaksFor": list(each.speaks_for),
            "passedOver": list(each.passed),
        }
        for each in found.sources
    ]
    return Table(_SOURCES, records, language)


async def documents_table(source: SourceDescription, request: RecordingRequest, _: Services) -> Table:
    """Return all documents of a source, without paging."""
    language = Reader.of(request).language
    records = [
        {
            "document": each.address,
            "graphs": list(each.graphs),
            "concepts": each.concepts,
            "licences": list(each.licences),
            "retrieved": _time(each.retrieved),
            "leftOut": each.left_out,
            "leftOutExample": each.example or None,
            "fault": _text(each.fault, language),
        }
        for each in source.details.documents
    ]
    return Table(_DOCUMENTS, records, language)


def _text(fault: HarvestFault | None, language: InterfaceLanguage) -> str | None:
    return fault.text(language) if fault is not None else None


def _time(time: datetime | None) -> str | None:
    return time.isoformat().replace("+00:00", "Z") if time is not None else None
