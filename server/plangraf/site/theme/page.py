"""The page of a theme: what it is, the themes above and below it, and the goals on it by municipality."""

import asyncio

from plangraf.http.negotiate import page_number
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.http.signposting import Landing
from plangraf.http.table import Record, Table
from plangraf.linkeddata.addresses import with_extension
from plangraf.linkeddata.description import describe_with_graphs
from plangraf.linkeddata.schema_org import defined_term
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import expand
from plangraf.site.document.model import Document
from plangraf.site.document.page import document_metadata
from plangraf.site.theme.goals import PAGE, ask_goals, goals_query, label_goals, list_goals
from plangraf.view.page import Page
from plangraf.view.paging import count_pages
from plangraf.view.query_link import sparql_href
from plangraf.view.reader import Reader
from plangraf.view.reading import Name, Reading, Reference, add_labels
from plangraf.view.term_names import term_names

COLUMNS = ("publisher", "publisher_name", "plan", "goal", "notation", "label", "language", "themes", "page")
"""The columns of the table of the goals on a theme."""
_NARROWER = 100
"""The maximum number of themes below a theme on its page."""
_LINKS = ("skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:relatedMatch")


async def theme_page(document: Document, request: RecordingRequest, services: Services) -> Page:
    """Return the page of a theme: two calls of the engine.

    Raises:
        ResourceNotFound: the release has no statements about it, or its list has no such page.
        ResourceGone: it has been withdrawn.
    """
    iri, reader, number = document.iri, Reader.of(request), page_number(request)
    described, asked = await asyncio.gather(describe_with_graphs(services.engine, iri), ask_goals(services, iri))
    names = term_names(reader.language)
    reading = Reading(described.triples, reader, names)
    found = list_goals(Reading(asked, reader), iri)
    pages = count_pages(len(found), PAGE, number)
    narrower = asked.subjects(expand("skos:broader"), iri)
    shares = await label_goals(services, asked, found[(number - 1) * PAGE : number * PAGE], iri, reader)
    beside = Statements()
    beside.add_texts((f"<{theme}>", f"<{expand('skos:broader')}>", f"<{iri}>") for theme in narrower)
    await add_labels(services, beside)
    concept = reading.reference(iri)
    schemes, broader = reading.references(iri, "skos:inScheme"), reading.references(iri, "skos:broader")
    path = document.path
    context = {
        "concept": concept,
        "schemes": schemes,
        "definition": reading.text(iri, "skos:definition") or reading.text(iri, "skos:scopeNote"),
        "other_names": reading.others(iri),
        "broader": broader,
        "narrower": Reading(beside, reader).sorted(narrower, _NARROWER),
        "links": [
            (reading.name(expand(link)), linked)
            for link in _LINKS
            if (linked := [each for each in reading.references(iri, link) if each.local])
        ],
        "shares": shares,
        "count": len({one.goal for one in found}),
        "publishers": len({one.publisher.reference.iri for one in found if one.publisher}),
        "at": number,
        "pages": pages,
        "before": reader.href(f"{path}?page={number - 1}"),
        "after": reader.href(f"{path}?page={number + 1}"),
        "data": [
            ("CSV", "text/csv", reader.table_href(with_extension(path, "csv"))),
            ("JSON", "application/json", reader.href(with_extension(path, "json"))),
        ],
        "query_href": sparql_href(goals_query(iri), reader),
        "sources": [_elsewhere(each) if each.iri == iri else each for each in reading.references(iri, "dct:source")],
    }
    title = concept.name.text
    metadata = await document_metadata(document, described, reading.statements, reader, services)
    return Page(
        "theme/theme.html",
        title,
        context,
        metadata,
        Landing(iri, types=("DefinedTerm",)),
        (*schemes, *broader),
        f"page={number}" if number > 1 else "",
        description=" – ".join((title, *(scheme.name.text for scheme in schemes))),
        defined=defined_term(reading.statements, iri, path, reader.language),
    )


def _elsewhere(reference: Reference) -> Reference:
    """Return the link to a thing at its own address, instead of to the page about it."""
    return Reference(reference.iri, reference.iri, Name(reference.iri), None, local=False)


async def theme_table(document: Document, request: RecordingRequest, services: Services) -> Table:
    """Return all goals on a theme, without paging.

    Raises:
        ResourceNotFound: the release has no statements about the theme.
        ResourceGone: it has been withdrawn.
    """
    reader = Reader.of(request)
    _, asked = await asyncio.gather(
        describe_with_graphs(services.engine, document.iri), ask_goals(services, document.iri)
    )
    found = list_goals(Reading(asked, reader), document.iri)
    await add_labels(services, asked)
    reading = Reading(asked, reader)
    records: list[Record] = []
    for one in found:
        labels = reading.statements.names(one.goal)
        name, page = reading.name(one.goal), reader.addresses.described_path(one.goal)
        records.append(
            {
                "publisher": one.publisher.reference.iri if one.publisher else None,
                "publisher_name": one.publisher.reference.name.text if one.publisher else None,
                "plan": one.plan.iri if one.plan else None,
                "goal": one.goal,
                "notation": reading.statements.text(one.goal, expand("skos:notation")),
                "label": name.text if labels else None,
                "language": (name.language or reader.language) if labels else None,
                "themes": list(one.themes),
                "page": request.base + page,
            }
        )
    return Table(COLUMNS, records, reader.languages)
