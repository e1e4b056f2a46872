"""The address of the DCAT-AP-NO catalogue, as data and as a page with all downloads."""

import pyoxigraph as ox

from plangraf.http.declaration import Example
from plangraf.http.graph import graph_forms
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Resource
from plangraf.http.services import Services
from plangraf.linkeddata.catalogue import CATALOGUE_PATH
from plangraf.site.catalogue.page import catalogue_page
from plangraf.view.page_form import page_form


async def _read(_: RecordingRequest, services: Services) -> list[ox.Triple]:
    return await services.facts.catalogue()


async def _triples(triples: list[ox.Triple], _: RecordingRequest, __: Services) -> list[ox.Triple]:
    return triples


async def _made(services: Services) -> None:
    await services.facts.dumps()


RESOURCES = (
    Resource(
        path=CATALOGUE_PATH,
        summary="the DCAT-AP-NO catalogue, or a page with all downloads",
        model=_read,
        forms=(page_form(catalogue_page), *graph_forms(_triples)),
        ready=_made,
        examples=(Example("catalogue", CATALOGUE_PATH, engine_calls=0),),
    ),
)
