"""The SPARQL 1.1 Graph Store HTTP Protocol, with indirect identification of graphs (section 4.2), read-only."""

from dataclasses import replace
from time import perf_counter

from fastapi import Request
from starlette.datastructures import QueryParams
from starlette.types import Receive, Scope, Send

from plangraf.engine.interface import Query
from plangraf.errors import MethodRefused, RequestMalformed, ResourceNotFound
from plangraf.http.client import client_of
from plangraf.http.handlers import ProblemHandlers
from plangraf.http.negotiate import choose_graph
from plangraf.http.problems import ANSWERED, problem_of
from plangraf.http.query_responder import QueryResponder
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.namespaces import PREFIXES
from plangraf.view.problem_page import problem_page

GRAPHS_PATH = "/graphs"
METHODS = ("GET", "HEAD")
_GRAPH = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items()) + (
    "CONSTRUCT WHERE { ?s ?p ?o }"
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

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a graph.

        Raises:
            Broken: the answer could not be completed after its status had been sent.
        """
        begun = perf_counter()
        request = Request(scope, receive)
        try:
            await self._responder.respond(request, send, self._query(scope), begun)
        except ANSWERED as error:
            problem = problem_of(error)
            self._metrics.count(problem.slug, perf_counter() - begun)
            await self._problems.respond(request, problem)(scope, receive, send)

    def _query(self, scope: Scope) -> Query:
        """Return the query for the graph that a request names.

        Raises:
            MethodRefused: the request would change the graph.
            RequestMalformed: the parameters name no graph, or two.
            ResourceNotFound: the release has no such graph.
            NotAcceptable: the client accepts no form of a graph.
        """
        if scope["method"] not in METHODS:
            raise MethodRefused(
                N_("{method} is not a method of {path}."), method=scope["method"], path=scope["path"], allowed=METHODS
            )
        parameters = QueryParams(scope["query_string"])
        named = parameters.getlist("graph")
        if len(named) + ("default" in parameters) != 1 or named == [""]:
            raise RequestMalformed(
                N_(
                    "Name one graph: /graphs?graph= with its IRI, percent-encoded, or /graphs?default for the merge "
                    "of all graphs. /.well-known/void lists the graphs."
                )
            )
        if named and named[0] not in self._graphs:
            raise ResourceNotFound(
                N_("There is no graph {iri} in this release; /.well-known/void lists those that there are."),
                iri=named[0],
            )
        return replace(
            Query(_GRAPH, default_graphs=tuple(named), client=client_of(scope)),
            graphs=choose_graph(RecordingRequest(scope)),
        )
