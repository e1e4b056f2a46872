"""The addresses of the ontology, of its JSON-LD context, and of their versions."""

from dataclasses import dataclass

import pyoxigraph as ox

from plangraf import shipped
from plangraf.errors import ResourceNotFound
from plangraf.formats import JSON_LD
from plangraf.http.content import Content
from plangraf.http.declaration import Example, Listed
from plangraf.http.graph import graph_forms
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.linkeddata.description import describe_graph
from plangraf.linkeddata.sources import find_sources
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import ONTOLOGY, PREFIXES
from plangraf.site.ontology.page import earlier_page, ontology_page
from plangraf.site.ontology.usage import Usage, read_usage
from plangraf.site.ontology.versions import earlier_context, earlier_version
from plangraf.view.page import Metadata, Page
from plangraf.view.page_form import page_form
from plangraf.view.reader import Reader

_PATH = "/ontology"
_CONTEXT = "context.jsonld"


@dataclass(frozen=True)
class Ontology:
    """A version of the vocabulary.

    Attributes:
        triples: its triples.
        path: the path of the document, without an extension.
        current: the number of the current version, if this is an earlier one.
    """

    triples: list[ox.Triple]
    path: str
    current: str | None = None


async def _read(request: RecordingRequest, services: Services) -> Ontology:
    return Ontology(await describe_graph(services.engine, ONTOLOGY), request.stem)


async def _read_version(request: RecordingRequest, services: Services) -> Ontology:
    """Return the vocabulary at the address of a version.

    Raises:
        ResourceNotFound: there has been no such version.
    """
    version = request.stem.removeprefix(f"{_PATH}/")
    found = await _read(request, services)
    current = _number(found)
    if version == current:
        return found
    triples = earlier_version(version)
    if triples is None:
        raise _not_found(version, current)
    return Ontology(triples, request.stem, current)


def _number(ontology: Ontology) -> str:
    iri = Statements(ontology.triples).iri(ONTOLOGY, PREFIXES["owl"] + "versionIRI") or ""
    return iri.removeprefix(f"{ONTOLOGY}/")


def _not_found(version: str, current: str) -> ResourceNotFound:
    return ResourceNotFound(
        N_("There is no version {version} of the ontology; the current one is {current}."),
        version=version,
        current=f"{ONTOLOGY}/{current}",
    )


async def _page(ontology: Ontology, request: RecordingRequest, services: Services) -> Page:
    statements, reader = Statements(ontology.triples), Reader.of(request)

    async def read() -> Usage:
        return await read_usage(services.engine, statements.iris(ONTOLOGY, PREFIXES["dct"] + "creator"))

    usage = await services.facts.once("usage", read)
    sources = find_sources(statements, (ONTOLOGY,))
    if ontology.current is not None:
        return earlier_page(
            ontology.triples, usage, ontology.current, reader, Metadata(ontology.path, sources=sources)
        )
    citation = (await services.facts.citations()).of_thing(statements, ONTOLOGY, reader.language, sources)
    metadata, counts = Metadata(ontology.path, citation, sources=sources), services.manifest.counts
    return ontology_page(ontology.triples, services.shapes, usage, counts, reader, metadata)


async def _triples(ontology: Ontology, _: RecordingRequest, __: Services) -> list[ox.Triple]:
    return ontology.triples


async def _current_context(_: RecordingRequest, __: Services) -> bytes:
    return shipped.CONTEXT.read_bytes()


async def _read_context(request: RecordingRequest, services: Services) -> bytes:
    """Return the JSON-LD context of a version.

    Raises:
        ResourceNotFound: there has been no such version.
    """
    version = request.path.removeprefix(f"{_PATH}/").removesuffix(f"/{_CONTEXT}")
    current = _number(await _read(request, services))
    if version == current:
        return shipped.CONTEXT.read_bytes()
    context = earlier_context(version)
    if context is None:
        raise _not_found(version, current)
    return context


async def _context(context: bytes, _: RecordingRequest, __: Services) -> Content:
    return Content(context)


_FORMS: tuple[Form[Ontology], ...] = (page_form(_page), *graph_forms(_triples))

RESOURCES = (
    Resource(
        path=_PATH,
        summary="the vocabulary",
        model=_read,
        forms=_FORMS,
        examples=(Example("ontology", _PATH, engine_calls=1),),
    ),
    Resource(
        path=f"{_PATH}/{_CONTEXT}",
        summary="the JSON-LD context",
        model=_current_context,
        forms=(Form(JSON_LD, _context),),
    ),
    Resource(
        path=f"{_PATH}/{{version}}/{_CONTEXT}",
        summary="the JSON-LD context of a version, the current one or an earlier one",
        model=_read_context,
        forms=(Form(JSON_LD, _context),),
    ),
    Resource(
        path=f"{_PATH}/{{version}}",
        summary="a version of the vocabulary (`owl:versionIRI`), the current one or an earlier one",
        model=_read_version,
        forms=_FORMS,
        sitemap=Listed(unlisted="the current version is what /ontology shows"),
        examples=(Example("earlier ontology", f"{_PATH}/0.1.0", engine_calls=1),),
    ),
)
