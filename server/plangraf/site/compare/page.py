"""Municipalities compared: how much of each plan is tied to each SDG, and what, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import pyoxigraph as ox

from plangraf.engine.ask import construct, load_query, select
from plangraf.engine.interface import Engine, Query
from plangraf.errors import ResourceNotFound
from plangraf.languages import N_
from plangraf.namespaces import SDG, expand
from plangraf.site.sdg.contributions import Entry, ask_contributions, contributions_query, entries, label_page
from plangraf.site.sdg.page import GOAL_NUMBERS
from plangraf.view.page import Page
from plangraf.view.paging import count_pages
from plangraf.view.publishers import Publisher, read_publishers
from plangraf.view.query_link import sparql_href
from plangraf.view.reading import Reader, Reading

PATH = "/compare"
BASES = ("stated", "editorial")
ROWS = 50
"""How many publishers the table shows on a page."""
_LEVELS = 4
_PUBLISHERS = load_query(__package__, "publishers")
_COUNTS = load_query(__package__, "compare")


@dataclass(frozen=True)
class Selection:
    """What is compared.

    Attributes:
        publishers: the keys of the publishers; none is all of them.
        basis: `stated` or `editorial`; None is both, side by side.
        sdg: the number of the SDG whose contributions are listed; None is the table of all.
        page: which page of a long table or list.
    """

    publishers: tuple[str, ...] = ()
    basis: str | None = None
    sdg: str | None = None
    page: int = 1

    @property
    def query(self) -> str:
        """The selection as it stands in an address."""
        pairs = [("publisher", key) for key in self.publishers]
        pairs += [("basis", self.basis)] if self.basis else []
        pairs += [("sdg", self.sdg)] if self.sdg else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return urlencode(pairs)

    def path(self, ending: str = "", **changes: object) -> str:
        """Return the path of this selection, or of one that differs by `changes`."""
        query = replace(self, **{"page": 1, **changes}).query  # type: ignore[arg-type]  # names of our own fields
        return f"{PATH}{ending}" + (f"?{query}" if query else "")

    def takes(self, publisher: Publisher) -> bool:
        """Whether a publisher is among those compared."""
        return not self.publishers or publisher.key in self.publishers


@dataclass(frozen=True)
class Count:
    """A number in a cell; `level` is how strong its colour is, from 0 to 4, beside the largest in the table."""

    value: int
    level: int


@dataclass(frozen=True)
class Row:
    """A publisher in the table, with the counts for each SDG: stated, editorial, or both in that order."""

    publisher: Publisher
    cells: tuple[tuple[Count, ...], ...]


class Counts:
    """How many things of each publisher are tied to each SDG, by the basis."""

    def __init__(self, publishers: list[Publisher], counts: Mapping[tuple[str, str, str], int]) -> None:
        self.publishers = publishers
        self._counts = counts

    def count(self, publisher: Publisher, sdg: str, basis: str) -> int:
        """Return one number."""
        return self._counts.get((publisher.reference.iri, sdg, basis), 0)


async def ask_publishers(engine: Engine, selection: Selection, reader: Reader) -> Reading:
    """Return publishers, plans and the 17 SDGs: one call of the engine.

    Raises:
        ResourceNotFound: the selection names a publisher that there is not.
    """
    reading = Reading(await construct(engine, Query(_PUBLISHERS)), reader)
    known = {publisher.key for publisher in read_publishers(reading)}
    for key in selection.publishers:
        if key not in known:
            raise ResourceNotFound(
                N_("No plan is published by {key}; {path} lists who publishes."), key=key[:80], path=PATH
            )
    return reading


def counts_query(reading: Reading, selection: Selection) -> Query:
    """Return the query for the counts of the chosen publishers, or of all when none is chosen."""
    chosen = [publisher.reference.iri for publisher in read_publishers(reading) if selection.takes(publisher)]
    return Query(_COUNTS, values={"publisher": tuple(chosen)} if selection.publishers else {})


async def ask_counts(engine: Engine, reading: Reading, selection: Selection) -> Counts:
    """Return the counts of the chosen publishers: one call of the engine."""
    counts = {}
    for solution in await select(engine, counts_query(reading, selection)):
        basis = "stated" if solution["basis"].value == expand("plan:StatedInPlan") else "editorial"
        sdg = solution["goal"].value.removeprefix(SDG)
        counts[solution["publisher"].value, sdg, basis] = int(solution["things"].value)
    return Counts([p for p in read_publishers(reading) if selection.takes(p)], counts)


async def compare_page(engine: Engine, selection: Selection, reader: Reader) -> Page:
    """Return the table of publishers and SDGs, or, for one SDG, what each contributes: at most 3 engine calls.

    Raises:
        ResourceNotFound: there is no such publisher or page.
    """
    _ = reader.gettext
    reading = await ask_publishers(engine, selection, reader)
    context = {
        "selection": selection,
        "all_publishers": read_publishers(reading),
        "goals": reading.sorted(reading.statements.instances(expand("sdgo:Goal"))),
        "numbers": GOAL_NUMBERS,
        "bases": (selection.basis,) if selection.basis else BASES,
    }
    if selection.sdg is not None:
        return await _one_sdg(engine, selection, reading, context)
    counts = await ask_counts(engine, reading, selection)
    pages = count_pages(len(counts.publishers), ROWS, selection.page)
    shown = counts.publishers[(selection.page - 1) * ROWS : selection.page * ROWS]
    asked = sparql_href(counts_query(reading, selection), reader)
    context |= {"rows": _rows(counts, shown, selection), "pages": pages, "asked": asked}
    return Page("compare/compare.html", _("Municipalities compared"), context, query=selection.query)


def _rows(counts: Counts, shown: list[Publisher], selection: Selection) -> list[Row]:
    bases = (selection.basis,) if selection.basis else BASES
    table = [(p, [[counts.count(p, sdg, basis) for basis in bases] for sdg in GOAL_NUMBERS]) for p in shown]
    largest = max((value for _, cells in table for cell in cells for value in cell), default=0) or 1
    return [
        Row(p, tuple(tuple(Count(v, -(-_LEVELS * v // largest)) for v in cell) for cell in cells))
        for p, cells in table
    ]


async def _one_sdg(engine: Engine, selection: Selection, reading: Reading, context: dict[str, object]) -> Page:
    reader = reading.reader
    goal = reading.reference(f"{SDG}{selection.sdg}")
    triples = await ask_contributions(engine, goal.iri)
    found = entries(Reading(triples, reader), selection.publishers or None, selection.basis)
    _labelled, contributions = await label_page(engine, triples, found, selection.page, reader)
    contributing = {entry.publisher.key for entry in found if entry.publisher}
    chosen = [publisher for publisher in read_publishers(reading) if selection.takes(publisher)]
    context |= {
        "goal": goal,
        "contributions": contributions,
        "asked": sparql_href(contributions_query(goal.iri), reader),
        "without": [publisher for publisher in chosen if publisher.key not in contributing],
    }
    title = reader.gettext("Municipalities compared: SDG {number}").format(number=selection.sdg)
    return Page("compare/sdg.html", title, context, query=selection.query)


def count_records(counts: Counts, selection: Selection) -> list[dict[str, object]]:
    """Return the table as records, one for each publisher and SDG."""
    bases = (selection.basis,) if selection.basis else BASES
    return [
        {
            "publisher": publisher.reference.iri,
            "key": publisher.key,
            "name": publisher.reference.name.text,
            "sdg": int(sdg),
            **{basis: counts.count(publisher, sdg, basis) for basis in bases},
        }
        for publisher in counts.publishers
        for sdg in GOAL_NUMBERS
    ]


async def contribution_records(engine: Engine, selection: Selection, reader: Reader) -> list[dict[str, object]]:
    """Return all contributions to one SDG as records: one call of the engine."""
    triples: list[ox.Triple] = await ask_contributions(engine, f"{SDG}{selection.sdg}")
    reading = Reading(triples, reader)
    found = entries(reading, selection.publishers or None, selection.basis)
    return [_record(reading, entry) for entry in found]


def _record(reading: Reading, entry: Entry) -> dict[str, object]:
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
