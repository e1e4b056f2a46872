"""The text of a query with its bindings and values substituted, as the engine evaluates it."""

import re

import pyoxigraph as ox

from plangraf.engine.interface import Query


def substitute(query: Query) -> str:
    """Return the text of `query` with its bindings and values in it, which is a query by itself.

    Bindings replace their variables in the text. The engine could take them beside the query, but would then join
    towards them and not from them.

    Raises:
        ValueError: a binding or a value is no absolute IRI.
    """
    text = query.text
    for name, iri in query.bindings.items():
        node = str(ox.NamedNode(iri))
        text = re.sub(rf"[?$]{re.escape(name)}\b", lambda _, node=node: node, text)  # type: ignore[misc]  # its default
    return text + "".join(
        f"\nVALUES {ox.Variable(name)} {{ {' '.join(str(ox.NamedNode(iri)) for iri in iris)} }}"
        for name, iris in query.values.items()
    )
