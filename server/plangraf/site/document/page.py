"""The page of a resource: the page for its class, else a table of all its statements."""

import asyncio
from dataclasses import replace

from plangraf.http.negotiate import page_number
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.http.signposting import Landing
from plangraf.linkeddata.catalogue import dataset_iri
from plangraf.linkeddata.description import Description, describe_with_graphs
from plangraf.linkeddata.schema_org import for_page
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import SDG, SDG_SCHEME, expand
from plangraf.site.document.concept import CLASSES, concept_page
from plangraf.site.document.model import Document, sources_of
from plangraf.site.document.statements import statements_page
from plangraf.site.document.timeline import read_timeline
from plangraf.site.goal.page import goal_page
from plangraf.site.municipality.page import publisher_key, publisher_page, publisher_sources
from plangraf.site.municipality.reading import read_publisher
from plangraf.site.plan.page import plan_page, read_plan
from plangraf.site.sdg.page import sdg_overview_page, sdg_page
from plangraf.view.page import Metadata, Page
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading
from plangraf.view.term_names import term_names
from plangraf.vocabulary import GOAL_CLASSES


async def document_page(document: Document, request: RecordingRequest, services: Services) -> Page:
    """Return the page of a resource, in at most three calls of the engine.

    Raises:
        ResourceNotFound: the release has no statements about it, or its list has no such page.
    """
    page = await _page(document, request, services)
    named = document.path.partition("?")[2]
    return replace(page, query="&".join(filter(None, (named, page.query))))


async def _page(document: Document, request: RecordingRequest, services: Services) -> Page:
    iri, engine, reader = document.iri, services.engine, Reader.of(request)
    if iri == SDG_SCHEME:
        return await sdg_overview_page(
            engine, reader, await document_metadata(document, None, None, reader, services)
        )
    if iri in services.manifest.plans:
        # The metadata are made while the engine answers.
        reading, metadata = await asyncio.gather(
            read_plan(services, iri, reader), document_metadata(document, None, None, reader, services)
        )
        return plan_page(reading, iri, metadata)
    if services.addresses.publisher_iris(iri):
        return await _publisher_page(document, reader, page_number(request), services)
    described = await describe_with_graphs(engine, iri)
    reading = Reading(described.triples, reader, term_names(reader.language))
    metadata = await document_metadata(document, described, reading.statements, reader, services)
    types = reading.statements.types(iri)
    if expand("plan:Plan") in types:
        return plan_page(await read_plan(services, iri, reader), iri, metadata)
    if not types.isdisjoint(GOAL_CLASSES):
        return await goal_page(services, reading, iri, metadata)
    if types & CLASSES:
        return concept_page(reading, iri, metadata)
    if iri.startswith(SDG) and expand("skos:Concept") in types:
        return await sdg_page(services, iri, request, metadata)
    return statements_page(reading, Landing(iri), metadata)


async def _publisher_page(document: Document, reader: Reader, number: int, services: Services) -> Page:
    """Return the page of a publisher: two calls of the engine."""
    iris = services.addresses.publisher_iris(document.iri)
    reading = await read_publisher(services, iris, reader)
    facts, sources = services.facts, publisher_sources(await services.facts.datasets(), iris)
    metadata = Metadata(
        document.path,
        (await facts.citations()).of_thing(reading.statements, iris[0], reader.language, sources),
        sources=sources,
        timeline=await read_timeline(services, document.iri, document.path, reader),
    )
    return publisher_page(reading, iris, await publisher_key(services, iris), number, metadata)


async def document_metadata(
    document: Document, described: Description | None, said: Statements | None, reader: Reader, services: Services
) -> Metadata:
    """Return the metadata of the page.

    Args:
        document: the document.
        described: the description of the resource, for its graphs; None for the subject of a dataset.
        said: the statements about the resource; None uses those about the datasets of the release.
        reader: the reader.
        services: the services of the release.
    """
    facts = services.facts
    statements = said or (await facts.datasets()).statements
    sources = sources_of(await facts.datasets(), document.dataset, described)
    citation = (await facts.citations()).of_thing(statements, document.iri, reader.language, sources)
    timeline = await read_timeline(services, document.iri, document.path, reader)
    if document.dataset is None:
        return Metadata(document.path, citation, sources=sources, timeline=timeline)
    structured = for_page(
        await facts.dataset(document.dataset.name), dataset_iri(document.dataset.name), reader.language
    )
    return Metadata(document.path, citation, structured, sources, timeline)
