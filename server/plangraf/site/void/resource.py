"""The address of the VoID description of the release (VoID, section 6.2)."""

import pyoxigraph as ox

from plangraf.http.graph import graph_forms
from plangraf.http.negotiate import choose_graph
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource
from plangraf.http.services import Services
from plangraf.linkeddata.void import VOID_PATH, count_distinct_terms, void_description


async def _read(_: RecordingRequest, services: Services) -> list[ox.Triple]:
    facts = services.facts
    distinct = await facts.once("distinct terms", lambda: count_distinct_terms(services.engine))
    return void_description(services.manifest, await facts.datasets(), distinct)


async def _triples(triples: list[ox.Triple], _: RecordingRequest, __: Services) -> list[ox.Triple]:
    return triples


_FORMS: tuple[Form[list[ox.Triple]], ...] = graph_forms(_triples)


def _choose(_: list[ox.Triple], request: RecordingRequest) -> tuple[Form[list[ox.Triple]], str]:
    choice = choose_graph(request)
    return next(form for form in _FORMS if form.format == choice.format), choice.media_type


RESOURCES = (
    Resource(
        path=VOID_PATH,
        summary="the VoID description of the release; browsers get Turtle",
        model=_read,
        forms=_FORMS,
        choose=_choose,
    ),
)
