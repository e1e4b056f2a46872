"""The front page: what this is, three ways in, what the plans do for the SDGs, and who publishes which plans."""

from dataclasses import dataclass

from plangraf.engine.ask import construct, load_query
from plangraf.engine.interface import Engine, Query
from plangraf.namespaces import expand
from plangraf.release.release import Counts
from plangraf.site.compare.page import Selection
from plangraf.site.sdg.page import coverage
from plangraf.view.page import Page
from plangraf.view.paging import count_pages
from plangraf.view.publishers import Publisher, read_publishers
from plangraf.view.query_link import sparql_href
from plangraf.view.reading import Name, Reader, Reading, Reference

PAGE = 50
"""How many publishers the page shows."""

_QUERY = load_query(__package__, "home")


@dataclass(frozen=True)
class PlanLine:
    """What the front page shows of a plan."""

    plan: Reference
    vision: Name | None
    period: Reference | None
    status: Reference | None


@dataclass(frozen=True)
class Shelf:
    """A publisher with its plans, and the way to what they are tied to."""

    publisher: Publisher
    href: str
    plans: tuple[PlanLine, ...]


async def home_page(engine: Engine, counts: Counts, reader: Reader, number: int = 1) -> Page:
    """Return the front page: two calls of the engine.

    Args:
        engine: what is asked.
        counts: how much the release holds.
        reader: who reads.
        number: which page of the publishers.

    Raises:
        ResourceNotFound: there is no such page.
    """
    reading = Reading(await construct(engine, Query(_QUERY)), reader)
    publishers = read_publishers(reading)
    pages = count_pages(len(publishers), PAGE, number)
    context = {
        "shelves": [_shelf(reading, publisher) for publisher in publishers[(number - 1) * PAGE : number * PAGE]],
        "publishers": len(publishers),
        "at": number,
        "pages": pages,
        "plans": counts.classes.get(expand("plan:Plan"), 0),
        "goals": counts.classes.get(expand("plan:Goal"), 0),
        "claims": counts.classes.get(expand("owl:Axiom"), 0),
        "coverage": await coverage(engine, reading),
        "asked": sparql_href(Query(_QUERY), reader),
    }
    title = reader.gettext("Municipal plans as linked open data")
    return Page("home/home.html", title, context, query=f"page={number}" if number > 1 else "")


def _shelf(reading: Reading, publisher: Publisher) -> Shelf:
    plans = tuple(
        PlanLine(
            plan=plan,
            vision=reading.text(plan.iri, "plan:vision"),
            period=next(iter(reading.references(plan.iri, "dct:temporal")), None),
            status=next(iter(reading.references(plan.iri, "adms:status")), None),
        )
        for plan in publisher.plans
    )
    return Shelf(publisher, reading.reader.href(Selection(publishers=(publisher.key,)).path()), plans)
