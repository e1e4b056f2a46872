"""The plans of a publisher as a table."""

from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.http.table import Table
from plangraf.namespaces import expand
from plangraf.site.document.model import Document
from plangraf.site.municipality.plans import plans_of
from plangraf.site.municipality.reading import read_plans
from plangraf.view.periods import read_period
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading

_COLUMNS = ("plan", "name", "status", "types", "start", "end", "adopted", "replaces", "follows_up", "documents")


async def plans_table(document: Document, request: RecordingRequest, services: Services) -> Table:
    """Return a row for each plan of the publisher that a document is about, in the order of its page."""
    reader = Reader.of(request)
    reading = await read_plans(services, services.addresses.publisher_iris(document.iri), reader)
    return Table(_COLUMNS, [_record(reading, plan) for plan in plans_of(reading)], reader.languages)


def _record(reading: Reading, plan: str) -> dict[str, object]:
    statements = reading.statements
    periods = [read_period(reading, node) for node in statements.iris(plan, expand("dct:temporal"))]
    period = next(filter(None, periods), None)
    return {
        "plan": plan,
        "name": reading.name(plan).text,
        "status": statements.iri(plan, expand("adms:status")),
        "types": statements.iris(plan, expand("plan:planType")),
        "start": period.start.text if period and period.start else None,
        "end": period.end.text if period and period.end else None,
        "adopted": statements.text(plan, expand("dct:dateAccepted")),
        "replaces": statements.iris(plan, expand("dct:replaces")),
        "follows_up": statements.iris(plan, expand("plan:followsUp")),
        "documents": statements.iris(plan, expand("foaf:page")),
    }
