"""The SPARQL 1.1 Graph Store HTTP Protocol, with indirect identification of graphs (section 4.2)."""

from dataclasses import replace
from time import perf_counter

from fastapi import Request, Response
from starlette.datastructures import QueryParams
from starlette.types import Receive, Scope, Send

from plangraf.engine.ask import select
from plangraf.engine.interface import Query
from plangraf.errors import RequestError, RequestMalformed, ResourceNotFound
from plangraf.http.client import client_of
from plangraf.http.handlers import ProblemHandlers
from plangraf.http.method import method_refused
from plangraf.http.negotiate import choose_graph
from plangraf.http.problems import ANSWERED, problem_of
from plangraf.http.query_responder import QueryResponder
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import CHANGING, READING
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.namespaces import PREFIXES
from plangraf.site.graphs.change import change_graph, refuse_change
from plangraf.view.problem_page import problem_page

GRAPHS_PATH = "/graphs"
_GRAPH = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items()) + (
    "CONSTRUCT WHERE { ?s ?p ?o }"
)
_WITHDRAWN = Query(
    "SELECT DISTINCT ?graph { GRAPH ?graph { ?graph <http://www.w3.org/2002/07/owl#deprecated> true } }"
)


class GraphStore:
    """The ASGI application that answers with the triples of one graph, or of the merge of all.

    Args:
        services: the services of the release.
    """

    def __init__(self, services: Services) -> None:
        self._graphs = services.manifest.counts.graphs
        self._metrics = services.metrics
        self._problems = ProblemHandlers(services, problem_page)
        self._responder = QueryResponder(services)
        self._services = services
        self._withdrawn: frozenset[str] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a graph.

        Raises:
            Broken: the answer could not be completed after its status had been sent.
        """
        begun = perf_counter()
        request = Request(scope, receive)
        if scope["method"] in CHANGING:
            response = await change_store(request, self._services)
            await response(scope, receive, send)
            return
        try:
            await self._responder.respond(request, send, await self._query(scope), begun)
        except ANSWERED as error:
            problem = problem_of(error)
            self._metrics.count(problem.slug, perf_counter() - begun)
            await self._problems.respond(request, problem)(scope, receive, send)

    async def _query(self, scope: Scope) -> Query:
        """Return the query for the graph that a request names.

        Raises:
            MethodRefused: the request has another method.
            RequestMalformed: the parameters name no graph, or two.
            ResourceNotFound: the release has no such graph.
            NotAcceptable: the client accepts no form of a graph.
            EngineError: it cannot be told which graphs have been withdrawn.
        """
        if scope["method"] not in READING:
            raise method_refused(scope, (*READING, *CHANGING) if self._services.settings.publishing else READING)
        named = named_graph(scope)
        if named is not None and named not in self._graphs:
            raise ResourceNotFound(
                N_("There is no graph {iri} in this release; /.well-known/void lists those that there are."),
                iri=named,
            )
        if named is not None and named in await self._withdrawn_graphs():
            raise withdrawn_graph(named)
        return replace(
            Query(_GRAPH, default_graphs=() if named is None else (named,), client=client_of(scope)),
            graphs=choose_graph(RecordingRequest(scope)),
        )

    async def _withdrawn_graphs(self) -> frozenset[str]:
        """Return the IRIs of the graphs of which only the statement is left that they were withdrawn."""
        if self._withdrawn is None:
            found = await select(self._services.engine, _WITHDRAWN)
            self._withdrawn = frozenset(solution["graph"].value for solution in found)
        return self._withdrawn


def withdrawn_graph(iri: str) -> ResourceNotFound:
    """Return the error for a graph of which only the statement is left that it was withdrawn."""
    return ResourceNotFound(N_("The graph {iri} was withdrawn."), iri=iri)


def named_graph(scope: Scope) -> str | None:
    """Return the IRI of the graph that the parameters of a request name, or None for the merge of all.

    Raises:
        RequestMalformed: they name no graph, or two.
    """
    parameters = QueryParams(scope["query_string"])
    named = parameters.getlist("graph")
    if len(named) + ("default" in parameters) != 1 or named == [""]:
        raise RequestMalformed(
            N_(
                "Name one graph: /graphs?graph= with its IRI, percent-encoded, or /graphs?default for the merge "
                "of all graphs. /.well-known/void lists the graphs."
            )
        )
    return named[0] if named else None


async def change_store(request: Request, services: Services) -> Response:
    """Answer a request to change the graph that its parameters name."""
    try:
        graph = named_graph(request.scope) if services.settings.publishing else None
        if graph is None:  # the merge follows from the graphs
            raise method_refused(request.scope, READING)
    except RequestError as error:
        return refuse_change(request, services, error)
    return await change_graph(request, services, graph)
