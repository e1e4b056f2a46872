"""The selection of changes: those of all plans or of one, and the page of the list."""

from dataclasses import dataclass

from plangraf.errors import ResourceNotFound
from plangraf.http.negotiate import page_number
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.namespaces import ID
from plangraf.view.timeline import plan_parameter


@dataclass(frozen=True)
class ChangeSelection:
    """The changes that a request asks for.

    Attributes:
        plan: the IRI of a plan, or None for all changes.
        number: the number of the page, from 1.
    """

    plan: str | None
    number: int

    def query(self, number: int) -> str:
        """Return the query string of a page of the same changes, with its question mark; empty for the first page."""
        parameters = [f"plan={plan_parameter(self.plan)}"] if self.plan is not None else []
        parameters += [f"page={number}"] if number > 1 else []
        return f"?{'&'.join(parameters)}" if parameters else ""


async def read_selection(request: RecordingRequest, services: Services) -> ChangeSelection:
    """Return the changes that a request asks for.

    Raises:
        RequestMalformed: the parameter `page` is no number.
        ResourceNotFound: there has never been such a plan.
    """
    given, number = request.parameter("plan"), page_number(request)
    if not given:
        return ChangeSelection(None, number)
    plan = given if given.startswith(("http://", "https://")) else ID + given
    if not await services.changes.ask(lambda log: log.has_plan(plan)):
        raise ResourceNotFound(N_("No change of a plan {plan} is known here."), plan=given[:200])
    return ChangeSelection(plan, number)
