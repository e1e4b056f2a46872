"""Search one release: the index is made when it is first searched, once, and asked in one thread of its own."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files

import pyoxigraph as ox

from plangraf.engine.interface import Acceptable, Engine, Query, read
from plangraf.formats import TSV
from plangraf.linkeddata.once import Once
from plangraf.negotiation import Choice
from plangraf.search.criteria import Criteria, Found
from plangraf.search.index import Index, Text
from plangraf.search.things import gather

_QUERIES = files(__package__) / "queries"
_FACTS = (_QUERIES / "facts.rq").read_text(encoding="utf-8")
_TEXTS = (_QUERIES / "texts.rq").read_text(encoding="utf-8")
# TSV is the smallest of the formats that keep languages.
_ACCEPTABLE = Acceptable(results=Choice(TSV, TSV.media_type), graphs=None)


class Searching:
    """The search of one release."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._once = Once(1)
        # Neither the loop waits for SQLite nor do two threads use one connection.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="search")

    async def find(self, criteria: Criteria) -> Found:
        """Return what is found."""
        index = await self._once.get("index", self._make)
        return await asyncio.get_running_loop().run_in_executor(self._thread, index.search, criteria)

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _make(self) -> Index:
        facts = await read(await self._engine.evaluate(Query(_FACTS), _ACCEPTABLE))
        texts = await read(await self._engine.evaluate(Query(_TEXTS), _ACCEPTABLE))
        return await asyncio.get_running_loop().run_in_executor(self._thread, _make, facts, texts)


def _make(facts: bytes, texts: bytes) -> Index:
    things = gather((row[0].value, row[1].value, row[2].value) for row in _rows(facts))
    return Index(things, map(_text, _rows(texts)))


def _text(row: tuple[ox.NamedNode, ox.NamedNode, ox.Literal]) -> Text:
    thing, name, text = row
    return (thing.value, name.value, text.value, text.language)


def _rows(body: bytes) -> Iterator[tuple]:  # type: ignore[type-arg]
    results = ox.parse_query_results(body, format=ox.QueryResultsFormat.TSV)
    assert isinstance(results, ox.QuerySolutions)  # noqa: S101  # our own queries are SELECT queries
    for solution in results:
        yield tuple(solution)
