"""The forms of a graph: a resource's triples, serialized in each graph format."""

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

import pyoxigraph as ox
from anyio import to_thread

from plangraf.formats import GRAPH_FORMATS, Format
from plangraf.http.content import Content
from plangraf.http.memento import version_links
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form
from plangraf.http.services import Services
from plangraf.http.signposting import data_links
from plangraf.rdf.serialization import serialize

M = TypeVar("M")


def graph_forms(
    make: Callable[[M, RecordingRequest, Services], Awaitable[Iterable[ox.Triple]]],
    *,
    linked: Callable[[M, RecordingRequest], bool] = lambda _model, _request: True,
    path: Callable[[M, RecordingRequest], str] = lambda _model, request: request.stem,
) -> tuple[Form[M], ...]:
    """Return a form for each graph format of the triples that `make` returns.

    Args:
        make: returns the triples of a model.
        linked: returns whether the Link header lists the other forms, which have the same path with other extensions.
        path: returns the path of the document, without an extension.
    """

    def form(rdf_format: Format) -> Form[M]:
        async def write(model: M, request: RecordingRequest, services: Services) -> Content:
            triples = await make(model, request, services)
            body = await to_thread.run_sync(serialize, triples, rdf_format)
            if not linked(model, request):
                return Content(body)
            return Content(body, links=(*data_links(path(model, request)), *version_links(request, services)))

        return Form(rdf_format, write)

    return tuple(map(form, GRAPH_FORMATS))
