"""Lookup of the texts of resources in the index file of a release."""

import json
import sqlite3
from collections.abc import Iterable

import pyoxigraph as ox

from plangraf.namespaces import expand
from plangraf.search.statements import TEXT_PROPERTIES

_ALL = {str(number): f"<{iri}>" for number, iri in enumerate(TEXT_PROPERTIES)}
_LABELS = frozenset(map(expand, ("skos:prefLabel", "rdfs:label", "dct:title", "skos:notation", "plan:order")))
_NAMING = {str(number): f"<{iri}>" for number, iri in enumerate(TEXT_PROPERTIES) if iri in _LABELS}
_QUERY = "SELECT iri, texts FROM texts WHERE iri IN (SELECT value FROM json_each(?))"


TermTexts = tuple[str, str, str]
"""A triple, with its terms as they are in N-Triples."""


def find_texts(database: sqlite3.Connection, iris: Iterable[str], *, naming: bool = False) -> list[TermTexts]:
    """Return the texts of resources, sorted by IRI; those without texts are left out.

    Args:
        database: the index file.
        iris: the IRIs of the resources.
        naming: whether only labels, notations and orders are returned.
    """
    chosen = _NAMING if naming else _ALL
    return [
        (f"<{iri}>", chosen[text[0]], text[1:])
        for iri, texts in database.execute(_QUERY, (json.dumps(sorted(iris)),))
        for text in texts.split("\n")
        if text[0] in chosen
    ]


def parse_texts(found: Iterable[TermTexts]) -> list[ox.Triple]:
    """Return triples of which the texts of the terms are given."""
    lines = "\n".join(f"{subject} {predicate} {value} ." for subject, predicate, value in found)
    return [quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)]
