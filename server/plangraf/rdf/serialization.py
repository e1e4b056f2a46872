"""Deterministic serialization: the same triples give the same bytes in every process."""

from collections.abc import Iterable
from typing import Any, cast

import orjson
import pyoxigraph as ox
from rdflib import Graph
from rdflib.plugins.serializers.jsonld import from_rdf

from plangraf import shipped
from plangraf.formats import JSON_LD, TURTLE, Format
from plangraf.namespaces import PREFIXES
from plangraf.rdf.terms import to_graph

_CONTEXT = orjson.loads(shipped.CONTEXT.read_bytes())["@context"]


def serialize(triples: Iterable[ox.Triple], rdf_format: Format) -> bytes:
    """Return the triples in one of the graph formats.

    Turtle declares only the prefixes that it uses. JSON-LD is compacted with the context of the ontology, which is
    embedded, so that a client need not fetch it.
    """
    unique = sorted(set(triples), key=str)
    if rdf_format == TURTLE:
        return _to_graph(unique).serialize(format="turtle", encoding="utf-8")
    if rdf_format == JSON_LD:
        document = from_rdf(  # type: ignore[no-untyped-call]  # rdflib has not typed it
            _to_graph(unique), context_data=_CONTEXT, auto_compact=True
        )
        return orjson.dumps(_ordered(document), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    target = ox.RdfFormat.from_media_type(rdf_format.media_type)
    return cast("bytes", ox.serialize(unique, format=target))


def _to_graph(triples: list[ox.Triple]) -> Graph:
    graph = to_graph(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, replace=True)
    return graph


def _ordered(node: Any) -> Any:
    """Sort what JSON-LD leaves unordered: keys and sets; lists (@list) keep their order."""
    if isinstance(node, dict):
        keys = sorted(node, key=lambda key: (key != "@context", key not in ("id", "type"), key))
        return {key: node[key] if key in ("@context", "@list") else _ordered(node[key]) for key in keys}
    if isinstance(node, list):
        return sorted(
            (_ordered(item) for item in node),
            key=lambda item: orjson.dumps(item, option=orjson.OPT_SORT_KEYS),
        )
    return node
