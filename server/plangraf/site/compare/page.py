"""The pages of the comparison: a table of publishers and SDGs, or the contributions to one SDG side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.namespaces import SDG, expand
from plangraf.site.compare.model import Comparison, SdgCounts, Selection, counts_query
from plangraf.site.sdg.contributions import contributions_query, label_page
from plangraf.view.page import Page
from plangraf.view.paging import count_pages
from plangraf.view.publishers import Publisher, read_publishers
from plangraf.view.query_link import sparql_href
from plangraf.view.reader import Reader
from plangraf.vocabulary import GOAL_NUMBERS

ROWS = 50
"""The number of publishers on a page."""
_LEVELS = 4


@dataclass(frozen=True)
class CountCell:
    """A number in a cell; `level` is the intensity of its colour, from 0 to 4, relative to the largest number."""

    value: int
    level: int


@dataclass(frozen=True)
class PublisherRow:
    """A publisher in the table, with the counts for each SDG: stated, editorial, or both in that order."""

    publisher: Publisher
    cells: tuple[tuple[CountCell, ...], ...]


async def compare_page(comparison: Comparison, request: RecordingRequest, services: Services) -> Page:
    """Return the page of a comparison: one call of the engine for one SDG, else none.

    Raises:
        ResourceNotFound: there is no such page.
    """
    selection, reading, counts = comparison.selection, comparison.reading, comparison.counts
    context = {
        "selection": selection,
        "all_publishers": read_publishers(reading),
        "goals": reading.sorted(reading.statements.instances(expand("sdgo:Goal"))),
        "numbers": GOAL_NUMBERS,
        "bases": selection.bases,
    }
    if counts is None:
        return await _one_sdg(comparison, Reader.of(request), services, context)
    pages = count_pages(len(counts.publishers), ROWS, selection.page)
    shown = counts.publishers[(selection.page - 1) * ROWS : selection.page * ROWS]
    query = sparql_href(counts_query(reading, selection), reading.reader)
    context |= {"rows": _rows(counts, shown, selection), "pages": pages, "query_href": query}
    title = reading.reader.gettext("Municipalities compared")
    return Page("compare/compare.html", title, context, query=selection.query)


def _rows(counts: SdgCounts, shown: Sequence[Publisher], selection: Selection) -> list[PublisherRow]:
    table = [(p, [[counts.count(p, sdg, basis) for basis in selection.bases] for sdg in GOAL_NUMBERS]) for p in shown]
    largest = max((value for _, cells in table for cell in cells for value in cell), default=0) or 1
    return [
        PublisherRow(p, tuple(tuple(CountCell(v, -(-_LEVELS * v // largest)) for v in cell) for cell in cells))
        for p, cells in table
    ]


async def _one_sdg(comparison: Comparison, reader: Reader, services: Services, context: dict[str, object]) -> Page:
    selection, reading, found = comparison.selection, comparison.reading, comparison.contributions
    goal = reading.reference(f"{SDG}{selection.sdg}")
    _labelled, contributions = await label_page(services, comparison.statements, found, selection.page, reader)
    contributing = {contribution.publisher.key for contribution in found if contribution.publisher}
    chosen = [publisher for publisher in read_publishers(reading) if selection.takes(publisher)]
    context |= {
        "goal": goal,
        "contributions": contributions,
        "query_href": sparql_href(contributions_query(goal.iri), reader),
        "without": [publisher for publisher in chosen if publisher.key not in contributing],
    }
    title = reader.gettext("Municipalities compared: SDG {number}").format(number=selection.sdg)
    return Page("compare/sdg.html", title, context, query=selection.query)
