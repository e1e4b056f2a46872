"""The comparison as tables: a row for each publisher and SDG, or for each contribution to one SDG."""

from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.http.table import Record, Table
from plangraf.namespaces import expand
from plangraf.site.compare.model import Comparison, SdgCounts, Selection
from plangraf.site.sdg.contributions import SdgContribution
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading
from plangraf.vocabulary import GOAL_NUMBERS

_CONTRIBUTION = ("publisher", "plan", "thing", "relation", "sdg", "basis", "sources", "claim", "creators", "quotes")


async def compare_table(comparison: Comparison, request: RecordingRequest, _: Services) -> Table:
    """Return all rows of a comparison, without paging."""
    language, selection, counts = Reader.of(request).languages, comparison.selection, comparison.counts
    if counts is not None:
        return Table(("publisher", "key", "name", "sdg", *selection.bases), _counts(counts, selection), language)
    reading = Reading(comparison.statements, comparison.reading.reader)
    return Table(
        _CONTRIBUTION, [_contribution(reading, contribution) for contribution in comparison.contributions], language
    )


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


def _contribution(reading: Reading, contribution: SdgContribution) -> Record:
    return {
        "publisher": contribution.publisher.reference.iri if contribution.publisher else None,
        "plan": contribution.plan.iri if contribution.plan else None,
        "thing": contribution.source,
        "relation": contribution.relation,
        "sdg": contribution.target,
        "basis": "stated" if contribution.stated else "editorial",
        "sources": reading.statements.iris(contribution.claim, expand("dct:source")),
        "claim": contribution.claim,
        "creators": reading.statements.iris(contribution.claim, expand("dct:creator")),
        "quotes": [quote.value for quote in reading.statements.literals(contribution.claim, expand("plan:quote"))],
    }
