"""The statements on the page of a publisher."""

from collections.abc import Iterable

import pyoxigraph as ox

from plangraf.engine.ask import load_query
from plangraf.engine.interface import Query
from plangraf.http.services import Services
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading, read
from plangraf.view.term_names import term_names

_PLANS, _GOALS = load_query(__package__, "plans"), load_query(__package__, "goals")

STATED, EDITORIAL, GOALS, THEMED, THEME, NO_THEME, WHOLE = (
    f"urn:plangraf:{name}" for name in ("stated", "editorial", "goals", "themed", "theme", "none", "publisher")
)
"""The properties and the things with which the query returns numbers; they are in no data."""


def plans_query(iris: Iterable[str]) -> Query:
    """Return the query for the plans of the publisher with these IRIs."""
    return _of(_PLANS, iris)


async def read_publisher(services: Services, iris: tuple[str, ...], reader: Reader) -> Reading:
    """Return the statements on the page of the publisher with these IRIs: two calls of the engine."""
    return await read(services, (plans_query(iris), _of(_GOALS, iris)), reader, term_names(reader.language))


async def read_plans(services: Services, iris: tuple[str, ...], reader: Reader) -> Reading:
    """Return the statements about the plans of the publisher with these IRIs: one call of the engine."""
    return await read(services, (plans_query(iris),), reader, term_names(reader.language))


def number_of(reading: Reading, thing: str, counted: str) -> int:
    """Return a number that the query has counted, or 0."""
    return int(reading.statements.text(thing, counted) or 0)


def _of(text: str, iris: Iterable[str]) -> Query:
    return Query(text.replace("UNDEF", " ".join(str(ox.NamedNode(iri)) for iri in iris)))
