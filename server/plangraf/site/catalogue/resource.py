"""The address of the DCAT-AP-NO catalogue, as data and as a page with all downloads."""

from dataclasses import replace

import pyoxigraph as ox

from plangraf.http.content import Content
from plangraf.http.declaration import Example, MenuEntry
from plangraf.http.graph import graph_forms
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.linkeddata.catalogue import CATALOGUE_PATH
from plangraf.site.catalogue.page import Catalogue, catalogue_page
from plangraf.view.page_form import page_form


async def _read(_: RecordingRequest, services: Services) -> Catalogue:
    dumps = await services.facts.written_dumps()
    return Catalogue(await services.facts.catalogue(dumps), dumps)


async def _triples(catalogue: Catalogue, _: RecordingRequest, __: Services) -> list[ox.Triple]:
    return catalogue.triples


def _lasting_with_dumps(form: Form[Catalogue]) -> Form[Catalogue]:
    """Return a form that is cached only once it has the sizes and checksums of the dumps."""

    async def write(catalogue: Catalogue, request: RecordingRequest, services: Services) -> Content:
        content = await form.write(catalogue, request, services)
        assert isinstance(content, Content)  # noqa: S101  # pages and graphs are
        return replace(content, lasting=catalogue.dumps is not None)

    return Form(form.format, write)


RESOURCES = (
    Resource(
        path=CATALOGUE_PATH,
        summary="the DCAT-AP-NO catalogue, or a page with all downloads",
        model=_read,
        forms=tuple(map(_lasting_with_dumps, (page_form(catalogue_page), *graph_forms(_triples)))),
        menu=MenuEntry(N_("Data"), 4),
        examples=(Example("catalogue", CATALOGUE_PATH, engine_calls=0),),
    ),
)
