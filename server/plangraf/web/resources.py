"""Dereferencing: `/id/…` leads to `/doc/…`, which answers in every form; `/graph/…` answers for named graphs."""

from fastapi import APIRouter, Request, Response

from plangraf.formats import HTML
from plangraf.linkeddata.addresses import described_iri, graph_iri
from plangraf.linkeddata.description import describe, describe_graph, document
from plangraf.namespaces import ID
from plangraf.pages.resource import graph_page, resource_page
from plangraf.web.negotiate import VARY, document_form, reader, split_extension
from plangraf.web.respond import respond_data, respond_page
from plangraf.web.site import TheSite

router = APIRouter()


def _raw_path(request: Request) -> str:
    """Return the path as it was sent, since the escapes are part of an IRI."""
    raw = request.scope.get("raw_path") or request.url.path.encode()
    return bytes(raw).split(b"?")[0].decode("ascii", "replace")


@router.api_route("/id/{name:path}", methods=["GET", "HEAD"])
async def identify(request: Request, site: TheSite) -> Response:
    """Lead from a thing to the document about it (Cool URIs for the Semantic Web, section 4.3)."""
    name = _raw_path(request).removeprefix("/id/")
    await describe(site.engine, ID + name)
    query = f"?{request.url.query}" if request.url.query else ""
    return Response(status_code=303, headers={"Location": f"/doc/{name}{query}", **VARY})


@router.api_route("/doc/{name:path}", methods=["GET", "HEAD"])
async def show_document(request: Request, site: TheSite) -> Response:
    """Answer with the document about a resource, in the form that the ending or the Accept header names."""
    path, extension = split_extension(_raw_path(request))
    choice = document_form(request, extension)
    iri = described_iri(path.removeprefix("/doc/"))
    if choice.format == HTML:
        return respond_page(request, site, await resource_page(site.engine, iri, reader(request)), data_path=path)
    triples = document(iri, path, await describe(site.engine, iri), site.manifest.release)
    return await respond_data(triples, choice, data_path=path, negotiated=extension is None)


@router.api_route("/graph/{name:path}", methods=["GET", "HEAD"])
async def show_graph(request: Request, site: TheSite) -> Response:
    """Answer with a named graph: all its triples, or a page about it."""
    path, extension = split_extension(_raw_path(request))
    choice = document_form(request, extension)
    iri = graph_iri(path.removeprefix("/graph/"))
    if choice.format == HTML:
        return respond_page(request, site, await graph_page(site.engine, iri, reader(request)), data_path=path)
    triples = await describe_graph(site.engine, iri)
    return await respond_data(triples, choice, data_path=path, negotiated=extension is None)
