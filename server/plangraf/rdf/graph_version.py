"""The version of a graph: a short text that is the same for the same triples, whatever release they are in."""

import hashlib
from collections.abc import Iterable

import pyoxigraph as ox

_DIGITS = 16


def graph_version(triples: Iterable[ox.Triple]) -> str | None:
    """Return the version of a graph, or None if it has blank nodes, whose labels differ from release to release."""
    different = set(triples)
    if any(isinstance(term, ox.BlankNode) for triple in different for term in (triple.subject, triple.object)):
        return None
    return "g" + hashlib.sha256("\n".join(sorted(map(str, different))).encode()).hexdigest()[:_DIGITS]
