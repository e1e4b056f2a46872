"""The declarations before a query (SPARQL 1.1 Query, section 4.1)."""

import re
from functools import lru_cache

import pyoxigraph as ox

from plangraf.engine.tokens import TOKEN

_PROLOGUE = re.compile(
    r"(?:\s+|\#[^\n\r]*|base\s*<[^<>]*>|prefix\s*[^\s:]*:\s*<[^<>]*>)*+", re.IGNORECASE | re.VERBOSE
)
QUERY_FORMS = ("select", "ask", "construct", "describe")
"""The words that a query begins with, after its declarations."""


def declared_prefixes(query: str) -> dict[str, str]:
    """Return the namespaces by prefix that a query declares as absolute IRIs."""
    prologue = _PROLOGUE.match(query)
    return _prefixes(prologue[0]) if prologue and prologue.end() else {}


@lru_cache(256)  # the same program sends the same declarations again and again
def _prefixes(prologue: str) -> dict[str, str]:
    declared: dict[str, str] = {}
    prefix: str | None = None
    for match in TOKEN.finditer(prologue):
        kind, lexeme = match.lastgroup, match[0]
        if kind == "comment":
            continue
        if prefix is not None and kind == "iri" and _is_absolute(lexeme[1:-1]):
            declared[prefix] = lexeme[1:-1]
        prefix = lexeme[:-1] if kind == "name" and lexeme.endswith(":") else None
    return declared


def _is_absolute(iri: str) -> bool:
    try:
        ox.NamedNode(iri)
    except ValueError:
        return False
    return True
