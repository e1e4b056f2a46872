"""The address of the fragments: the release by quad pattern, in pages (Quad Pattern Fragments)."""

from collections.abc import Iterable

import pyoxigraph as ox
from anyio import to_thread

from plangraf.formats import HTML, JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, Format
from plangraf.http.content import Content
from plangraf.http.declaration import Example, Parameter
from plangraf.http.link import Link
from plangraf.http.memento import version_links
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource
from plangraf.http.services import Services
from plangraf.linkeddata.fragment import FragmentAddresses, describe_controls, metadata_graph
from plangraf.linkeddata.quad_pattern import DEFAULT_GRAPH
from plangraf.linkeddata.sources import Sources
from plangraf.linkeddata.void import FRAGMENTS_PATH
from plangraf.rdf.serialization import serialize, serialize_quads
from plangraf.site.fragments.model import Asked, fragment_addresses, fragment_path, read_asked, read_fragment
from plangraf.site.fragments.page import fragment_page
from plangraf.view.page_form import page_form

_SDG_13 = f"{FRAGMENTS_PATH}?subject=sdg:13"
_WITH_GRAPHS = (TRIG, N_QUADS, JSON_LD)
_WITHOUT_GRAPHS = (TURTLE, N_TRIPLES, RDF_XML)


def _data_form(rdf_format: Format) -> Form[Asked]:
    async def write(asked: Asked, request: RecordingRequest, services: Services) -> Content:
        with_graphs = rdf_format in _WITH_GRAPHS
        pattern = asked.pattern if with_graphs else asked.pattern.merged()
        fragment = await read_fragment(asked, pattern, services)
        addresses = fragment_addresses(asked, fragment.pages, request, services)
        sources = await services.facts.sources() or Sources()
        controls = describe_controls(addresses, fragment.total, services.manifest.release, sources.licences)
        if with_graphs:
            where = metadata_graph(addresses)
            quads = [
                *fragment.quads,
                *(ox.Quad(triple.subject, triple.predicate, triple.object, where) for triple in controls),
            ]
            body = await to_thread.run_sync(serialize_quads, quads, rdf_format)
        else:
            triples: Iterable[ox.Triple] = [*(quad.triple for quad in fragment.quads), *controls]
            body = await to_thread.run_sync(serialize, triples, rdf_format)
        return Content(body, links=(*_links(asked, addresses, request), *version_links(request, services)))

    return Form(rdf_format, write)


def _links(asked: Asked, addresses: FragmentAddresses, request: RecordingRequest) -> list[Link]:
    """Return the links to the neighbours of a page, for crawlers that read the header alone."""
    ending = request.path.removeprefix(FRAGMENTS_PATH)

    def path(number: int) -> str:
        return fragment_path(asked.terms, number).replace(FRAGMENTS_PATH, FRAGMENTS_PATH + ending, 1)

    links = [Link(fragment_path(asked.terms, asked.number), "alternate", {"type": HTML.media_type})]
    if addresses.previous is not None:
        links.append(Link(path(asked.number - 1), "prev"))
    if addresses.following is not None:
        links.append(Link(path(asked.number + 1), "next"))
    return links


RESOURCES = (
    Resource(
        path=FRAGMENTS_PATH,
        summary="all statements by [pattern](#fragments), in pages of 100 (Quad Pattern Fragments)",
        model=read_asked,
        forms=(page_form(fragment_page), *map(_data_form, (*_WITH_GRAPHS, *_WITHOUT_GRAPHS))),
        examples=(
            Example("fragment", FRAGMENTS_PATH, engine_calls=1),
            Example("fragment of a pattern", _SDG_13, engine_calls=1),
        ),
        parameters=(
            Parameter("subject", "the subject: an IRI; without it, anything"),
            Parameter("predicate", "the property: an IRI; without it, anything"),
            Parameter("object", 'the value: an IRI, or a text as "text"@nb or "5"^^IRI; without it, anything'),
            Parameter("graph", f"the graph: its IRI, or {DEFAULT_GRAPH} for the merge; without it, any"),
            Parameter("page", "the number of a page of 100 statements"),
        ),
    ),
)
