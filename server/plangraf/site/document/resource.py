"""Dereferencing: `/id/…` leads to `/doc/…`, which answers in every form; `/graph/…` answers for named graphs."""

from dataclasses import replace

from fastapi import APIRouter, Request, Response

from plangraf.formats import HTML
from plangraf.http.negotiate import VARY, document_form, page_number, reader, split_extension
from plangraf.http.raw import raw_path
from plangraf.http.release_facts import TheHoldings
from plangraf.http.respond import respond_data, respond_page
from plangraf.http.services import TheSite
from plangraf.linkeddata.addresses import described_iri, graph_iri
from plangraf.linkeddata.catalogue import dataset_iri
from plangraf.linkeddata.description import describe, describe_graph, document
from plangraf.linkeddata.schema_org import for_page
from plangraf.namespaces import ID
from plangraf.site.cite.resource import with_citation
from plangraf.site.document.page import graph_page, resource_page
from plangraf.site.document.profiles import OWN, chosen_profile, respond_profile, with_profiles

router = APIRouter()


@router.api_route("/id/{name:path}", methods=["GET", "HEAD"])
async def identify(request: Request, site: TheSite) -> Response:
    """Lead from a thing to the document about it (Cool URIs for the Semantic Web, section 4.3)."""
    name = raw_path(request).removeprefix("/id/")
    await describe(site.engine, ID + name)
    query = f"?{request.url.query}" if request.url.query else ""
    return Response(status_code=303, headers={"Location": f"/doc/{name}{query}", **VARY})


@router.api_route("/doc/{name:path}", methods=["GET", "HEAD"])
async def show_document(request: Request, site: TheSite, holdings: TheHoldings) -> Response:
    """Answer with the document about a resource, in the form that the ending or the Accept header names."""
    path, extension = split_extension(raw_path(request))
    iri = described_iri(path.removeprefix("/doc/"))
    dataset = (await holdings.datasets()).about(iri)
    if dataset is not None:
        profile = chosen_profile(request, extension)
        if profile != OWN:
            outline = await holdings.outline()
            return await respond_profile(request, profile, path, extension, dataset, outline)
    choice = document_form(request, extension)
    if choice.format == HTML:
        page = await resource_page(site.engine, iri, reader(request), page_number(request), site.manifest.plans)
        page = await with_citation(page, holdings, iri, reader(request))
        if dataset is not None:
            structured = for_page(await holdings.outline(), dataset_iri(dataset.name), reader(request).language)
            page = replace(page, structured=structured)
        return with_profiles(respond_page(request, site, page, data_path=path), path, extension, dataset)
    triples = document(iri, path, await describe(site.engine, iri), site.manifest.release)
    response = await respond_data(triples, choice, data_path=path, negotiated=extension is None)
    return with_profiles(response, path, extension, dataset)


@router.api_route("/graph/{name:path}", methods=["GET", "HEAD"])
async def show_graph(request: Request, site: TheSite, holdings: TheHoldings) -> Response:
    """Answer with a named graph: all its triples, or a page about it."""
    path, extension = split_extension(raw_path(request))
    choice = document_form(request, extension)
    iri = graph_iri(path.removeprefix("/graph/"))
    if choice.format == HTML:
        page = await graph_page(site.engine, iri, reader(request))
        page = await with_citation(page, holdings, iri, reader(request))
        return respond_page(request, site, page, data_path=path)
    triples = await describe_graph(site.engine, iri)
    return await respond_data(triples, choice, data_path=path, negotiated=extension is None)
