"""The declarations before a query (SPARQL 1.1 Query, section 4.1)."""

import re

import pyoxigraph as ox

from plangraf.engine.tokens import TOKEN

_PREFIX = re.compile("prefix", re.IGNORECASE)
QUERY_FORMS = ("select", "ask", "construct", "describe")
"""The words that a query begins with, after its declarations."""


def declared_prefixes(query: str) -> dict[str, str]:
    """Return the namespaces by prefix that a query declares as absolute IRIs."""
    declared: dict[str, str] = {}
    if not _PREFIX.search(query):
        return declared
    prefix: str | None = None
    for match in TOKEN.finditer(query):
        kind, lexeme = match.lastgroup, match[0]
        if kind == "comment":
            continue
        if kind == "word" and lexeme.lower().startswith(QUERY_FORMS):
            break
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
