"""The records of the sources in a state folder: what is harvested, when, with what outcome.

STATE/sources/
├── sources.json        all sources, without their documents
├── {key}.json          the documents of a source, and the report on them
└── lock                who harvests
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from plangraf.errors import InputError
from plangraf.harvesting.faults import HarvestFault
from plangraf.release.files import synchronize_folder

SOURCES = "sources"
"""The folder of the records in a state folder."""
_INDEX = "sources.json"
_KEY = re.compile(r"[a-z0-9-]+")
_LONGEST_NAME = 60
_DIGITS = 8

M = TypeVar("M", bound=BaseModel)


class HarvestOutcome(StrEnum):
    """The outcome of the last harvest of a source."""

    GOOD = "good"
    """All its documents are published."""
    PARTLY = "partly"
    """Some are, and the others keep their last good state."""
    HELD = "held"
    """It has lost so much that it keeps its last good state until the operator says yes."""
    FAILED = "failed"
    """None is, and it keeps its last good state."""


class DocumentRecord(BaseModel):
    """A document of a source.

    Attributes:
        address: its address.
        graphs: the graphs that are published from it.
        digest: a hash of what is published from it; empty if nothing is.
        etag: its entity tag.
        modified: the value of Last-Modified.
        retrieved: when the content that is published was retrieved, in UTC.
        concepts: the number of concepts, such as goals, that are published from it.
        licences: the licences that are stated for it.
        left_out: the number of things of others about which it says something that is left out.
        example: the IRI of one of these; empty if there is none.
        fault: why its new content is not published, if it is not.
    """

    model_config = ConfigDict(frozen=True)

    address: str
    graphs: tuple[str, ...] = ()
    digest: str = ""
    etag: str = ""
    modified: str = ""
    retrieved: AwareDatetime | None = None
    concepts: int = 0
    licences: tuple[str, ...] = ()
    left_out: int = 0
    example: str = ""
    fault: HarvestFault | None = None


class ReportedResult(BaseModel):
    """A result of the validation of a source.

    Attributes:
        severity: its severity.
        shape: the IRI of the shape.
        focus: the IRI of the thing that it is about; empty for a blank node.
        label: the name of the thing, by language tag.
        messages: the fault and the remedy, by language tag.
        place: document, line or cell.
    """

    model_config = ConfigDict(frozen=True)

    severity: str
    shape: str
    focus: str
    label: dict[str, str]
    messages: dict[str, str]
    place: str


class SourceReport(BaseModel):
    """The report on the validation of a source.

    Attributes:
        time: when it was made, in UTC.
        published: whether it is about what is published; otherwise it is about what is not, and why.
        counts: the number of results of each severity.
        results: the first of them.
    """

    model_config = ConfigDict(frozen=True)

    time: AwareDatetime
    published: bool
    counts: dict[str, int] = {}
    results: tuple[ReportedResult, ...] = ()


class SourceDetails(BaseModel):
    """The documents of a source, and the report on them.

    Attributes:
        documents: the documents, in the order of their addresses.
        report: the report of the last validation; None if nothing could be validated yet.
    """

    model_config = ConfigDict(frozen=True)

    documents: tuple[DocumentRecord, ...] = ()
    report: SourceReport | None = None


class SourceRecord(BaseModel):
    """A source.

    Attributes:
        address: its address.
        key: its name in addresses of this server.
        speaks_for: the publishers for whom it speaks, as the operator says.
        outcome: the outcome of the last harvest.
        checked: when it was harvested last, in UTC.
        changed: when something of it was published last, in UTC; None if nothing has been.
        release: the release that was made then.
        fault: what is wrong, if anything is; that of a single document stands with the document.
        documents: the number of its documents that are published.
        faulty: the number of its documents whose new content is not published.
        graphs: the graphs that are published from it.
        concepts: the number of concepts, such as goals, that are published from it.
        licences: the licences that are stated for them.
        parts: the hashes of the parts of the release that have its graphs, by publisher.
        passed: publishers in the source whose graphs are not harvested, because they are others'.
        unusable: the number of datasets of a catalogue without a document in a known format.
        warnings: the number of warnings of the last validation.
    """

    model_config = ConfigDict(frozen=True)

    address: str
    key: str
    speaks_for: tuple[str, ...] = ()
    outcome: HarvestOutcome = HarvestOutcome.FAILED
    checked: AwareDatetime | None = None
    changed: AwareDatetime | None = None
    release: str = ""
    fault: HarvestFault | None = None
    documents: int = 0
    faulty: int = 0
    graphs: tuple[str, ...] = ()
    concepts: int = 0
    licences: tuple[str, ...] = ()
    parts: dict[str, str] = {}
    passed: tuple[str, ...] = ()
    unusable: int = 0
    warnings: int = 0


class _Index(BaseModel):
    sources: tuple[SourceRecord, ...] = ()


class SourceRecords:
    """The records of the sources of a state folder; their lock is held by who changes them.

    Args:
        state: the state folder, which need not exist.
    """

    def __init__(self, state: Path) -> None:
        self.folder = state / SOURCES

    def all(self) -> tuple[SourceRecord, ...]:
        """Return all sources, in the order of their addresses.

        Raises:
            InputError: the records cannot be read.
        """
        return (_read(self.folder / _INDEX, _Index) or _Index()).sources

    def find(self, key: str) -> SourceRecord | None:
        """Return the source with this key, or None.

        Raises:
            InputError: the records cannot be read.
        """
        return next((source for source in self.all() if source.key == key), None)

    def details(self, source: SourceRecord) -> SourceDetails:
        """Return the documents of a source, and the report on them.

        Raises:
            InputError: the record cannot be read.
        """
        return _read(self._file(source), SourceDetails) or SourceDetails()

    def put(self, source: SourceRecord, details: SourceDetails) -> None:
        """Record a source in place of the record of the same address.

        Raises:
            InputError: the folder cannot be written.
        """
        others = [each for each in self.all() if each.address != source.address]
        _write(self._file(source), details)
        self._write_index([*others, source])

    def remove(self, source: SourceRecord) -> None:
        """Forget a source.

        Raises:
            InputError: the folder cannot be written.
        """
        self._write_index(each for each in self.all() if each.address != source.address)
        self._file(source).unlink(missing_ok=True)

    def _write_index(self, sources: Iterable[SourceRecord]) -> None:
        _write(self.folder / _INDEX, _Index(sources=tuple(sorted(sources, key=lambda source: source.address))))

    def _file(self, source: SourceRecord) -> Path:
        assert _KEY.fullmatch(source.key)  # noqa: S101  # `source_key` makes no others
        return self.folder / f"{source.key}.json"


def source_key(address: str) -> str:
    """Return the name of a source in addresses of this server: readable, and different for each address."""
    readable = re.sub(r"[^a-z0-9]+", "-", address.partition("://")[2].lower()).strip("-")[:_LONGEST_NAME].strip("-")
    return f"{readable}-{hashlib.sha256(address.encode()).hexdigest()[:_DIGITS]}".strip("-")


def _read(path: Path, model: type[M]) -> M | None:
    try:
        return model.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise InputError(
            "is not a record of sources that this version reads: restore the file from a backup, or remove it", path
        ) from error


def _write(path: Path, model: BaseModel) -> None:
    """Write a record; the file is replaced as a whole."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(model.model_dump_json(indent=1, exclude_defaults=True).encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
        synchronize_folder(path.parent)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", path) from error
