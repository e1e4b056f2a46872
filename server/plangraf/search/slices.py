"""Reading of the data for the search index in slices, so that no answer grows with the release.

The query for a slice lists the IRIs of a fixed number of things, so the size of its answer stays far below the
engine's limit, whatever the number of plans.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from importlib.resources import files

import pyoxigraph as ox

from plangraf.engine.interface import Engine, Query, read
from plangraf.formats import TSV
from plangraf.negotiation import Choice
from plangraf.search.index import Text
from plangraf.search.things import Fact
from plangraf.vocabulary import CLASSES

_SLICE = 500
"""The number of IRIs in one query. With more than a thousand, the engine picks a slow join, which takes seconds."""
_CONCEPTS = 5_000
"""The maximum number of concepts in the schemes that one query lists, unless it lists a single scheme."""
_QUERIES = files(__package__) / "queries"
# TSV is the smallest of the formats that keep languages.
_RESULTS = Choice(TSV, TSV.media_type)


def _query(name: str) -> str:
    return (_QUERIES / f"{name}.rq").read_text(encoding="utf-8")


_SCHEMES, _CONCEPTS_OF, _LOOSE = _query("schemes"), _query("concepts"), _query("loose")
_FACTS, _CLAIMS, _TEXTS = _query("facts"), _query("claims"), _query("texts")


async def read_things(engine: Engine) -> list[str]:
    """Return the IRIs of all things that can be found: concepts of schemes, plans and organisations."""
    found: dict[str, None] = {}
    schemes: list[str] = []
    size = 0
    for scheme, concepts in _rows(await _answer(engine, Query(_SCHEMES))):
        if not isinstance(scheme, ox.NamedNode):
            continue  # a query cannot refer to a blank node
        if schemes and size + int(concepts.value) > _CONCEPTS:
            found.update(await _iris(engine, Query(_CONCEPTS_OF, values={"scheme": tuple(schemes)})))
            schemes, size = [], 0
        schemes.append(scheme.value)
        size += int(concepts.value)
    found.update(await _iris(engine, Query(_CONCEPTS_OF, values={"scheme": tuple(schemes)})))
    found.update(await _iris(engine, Query(_LOOSE, values={"class": CLASSES})))
    return list(found)


async def read_facts(engine: Engine, things: Sequence[str]) -> AsyncIterator[Iterator[Fact]]:
    """Yield the facts of things, slice by slice; the caller's iteration parses them."""
    for part in _parts(things):
        for query in (_FACTS, _CLAIMS):
            yield _facts(await _answer(engine, Query(query, values={"thing": part})))


async def read_texts(engine: Engine, things: Sequence[str]) -> AsyncIterator[Iterator[Text]]:
    """Yield the texts of things, slice by slice; one slice has all texts of a thing."""
    for part in _parts(things):
        yield _texts(await _answer(engine, Query(_TEXTS, values={"thing": part})))


def _parts(things: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(things[at : at + _SLICE]) for at in range(0, len(things), _SLICE))


async def _answer(engine: Engine, query: Query) -> bytes:
    return await read(await engine.evaluate(replace(query, results=_RESULTS)))


async def _iris(engine: Engine, query: Query) -> dict[str, None]:
    return {thing.value: None for (thing,) in _rows(await _answer(engine, query)) if isinstance(thing, ox.NamedNode)}


def _facts(body: bytes) -> Iterator[Fact]:
    return ((thing.value, fact.value, value.value) for thing, fact, value in _rows(body))


def _texts(body: bytes) -> Iterator[Text]:
    return ((thing.value, name.value, text.value, text.language) for thing, name, text in _rows(body))


def _rows(body: bytes) -> Iterator[tuple]:  # type: ignore[type-arg]  # its terms are of several types
    results = ox.parse_query_results(body, format=ox.QueryResultsFormat.TSV)
    assert isinstance(results, ox.QuerySolutions)  # noqa: S101  # our own queries are SELECT queries
    for solution in results:
        yield tuple(solution)
