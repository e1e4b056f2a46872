"""The sources as they are recorded in the state folder of the server."""

from dataclasses import dataclass

from anyio import to_thread

from plangraf.errors import ResourceNotFound
from plangraf.harvesting.records import SourceDetails, SourceRecord, SourceRecords
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.release.state import StateFolder

SOURCES_PATH = "/sources"


@dataclass(frozen=True)
class SourceList:
    """The sources of the server.

    Attributes:
        sources: the sources, in the order of their addresses.
        harvests: whether the server has a state folder, without which it harvests nothing.
    """

    sources: tuple[SourceRecord, ...]
    harvests: bool


@dataclass(frozen=True)
class SourceDescription:
    """A source with its documents.

    Attributes:
        record: the source.
        details: its documents, and the report on them.
    """

    record: SourceRecord
    details: SourceDetails


def source_path(record: SourceRecord) -> str:
    """Return the path of the page of a source."""
    return f"{SOURCES_PATH}/{record.key}"


async def read_sources(_: RecordingRequest, services: Services) -> SourceList:
    """Return the sources.

    Raises:
        InputError: the records cannot be read.
    """
    records = _records(services)
    if records is None:
        return SourceList((), harvests=False)
    return SourceList(await to_thread.run_sync(records.all), harvests=True)


async def read_source(request: RecordingRequest, services: Services) -> SourceDescription:
    """Return the source of an address.

    Raises:
        ResourceNotFound: there is no such source.
        InputError: the records cannot be read.
    """
    key = request.stem.removeprefix(f"{SOURCES_PATH}/")
    records = _records(services)
    record = await to_thread.run_sync(records.find, key) if records is not None else None
    if records is None or record is None:
        raise ResourceNotFound(N_("There is no source {key}; /sources lists those that there are."), key=key[:200])
    return SourceDescription(record, await to_thread.run_sync(records.details, record))


def _records(services: Services) -> SourceRecords | None:
    served = services.settings.served
    return SourceRecords(StateFolder.around(served).path) if served is not None else None
