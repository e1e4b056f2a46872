"""The formats of answers on the command line."""

from enum import StrEnum

from plangraf.formats import GRAPH_FORMATS, JSON, RESULT_FORMATS, TURTLE, by_key
from plangraf.negotiation import Choice


class QueryFormat(StrEnum):
    """The format of the answer to a query.

    Attributes:
        results: the format of solutions and booleans, or None if there is none of this name; that of a table is the
            one that it is made from.
        graphs: the format of graphs, or None if there is none of this name.
    """

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    TURTLE = "turtle"
    NTRIPLES = "ntriples"
    JSONLD = "jsonld"
    RDFXML = "rdfxml"

    @property
    def results(self) -> Choice | None:
        """The format of solutions and booleans."""
        found = JSON if self == QueryFormat.TABLE else next((f for f in RESULT_FORMATS if f.key == self), None)
        return Choice(found, found.media_type) if found is not None else None

    @property
    def graphs(self) -> Choice | None:
        """The format of graphs; JSON and XML are JSON-LD and RDF/XML, as on the server."""
        found = TURTLE if self == QueryFormat.TABLE else by_key(self, GRAPH_FORMATS)
        return Choice(found, found.media_type) if found is not None else None
