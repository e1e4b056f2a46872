"""The service description, which the endpoint returns to requests without a query."""

import pyoxigraph as ox
from anyio import to_thread

from plangraf.http.content import Content
from plangraf.http.negotiate import choose_graph
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.linkeddata.addresses import document_iri
from plangraf.linkeddata.sources import Sources
from plangraf.namespaces import expand
from plangraf.rdf.serialization import serialize
from plangraf.sparql.description import service_description


async def describe_endpoint(request: RecordingRequest, services: Services) -> tuple[Content, str]:
    """Return the service description in the format of `?format=` or the Accept header, and its media type.

    Raises:
        NotAcceptable: the description is not available in a requested format.
    """
    choice = choose_graph(request)
    sources = await services.facts.sources() or Sources()
    licences = {source.graph: source.licences for source in sources.graphs}
    triples = service_description(services.manifest, document_iri("/sparql"), licences, sources.licences)
    address = _address(request)
    if address is not None:
        # The description names the URL at which it is available (SPARQL 1.1 Service Description, section 4).
        triples.append(ox.Triple(triples[0].subject, ox.NamedNode(expand("sd:endpoint")), address))
    return Content(await to_thread.run_sync(serialize, triples, choice.format)), choice.media_type


def _address(request: RecordingRequest) -> ox.NamedNode | None:
    """Return the URL of the endpoint from the request, or None if the request has no host."""
    try:
        return ox.NamedNode(f"{request.base}{request.path}")
    except ValueError:
        return None
