"""The addresses of the list of all schemes, and of the concept list of a dataset."""

from collections.abc import Sequence
from urllib.parse import unquote

from plangraf.errors import RequestMalformed, ResourceNotFound
from plangraf.http.declaration import Example, Listed
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Resource
from plangraf.http.services import Services
from plangraf.http.table import Table, table_forms
from plangraf.languages import N_
from plangraf.linkeddata.datasets import possible_graphs
from plangraf.site.browse.concepts import Concept, read_concepts
from plangraf.site.browse.page import ConceptList
from plangraf.site.browse.schemes import (
    PATH,
    ListedScheme,
    Scheme,
    browse_path,
    list_schemes,
    of_dataset,
    read_schemes,
)
from plangraf.site.browse.schemes_page import schemes_page, schemes_table
from plangraf.site.browse.selection import BASES, ConceptSelection
from plangraf.view.page import Page
from plangraf.view.page_form import page_form
from plangraf.view.reader import Reader

_COLUMNS = ("iri", "kind", "notation", "label", "language", "broader", *(f"sdg_{basis}" for basis in BASES), "page")


async def _schemes(services: Services) -> tuple[Scheme, ...]:
    """Return the plans, the other schemes and the collections of the release, which are read once."""
    return await services.facts.once("schemes", lambda: read_schemes(services.engine))


async def _listed(request: RecordingRequest, services: Services) -> list[ListedScheme]:
    return list_schemes(await services.facts.datasets(), await _schemes(services), Reader.of(request))


async def _concept_list(request: RecordingRequest, services: Services) -> ConceptList:
    """Return the concept list that the path and the parameters select.

    Raises:
        RequestMalformed: a parameter has an invalid value.
        ResourceNotFound: there is no such dataset.
    """
    selection = ConceptSelection.of(request, request.stem.removeprefix(f"{PATH}/"))
    schemes = await _schemes_of(services, selection.name)
    scheme = _chosen(schemes, selection)

    async def concepts() -> tuple[Concept, ...]:
        return await read_concepts(services.engine, scheme.iri)

    found = await services.facts.rows(("concepts", scheme.iri), concepts)
    return ConceptList(schemes, scheme, found, selection, Reader.of(request))


def _about(path: str, services: Services) -> tuple[str, ...]:
    name = path.removeprefix(f"{PATH}/")
    return (*possible_graphs(name, ()), services.addresses.named_iri(name))


async def _schemes_of(services: Services, name: str) -> list[Scheme]:
    """Return the schemes of the dataset `name`, or else the plan with that path from any dataset.

    Raises:
        ResourceNotFound: neither exists.
    """
    every = await _schemes(services)
    for dataset in (await services.facts.datasets()).datasets:
        if dataset.subjects and name in (dataset.name, unquote(dataset.name)):
            return of_dataset(dataset, every)
    plans = [scheme for scheme in every if scheme.iri == services.addresses.named_iri(name)]
    if plans:
        return plans
    raise ResourceNotFound(
        N_("There is no dataset {name} to browse; {path} lists what there is."), name=name[:80], path=PATH
    )


def _chosen(schemes: list[Scheme], selection: ConceptSelection) -> Scheme:
    for scheme in schemes:
        if selection.scheme in (None, scheme.iri):
            return scheme
    raise RequestMalformed(
        N_("{name} has no scheme {scheme}."), name=selection.name[:80], scheme=(selection.scheme or "")[:80]
    )


async def _page(concepts: ConceptList, _: RecordingRequest, __: Services) -> Page:
    return concepts.page()


async def _table(concepts: ConceptList, request: RecordingRequest, _: Services) -> Table:
    return Table(_COLUMNS, concepts.records(request.base), concepts.reader.language)


async def _paths(services: Services) -> Sequence[str]:
    return [browse_path(dataset.name) for dataset in (await services.facts.datasets()).datasets if dataset.subjects]


RESOURCES = (
    Resource(
        path=PATH,
        summary=(
            "the plans by publisher, the other schemes and the collections, each with its number of concepts; "
            "pages have 50 rows, data all"
        ),
        model=_listed,
        forms=(page_form(schemes_page), *table_forms(schemes_table)),
        examples=(Example("browse", "/browse", engine_calls=0),),
    ),
    Resource(
        path=f"{PATH}/{{name:path}}",
        summary=(
            "the concepts of a dataset, by its name in the catalogue; parameters `order`, `kind`, `letter`, "
            "`under`, `scheme` and `page`; see the [researcher guide](researcher.md#browsing)"
        ),
        model=_concept_list,
        about=_about,
        forms=(page_form(_page), *table_forms(_table)),
        sitemap=Listed(_paths),
        examples=(
            Example("browse a plan", "/browse/trondheim/samfunnsplan-2020-2032", engine_calls=0),
            Example("browse by the alphabet", "/browse/los?order=alphabetical", engine_calls=0),
            Example("browse a level", "/browse/sdg", engine_calls=0),
            Example("browse a scheme without levels", "/browse/u4ssc", engine_calls=0),
        ),
    ),
)
