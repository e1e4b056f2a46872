"""The pages of the comparison: a table of publishers and SDGs, or the contributions to one SDG side by side."""

from collections.abc import Iterable
from dataclasses import dataclass

from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.namespaces import SDG, expand
from plangraf.site.compare.model import Comparison, SdgCounts, counts_query
from plangraf.site.sdg.contributions import (
    absent_publishers,
    contributions_query,
    label_page,
    sort_columns,
    sort_contributions,
)
from plangraf.view.page import Page
from plangraf.view.paging import count_pages
from plangraf.view.publishers import Publisher, is_transcribed, read_publishers
from plangraf.view.query_link import sparql_href
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading
from plangraf.vocabulary import GOAL_NUMBERS

ROWS = 40
"""The maximum number of publishers on a page."""
MARKS = 340
"""The number of marks after which a page ends, so that it does not get too large."""
CHOICES = 60
"""The maximum number of publishers that the form offers besides those in the table."""


@dataclass(frozen=True)
class CountMark:
    """The number of things of a publisher that are linked to an SDG, and the link to the list of them."""

    value: int
    basis: str
    href: str


@dataclass(frozen=True)
class PublisherRow:
    """A row of the table: a publisher, and for each SDG the numbers that are not zero.

    Attributes:
        publisher: the publisher.
        transcribed: whether goals of its plans are transcribed with their links.
        cells: the marks for each SDG, stated before editorial.
    """

    publisher: Publisher
    transcribed: bool
    cells: tuple[tuple[CountMark, ...], ...]

    @property
    def marks(self) -> int:
        """The number of marks in the row."""
        return sum(map(len, self.cells))


async def compare_page(comparison: Comparison, request: RecordingRequest, services: Services) -> Page:
    """Return the page of a comparison: one call of the engine for one SDG, else none.

    Raises:
        ResourceNotFound: there is no such page.
    """
    selection, reading, counts = comparison.selection, comparison.reading, comparison.counts
    everybody = read_publishers(reading)
    context = {
        "selection": selection,
        "chosen": [publisher for publisher in everybody if publisher.key in selection.publishers],
        "goals": reading.sorted(reading.statements.instances(expand("sdgo:Goal"))),
    }
    if counts is None:
        return await _one_sdg(comparison, Reader.of(request), services, context)
    pages = table_pages([_row(comparison, counts, publisher) for publisher in counts.publishers])
    count_pages(len(pages), 1, selection.page)
    rows = pages[selection.page - 1] if pages else []
    shown = {row.publisher.key for row in rows}
    context |= {
        "rows": rows,
        "pages": len(pages),
        "publishers": len(counts.publishers),
        "addable": [p for p in everybody if selection.publishers and p.key not in shown][:CHOICES],
        "query_href": sparql_href(counts_query(reading, selection), reading.reader),
    }
    title = reading.reader.gettext("Municipalities compared")
    return Page("compare/compare.html", title, context, query=selection.query)


def table_pages(rows: Iterable[PublisherRow]) -> list[list[PublisherRow]]:
    """Return the rows by page: at most `ROWS` on each, and at most `MARKS` marks unless a single row has more."""
    pages: list[list[PublisherRow]] = []
    marks = 0
    for row in rows:
        if not pages or len(pages[-1]) == ROWS or marks + row.marks > MARKS:
            pages.append([])
            marks = 0
        pages[-1].append(row)
        marks += row.marks
    return pages


def _row(comparison: Comparison, counts: SdgCounts, publisher: Publisher) -> PublisherRow:
    selection, reader = comparison.selection, comparison.reading.reader

    def mark(sdg: str, basis: str) -> CountMark:
        path = selection.path(publishers=(publisher.key,), sdg=sdg, basis=basis)
        return CountMark(counts.count(publisher, sdg, basis), basis, reader.href(path))

    cells = tuple(
        tuple(mark(sdg, basis) for basis in selection.bases if counts.count(publisher, sdg, basis))
        for sdg in GOAL_NUMBERS
    )
    return PublisherRow(publisher, is_transcribed(comparison.reading, publisher), cells)


async def _one_sdg(comparison: Comparison, reader: Reader, services: Services, context: dict[str, object]) -> Page:
    selection, reading, found = comparison.selection, comparison.reading, comparison.contributions
    goal = reading.reference(f"{SDG}{selection.sdg}")
    columns = sort_columns(reader, selection.sort, lambda sort: selection.path(sort=sort))
    ordered = sort_contributions(Reading(comparison.statements, reader), found, selection.sort)
    _labelled, contributions = await label_page(
        services, comparison.statements, ordered, selection.page, reader, columns
    )
    chosen = [publisher for publisher in read_publishers(reading) if selection.takes(publisher)]
    context |= {
        "goal": goal,
        "contributions": contributions,
        "query_href": sparql_href(contributions_query(goal.iri), reader),
        "absent": absent_publishers(reading, chosen, found),
    }
    title = reader.gettext("Municipalities compared: SDG {number}").format(number=selection.sdg)
    return Page("compare/sdg.html", title, context, query=selection.query)
