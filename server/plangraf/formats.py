"""The registry of the formats that Plangraf reads and writes."""

from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Format:
    """A serialization format. The registry has one object for each.

    Attributes:
        key: the value of `?format=`.
        label: the common name.
        media_type: the registered media type.
        extension: the extension of files and addresses, without a dot.
        aliases: other media types for the same format.
        iri: the IRI of the format in descriptions of data and services; HTML has none.
    """

    key: str
    label: str
    media_type: str
    extension: str
    aliases: tuple[str, ...] = ()
    iri: str | None = None

    @property
    def media_types(self) -> tuple[str, ...]:
        """The media type and its aliases, in this order."""
        return (self.media_type, *self.aliases)


_IRI = "http://www.w3.org/ns/formats/"

HTML = Format("html", "HTML", "text/html", "html", ("application/xhtml+xml",))

TURTLE = Format("turtle", "Turtle", "text/turtle", "ttl", ("application/x-turtle",), f"{_IRI}Turtle")
N_TRIPLES = Format("ntriples", "N-Triples", "application/n-triples", "nt", ("text/plain",), f"{_IRI}N-Triples")
JSON_LD = Format("jsonld", "JSON-LD", "application/ld+json", "jsonld", iri=f"{_IRI}JSON-LD")
RDF_XML = Format("rdfxml", "RDF/XML", "application/rdf+xml", "rdf", iri=f"{_IRI}RDF_XML")
TRIG = Format("trig", "TriG", "application/trig", "trig", iri=f"{_IRI}TriG")
N_QUADS = Format("nquads", "N-Quads", "application/n-quads", "nq", iri=f"{_IRI}N-Quads")

JSON = Format(
    "json", "JSON", "application/sparql-results+json", "json", ("application/json",), f"{_IRI}SPARQL_Results_JSON"
)
XML = Format(
    "xml",
    "XML",
    "application/sparql-results+xml",
    "xml",
    ("application/xml", "text/xml"),
    f"{_IRI}SPARQL_Results_XML",
)
CSV = Format("csv", "CSV", "text/csv", "csv", iri=f"{_IRI}SPARQL_Results_CSV")
JSON_REPORT = Format("json", "JSON", "application/json", "json")
TSV = Format("tsv", "TSV", "text/tab-separated-values", "tsv", iri=f"{_IRI}SPARQL_Results_TSV")

BIBTEX = Format("bibtex", "BibTeX", "application/x-bibtex", "bib", ("text/x-bibtex",))
RIS = Format("ris", "RIS", "application/x-research-info-systems", "ris")
CSL_JSON = Format("csl", "CSL-JSON", "application/vnd.citationstyles.csl+json", "json", ("application/json",))

LINKSET = Format("linkset", "Link set", "application/linkset+json", "json")
SITEMAP = Format("xml", "XML", "application/xml", "xml")
TEXT = Format("text", "Text", "text/plain", "txt")
REDIRECT = Format("redirect", "Redirect", "text/plain", "txt")
BINARY = Format("binary", "File", "application/octet-stream", "bin")

# In the order of the server's preference, which breaks ties between equal q-values.
GRAPH_FORMATS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
RESULT_FORMATS = (JSON, XML, CSV, TSV)
CITATION_FORMATS = (BIBTEX, RIS, CSL_JSON)
SOURCE_FORMATS = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML, TRIG, N_QUADS)


def by_extension(name: str, formats: tuple[Format, ...]) -> Format | None:
    """Return the format with the extension of the file or address `name`, or None."""
    return next((f for f in formats if name.endswith(f".{f.extension}")), None)


def by_key(key: str, formats: tuple[Format, ...]) -> Format | None:
    """Return the format with this key, extension, media type or alias, or None."""
    return next((f for f in formats if key in (f.key, f.extension, *f.media_types)), None)


def content_type(media_type: str) -> str:
    """Return the value of Content-Type for `media_type`; textual formats get the charset UTF-8."""
    text = media_type.startswith("text/") and "charset=" not in media_type
    return f"{media_type}; charset=utf-8" if text else media_type
