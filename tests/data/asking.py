"""Ask the release that the tests of the data share."""

import pyoxigraph as ox

from plangraf.namespaces import PREFIXES

HEADER = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


def rows(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    """Return the solutions of a SELECT query as texts; an unbound variable is empty."""
    found = store.query(HEADER + query)
    assert isinstance(found, ox.QuerySolutions)
    return [tuple("" if value is None else value.value for value in solution) for solution in found]


def values(store: ox.Store, query: str) -> set[str]:
    """Return the values of the only variable of a SELECT query, as texts."""
    return {value for (value,) in rows(store, query)}
