"""What is compared: the selection of an address, and the comparison that its page and its tables are written from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import pyoxigraph as ox

from plangraf.engine.ask import construct, load_query, select
from plangraf.engine.interface import Engine, Query
from plangraf.errors import RequestMalformed, ResourceNotFound
from plangraf.http.negotiate import page_number
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.namespaces import SDG, expand
from plangraf.site.sdg.contributions import Entry, ask_contributions, entries
from plangraf.site.sdg.page import GOAL_NUMBERS
from plangraf.view.publishers import Publisher, read_publishers
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading

PATH = "/compare"
BASES = ("stated", "editorial")
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

    @classmethod
    def of(cls, request: RecordingRequest) -> "Selection":
        """Return the selection of an address; a form sends empty values for what is not chosen.

        Raises:
            RequestMalformed: there is no such basis.
            ResourceNotFound: there is no such SDG or page.
        """
        basis, sdg = request.parameter("basis") or None, request.parameter("sdg") or None
        if basis not in (None, *BASES):
            raise RequestMalformed(N_("The parameter basis is stated or editorial; without it both are shown."))
        if sdg not in (None, *GOAL_NUMBERS):
            raise ResourceNotFound(N_("The parameter sdg is the number of an SDG, from 1 to 17."))
        publishers = tuple(dict.fromkeys(key for key in request.parameters("publisher") if key))
        return cls(publishers, basis, sdg, page_number(request))

    @property
    def bases(self) -> tuple[str, ...]:
        """The bases that are shown, each apart."""
        return (self.basis,) if self.basis else BASES

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


class SdgCounts:
    """How many things of each publisher are tied to each SDG, by the basis."""

    def __init__(self, publishers: list[Publisher], counts: Mapping[tuple[str, str, str], int]) -> None:
        self.publishers = publishers
        self._counts = counts

    def count(self, publisher: Publisher, sdg: str, basis: str) -> int:
        """Return one number."""
        return self._counts.get((publisher.reference.iri, sdg, basis), 0)


@dataclass(frozen=True)
class Comparison:
    """What an address compares.

    Attributes:
        selection: what is compared.
        reading: the publishers, their plans and the 17 SDGs.
        counts: the table of all SDGs; None when one SDG is chosen.
        triples: the claims about the chosen SDG; empty without one.
        entries: the same, in their places.
    """

    selection: Selection
    reading: Reading
    counts: SdgCounts | None
    triples: list[ox.Triple]
    entries: list[Entry]


async def read_comparison(request: RecordingRequest, services: Services) -> Comparison:
    """Return the comparison of an address: two calls of the engine.

    Raises:
        RequestMalformed: a parameter cannot be read.
        ResourceNotFound: the selection names something that there is not.
    """
    selection, reader = Selection.of(request), Reader.of(request)
    reading = await _ask_publishers(services.engine, selection, reader)
    if selection.sdg is None:
        return Comparison(selection, reading, await _ask_counts(services.engine, reading, selection), [], [])
    triples = await ask_contributions(services.engine, f"{SDG}{selection.sdg}")
    found = entries(Reading(triples, reader), selection.publishers or None, selection.basis)
    return Comparison(selection, reading, None, triples, found)


async def _ask_publishers(engine: Engine, selection: Selection, reader: Reader) -> Reading:
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


async def _ask_counts(engine: Engine, reading: Reading, selection: Selection) -> SdgCounts:
    """Return the counts of the chosen publishers: one call of the engine."""
    counts = {}
    for solution in await select(engine, counts_query(reading, selection)):
        basis = "stated" if solution["basis"].value == expand("plan:StatedInPlan") else "editorial"
        sdg = solution["goal"].value.removeprefix(SDG)
        counts[solution["publisher"].value, sdg, basis] = int(solution["things"].value)
    return SdgCounts([p for p in read_publishers(reading) if selection.takes(p)], counts)
