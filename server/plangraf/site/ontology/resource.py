"""The addresses of the ontology, of its JSON-LD context, and of their versions."""

from dataclasses import dataclass

import pyoxigraph as ox

from plangraf import shipped
from plangraf.errors import ResourceNotFound
from plangraf.formats import JSON_LD
from plangraf.http.content import Content
from plangraf.http.declaration import Example, Listed, MenuEntry
from plangraf.http.graph import graph_forms
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource, no_model
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.linkeddata.description import describe_graph
from plangraf.linkeddata.sources import find_sources
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import ONTOLOGY, PREFIXES
from plangraf.site.ontology.page import ontology_page
from plangraf.site.ontology.usage import Usage, read_usage
from plangraf.view.page import Metadata, Page
from plangraf.view.page_form import page_form
from plangraf.view.reader import Reader

_PATH = "/ontology"
_CONTEXT = "context.jsonld"


@dataclass(frozen=True)
class Ontology:
    """The vocabulary of the release.

    Attributes:
        triples: the triples of its graph.
        path: the path of the document, without an extension.
    """

    triples: list[ox.Triple]
    path: str


async def _read(request: RecordingRequest, services: Services) -> Ontology:
    return Ontology(await describe_graph(services.engine, ONTOLOGY), request.stem)


async def _read_version(request: RecordingRequest, services: Services) -> Ontology:
    """Return the vocabulary at the address of its version.

    Raises:
        ResourceNotFound: the version is not the current one.
    """
    found = await _read(request, services)
    _require_current(found, request.stem.removeprefix(f"{_PATH}/"))
    return found


def _require_current(ontology: Ontology, version: str) -> None:
    current = Statements(ontology.triples).iri(ONTOLOGY, PREFIXES["owl"] + "versionIRI")
    if current != f"{ONTOLOGY}/{version}":
        raise ResourceNotFound(
            N_("There is no version {version} of the ontology; the current one is {current}."),
            version=version,
            current=current or "",
        )


async def _page(ontology: Ontology, request: RecordingRequest, services: Services) -> Page:
    statements, reader = Statements(ontology.triples), Reader.of(request)

    async def read() -> Usage:
        return await read_usage(services.engine, statements.iris(ONTOLOGY, PREFIXES["dct"] + "creator"))

    usage = await services.facts.once("usage", read)
    sources = find_sources(statements, (ONTOLOGY,))
    citation = (await services.facts.citations()).of_thing(statements, ONTOLOGY, reader.language, sources)
    metadata, counts = Metadata(ontology.path, citation, sources=sources), services.manifest.counts
    return ontology_page(ontology.triples, services.shapes, usage, counts, reader, metadata)


async def _triples(ontology: Ontology, _: RecordingRequest, __: Services) -> list[ox.Triple]:
    return ontology.triples


async def _context(_: None, __: RecordingRequest, ___: Services) -> Content:
    return Content(shipped.CONTEXT.read_bytes())


async def _require_context(request: RecordingRequest, services: Services) -> None:
    version = request.path.removeprefix(f"{_PATH}/").removesuffix(f"/{_CONTEXT}")
    _require_current(await _read(request, services), version)


_FORMS: tuple[Form[Ontology], ...] = (page_form(_page), *graph_forms(_triples))

RESOURCES = (
    Resource(
        path=_PATH,
        summary="the vocabulary",
        model=_read,
        forms=_FORMS,
        menu=MenuEntry(N_("Vocabulary"), 6),
        examples=(Example("ontology", _PATH, engine_calls=1),),
    ),
    Resource(
        path=f"{_PATH}/{_CONTEXT}",
        summary="the JSON-LD context",
        model=no_model,
        forms=(Form(JSON_LD, _context),),
    ),
    Resource(
        path=f"{_PATH}/{{version}}/{_CONTEXT}",
        summary="the JSON-LD context of a version; 404 unless it is the current one",
        model=_require_context,
        forms=(Form(JSON_LD, _context),),
    ),
    Resource(
        path=f"{_PATH}/{{version}}",
        summary="a version of the vocabulary (`owl:versionIRI`); 404 unless it is the current one",
        model=_read_version,
        forms=_FORMS,
        sitemap=Listed(unlisted="the current version is what /ontology shows"),
    ),
)
