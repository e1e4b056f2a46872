"""The page of the endpoint: a form, the answer as a table, examples."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

import pyoxigraph as ox

from plangraf.engine.interface import Acceptable, Engine, Form, Query, read
from plangraf.errors import Problem
from plangraf.formats import GRAPH_FORMATS, JSON, RESULT_FORMATS, TURTLE
from plangraf.linkeddata.addresses import document_path
from plangraf.namespaces import compact
from plangraf.negotiation import Choice
from plangraf.pages.page import Page
from plangraf.pages.reading import Reader
from plangraf.sparql.examples import Example

ROWS = 500
"""How many rows of an answer a page shows."""

_ACCEPTABLE = Acceptable(results=Choice(JSON, JSON.media_type), graphs=Choice(TURTLE, TURTLE.media_type))


@dataclass(frozen=True)
class Cell:
    """A value in a table of solutions."""

    text: str
    href: str | None
    language: str | None


@dataclass(frozen=True)
class ExampleLink:
    """An example query, ready to run."""

    title: str
    href: str


@dataclass(frozen=True)
class AnswerView:
    """An answer for a page: a boolean, or a text, or a table whose `count` may be more than its rows."""

    boolean: bool | None = None
    text: str | None = None
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Cell | None, ...], ...] = ()
    count: int = 0


def query_page(
    examples: Sequence[Example],
    reader: Reader,
    query: str = "",
    problem: Problem | None = None,
    answer: AnswerView | None = None,
) -> Page:
    """Return the page of the endpoint; without a query the form holds the first example."""
    links = [
        ExampleLink(example.titles[reader.language], reader.href(f"/sparql?query={quote(example.text)}"))
        for example in examples
    ]
    context = {
        "query": query or next((example.text for example in examples), ""),
        "problem": problem,
        "answer": answer,
        "examples": links,
        "formats": (*RESULT_FORMATS, *GRAPH_FORMATS),
    }
    return Page("sparql.html", reader.gettext("Ask with SPARQL"), context)


async def answer_view(engine: Engine, query: Query, reader: Reader) -> AnswerView:
    """Evaluate a query for a page.

    Raises:
        Problem: as `Engine.evaluate` does.
    """
    answer = await engine.evaluate(query, _ACCEPTABLE)
    body = await read(answer)
    if answer.form == Form.GRAPH:
        return AnswerView(text=body.decode("utf-8"))
    results = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if isinstance(results, ox.QueryBoolean):
        return AnswerView(boolean=bool(results))
    variables = [variable.value for variable in results.variables]
    rows: list[tuple[Cell | None, ...]] = []
    count = 0
    for solution in results:
        count += 1
        if count <= ROWS:
            rows.append(tuple(_cell(solution[name], reader) for name in variables))
    return AnswerView(variables=tuple(variables), rows=tuple(rows), count=count)


def _cell(term: object, reader: Reader) -> Cell | None:
    if isinstance(term, ox.NamedNode):
        path = document_path(term.value)
        external = term.value if term.value.startswith(("http://", "https://")) else None
        return Cell(compact(term.value).strip("<>"), reader.href(path) if path else external, None)
    if isinstance(term, ox.Literal):
        return Cell(term.value, None, term.language)
    return None if term is None else Cell(str(term), None, None)
