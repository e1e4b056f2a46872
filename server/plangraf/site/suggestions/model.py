"""The suggestions for a plan: what the address asks for, and the model of the page and the other forms."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from anyio import to_thread

from plangraf.engine.ask import construct, load_query
from plangraf.engine.interface import Query
from plangraf.errors import RequestMalformed, ResourceNotFound
from plangraf.http.negotiate import page_number
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.linkeddata.addresses import Addresses
from plangraf.matching.linkables import Linkable, LinkableKind, read_linkables
from plangraf.matching.suggestions import TO_SDG, GoalSuggestions, Suggester
from plangraf.namespaces import ID
from plangraf.view.paging import count_pages

PATH = "/suggestions"
PAGE = 20
"""The number of goals on a page."""
MOST = 3
"""The number of suggestions for a goal."""
_LEAST = 0.15
_LINKABLES = load_query(__package__, "linkables")


@dataclass(frozen=True)
class PlanSuggestions:
    """The suggestions for a plan.

    Attributes:
        plan: the plan.
        to: `sdg`, or the publisher whose goals are suggested.
        goals: its goals, in the order of their IRIs.
        number: the number of the page, from 1.
        suggester: what suggests, with all that it knows.
    """

    plan: Linkable
    to: str
    goals: Sequence[Linkable]
    number: int
    suggester: Suggester

    @property
    def pages(self) -> int:
        """The number of pages."""
        return max(1, -(-len(self.goals) // PAGE))

    def found(self, goals: Sequence[Linkable]) -> list[GoalSuggestions]:
        """Return the suggestions for some of the goals."""
        return list(self.suggester.suggest(goals, self.to, MOST, _LEAST))

    @property
    def shown(self) -> Sequence[Linkable]:
        """The goals of the page."""
        return self.goals[(self.number - 1) * PAGE : self.number * PAGE]

    def query(self, **changes: object) -> str:
        """Return the query string of this page, or of one with `changes`, without default values."""
        values = {"to": self.to, "page": self.number, **changes}
        pairs = {name: value for name, value in values.items() if value not in (TO_SDG, 1)}
        return f"?{urlencode(pairs)}" if pairs else ""


def suggestions_path(plan: str, addresses: Addresses) -> str:
    """Return the path of the suggestions for a plan."""
    return f"{PATH}/{addresses.name(plan)}"


def publisher_key(goal: Linkable) -> str:
    """Return the name of the publisher of a goal in the address: the first segment of its plan, or its IRI."""
    if goal.plan.startswith(ID):
        return goal.plan.removeprefix(ID).partition("/")[0]
    return next(iter(goal.publishers), goal.plan)


async def read_suggester(services: Services) -> Suggester:
    """Return what suggests links in a release: one call of the engine, once for the release."""

    async def make() -> Suggester:
        triples = await construct(services.engine, Query(_LINKABLES))
        return await to_thread.run_sync(lambda: Suggester(read_linkables(triples)))

    return await services.facts.once("suggester", make)


async def read_plan_suggestions(request: RecordingRequest, services: Services) -> PlanSuggestions:
    """Return the suggestions that a request asks for.

    Raises:
        ResourceNotFound: there is no such plan or page.
        RequestMalformed: there is no such publisher.
    """
    iri = services.addresses.named_iri(request.stem.removeprefix(f"{PATH}/"))
    to, number = request.parameter("to") or TO_SDG, page_number(request)
    suggester = await read_suggester(services)
    plan = suggester.linkables.things.get(iri)
    if plan is None or plan.kind is not LinkableKind.PLAN:
        raise ResourceNotFound(N_("There is nothing at {path}."), path=request.path)
    if to != TO_SDG and not suggester.publisher_goals(to):
        raise RequestMalformed(
            N_("No goals are published by {key}; the parameter to is sdg or the name of a publisher."), key=to[:80]
        )
    goals = [thing for thing in suggester.linkables.of_plan(iri) if thing.kind is LinkableKind.GOAL]
    count_pages(len(goals), PAGE, number)
    return PlanSuggestions(plan, to, goals, number, suggester)
