"""What programs find by themselves: the description of the data (VoID) and that of the endpoint."""

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response

from plangraf.errors import NotAcceptable
from plangraf.formats import GRAPH_FORMATS, TURTLE, by_key
from plangraf.http.negotiate import prefers_page, require_form, split_extension
from plangraf.http.respond import respond_data
from plangraf.http.services import Site, TheSite
from plangraf.languages import N_
from plangraf.linkeddata.addresses import document_iri
from plangraf.linkeddata.void import VOID_PATH, void_description
from plangraf.namespaces import expand
from plangraf.negotiation import Choice
from plangraf.sparql.description import service_description

router = APIRouter()


async def show_void(request: Request, site: TheSite) -> Response:
    """Answer with the VoID description of the release (VoID, section 6.2)."""
    path, extension = split_extension(request.url.path)
    choice = Choice(extension, extension.media_type) if extension else _rdf(request)
    return await respond_data(void_description(site.manifest), choice, data_path=path, negotiated=extension is None)


for _ending in ("", *(f".{f.extension}" for f in GRAPH_FORMATS)):
    router.add_api_route(f"{VOID_PATH}{_ending}", show_void, methods=["GET", "HEAD"])


async def respond_service_description(request: Request, site: Site) -> Response:
    """Return the description of the endpoint, in the form that `?format=` or the Accept header names.

    Raises:
        NotAcceptable: it does not come in that form.
    """
    choice = _rdf(request)
    triples = service_description(site.manifest, document_iri("/sparql"))
    address = _address(request)
    if address is not None:
        # A description names the address that it was read from (SPARQL 1.1 Service Description, section 4).
        triples.append(ox.Triple(triples[0].subject, ox.NamedNode(expand("sd:endpoint")), address))
    return await respond_data(triples, choice, data_path=None, negotiated=True)


def _address(request: Request) -> ox.NamedNode | None:
    """Return the address that was asked, or None when the request does not tell its host."""
    try:
        return ox.NamedNode(str(request.url.replace(query="", fragment="")))
    except ValueError:
        return None


def _rdf(request: Request) -> Choice:
    """Return the graph format that the client likes best; those who want pages get Turtle.

    Raises:
        NotAcceptable: the client takes none of them.
    """
    key = request.query_params.get("format")
    if key is not None:
        named = by_key(key, GRAPH_FORMATS)
        if named is None:
            available = [f.key for f in GRAPH_FORMATS]
            raise NotAcceptable(N_("There is no format {key} here."), key=key, members={"available": available})
        return Choice(named, named.media_type)
    if prefers_page(request):
        return Choice(TURTLE, TURTLE.media_type)
    return require_form(request, GRAPH_FORMATS)
