"""The front page: an introduction, three entry points, links to the SDGs, and publishers with their plans."""

from dataclasses import dataclass

from plangraf.engine.ask import construct, load_query
from plangraf.engine.interface import Query
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.http.signposting import front_page_links
from plangraf.languages import N_
from plangraf.linkeddata.catalogue import CATALOGUE_PATH, WHOLE_DATASET
from plangraf.linkeddata.schema_org import for_page
from plangraf.namespaces import expand
from plangraf.site.catalogue.page import catalogue_landing
from plangraf.site.compare.model import Selection
from plangraf.site.sdg.page import coverage
from plangraf.view.page import Metadata, Page
from plangraf.view.paging import count_pages
from plangraf.view.periods import written_period
from plangraf.view.publishers import Publisher, read_publishers
from plangraf.view.query_link import sparql_href
from plangraf.view.reader import Reader
from plangraf.view.reading import Name, Reading, Reference
from plangraf.vocabulary import GOAL_KINDS

PAGE = 50
"""The number of publishers on a page."""

_QUERY = load_query(__package__, "home")
_DESCRIPTION = N_(
    "What Norwegian municipalities promise in their plans, by when and how it is measured, goal by goal, with links "
    "to the UN Sustainable Development Goals: as pages, tables and linked open data."
)


@dataclass(frozen=True)
class PlanLine:
    """A plan on the front page, with its vision, period and status, if the data have them."""

    plan: Reference
    vision: Name | None
    period: str | None
    status: Reference | None


@dataclass(frozen=True)
class PublisherPlans:
    """A publisher with its plans, and the path of their comparison by SDG."""

    publisher: Publisher
    href: str
    plans: tuple[PlanLine, ...]


async def home_page(number: int, request: RecordingRequest, services: Services) -> Page:
    """Return the front page: two calls of the engine.

    Args:
        number: the page of the list of publishers, counted from 1.
        request: the request, which determines the reader.
        services: the services of the release.

    Raises:
        ResourceNotFound: there is no such page.
    """
    engine, counts, reader = services.engine, services.manifest.counts, Reader.of(request)
    reading = Reading(await construct(engine, Query(_QUERY)), reader)
    publishers = read_publishers(reading)
    pages = count_pages(len(publishers), PAGE, number)
    context = {
        "publisher_plans": [
            _publisher_plans(reading, publisher) for publisher in publishers[(number - 1) * PAGE : number * PAGE]
        ],
        "publishers": len(publishers),
        "at": number,
        "pages": pages,
        "plans": counts.classes.get(expand("plan:Plan"), 0),
        "goal_counts": [(kind, sum(counts.classes.get(iri, 0) for iri in kind.classes)) for kind in GOAL_KINDS],
        # An owl:Axiom may also give the source of a statement; only a claim about a link has a basis.
        "claims": counts.properties.get(expand("plan:basis"), 0),
        "coverage": await coverage(engine, reading),
        "query_href": sparql_href(Query(_QUERY), reader),
    }
    title = reader.gettext("Municipal plans as linked open data")
    structured = for_page(await services.facts.dataset(None), WHOLE_DATASET, reader.language)
    query = f"page={number}" if number > 1 else ""
    sources = await services.facts.catalogue_sources()
    return Page(
        "home/home.html",
        title,
        context,
        Metadata(structured=structured, sources=sources),
        query=query,
        description=reader.gettext(_DESCRIPTION),
        links=tuple(front_page_links(catalogue_landing(), CATALOGUE_PATH, sources)),
    )


def _publisher_plans(reading: Reading, publisher: Publisher) -> PublisherPlans:
    plans = tuple(
        PlanLine(
            plan=plan,
            vision=reading.text(plan.iri, "plan:vision"),
            period=written_period(reading, plan.iri),
            status=next(iter(reading.references(plan.iri, "adms:status")), None),
        )
        for plan in publisher.plans
    )
    return PublisherPlans(publisher, reading.reader.href(Selection(publishers=(publisher.key,)).path()), plans)
