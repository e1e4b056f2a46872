"""Construction of triples from the IRI of the subject and prefixed names of properties."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import pyoxigraph as ox

from plangraf.namespaces import expand

Value = ox.NamedNode | ox.Literal


def about(subject: str, *values: tuple[str, Iterable[Value]]) -> Iterator[ox.Triple]:
    """Yield a triple about `subject` for each value of each property, which is given by its prefixed name."""
    for name, found in values:
        for value in found:
            yield triple(subject, name, value)


def triple(subject: str, name: str, value: Value) -> ox.Triple:
    """Return one triple; `name` is the prefixed name of the property."""
    return ox.Triple(ox.NamedNode(subject), term(name), value)


def nodes(iris: Iterable[str]) -> list[ox.NamedNode]:
    """Return `iris` as terms."""
    return [ox.NamedNode(iri) for iri in iris]


def term(name: str) -> ox.NamedNode:
    """Return the term with the prefixed name `name`."""
    return ox.NamedNode(expand(name))


def date_time(moment: datetime | None) -> list[ox.Literal]:
    """Return a date and time as a list of one xsd:dateTime literal, or an empty list for None."""
    if moment is None:
        return []
    return [ox.Literal(moment.isoformat().replace("+00:00", "Z"), datatype=term("xsd:dateTime"))]
