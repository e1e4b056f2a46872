"""The ontology with its JSON-LD context, and the shapes."""

from dataclasses import replace
from functools import cache

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response

from plangraf import shipped
from plangraf.errors import ResourceNotFound
from plangraf.formats import GRAPH_FORMATS, HTML, JSON_LD
from plangraf.http.negotiate import document_form, reader, split_extension
from plangraf.http.release_facts import TheHoldings
from plangraf.http.respond import respond_data, respond_page
from plangraf.http.services import Site, TheSite
from plangraf.languages import N_
from plangraf.linkeddata.description import describe_graph
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import ONTOLOGY, PREFIXES
from plangraf.site.cite.resource import with_citation
from plangraf.site.ontology.page import ontology_page
from plangraf.site.ontology.usage import Usage, read_usage
from plangraf.site.shapes.page import shapes_page
from plangraf.validation.examples import ShapeExample, read_examples

router = APIRouter()

_METHODS = ["GET", "HEAD"]
_ENDINGS = ("", *(f".{f.extension}" for f in (HTML, *GRAPH_FORMATS)))


async def show_context(site: TheSite, version: str | None = None) -> Response:
    """Answer with the JSON-LD context of the vocabulary (JSON-LD 1.1, 3.1); a version while it is current."""
    if version is not None:
        _require_current(await describe_graph(site.engine, ONTOLOGY), version)
    return Response(shipped.CONTEXT.read_bytes(), media_type=JSON_LD.media_type)


async def show_ontology(
    request: Request, site: TheSite, holdings: TheHoldings, version: str | None = None
) -> Response:
    """Answer with the ontology; a version is answered while it is the current one."""
    path, extension = split_extension(request.url.path)
    triples = await describe_graph(site.engine, ONTOLOGY)
    if version is not None:
        _require_current(triples, split_extension(version)[0])
    choice = document_form(request, extension)
    if choice.format == HTML:
        usage = await _usage(request, site, triples)
        page = ontology_page(triples, site.shapes, usage, site.manifest.counts, reader(request))
        page = await with_citation(replace(page, said=Statements(triples)), holdings, ONTOLOGY, reader(request))
        return respond_page(request, site, page, data_path=path)
    return await respond_data(triples, choice, data_path=path, negotiated=extension is None)


async def _usage(request: Request, site: Site, triples: list[ox.Triple]) -> Usage:
    """Return how the release uses the ontology. It is asked once: it takes long, and a release does not change."""
    state = request.app.state
    if not hasattr(state, "usage"):
        state.usage = await read_usage(site.engine, Statements(triples).iris(ONTOLOGY, PREFIXES["dct"] + "creator"))
    usage = state.usage
    assert isinstance(usage, Usage)  # noqa: S101  # it was put there above
    return usage


def _require_current(triples: list[ox.Triple], version: str) -> None:
    """Raise unless `version` is the version of the ontology in this release.

    Raises:
        ResourceNotFound: it is another.
    """
    current = Statements(triples).iri(ONTOLOGY, PREFIXES["owl"] + "versionIRI")
    if current != f"{ONTOLOGY}/{version}":
        raise ResourceNotFound(
            N_("There is no version {version} of the ontology; the current one is {current}."),
            version=version,
            current=current or "",
        )


async def show_shapes(request: Request, site: TheSite) -> Response:
    """Answer with the shapes."""
    path, extension = split_extension(request.url.path)
    choice = document_form(request, extension)
    if choice.format == HTML:
        page = shapes_page(site.shapes, _examples(), reader(request))
        return respond_page(request, site, page, data_path=path)
    return await respond_data(site.shapes, choice, data_path=path, negotiated=extension is None)


@cache
def _examples() -> dict[str, ShapeExample]:
    return read_examples(shipped.EXAMPLES)


for _ending in _ENDINGS:
    router.add_api_route(f"/ontology{_ending}", show_ontology, methods=_METHODS)
    router.add_api_route(f"/shapes{_ending}", show_shapes, methods=_METHODS)
router.add_api_route("/ontology/context.jsonld", show_context, methods=_METHODS)
router.add_api_route("/ontology/{version}/context.jsonld", show_context, methods=_METHODS)
router.add_api_route("/ontology/{version}", show_ontology, methods=_METHODS)
