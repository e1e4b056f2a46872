"""The front page: the municipalities with plans, by county, and the SDGs that the plans are linked to."""

from dataclasses import dataclass

from plangraf.engine.ask import construct, load_query
from plangraf.engine.interface import Query
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.http.signposting import front_page_links
from plangraf.languages import N_
from plangraf.linkeddata.catalogue import CATALOGUE_PATH, WHOLE_DATASET
from plangraf.linkeddata.schema_org import for_page
from plangraf.namespaces import ID, expand
from plangraf.site.catalogue.page import catalogue_landing
from plangraf.site.home.tiles import LEVELS, by_county, count_territories, read_tiles
from plangraf.site.sdg.page import coverage
from plangraf.view.page import Metadata, Page
from plangraf.view.paging import count_pages
from plangraf.view.periods import written_period
from plangraf.view.publishers import read_publishers
from plangraf.view.query_link import sparql_href
from plangraf.view.reader import Reader
from plangraf.view.reading import Name, Reading, Reference
from plangraf.view.territory import COUNTIES, MUNICIPALITIES, TerritoryKind
from plangraf.vocabulary import GOAL_KINDS

PAGE = 120
"""The number of publishers on a page."""
FEATURED = f"{ID}trondheim/samfunnsplan-2020-2032"
"""The plan that the front page shows first, if the release has it: the first that was published here."""

_QUERY = load_query(__package__, "home")
_DESCRIPTION = N_(
    "What Norwegian municipalities promise in their plans, by when and how it is measured, goal by goal, with links "
    "to the UN Sustainable Development Goals: as pages, tables and linked open data."
)


@dataclass(frozen=True)
class FeaturedPlan:
    """The plan that the front page shows first, with its publishers, vision and period, if the data have them."""

    plan: Reference
    publishers: tuple[Reference, ...]
    vision: Name | None
    period: str | None


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
    tiles = read_tiles(reading, read_publishers(reading))
    context = {
        "groups": by_county(tiles[(number - 1) * PAGE : number * PAGE]),
        "levels": LEVELS,
        "featured": _featured(reading) if number == 1 else None,
        "municipalities": count_territories(tiles, TerritoryKind.MUNICIPALITY),
        "counties": count_territories(tiles, TerritoryKind.COUNTY),
        "all_municipalities": MUNICIPALITIES,
        "all_counties": COUNTIES,
        "at": number,
        "pages": count_pages(len(tiles), PAGE, number),
        "plans": counts.classes.get(expand("plan:Plan"), 0),
        "goal_counts": [(kind, sum(counts.classes.get(iri, 0) for iri in kind.classes)) for kind in GOAL_KINDS],
        # An owl:Axiom may also give the source of a statement; only a claim about a link has a basis.
        "claims": counts.properties.get(expand("plan:basis"), 0),
        "coverage": await coverage(engine, reading),
        "query_href": sparql_href(Query(_QUERY), reader),
    }
    title = reader.gettext("What has the municipality promised?")
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


def _featured(reading: Reading) -> FeaturedPlan | None:
    if FEATURED not in reading.statements.instances(expand("plan:Plan")):
        return None
    return FeaturedPlan(
        reading.reference(FEATURED),
        tuple(reading.references(FEATURED, "dct:publisher")),
        reading.text(FEATURED, "plan:vision"),
        written_period(reading, FEATURED),
    )
