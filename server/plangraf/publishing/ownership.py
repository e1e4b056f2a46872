"""The property of a publisher: its graphs, and the things that they may describe."""

import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote_to_bytes

import pyoxigraph as ox

from plangraf.namespaces import BASE, DERIVED_GRAPH, GRAPH, ID, SDG, SDG_SCHEME, is_derived_graph

_LONGEST = 2000
"""The number of characters of the longest address that all programs can look up."""


def is_publisher(name: str) -> bool:
    """Return whether `name` can be the first segment of the paths of graphs."""
    return _is_plain(name) and GRAPH + name != DERIVED_GRAPH


def owns_graph(publisher: str, graph: str) -> bool:
    """Return whether a graph is one of a publisher, which it may change.

    Each graph has one IRI alone: an IRI that programs may take for another one, because of dots or escapes in it, is
    that of no graph. What is derived when a release is built is nobody's to change.
    """
    root = GRAPH + publisher
    if graph != root and not graph.startswith(f"{root}/"):
        return False
    segments = graph.removeprefix(GRAPH).split("/")
    return len(graph) <= _LONGEST and all(map(_is_plain, segments)) and not is_derived_graph(graph)


def foreign_subjects(publisher: str, quads: Iterable[ox.Quad]) -> Iterator[str]:
    """Yield the IRIs that statements describe although they belong to others: other publishers, Plangraf, the UN."""
    own = tuple(root + end for root in (ID + publisher, GRAPH + publisher) for end in ("", "/"))
    for subject in dict.fromkeys(quad.subject for quad in quads):
        if not isinstance(subject, ox.NamedNode):
            continue
        iri = subject.value
        below = iri in (own[0], own[2]) or iri.startswith((own[1], own[3]))
        if (iri.startswith((f"{BASE}/", SDG)) or iri == SDG_SCHEME) and not below:
            yield iri


def _is_plain(segment: str) -> bool:
    """Return whether a segment of a path is written in the one way in which folders of data are published."""
    try:
        text = unquote_to_bytes(segment).decode("utf-8")
    except UnicodeError:
        return False
    return (
        segment not in ("", ".", "..")
        and quote(text, safe="") == segment
        and unicodedata.is_normalized("NFC", text)
        and text.isprintable()
        and not {"/", "\\"} & set(text)
    )
