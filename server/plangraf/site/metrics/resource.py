"""The address of the metrics."""

from prometheus_client import CONTENT_TYPE_LATEST

from plangraf.formats import TEXT
from plangraf.http.content import Content
from plangraf.http.metrics import metrics_text
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource, no_model
from plangraf.http.services import Services


async def _write(_: None, __: RecordingRequest, ___: Services) -> Content:
    return Content(metrics_text(), media_type=CONTENT_TYPE_LATEST)


RESOURCES = (
    Resource(
        path="/metrics",
        summary="metrics for Prometheus; see the [operator guide](operator.md#metrics)",
        model=no_model,
        forms=(Form(TEXT, _write),),
        lasting=False,
        of_release=False,
    ),
)
