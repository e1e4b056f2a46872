"""Derivation of statements from the data.

The rules are the CONSTRUCT queries in `derivation/`. They run in the order of their names, each on the results of
those before it.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox

_DERIVATION = Path(str(files(__package__))) / "derivation"

PROVENANCE = _DERIVATION / "provenance.ttl"
"""A Turtle file: the provenance of the graph of derived statements."""


def derive(store: ox.Store) -> list[ox.Triple]:
    """Add derived triples to the default graph of `store`, and return those that were new."""
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


def derive_about(quads: Sequence[ox.Quad], context: Iterable[ox.Quad]) -> list[ox.Triple]:
    """Return the triples about the subjects of `quads` that are derived from `quads` and their context."""
    subjects = {quad.subject for quad in quads}
    store = ox.Store()
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in (*quads, *context))
    return [triple for triple in derive(store) if triple.subject in subjects]


@cache
def _rules() -> list[str]:
    return [rule.read_text(encoding="utf-8") for rule in sorted(_DERIVATION.glob("*.rq"))]
