"""Changes of graphs over HTTP, by publishers with a token (SPARQL 1.1 Graph Store HTTP Protocol, section 5)."""

import asyncio
import re
from typing import cast

from fastapi import Request, Response

from plangraf.errors import RequestTimeout, TokenMissing
from plangraf.formats import GRAPH_FORMATS, WORKBOOK_FORMATS
from plangraf.http.client import client_of
from plangraf.http.handlers import ProblemHandlers
from plangraf.http.headers import UNSHARED
from plangraf.http.method import method_refused
from plangraf.http.metrics import count_change
from plangraf.http.problems import ANSWERED, problem_of
from plangraf.http.resource import READING
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.linkeddata.addresses import Addresses
from plangraf.publishing.change import ChangeOutcome, GraphRequest, Method
from plangraf.publishing.conditions import Conditions
from plangraf.publishing.tokens import token_digest
from plangraf.site.graphs.documents import MULTIPART, read_documents
from plangraf.site.graphs.reason import read_reason
from plangraf.view.problem_page import problem_page

CHANGE_TYPES = (*(f.media_type for f in (*GRAPH_FORMATS, *WORKBOOK_FORMATS)), MULTIPART)
_TOKEN = re.compile(r"bearer +([A-Za-z0-9._~+/-]+=*) *", re.IGNORECASE)
_ARRIVES_WITHIN = 120
"""The time for the body of a request, in seconds."""
_RETRY = 5


async def change_graph(request: Request, services: Services, graph: str) -> Response:
    """Answer a request to change a graph; scripts of other origins cannot read the answer.

    Args:
        request: the request, whose method is PUT, POST or DELETE.
        services: the services of the release.
        graph: the IRI of the graph.
    """
    try:
        outcome = await _change(request, services, graph)
    except ANSWERED as error:
        return refuse_change(request, services, error)
    count_change(outcome.kind)
    return _response(outcome, graph)


def refuse_change(request: Request, services: Services, error: Exception) -> Response:
    """Return the answer to a request that is refused."""
    assert isinstance(error, ANSWERED)  # noqa: S101  # the callers catch these
    problem = problem_of(error)
    count_change(problem.slug)
    response = ProblemHandlers(services, problem_page).respond(request, problem)
    response.headers.update(UNSHARED)
    return response


async def _change(request: Request, services: Services, graph: str) -> ChangeOutcome:
    if not services.settings.publishing:
        raise method_refused(request.scope, READING)
    reason = read_reason(request)
    asked = GraphRequest(
        method=cast("Method", request.method),
        graph=graph,
        token_digest=token_digest(_token(request)),
        client=client_of(request.scope),
        conditions=Conditions(if_match=_joined(request, "if-match"), if_none_match=_joined(request, "if-none-match")),
        message=reason.text,
        replaced_by=reason.replaced_by,
        language=reason.language,
    )
    async with services.background.publishing_place(asked) as place:
        if request.method == "DELETE":
            return await place.change(())
        try:
            async with asyncio.timeout(_ARRIVES_WITHIN):
                documents = await read_documents(request, services.settings.upload_size)
        except TimeoutError as error:
            raise RequestTimeout(
                N_("The data of a graph must arrive within {seconds} seconds."), seconds=_ARRIVES_WITHIN
            ) from error
        return await place.change(documents)


def _token(request: Request) -> str:
    """Return the bearer token of a request (RFC 6750, section 2.1)."""
    given = request.headers.getlist("authorization")
    found = _TOKEN.fullmatch(given[0]) if len(given) == 1 else None
    if found is None:
        raise TokenMissing(
            N_("A publisher changes its graphs with a token, sent as Authorization: Bearer and the token.")
        )
    return found[1]


def _joined(request: Request, name: str) -> str | None:
    values = request.headers.getlist(name)
    return ", ".join(values) if values else None


def _response(outcome: ChangeOutcome, graph: str) -> Response:
    headers = {**UNSHARED, "Cache-Control": "no-store", "Plangraf-Release": outcome.release}
    if outcome.kind == "created":
        headers["Location"] = Addresses().document_path(graph) or ""
    if not outcome.served:
        return Response(status_code=202, headers={**headers, "Retry-After": str(_RETRY)})
    return Response(status_code=201 if outcome.kind == "created" else 204, headers=headers)
