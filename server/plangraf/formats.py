"""The one registry of the formats that Plangraf reads and writes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Format:
    """A serialization: how it is asked for, and what it is called.

    Attributes:
        key: the value of `?format=`.
        label: the name that people know it by.
        media_type: what the specification registers.
        extension: the ending of a file or address, without a dot.
        aliases: other media types under which clients ask for it.
    """

    key: str
    label: str
    media_type: str
    extension: str
    aliases: tuple[str, ...] = ()

    @property
    def media_types(self) -> tuple[str, ...]:
        """The registered media type first, then the aliases."""
        return (self.media_type, *self.aliases)


HTML = Format("html", "HTML", "text/html", "html", ("application/xhtml+xml",))

TURTLE = Format("turtle", "Turtle", "text/turtle", "ttl", ("application/x-turtle",))
N_TRIPLES = Format("ntriples", "N-Triples", "application/n-triples", "nt", ("text/plain",))
JSON_LD = Format("jsonld", "JSON-LD", "application/ld+json", "jsonld")
RDF_XML = Format("rdfxml", "RDF/XML", "application/rdf+xml", "rdf")
TRIG = Format("trig", "TriG", "application/trig", "trig")
N_QUADS = Format("nquads", "N-Quads", "application/n-quads", "nq")

JSON = Format("json", "JSON", "application/sparql-results+json", "json", ("application/json",))
XML = Format("xml", "XML", "application/sparql-results+xml", "xml", ("application/xml", "text/xml"))
CSV = Format("csv", "CSV", "text/csv", "csv")
TSV = Format("tsv", "TSV", "text/tab-separated-values", "tsv")

# In the order of the server's preference, which breaks ties between equal q-values.
GRAPH_FORMATS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
RESULT_FORMATS = (JSON, XML, CSV, TSV)
SOURCE_FORMATS = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML, TRIG, N_QUADS)


def by_extension(name: str, formats: tuple[Format, ...]) -> Format | None:
    """Return the one of `formats` that the file or address `name` ends with, if any."""
    return next((f for f in formats if name.endswith(f".{f.extension}")), None)


def by_key(key: str, formats: tuple[Format, ...]) -> Format | None:
    """Return the one of `formats` that `key` names: by its key, its extension or a media type."""
    return next((f for f in formats if key in (f.key, f.extension, *f.media_types)), None)


def content_type(media_type: str) -> str:
    """Return the Content-Type for `media_type`; all that Plangraf writes is UTF-8."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
