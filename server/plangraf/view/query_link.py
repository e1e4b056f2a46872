"""The query behind a list, for those who want to ask it themselves."""

from urllib.parse import quote

from plangraf.engine.interface import Query
from plangraf.engine.substitution import substitute
from plangraf.view.reader import Reader


def sparql_href(query: Query, reader: Reader) -> str:
    """Return the link that opens and runs `query` on the page of the endpoint, as the engine was asked it."""
    return reader.href(f"/sparql?query={quote(substitute(query))}")
