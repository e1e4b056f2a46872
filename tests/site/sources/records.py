"""Records of sources with every outcome, and a server that shows them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.release.test_publish import SWITCH, write_plan

from plangraf.harvesting.address import parse_address
from plangraf.harvesting.faults import HarvestError, HarvestFault
from plangraf.harvesting.recognition import recognize_document
from plangraf.harvesting.records import (
    DocumentRecord,
    HarvestOutcome,
    ReportedResult,
    SourceDetails,
    SourceRecord,
    SourceRecords,
    SourceReport,
    source_key,
)
from plangraf.namespaces import GRAPH, SHAPES
from plangraf.release.publish import publish

NOW = datetime(2026, 11, 26, 3, 15, tzinfo=UTC)
MARKUP = "<script>alert(1)</script>"
HOSTILE = f"https://eksempel.no/{'א' * 300}?{MARKUP}"


def _fault() -> HarvestFault:
    with pytest.raises(HarvestError) as error:
        recognize_document("text/html", parse_address("https://eksempel.no/login"), b"<html>")
    return error.value.fault


def record_of(address: str, **values: object) -> SourceRecord:
    """Return the record of a source that was harvested at `NOW`."""
    return SourceRecord(address=address, key=source_key(address), checked=NOW, **values)  # type: ignore[arg-type]  # pydantic checks them


def _result(number: int) -> ReportedResult:
    return ReportedResult(
        severity="Violation",
        shape=f"{SHAPES}#LanguageTag",
        focus=f"https://w3id.org/plangraf/id/vik/{number}",
        label={"nb": f"Mål {MARKUP}"},
        messages={"nb": "Merket er ukjent.", "en": "The tag is unknown."},
        place=f"eksempel.no/plan.ttl:{number}",
    )


def write(folder: Path) -> Path:
    """Write a state folder with records, and return it."""
    publish([write_plan(folder / "data", "vik/havna")], folder / "state", SWITCH)
    records = SourceRecords(folder / "state")
    records.folder.mkdir()
    good = record_of(
        "https://god.example/", outcome=HarvestOutcome.GOOD, changed=NOW, release="r000000000000", documents=1,
        graphs=(f"{GRAPH}vik/havna",), concepts=12, licences=("https://creativecommons.org/licenses/by/4.0/",),
        passed=("fjell",), speaks_for=("vik",),
    )  # fmt: skip
    documents = tuple(
        DocumentRecord(address=f"https://god.example/{number}.ttl", graphs=(f"{GRAPH}vik/havna",), retrieved=NOW)
        for number in range(60)
    )
    records.put(good, SourceDetails(documents=documents, report=SourceReport(time=NOW, published=True)))
    bad = record_of(HOSTILE, outcome=HarvestOutcome.FAILED, fault=_fault())
    report = SourceReport(
        time=NOW, published=False, counts={"Violation": 9}, results=tuple(_result(number) for number in range(7))
    )
    document = DocumentRecord(address=HOSTILE, fault=_fault(), left_out=2, example="https://eksempel.no/x")
    records.put(bad, SourceDetails(documents=(document,), report=report))
    for number in range(55):
        records.put(record_of(f"https://a{number:02}.example/", outcome=HarvestOutcome.GOOD), SourceDetails())
    return folder / "state"
