"""The front page: what this is, the plans, the way in."""

from dataclasses import dataclass

from plangraf.engine.ask import construct
from plangraf.engine.interface import Engine, Query
from plangraf.namespaces import expand
from plangraf.pages.asked import sparql_href
from plangraf.pages.page import Page
from plangraf.pages.reading import Name, Reader, Reading, Reference, page_query
from plangraf.pages.sdg import coverage

_QUERY = page_query("home")


@dataclass(frozen=True)
class Card:
    """What the front page shows of a plan."""

    plan: Reference
    full_title: Name | None
    vision: Name | None
    publishers: list[Reference]
    status: list[Reference]
    period: list[Reference]
    issued: str | None


async def home_page(engine: Engine, reader: Reader) -> Page:
    """Return the front page."""
    reading = Reading(await construct(engine, Query(_QUERY)), reader)
    plans = reading.sorted(reading.statements.instances(expand("plan:Plan")))
    cards = [
        Card(
            plan=plan,
            full_title=reading.text(plan.iri, "dct:title"),
            vision=reading.text(plan.iri, "plan:vision"),
            publishers=reading.references(plan.iri, "dct:publisher"),
            status=reading.references(plan.iri, "adms:status"),
            period=reading.references(plan.iri, "dct:temporal"),
            issued=reading.statements.text(plan.iri, expand("dct:issued")),
        )
        for plan in plans
    ]
    context = {
        "cards": cards,
        "coverage": await coverage(engine, reading),
        "asked": sparql_href(Query(_QUERY), reader),
    }
    return Page("home.html", reader.gettext("Municipal plans as linked open data"), context)
