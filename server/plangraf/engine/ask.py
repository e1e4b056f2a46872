"""Evaluation of the queries of our own code, with answers parsed into triples or solutions."""

from dataclasses import replace
from importlib.resources import files
from typing import cast

import pyoxigraph as ox

from plangraf.engine.interface import Engine, Query, read
from plangraf.formats import JSON, N_TRIPLES
from plangraf.negotiation import Choice

_RESULTS = Choice(JSON, JSON.media_type)
_GRAPHS = Choice(N_TRIPLES, N_TRIPLES.media_type)

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Solution = dict[str, Term]


def load_query(package: str, name: str) -> str:
    """Return the text of the query `name`, which is the file `NAME.rq` in the folder of `package`."""
    return (files(package) / f"{name}.rq").read_text(encoding="utf-8")


async def construct(engine: Engine, query: Query) -> list[ox.Triple]:
    """Return the triples of a CONSTRUCT or DESCRIBE query."""
    body = await read(await engine.evaluate(replace(query, graphs=_GRAPHS)))
    return [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]


async def select(engine: Engine, query: Query) -> list[Solution]:
    """Return the solutions of a SELECT query; an unbound variable is not in its solution."""
    body = await read(await engine.evaluate(replace(query, results=_RESULTS)))
    results = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    assert isinstance(results, ox.QuerySolutions)  # noqa: S101  # our own queries are SELECT queries
    names = [variable.value for variable in results.variables]
    return [
        {name: cast("Term", solution[name]) for name in names if solution[name] is not None} for solution in results
    ]
