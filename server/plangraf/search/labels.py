"""Lookup of the texts of resources in the index file of a release."""

import json
import sqlite3
from collections.abc import Iterable

import pyoxigraph as ox

from plangraf.namespaces import expand
from plangraf.search.statements import TEXT_PROPERTIES

_NAMING = ("skos:prefLabel", "rdfs:label", "dct:title", "skos:notation")
_BY_DIGIT = {str(number): ox.NamedNode(iri) for number, iri in enumerate(TEXT_PROPERTIES)}
_LABELS = "".join(str(TEXT_PROPERTIES.index(expand(name))) for name in _NAMING)
_QUERY = "SELECT iri, texts FROM texts WHERE iri IN (SELECT value FROM json_each(?))"


def find_labels(database: sqlite3.Connection, iris: Iterable[str]) -> list[ox.Triple]:
    """Return the labels and notations of resources, sorted by IRI; those without a label are left out.

    Args:
        database: the index file.
        iris: the IRIs of the resources.
    """
    lines = (
        f"<{iri}> {_BY_DIGIT[text[0]]} {text[1:]} ."
        for iri, texts in database.execute(_QUERY, (json.dumps(sorted(iris)),))
        for text in texts.split("\n")
        if text[0] in _LABELS
    )
    return [quad.triple for quad in ox.parse("\n".join(lines), format=ox.RdfFormat.N_TRIPLES)]
