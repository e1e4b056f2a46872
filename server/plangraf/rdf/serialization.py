"""Deterministic serialization: the same triples give the same bytes in every process, and are read as the same."""

import re
from collections.abc import Iterable
from typing import Any, cast

import orjson
import pyoxigraph as ox

from plangraf.formats import JSON_LD, RDF_XML, TRIG, TURTLE, Format
from plangraf.namespaces import PREFIXES, expand
from plangraf.rdf import json_ld
from plangraf.rdf.expressible import (
    Inexpressible,
    escape_carriage_returns,
    expressible,
    is_checked,
    not_expressible,
)

_PLAIN_NAME = re.compile(r"\w(?:[\w.-]*[\w-])?")
_TYPE = ox.NamedNode(expand("rdf:type"))
_AS_THEY_ARE = frozenset(("@context", "@list", *json_ld.LIST_TERMS))


def serialize(triples: Iterable[ox.Triple], rdf_format: Format) -> bytes:
    """Return the triples in one of the graph formats.

    Turtle declares only the prefixes that it uses. JSON-LD is compacted with the context of the ontology, of which
    the used terms are embedded, so that a client need not fetch it.

    Raises:
        NotAcceptable: the format cannot express a statement.
    """
    # Types first, as people write them.
    unique = sorted(set(triples), key=lambda triple: (str(triple.subject), triple.predicate != _TYPE, str(triple)))
    if is_checked(rdf_format):
        unique = require_expressible(unique, rdf_format)
    if rdf_format == JSON_LD and json_ld.is_compactable(unique):
        document = _ordered(json_ld.compact(unique))
        return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    target = ox.RdfFormat.from_media_type(rdf_format.media_type)
    prefixes = _used_prefixes(unique) if rdf_format == TURTLE else None
    written = cast("bytes", ox.serialize(unique, format=target, prefixes=prefixes))
    return escape_carriage_returns(written) if rdf_format == RDF_XML else written


def serialize_quads(quads: Iterable[ox.Quad], rdf_format: Format) -> bytes:
    """Return quads in a format that has named graphs: TriG, N-Quads or JSON-LD.

    Raises:
        NotAcceptable: the format cannot express a statement.
    """
    unique = sorted(set(quads), key=lambda quad: (str(quad.graph_name), str(quad)))
    triples = [quad.triple for quad in unique]
    if is_checked(rdf_format):
        require_expressible(triples, rdf_format)
    target = ox.RdfFormat.from_media_type(rdf_format.media_type)
    prefixes = _used_prefixes(triples) if rdf_format == TRIG else None
    return cast("bytes", ox.serialize(unique, format=target, prefixes=prefixes))


def require_expressible(triples: Iterable[ox.Triple], rdf_format: Format) -> list[ox.Triple]:
    """Return the triples, if a graph format can express them.

    Raises:
        NotAcceptable: the format cannot express a statement.
    """
    try:
        return list(expressible(triples, rdf_format))
    except Inexpressible as found:
        raise not_expressible(found.obstacle, found.detail, found.statement, rdf_format) from found


def _used_prefixes(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """Return the prefixes of IRIs whose names need no escapes, which not every parser reads."""
    iris = set()
    for triple in triples:
        for term in (triple.subject, triple.predicate, triple.object):
            if isinstance(term, ox.Literal):
                iris.add(term.datatype.value)
            elif isinstance(term, ox.NamedNode) and term != _TYPE:
                iris.add(term.value)
    used = {}
    for prefix, namespace in PREFIXES.items():
        names = [iri.removeprefix(namespace) for iri in iris if iri.startswith(namespace)]
        if names and all(map(_PLAIN_NAME.fullmatch, names)):
            used[prefix] = namespace
    return used


def _ordered(node: Any) -> Any:
    """Sort what JSON-LD leaves unordered: keys and sets; lists keep their order."""
    if isinstance(node, dict):
        keys = sorted(node, key=lambda key: (key != "@context", key not in ("id", "type"), key))
        return {key: node[key] if key in _AS_THEY_ARE else _ordered(node[key]) for key in keys}
    if isinstance(node, list):
        return sorted(
            (_ordered(item) for item in node),
            key=lambda item: orjson.dumps(item, option=orjson.OPT_SORT_KEYS),
        )
    return node
