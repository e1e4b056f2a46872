"""The comparison of publishers: the selection in the URL, and the model of the page and the tables."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from plangraf.engine.ask import construct, load_query, select
from plangraf.engine.interface import Engine, Query
from plangraf.errors import RequestMalformed
from plangraf.http.negotiate import page_number
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import SDG, expand
from plangraf.site.sdg.contributions import (
    DEFAULT_SORT,
    SdgContribution,
    ask_contributions,
    list_contributions,
    requested_sort,
)
from plangraf.view.publishers import Publisher, read_publishers
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading
from plangraf.vocabulary import GOAL_NUMBERS

PATH = "/compare"
BASES = ("stated", "editorial")
_PUBLISHERS = load_query(__package__, "publishers")
_COUNTS = load_query(__package__, "compare")


@dataclass(frozen=True)
class Selection:
    """The publishers, basis and SDG of a comparison.

    Attributes:
        publishers: the keys of the selected publishers; empty selects all.
        basis: `stated` or `editorial`; None selects both, in separate columns.
        sdg: the number of the SDG whose contributions are listed; None selects the table of all SDGs.
        page: the page of a long table or list, counted from 1.
        sort: the order of the list for one SDG.
    """

    publishers: tuple[str, ...] = ()
    basis: str | None = None
    sdg: str | None = None
    page: int = 1
    sort: str = DEFAULT_SORT

    @classmethod
    def of(cls, request: RecordingRequest) -> "Selection":
        """Return the selection from the parameters of a request; empty values, which a form sends, are ignored.

        Raises:
            RequestMalformed: there is no such basis, SDG or order.
            ResourceNotFound: there is no such page.
        """
        basis, sdg = request.parameter("basis") or None, request.parameter("sdg") or None
        if basis not in (None, *BASES):
            raise RequestMalformed(N_("The parameter basis is stated or editorial; without it both are shown."))
        if sdg not in (None, *GOAL_NUMBERS):
            raise RequestMalformed(N_("The parameter sdg is the number of an SDG, from 1 to 17."))
        publishers = tuple(dict.fromkeys(key for key in request.parameters("publisher") if key))
        return cls(publishers, basis, sdg, page_number(request), requested_sort(request))

    @property
    def bases(self) -> tuple[str, ...]:
        """The selected bases, which are never added up."""
        return (self.basis,) if self.basis else BASES

    @property
    def query(self) -> str:
        """The selection as a query string, without default values."""
        pairs = [("publisher", key) for key in self.publishers]
        pairs += [("basis", self.basis)] if self.basis else []
        pairs += [("sdg", self.sdg)] if self.sdg else []
        pairs += [("sort", self.sort)] if self.sort != DEFAULT_SORT else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return urlencode(pairs)

    def path(self, ending: str = "", **changes: object) -> str:
        """Return the path of this selection, or of one with `changes`."""
        query = replace(self, **{"page": 1, **changes}).query  # type: ignore[arg-type]  # names of our own fields
        return f"{PATH}{ending}" + (f"?{query}" if query else "")

    def takes(self, publisher: Publisher) -> bool:
        """Return whether a publisher is selected, which is true of all if the selection names none."""
        return not self.publishers or publisher.key in self.publishers


class SdgCounts:
    """The number of things of each publisher that are linked to each SDG, by basis."""

    def __init__(self, publishers: list[Publisher], counts: Mapping[tuple[str, str, str], int]) -> None:
        self.publishers = publishers
        self._counts = counts

    def count(self, publisher: Publisher, sdg: str, basis: str) -> int:
        """Return the number for a publisher, an SDG and a basis."""
        return self._counts.get((publisher.reference.iri, sdg, basis), 0)


@dataclass(frozen=True)
class Comparison:
    """The model of a comparison.

    Attributes:
        selection: the selection.
        reading: the statements about publishers, their plans and the 17 SDGs.
        counts: the counts for all SDGs; None if one SDG is selected.
        statements: those on the claims about the selected SDG, if there is one.
        contributions: the same claims, with their plans and publishers.
    """

    selection: Selection
    reading: Reading
    counts: SdgCounts | None
    statements: Statements
    contributions: list[SdgContribution]


async def read_comparison(request: RecordingRequest, services: Services) -> Comparison:
    """Return the comparison for the parameters of a request: two calls of the engine.

    Raises:
        RequestMalformed: a parameter is invalid.
        ResourceNotFound: the selected publisher, SDG or page does not exist.
    """
    selection, reader = Selection.of(request), Reader.of(request)
    reading = await _ask_publishers(services.engine, selection, reader)
    if selection.sdg is None:
        return Comparison(
            selection, reading, await _ask_counts(services.engine, reading, selection), Statements(), []
        )
    statements = await ask_contributions(services.engine, f"{SDG}{selection.sdg}")
    found = list_contributions(Reading(statements, reader), selection.publishers or None, selection.basis)
    return Comparison(selection, reading, None, statements, found)


async def _ask_publishers(engine: Engine, selection: Selection, reader: Reader) -> Reading:
    """Return the statements about publishers, plans and the 17 SDGs: one call of the engine.

    Raises:
        RequestMalformed: a selected publisher does not exist.
    """
    reading = Reading(await construct(engine, Query(_PUBLISHERS)), reader)
    known = {publisher.key for publisher in read_publishers(reading)}
    for key in selection.publishers:
        if key not in known:
            raise RequestMalformed(
                N_("No plan is published by {key}; {path} lists who publishes."), key=key[:80], path=PATH
            )
    return reading


def counts_query(reading: Reading, selection: Selection) -> Query:
    """Return the query for the counts of the selected publishers, or of all if none is selected."""
    chosen = [publisher.reference.iri for publisher in read_publishers(reading) if selection.takes(publisher)]
    return Query(_COUNTS, values={"publisher": tuple(chosen)} if selection.publishers else {})


async def _ask_counts(engine: Engine, reading: Reading, selection: Selection) -> SdgCounts:
    """Return the counts of the selected publishers: one call of the engine."""
    counts = {}
    for solution in await select(engine, counts_query(reading, selection)):
        basis = "stated" if solution["basis"].value == expand("plan:StatedInPlan") else "editorial"
        sdg = solution["goal"].value.removeprefix(SDG)
        counts[solution["publisher"].value, sdg, basis] = int(solution["things"].value)
    return SdgCounts([p for p in read_publishers(reading) if selection.takes(p)], counts)
