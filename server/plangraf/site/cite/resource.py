"""The addresses of citations: of the release, a dataset, a thing or a named graph."""

from collections.abc import Collection
from dataclasses import dataclass

from plangraf.citing.citation import CITE_PATH, ONTOLOGY_PATH, Citation
from plangraf.errors import ResourceNotFound
from plangraf.formats import CITATION_FORMATS, HTML, Format
from plangraf.http.content import Content
from plangraf.http.declaration import Example, Listed
from plangraf.http.link import Link
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.linkeddata.addresses import DOCUMENTS, with_extension
from plangraf.linkeddata.catalogue import CATALOGUE_PATH
from plangraf.linkeddata.datasets import possible_graphs
from plangraf.linkeddata.description import describe_graph, describe_with_graphs
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import ONTOLOGY
from plangraf.site.cite.page import cite_page, text
from plangraf.site.document.foreign import landing_path
from plangraf.site.document.model import sources_of
from plangraf.view.page_form import page_content
from plangraf.view.reader import Reader
from plangraf.view.reading import Name, Reference

_DATASET = "/dataset/"
_PLAN = "/doc/trondheim/samfunnsplan-2020-2032"


@dataclass(frozen=True)
class CitedThing:
    """A citation, the path of the page about the cited thing, and that of the page of the citation."""

    citation: Citation
    landing: str
    path: str


async def _read(request: RecordingRequest, services: Services) -> CitedThing:
    """Return the citation of the thing at the path after `/cite`, in the reader's language.

    Raises:
        ResourceNotFound: there is no such thing.
        RequestMalformed: the path is that of a document about an IRI of others, and the parameter `iri` is missing.
    """
    landing = landing_path(request.stem.removeprefix(CITE_PATH), request, services)
    citation = await _citation(landing, services, Reader.of(request))
    page = landing if landing and not landing.startswith(_DATASET) else CATALOGUE_PATH
    return CitedThing(citation, page, f"{CITE_PATH}{landing}")


async def _citation(landing: str, services: Services, reader: Reader) -> Citation:
    """Return the citation of the thing whose page is at `landing`.

    Raises:
        ResourceNotFound: there is no such thing.
    """
    citations = await services.facts.citations()
    if not landing:
        return citations.of_release(reader.language)
    if landing.startswith(_DATASET):
        name = landing.removeprefix(_DATASET)
        dataset = next((d for d in (await services.facts.datasets()).datasets if d.name == name), None)
        if dataset is None:
            raise ResourceNotFound(
                N_("There is no dataset {name} in this release; /catalog has those there are."), name=name[:200]
            )
        return citations.of_dataset(dataset, reader.language)
    iri = ONTOLOGY if landing == ONTOLOGY_PATH else services.addresses.page_iri(landing)
    if iri is not None and landing.startswith(DOCUMENTS):
        described, datasets = await describe_with_graphs(services.engine, iri), await services.facts.datasets()
        sources = sources_of(datasets, datasets.about(iri), described)
        return citations.of_thing(Statements(described.triples), iri, reader.language, sources)
    if iri is not None:
        return citations.of_thing(Statements(await describe_graph(services.engine, iri)), iri, reader.language)
    raise ResourceNotFound(
        N_("There is no citation at {path}; {release} is that of the release."),
        path=f"{CITE_PATH}{landing[:200]}",
        release=CITE_PATH,
    )


def _about(path: str, services: Services) -> Collection[str]:
    landing = path.removeprefix(CITE_PATH)
    if landing.startswith(_DATASET):
        return possible_graphs(landing.removeprefix(_DATASET), services.manifest.counts.graphs)
    if landing == DOCUMENTS:
        return services.manifest.counts.graphs  # the IRI is not in the path
    iri = ONTOLOGY if landing == ONTOLOGY_PATH else services.addresses.page_iri(landing)
    return () if iri is None else (iri,)


def _links(cited: CitedThing) -> tuple[Link, ...]:
    return (
        *(
            Link(with_extension(cited.path, f.extension), "alternate", {"type": f.media_type})
            for f in CITATION_FORMATS
        ),
        Link(cited.landing, "describes", {"type": HTML.media_type}),
    )


async def _page(cited: CitedThing, request: RecordingRequest, services: Services) -> Content:
    reader = Reader.of(request)
    about = None if cited.path == CITE_PATH else _reference(cited, reader)
    page = cite_page(cited.citation, cited.path, reader, about)
    return page_content(page, request, services, _links(cited))


def _reference(cited: CitedThing, reader: Reader) -> Reference:
    citation = cited.citation
    language = citation.language if citation.language != reader.language else None
    return Reference(citation.iri, reader.href(cited.landing), Name(citation.name, language), None, local=True)


def _text_form(citation_format: Format) -> Form[CitedThing]:
    """Return the form of a citation as a download for reference managers."""

    async def write(cited: CitedThing, request: RecordingRequest, _: Services) -> Content:
        name = f"{cited.citation.file_name}.{citation_format.extension}"
        return Content(
            text(cited.citation, citation_format).encode(),
            language=Reader.of(request).language,
            links=_links(cited),
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    return Form(citation_format, write)


_FORMS = (Form(HTML, _page), *map(_text_form, CITATION_FORMATS))

RESOURCES = (
    Resource(
        path=CITE_PATH,
        summary="the citation of the release; see [Citations](#citations)",
        model=_read,
        forms=_FORMS,
        examples=(Example("cite the release", CITE_PATH, engine_calls=0),),
    ),
    Resource(
        path=f"{CITE_PATH}/{{name:path}}",
        summary=(
            "the citation of the resource at the rest of the path (`/doc/…`, `/doc?iri=…`, `/graph/…`, `/ontology`) "
            "or of a dataset (`/dataset/…`)"
        ),
        model=_read,
        forms=_FORMS,
        about=_about,
        sitemap=Listed(unlisted="the page of the thing itself is listed and has its citation"),
        examples=(Example("cite a goal", f"{CITE_PATH}{_PLAN}/goal/1.1", engine_calls=1),),
    ),
)
