"""The query page: a form, example queries, and the answer as a table and a chart, with downloads and snippets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from plangraf.engine.interface import AnswerForm, Engine, Query, read
from plangraf.errors import RequestMalformed
from plangraf.formats import CSV, GRAPH_FORMATS, JSON, RESULT_FORMATS, TURTLE
from plangraf.http.problems import Problem
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import N_, preferred_text
from plangraf.namespaces import PREFIXES, compact
from plangraf.negotiation import Choice
from plangraf.release.release import Counts
from plangraf.site.sparql.snippets import snippets
from plangraf.sparql.examples import ExampleQueryFile
from plangraf.view.assets import vendored_path
from plangraf.view.chart import HEIGHT, WIDTH, Chart, draw
from plangraf.view.page import Page
from plangraf.view.reader import Reader

ROWS = 500
"""The maximum number of rows of an answer on the page."""
LETTERS = 2000
"""The maximum length of a value on the page, in characters."""
_LINKABLE = 8000
"""The maximum length of a query in the links to the page in other languages, in characters."""
_REPEATED = 2000
"""The maximum length of a query in links to charts and downloads, in characters; a form submits a longer one."""

_RESULTS = Choice(JSON, JSON.media_type)
_GRAPHS = Choice(TURTLE, TURTLE.media_type)
_KINDS = {"table": N_("Table"), "bar": N_("Bars"), "line": N_("Line")}


@dataclass(frozen=True)
class Cell:
    """The value of a variable in a table of solutions: its text, its link, and the language of a literal."""

    text: str
    href: str | None
    language: str | None


@dataclass(frozen=True)
class ExampleQuery:
    """An example query with the link that runs it."""

    title: str
    description: str
    href: str


@dataclass(frozen=True)
class TermCount:
    """A class or a property with its number of uses in the release, and the query for some of its uses."""

    name: str
    count: int
    href: str


@dataclass(frozen=True)
class AnswerView:
    """An answer for the page: a boolean, a text, or a table whose `count` may exceed the number of displayed rows.

    Only the attributes of its form are set.
    """

    form: AnswerForm
    boolean: bool | None = None
    text: str | None = None
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Cell | None, ...], ...] = ()
    count: int = 0
    chart: Chart | None = None


async def query_form_page(_: None, request: RecordingRequest, services: Services) -> Page:
    """Return the query page without a query or an answer."""
    return query_page(request, services)


def query_page(
    request: RecordingRequest,
    services: Services,
    query: Query | None = None,
    problem: Problem | None = None,
    answer: AnswerView | None = None,
) -> Page:
    """Return the query page; without a query, the form contains the first example.

    Args:
        request: the request, whose parameter `chart` selects the kind of chart.
        services: the services of the release.
        query: the submitted query, if there is one.
        problem: the error, if there is no answer.
        answer: the answer.
    """
    reader, counts, settings = Reader.of(request), services.manifest.counts, services.settings
    parameters = _parameters(query) if query else []
    text = query.text if query else ""
    graph = answer is not None and answer.form == AnswerForm.GRAPH
    downloads = GRAPH_FORMATS if graph else RESULT_FORMATS
    asked = [("query", text), *parameters]
    chart = request.parameter("chart")
    shown = [*asked, ("chart", chart)] if chart in _KINDS else asked
    address = f"{request.base}{request.path}"
    context: dict[str, object] = {
        "query": text or next((example.text_in(reader.language) for example in services.examples), ""),
        "endpoint": address,
        "parameters": parameters,
        "problem": problem,
        "answer": answer,
        "examples": _example_queries(services.examples, reader),
        "formats": (*RESULT_FORMATS, *GRAPH_FORMATS),
        "linked": reader.href(f"/sparql?{urlencode(asked)}") if len(text) <= _REPEATED else None,
        "downloads": [(f.label, reader.table_key if f == CSV else f.key) for f in downloads],
        "charts": [
            (kind, reader.gettext(_KINDS[kind])) for kind in (answer.chart.kinds if answer and answer.chart else ())
        ],
        "editor": _editor(counts, problem, reader) if vendored_path("yasqe.min.js") else None,
        "size": (WIDTH, HEIGHT),
        "snippets": snippets(address, text, parameters, answer.form) if answer else [],
        "classes": _term_counts(counts.classes, _CLASS_QUERY, reader),
        "properties": _term_counts(counts.properties, _PROPERTY_QUERY, reader),
        "rows": ROWS,
        "seconds": settings.query_seconds,
        "megabytes": max(1, settings.answer_size // (1024 * 1024)),
        "at_once": settings.client_queries,
    }
    if text and len(text) <= _LINKABLE:
        context["path"] = f"/sparql?{urlencode(shown)}"
    return Page(
        "sparql/sparql.html",
        reader.gettext("Ask with SPARQL"),
        context,
        status=problem.status if problem else 200,
        headers=problem.headers if problem else {},
    )


def requested_chart(request: RecordingRequest) -> str | None:
    """Return the kind of chart that the parameter `chart` selects, or None.

    Raises:
        RequestMalformed: there is no such kind.
    """
    chart = request.parameter("chart") or None
    if chart not in (None, *_KINDS):
        raise RequestMalformed(N_("The parameter chart is one of {kinds}."), kinds=", ".join(_KINDS))
    return chart


async def answer_view(engine: Engine, query: Query, reader: Reader, chart: str | None = None) -> AnswerView:
    """Return the answer to a query for the page: one call of the engine.

    Args:
        engine: the engine that evaluates the query.
        query: the query.
        reader: the reader.
        chart: the requested kind of chart, or None.

    Raises:
        EngineError: the engine does not answer the query.
    """
    answer = await engine.evaluate(replace(query, results=_RESULTS, graphs=_GRAPHS))
    body = await read(answer)
    if answer.form == AnswerForm.GRAPH:
        return AnswerView(answer.form, text=body.decode("utf-8"))
    results = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if isinstance(results, ox.QueryBoolean):
        return AnswerView(answer.form, boolean=bool(results))
    variables = [variable.value for variable in results.variables]
    terms: list[tuple[object, ...]] = []
    count = 0
    for solution in results:
        count += 1
        if count <= ROWS:
            terms.append(tuple(solution[name] for name in variables))
    rows = tuple(tuple(_cell(term, reader) for term in row) for row in terms)
    chosen = draw(variables, terms, chart)
    return AnswerView(answer.form, variables=tuple(variables), rows=rows, count=count, chart=chosen)


_CLASS_QUERY = """\
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?thing ?label
WHERE {{
  ?thing a <{iri}> .
  OPTIONAL {{ ?thing skos:prefLabel ?label }}
}}
LIMIT 100
"""
_PROPERTY_QUERY = """\
SELECT ?thing ?value
WHERE {{ ?thing <{iri}> ?value }}
LIMIT 100
"""


def _example_queries(examples: Sequence[ExampleQueryFile], reader: Reader) -> list[ExampleQuery]:
    return [
        ExampleQuery(
            preferred_text(example.titles, reader.language) or "",
            preferred_text(example.descriptions, reader.language) or "",
            reader.href(f"/sparql?query={quote(example.text_in(reader.language))}"),
        )
        for example in examples
    ]


def _term_counts(counts: Mapping[str, int], query: str, reader: Reader) -> list[TermCount]:
    found = [
        TermCount(compact(iri).strip("<>"), count, reader.href(f"/sparql?query={quote(query.format(iri=iri))}"))
        for iri, count in counts.items()
    ]
    return sorted(found, key=lambda term: (-term.count, term.name))


def _editor(counts: Counts, problem: Problem | None, reader: Reader) -> dict[str, object]:
    """Return the configuration of the editor: terms for completion, and its texts in the reader's language.

    They are the server's own, and `told` is what it has told of the query, so that nothing is told in two ways.
    """
    return {
        "prefixes": dict(PREFIXES),
        "classes": sorted(counts.classes),
        "properties": sorted(counts.properties),
        "mistake": reader.gettext("Line {line}, column {column}: did not expect “{found}” here."),
        "told": problem.detail_in(reader.language) if problem else None,
    }


def _parameters(query: Query) -> list[tuple[str, str]]:
    """Return the request parameters of a query other than its text: dataset, time limit and row limit."""
    return [
        *(("default-graph-uri", graph) for graph in query.default_graphs),
        *(("named-graph-uri", graph) for graph in query.named_graphs),
        *([("timeout", f"{query.seconds:g}")] if query.seconds is not None else []),
        *([("limit", str(query.rows))] if query.rows is not None else []),
    ]


def _cell(term: object, reader: Reader) -> Cell | None:
    if isinstance(term, ox.NamedNode):
        path = reader.addresses.document_path(term.value)
        external = term.value if term.value.startswith(("http://", "https://")) else None
        return Cell(_cut(compact(term.value).strip("<>")), reader.href(path) if path else external, None)
    if isinstance(term, ox.Literal):
        return Cell(_cut(term.value), None, term.language)
    return None if term is None else Cell(_cut(str(term)), None, None)


def _cut(text: str) -> str:
    return text if len(text) <= LETTERS else text[: LETTERS - 1] + "…"
