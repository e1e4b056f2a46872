"""Derive what follows from the data, into a graph of its own.

The rules are CONSTRUCT queries in `derivation/`, run in the order of their names, each on what came before.
"""

from functools import cache
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox

DERIVATION = Path(str(files(__package__))) / "derivation"
"""The rules, and what the graph of derived statements says of itself."""

PROVENANCE = DERIVATION / "provenance.ttl"


def derive(store: ox.Store) -> list[ox.Triple]:
    """Add to the default graph of `store` what follows from it, and return what was new."""
    new = []
    for rule in _rules():
        triples = store.query(rule)
        assert isinstance(triples, ox.QueryTriples)  # noqa: S101  # the rules are shipped with the code
        for triple in list(triples):
            quad = ox.Quad(triple.subject, triple.predicate, triple.object)
            if quad not in store:
                store.add(quad)
                new.append(triple)
    return new


@cache
def _rules() -> list[str]:
    return [rule.read_text(encoding="utf-8") for rule in sorted(DERIVATION.glob("*.rq"))]
