"""The address of the mapping set."""

from plangraf.formats import TSV
from plangraf.http.content import Content
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource, no_model
from plangraf.http.services import Services
from plangraf.linkeddata.sssom import MAPPINGS_PATH


async def _write(_: None, __: RecordingRequest, services: Services) -> Content:
    return Content(await services.reports.mapping_set(services.manifest.release))


RESOURCES = (
    Resource(
        path=MAPPINGS_PATH,
        summary="all claims about links as an SSSOM mapping set",
        model=no_model,
        forms=(Form(TSV, _write),),
        ready=Services.index_opened,
    ),
)
