"""Substitution of bindings and values in the text of a query."""

import re

import pyoxigraph as ox

from plangraf.engine.interface import Query


def substitute(query: Query) -> str:
    """Return the text of `query` with its bindings and values substituted, which is a complete query.

    Bindings replace their variables in the text. pyoxigraph also accepts bindings as an argument, but then its joins
    do not start from them, which is slow.

    Raises:
        ValueError: a binding or a value is not an absolute IRI.
    """
    text = query.text
    if not query.bindings and not query.values:
        return text
    for name, iri in query.bindings.items():
        node = str(ox.NamedNode(iri))
        text = re.sub(rf"[?$]{re.escape(name)}\b", lambda _, node=node: node, text)  # type: ignore[misc]  # its default
    return text + "".join(
        f"\nVALUES {ox.Variable(name)} {{ {' '.join(str(ox.NamedNode(iri)) for iri in iris)} }}"
        for name, iris in query.values.items()
    )
