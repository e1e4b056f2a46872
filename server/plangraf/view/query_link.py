"""Links from a list to its query on the query page."""

from urllib.parse import quote

from plangraf.engine.interface import Query
from plangraf.engine.substitution import substitute
from plangraf.view.reader import Reader


def sparql_href(query: Query, reader: Reader) -> str:
    """Return the link that runs `query`, with its bindings, on the query page."""
    return reader.href(f"/sparql?query={quote(substitute(query))}")
