"""The registry of the formats that Plangraf reads and writes."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Format:
    """A serialization format. The registry has one object for each.

    Attributes:
        key: the value of `?format=`.
        label: the common name.
        media_type: the registered media type.
        extension: the extension of files and addresses, without a dot.
        aliases: other media types of the same document, which a response keeps if the client names them.
        obsolete: former media types, which clients still name; a response has `media_type`.
        names: further values of `?format=` and the like, as clients write them.
        iri: the IRI of the format in descriptions of data and services; HTML has none.
    """

    key: str
    label: str
    media_type: str
    extension: str
    aliases: tuple[str, ...] = ()
    obsolete: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    iri: str | None = None

    @property
    def media_types(self) -> tuple[str, ...]:
        """The media type and its aliases, in this order."""
        return (self.media_type, *self.aliases)

    def named(self, key: str) -> bool:
        """Return whether `key`, in lower case, is a name of this format alone: its key, extension or media type."""
        return key in (self.key, self.extension, self.media_type)

    def also_named(self, key: str) -> bool:
        """Return whether `key`, in lower case, is another name of this format, which it may share with others."""
        return key in self.names or key in self.aliases or key in self.obsolete


_IRI = "http://www.w3.org/ns/formats/"
_XML = ("application/xml", "text/xml")

HTML = Format("html", "HTML", "text/html", "html", ("application/xhtml+xml",), names=("htm", "xhtml"))

# A Turtle document is also one of N3 and TriG, and an N-Triples document is one of N-Quads.
TURTLE = Format(
    "turtle",
    "Turtle",
    "text/turtle",
    "ttl",
    ("text/n3", "application/trig"),
    (
        "application/x-turtle",
        "application/turtle",
        "text/rdf+n3",
        "application/n3",
        "application/rdf+n3",
        "text/x-turtle",
        "text/rdf+turtle",
        "application/x-trig",
    ),
    ("n3", "trig", "x-turtle", "text-turtle"),
    f"{_IRI}Turtle",
)
N_TRIPLES = Format(
    "ntriples",
    "N-Triples",
    "application/n-triples",
    "nt",
    ("text/plain", "application/n-quads"),
    ("application/ntriples", "text/ntriples", "text/n-triples", "text/nt", "text/x-nquads"),
    ("n-triples", "ntriple", "n-triple", "nt11", "nquads", "n-quads", "nq", "text"),
    f"{_IRI}N-Triples",
)
JSON_LD = Format(
    "jsonld",
    "JSON-LD",
    "application/ld+json",
    "jsonld",
    ("application/json",),
    ("text/json", "application/x-json", "application/json+ld", "text/x-json"),
    ("json", "json-ld", "ld+json", "json+ld", "application/json-ld"),
    f"{_IRI}JSON-LD",
)
RDF_XML = Format(
    "rdfxml",
    "RDF/XML",
    "application/rdf+xml",
    "rdf",
    _XML,
    ("text/rdf+xml", "text/rdf", "application/rdf", "application/x-rdf+xml"),
    ("xml", "rdf+xml", "rdf/xml", "rdf-xml", "pretty-xml", "rdfxml-abbrev", "owl"),
    f"{_IRI}RDF_XML",
)
TRIG = Format("trig", "TriG", "application/trig", "trig", obsolete=("application/x-trig",), iri=f"{_IRI}TriG")
N_QUADS = Format(
    "nquads",
    "N-Quads",
    "application/n-quads",
    "nq",
    obsolete=("text/x-nquads", "text/nquads", "application/nquads"),
    names=("n-quads",),
    iri=f"{_IRI}N-Quads",
)

JSON = Format(
    "json",
    "JSON",
    "application/sparql-results+json",
    "json",
    ("application/json",),
    ("text/json", "application/x-json", "text/x-json", "application/x-sparql-results+json"),
    ("sparql-results+json", "results+json", "sparql-json", "sparql+json", "srj"),
    f"{_IRI}SPARQL_Results_JSON",
)
XML = Format(
    "xml",
    "XML",
    "application/sparql-results+xml",
    "xml",
    _XML,
    ("application/x-sparql-results+xml", "application/sparqlresult+xml"),
    ("sparql-results+xml", "results+xml", "sparql-xml", "sparql+xml", "srx", "sparql"),
    f"{_IRI}SPARQL_Results_XML",
)
CSV = Format(
    "csv",
    "CSV",
    "text/csv",
    "csv",
    obsolete=("application/csv", "text/x-csv", "application/x-csv", "text/comma-separated-values"),
    iri=f"{_IRI}SPARQL_Results_CSV",
)
SPREADSHEET = Format("spreadsheet", "CSV for spreadsheets", CSV.media_type, CSV.extension, names=("excel",))
"""CSV as `plangraf.spreadsheet` writes it. It is chosen by its key alone: its media type is that of CSV."""
JSON_REPORT = Format("json", "JSON", "application/json", "json")
TSV = Format(
    "tsv",
    "TSV",
    "text/tab-separated-values",
    "tsv",
    obsolete=("text/tsv", "application/tsv", "text/x-tab-separated-values"),
    iri=f"{_IRI}SPARQL_Results_TSV",
)

BIBTEX = Format("bibtex", "BibTeX", "application/x-bibtex", "bib", ("text/x-bibtex",))
RIS = Format("ris", "RIS", "application/x-research-info-systems", "ris")
CSL_JSON = Format("csl", "CSL-JSON", "application/vnd.citationstyles.csl+json", "json", ("application/json",))

LINKSET = Format("linkset", "Link set", "application/linkset+json", "json")
LINK_FORMAT = Format("link-format", "Link format", "application/link-format", "link")
SITEMAP = Format("xml", "XML", "application/xml", "xml")
OPENSEARCH = Format("opensearch", "OpenSearch", "application/opensearchdescription+xml", "xml")
SUGGESTIONS = Format("suggestions", "Suggestions", "application/x-suggestions+json", "json")
OPENAPI = Format("openapi", "OpenAPI", "application/vnd.oai.openapi+json", "json")
ATOM = Format("atom", "Atom", "application/atom+xml", "atom")
TEXT = Format("text", "Text", "text/plain", "txt")
REDIRECT = Format("redirect", "Redirect", "text/plain", "txt")
BINARY = Format("binary", "File", "application/octet-stream", "bin")

XLSX = Format(
    "xlsx",
    "Excel workbook",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsx",
    ("application/vnd.ms-excel.sheet.macroenabled.12",),
    names=("xlsm",),
)
ODS = Format("ods", "OpenDocument spreadsheet", "application/vnd.oasis.opendocument.spreadsheet", "ods")
XLS = Format("xls", "older Excel workbook", "application/vnd.ms-excel", "xls")
CSV_FOLDER = Format("zip", "CSV files, zipped", "application/zip", "zip", obsolete=("application/x-zip-compressed",))

# In the order of the server's preference, which breaks ties between equal q-values.
GRAPH_FORMATS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
RESULT_FORMATS = (JSON, XML, CSV, TSV)
CITATION_FORMATS = (BIBTEX, RIS, CSL_JSON)
SOURCE_FORMATS = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML, TRIG, N_QUADS)
WORKBOOK_FORMATS = (XLSX, ODS, XLS, CSV_FOLDER)

FORMAT_PARAMETERS = ("format", "output", "results")
"""The query parameters in which SPARQL clients name a format; SPARQLWrapper sends all three."""


def by_extension(name: str, formats: tuple[Format, ...]) -> Format | None:
    """Return the format with the extension of the file `name`, in any case, or None."""
    return next((f for f in formats if name.lower().endswith(f".{f.extension}")), None)


def by_key(key: str, formats: tuple[Format, ...]) -> Format | None:
    """Return the format that a client names in a parameter such as `?format=`, or None.

    A format that `key` names by its own key, extension or media type precedes one that has it as a further name.

    Args:
        key: a key, an extension, a media type with or without parameters, or another name, in any case. A space
            stands for a plus sign, which the decoding of a query turns into a space.
        formats: the formats to choose from.
    """
    name = key.partition(";")[0].strip().lower().replace(" ", "+")
    return next((f for f in formats if f.named(name)), None) or next((f for f in formats if f.also_named(name)), None)


def first_by_key(keys: Iterable[str], formats: tuple[Format, ...]) -> Format | None:
    """Return the format that the first of `keys` names that names any; see `by_key`."""
    return next((found for key in keys if (found := by_key(key, formats)) is not None), None)


def content_type(media_type: str) -> str:
    """Return the value of Content-Type for `media_type`; textual formats get the charset UTF-8."""
    text = media_type.startswith("text/") and "charset=" not in media_type
    return f"{media_type}; charset=utf-8" if text else media_type
