"""The page of a publisher: its plans, their links to the SDGs, their goals and targets, and how they were made."""

import asyncio

from plangraf.engine.interface import Engine
from plangraf.errors import ResourceNotFound
from plangraf.http.services import Services
from plangraf.http.signposting import Landing
from plangraf.languages import N_, Msgid
from plangraf.linkeddata.datasets import Datasets
from plangraf.linkeddata.description import Description, describe_with_graphs
from plangraf.linkeddata.sources import Sources
from plangraf.namespaces import GRAPH, ID, expand
from plangraf.site.browse.schemes import browse_path
from plangraf.site.compare.model import Selection
from plangraf.site.municipality.chronicle import chronicle
from plangraf.site.municipality.plans import IN_FORCE, group_plans, plan_entry, plans_of
from plangraf.site.municipality.reading import GOALS, THEMED, WHOLE, number_of, plans_query
from plangraf.site.municipality.ring import RADIUS, SIZE, ring
from plangraf.site.municipality.themes import SHOWN_TARGETS, goals_by_theme, goals_without_theme, target_lines
from plangraf.site.quality.page import quality_path
from plangraf.view.page import Metadata, Page
from plangraf.view.paging import count_pages
from plangraf.view.publishers import publisher_keys
from plangraf.view.query_link import sparql_href
from plangraf.view.reading import Reading
from plangraf.view.territory import TerritoryKind, read_territory
from plangraf.view.transcription import has_known_links, missing_parts

PAGE = 50
"""The number of plans on a page, besides the first."""

_KINDS: dict[TerritoryKind | None, Msgid] = {
    TerritoryKind.MUNICIPALITY: N_("Municipality"),
    TerritoryKind.COUNTY: N_("County authority"),
    None: N_("Publisher of plans"),
}
_DESCRIPTION = N_(
    "{name}: the plan in force and its vision, the SDGs that it contributes to, goals by theme, targets with a "
    "number and a year, and how the plans were made."
)


async def publisher_key(services: Services, iris: tuple[str, ...]) -> str:
    """Return the key of a publisher in URLs."""

    async def read() -> dict[str, str]:
        return publisher_keys((await services.facts.datasets()).statements, services.addresses)

    keys = await services.facts.once("publisher keys", read)
    return next((keys[iri] for iri in iris if iri in keys), iris[0])


def publisher_sources(datasets: Datasets, iris: tuple[str, ...]) -> Sources:
    """Return the graphs behind the page of a publisher: those of its plans, and the one that describes it."""
    plans = {plan for iri in iris for plan in datasets.statements.subjects(expand("dct:publisher"), iri)}
    own = f"{GRAPH}{iris[0].removeprefix(ID)}"
    graphs = [graph for one in datasets.datasets if not plans.isdisjoint(one.subjects) for graph in one.graphs]
    return datasets.sources(dict.fromkeys([*graphs, *([own] if own in datasets.graphs else [])]))


async def describe_publisher(engine: Engine, iris: tuple[str, ...]) -> Description:
    """Return the descriptions of all IRIs of a publisher as one: a call of the engine for each.

    Raises:
        ResourceNotFound: the release describes none of them.
    """
    found = await asyncio.gather(*(describe_with_graphs(engine, iri) for iri in iris), return_exceptions=True)
    descriptions = [one for one in found if isinstance(one, Description)]
    for one in found:
        if isinstance(one, BaseException) and not (isinstance(one, ResourceNotFound) and descriptions):
            raise one
    return Description(
        list(dict.fromkeys(triple for one in descriptions for triple in one.triples)),
        tuple(sorted({graph for one in descriptions for graph in one.describing})),
        tuple(sorted({graph for one in descriptions for graph in one.referring})),
    )


def publisher_landing(iri: str) -> Landing:
    """Return the facts about a publisher for the Link header."""
    return Landing(iri, types=("Organization",))


def publisher_page(reading: Reading, iris: tuple[str, ...], key: str, number: int, metadata: Metadata) -> Page:
    """Return the page of a publisher from the statements of `read_publisher`.

    Args:
        reading: the statements.
        iris: the IRIs of the publisher, the one that the page is about first.
        key: its key in URLs.
        number: the page of the list of its plans, counted from 1.
        metadata: the metadata of the page.

    Raises:
        ResourceNotFound: there is no such page.
    """
    reader, statements, named = reading.reader, reading.statements, _named(reading, iris)
    plans = plans_of(reading)
    first, others = plans[:1], plans[1:]
    pages = count_pages(len(others), PAGE, number)
    shown = others[(number - 1) * PAGE : number * PAGE]
    main = plan_entry(reading, first[0]) if first else None
    marks = ring(reading, key)
    territory = read_territory(reading, iris, tuple(plans))
    name, targets = reading.name(named), target_lines(reading)
    homepages = [page for iri in iris for page in statements.iris(iri, expand("foaf:homepage"))]
    path = reader.addresses.described_path(iris[0])
    goals = number_of(reading, WHOLE, GOALS)
    here = reader.href(f"{path}?page={{}}") if "?" not in path else reader.href(f"{path}&page={{}}")
    context = {
        "name": name,
        "kind": _KINDS[territory.kind],
        "county": territory.county if territory.kind == TerritoryKind.MUNICIPALITY else None,
        "homepage": reading.reference(homepages[0]) if homepages else None,
        "main": main,
        "missing": missing_parts(main.missing) if main is not None else [],
        "in_force": main is not None and main.stage == IN_FORCE,
        "plans": len(plans),
        "groups": group_plans(reading, shown),
        "at": number,
        "pages": pages,
        "here": here,
        "marks": marks,
        "linked": sum(mark.basis != "none" for mark in marks),
        "untranscribed": bool(first) and not has_known_links(reading, first[0]),
        "size": SIZE,
        "radius": RADIUS,
        "compare": reader.href(Selection(publishers=(key,)).path()),
        "targets": targets[:SHOWN_TARGETS],
        "more_targets": len(targets) - SHOWN_TARGETS,
        "goals": goals,
        "themes": goals_by_theme(reading),
        "without_theme": goals_without_theme(reading),
        "unthemed": goals - number_of(reading, WHOLE, THEMED),
        "all_goals": reader.href(browse_path(reader.addresses.name(first[0]))) if first else None,
        "quality": reader.href(quality_path(first[0], reader.addresses)) if first else None,
        "chronicle": chronicle(reading, plans),
        "csv": reader.table_href(f"{path}.csv") if "?" not in path else None,
        "json": reader.href(f"{path}.json") if "?" not in path else None,
        "query_href": sparql_href(plans_query(iris), reader),
    }
    return Page(
        "municipality/municipality.html",
        name.text,
        context,
        metadata,
        publisher_landing(iris[0]),
        query=f"page={number}" if number > 1 else "",
        description=reader.gettext(_DESCRIPTION).format(name=name.text),
    )


def _named(reading: Reading, iris: tuple[str, ...]) -> str:
    """Return the first of the IRIs that has a name."""
    return next((iri for iri in iris if reading.statements.names(iri)), iris[0])
