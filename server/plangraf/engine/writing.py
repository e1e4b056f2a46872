"""A query as the engine takes it, with what it is bound to written into its text."""

import re

import pyoxigraph as ox

from plangraf.engine.interface import Query


def written(query: Query) -> str:
    """Return the text of `query` with its bindings and values in it, which anybody may ask as it stands.

    Bindings are written in, and not given to the engine beside the query: it then joins from them, and not towards
    them.

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
