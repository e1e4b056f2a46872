"""The address of the shapes."""

import pyoxigraph as ox

from plangraf.http.declaration import Example
from plangraf.http.graph import graph_forms
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Resource
from plangraf.http.services import Services
from plangraf.site.shapes.page import shapes_page
from plangraf.view.page_form import page_form


async def _read(_: RecordingRequest, services: Services) -> tuple[ox.Triple, ...]:
    return services.shapes


async def _triples(triples: tuple[ox.Triple, ...], _: RecordingRequest, __: Services) -> tuple[ox.Triple, ...]:
    return triples


RESOURCES = (
    Resource(
        path="/shapes",
        summary="the shapes",
        model=_read,
        forms=(page_form(shapes_page), *graph_forms(_triples)),
        examples=(Example("shapes", "/shapes", engine_calls=0),),
    ),
)
