"""The comparison as tables: a row for each publisher and SDG, or for each contribution to one SDG."""

from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.http.table import Record, Table
from plangraf.namespaces import expand
from plangraf.site.compare.model import Comparison, SdgCounts, Selection
from plangraf.site.sdg.contributions import Entry
from plangraf.site.sdg.page import GOAL_NUMBERS
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading

_CONTRIBUTION = ("publisher", "plan", "thing", "relation", "sdg", "basis", "sources", "claim")


async def compare_table(comparison: Comparison, request: RecordingRequest, _: Services) -> Table:
    """Return all rows of a comparison, without paging."""
    language, selection, counts = Reader.of(request).languages, comparison.selection, comparison.counts
    if counts is not None:
        return Table(("publisher", "key", "name", "sdg", *selection.bases), _counts(counts, selection), language)
    reading = Reading(comparison.triples, comparison.reading.reader)
    return Table(_CONTRIBUTION, [_contribution(reading, entry) for entry in comparison.entries], language)


def _counts(counts: SdgCounts, selection: Selection) -> list[Record]:
    return [
        {
            "publisher": publisher.reference.iri,
            "key": publisher.key,
            "name": publisher.reference.name.text,
            "sdg": int(sdg),
            **{basis: counts.count(publisher, sdg, basis) for basis in selection.bases},
        }
        for publisher in counts.publishers
        for sdg in GOAL_NUMBERS
    ]


def _contribution(reading: Reading, entry: Entry) -> Record:
    return {
        "publisher": entry.publisher.reference.iri if entry.publisher else None,
        "plan": entry.plan.iri if entry.plan else None,
        "thing": entry.source,
        "relation": entry.relation,
        "sdg": entry.target,
        "basis": "stated" if entry.stated else "editorial",
        "sources": reading.statements.iris(entry.claim, expand("dct:source")),
        "claim": entry.claim,
    }
