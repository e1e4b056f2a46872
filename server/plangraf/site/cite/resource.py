"""How to cite: the release, a dataset, a thing or a named graph, as a page and for reference managers."""

from dataclasses import replace

from fastapi import APIRouter, Request, Response

from plangraf.citing.citation import CITE_PATH, ONTOLOGY_PATH, Citation
from plangraf.errors import ResourceNotFound
from plangraf.formats import CITATION_FORMATS, HTML, content_type
from plangraf.http.negotiate import VARY, document_form, reader, split_extension
from plangraf.http.raw import raw_path
from plangraf.http.release_facts import Holdings, TheHoldings
from plangraf.http.respond import respond_page
from plangraf.http.services import Site, TheSite
from plangraf.http.signposting import Link, header
from plangraf.languages import N_
from plangraf.linkeddata.addresses import described_iri, graph_iri
from plangraf.linkeddata.catalogue import CATALOGUE_PATH
from plangraf.linkeddata.description import describe, describe_graph
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import ONTOLOGY
from plangraf.site.cite.page import cite_page, text
from plangraf.view.page import Page
from plangraf.view.reading import Name, Reader, Reference

router = APIRouter()

_METHODS = ["GET", "HEAD"]
_FORMS = (HTML, *CITATION_FORMATS)
_DATASET = "/dataset/"


async def show_citation(request: Request, site: TheSite, holdings: TheHoldings) -> Response:
    """Answer with how to cite what the path behind `/cite` leads to; the names are in the reader's language."""
    path, extension = split_extension(raw_path(request), _FORMS)
    choice = document_form(request, extension, _FORMS)
    view = reader(request)
    landing = path.removeprefix(CITE_PATH)
    citation = await _citation(site, holdings, landing, view)
    landing = landing if landing and not landing.startswith(_DATASET) else CATALOGUE_PATH
    links = [
        *(Link(f"{path}.{f.extension}", "alternate", {"type": f.media_type}) for f in CITATION_FORMATS),
        Link(landing, "describes", {"type": HTML.media_type}),
    ]
    if choice.format == HTML:
        about = None if path == CITE_PATH else _reference(citation, landing, view)
        response = respond_page(request, site, cite_page(citation, path, view, about))
    else:
        response = Response(
            text(citation, choice.format),
            headers={
                **VARY,
                "Content-Language": view.language,
                "Content-Disposition": f'attachment; filename="{citation.file_name}.{choice.format.extension}"',
            },
            media_type=content_type(choice.media_type),
        )
    response.headers["Link"] = header(links)
    return response


async def with_citation(page: Page, holdings: Holdings, iri: str, view: Reader) -> Page:
    """Return the page of `iri` with its citation; the datasets are known, so the engine is not asked again."""
    said = page.said or (await holdings.datasets()).statements
    return replace(page, citation=(await holdings.citations()).of_thing(said, iri, view.language))


async def _citation(site: Site, holdings: Holdings, landing: str, view: Reader) -> Citation:
    """Return the citation of what the page at `landing` is about.

    Raises:
        ResourceNotFound: there is no such thing.
    """
    citations = await holdings.citations()
    if not landing:
        return citations.of_release(view.language)
    if landing.startswith(_DATASET):
        name = landing.removeprefix(_DATASET)
        dataset = next((d for d in (await holdings.datasets()).datasets if d.name == name), None)
        if dataset is None:
            raise ResourceNotFound(
                N_("There is no dataset {name} in this release; /catalog has those there are."), name=name[:200]
            )
        return citations.of_dataset(dataset, view.language)
    if landing.startswith("/doc/"):
        iri = described_iri(landing.removeprefix("/doc/"))
        return citations.of_thing(Statements(await describe(site.engine, iri)), iri, view.language)
    if landing == ONTOLOGY_PATH or landing.startswith("/graph/"):
        iri = ONTOLOGY if landing == ONTOLOGY_PATH else graph_iri(landing.removeprefix("/graph/"))
        return citations.of_thing(Statements(await describe_graph(site.engine, iri)), iri, view.language)
    raise ResourceNotFound(
        N_("There is no citation at {path}; {release} is that of the release."),
        path=f"{CITE_PATH}{landing[:200]}",
        release=CITE_PATH,
    )


def _reference(citation: Citation, landing: str, view: Reader) -> Reference:
    language = citation.language if citation.language != view.language else None
    return Reference(citation.iri, view.href(landing), Name(citation.name, language), None, local=True)


for _ending in ("", *(f".{f.extension}" for f in _FORMS)):
    router.add_api_route(f"{CITE_PATH}{_ending}", show_citation, methods=_METHODS)
router.add_api_route(f"{CITE_PATH}/{{name:path}}", show_citation, methods=_METHODS)
