"""The links of the page about a thing, without the page: for link sets and for redirects to it."""

from dataclasses import dataclass

from plangraf.http.services import Services
from plangraf.http.signposting import Landing
from plangraf.linkeddata.description import describe_with_graphs
from plangraf.linkeddata.sources import Sources
from plangraf.linkeddata.statements import Statements, select_statements
from plangraf.namespaces import SDG, expand
from plangraf.site.document.concept import CLASSES, concept_landing
from plangraf.site.document.model import sources_of
from plangraf.site.municipality.page import publisher_landing
from plangraf.site.plan.page import plan_landing, plan_query

_PLAN = expand("plan:Plan")
_CONCEPT = expand("skos:Concept")


@dataclass(frozen=True)
class LinkedPage:
    """The facts about the thing of a page, and the graphs behind the page."""

    landing: Landing
    sources: Sources


async def read_linked_page(iri: str, services: Services) -> LinkedPage:
    """Return the facts about the thing `iri` and the sources of its document: two calls of the engine at most.

    Raises:
        ResourceNotFound: the release does not describe the thing.
    """
    datasets = await services.facts.datasets()
    if iri in services.manifest.plans:
        described, statements, types = None, Statements(), {_PLAN}
    else:
        described = await describe_with_graphs(services.engine, iri)
        statements = Statements(described.triples)
        types = statements.types(iri)
    if services.addresses.publisher_iris(iri):
        landing = publisher_landing(services.addresses.publisher_iris(iri)[0])
    elif _PLAN in types:
        landing = plan_landing(await select_statements(services.engine, plan_query(iri)), iri)
    elif types & CLASSES:
        landing = concept_landing(statements, iri, services.addresses)
    else:
        landing = Landing(iri, types=("DefinedTerm",) if iri.startswith(SDG) and _CONCEPT in types else ())
    return LinkedPage(landing, sources_of(datasets, datasets.about(iri), described))
