"""Parsing of RDF files."""

import codecs
import hashlib
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from plangraf.errors import InputError
from plangraf.formats import N_QUADS, RDF_XML, SOURCE_FORMATS, TRIG, Format, by_extension
from plangraf.sources.faults import SourceFault, UnusableSourceError
from plangraf.sources.malformed import not_well_formed, position
from plangraf.sources.rdf_1_2 import refuse_rdf_1_2
from plangraf.sources.recognition import EXTENSIONS, recognize
from plangraf.sources.xml_entities import parsable_entities
from plangraf.sources.xml_source import NO_LANGUAGE, mark_empty_languages, to_utf8

_DATASET_FORMATS = (TRIG, N_QUADS)
_BLANK = ox.BlankNode
_XML_LITERAL = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral")


def read_file(path: Path, graph: ox.NamedNode) -> list[ox.Quad]:
    """Return the statements of the RDF file at `path`, in the named graph `graph`.

    Statements in a named graph of a TriG or N-Quads file keep that graph. Blank nodes get labels that depend on
    the path and on their place in the file, so that two files never share one by accident, and a file has the same
    labels from run to run.

    Raises:
        InputError: the file is missing, has an unknown extension, is not UTF-8, has a syntax error (with line and
            column), or has what RDF 1.1 lacks.
    """
    known = by_extension(path.name, SOURCE_FORMATS)
    if known is None and not path.name.lower().endswith(EXTENSIONS):
        extensions = ", ".join(f".{f.extension}" for f in SOURCE_FORMATS)
        raise InputError(f"is not of a known kind; the name of an RDF file ends in one of {extensions}", path)
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("there is no such file", path) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path) from error
    return read_bytes(data, known or recognize(data), path, graph, path.resolve().as_uri())


def read_bytes(data: bytes, rdf_format: Format, path: Path, graph: ox.NamedNode, base: str) -> list[ox.Quad]:
    """Return the statements of the content of an RDF file; see `read_file`.

    Args:
        data: the content.
        rdf_format: the format of the content.
        path: the name for messages.
        graph: the graph of statements that are in no named graph.
        base: the base IRI, against which relative IRIs are resolved.

    Raises:
        InputError: the content is not UTF-8, has a syntax error (with its place), or has what RDF 1.1 lacks.
    """
    text = parsable(data, rdf_format, path)
    try:
        quads = list(ox.parse(text, format=ox.RdfFormat.from_media_type(rdf_format.media_type), base_iri=base))
    except SyntaxError as error:
        raise not_well_formed(error, text, rdf_format, path, base) from error
    refuse_rdf_1_2(quads, text, rdf_format, path)
    if rdf_format == RDF_XML and NO_LANGUAGE.encode() in text:
        quads = [_without_mark(quad) for quad in quads]
    keep = rdf_format in _DATASET_FORMATS
    quads = [
        quad
        if keep and not isinstance(quad.graph_name, ox.DefaultGraph)
        else ox.Quad(quad.subject, quad.predicate, quad.object, graph)
        for quad in quads
    ]
    if any(_BLANK in (type(quad.subject), type(quad.object), type(quad.graph_name)) for quad in quads):
        labels = _BlankNodeLabels(path)
        quads = [
            ox.Quad(labels.of(quad.subject), quad.predicate, labels.of(quad.object), labels.of(quad.graph_name))
            for quad in quads
        ]
    return quads


class _BlankNodeLabels:
    """The labels of the blank nodes of a file, numbered in the order of their first statements."""

    def __init__(self, path: Path) -> None:
        self._end = f"-{hashlib.sha256(str(path).encode()).hexdigest()[:12]}"
        self._known: dict[object, ox.BlankNode] = {}

    def of(self, term: Any) -> Any:
        """Return the new blank node for a blank node, and any other term as it is."""
        if type(term) is not _BLANK:
            return term
        known = self._known.get(term)
        if known is None:
            known = self._known[term] = ox.BlankNode(f"b{len(self._known) + 1}{self._end}")
        return known


def parsable(data: bytes, rdf_format: Format, path: Path) -> bytes:
    """Return the content of a file as the parser takes it, line for line the same.

    Raises:
        InputError: the content is not in its encoding, or declares entities that are no abbreviations.
    """
    if rdf_format == RDF_XML:
        data = to_utf8(data, path)
        data = parsable_entities(data, path)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnusableSourceError(SourceFault.NOT_UTF8, path, *position(data, error.start)) from error
    return mark_empty_languages(data) if rdf_format == RDF_XML else data


def _without_mark(quad: ox.Quad) -> ox.Quad:
    """Return a statement whose text has no language where the document has the mark for none."""
    text = quad.object
    if not isinstance(text, ox.Literal):
        return quad
    if text.language == NO_LANGUAGE:
        text = ox.Literal(text.value)
    elif text.datatype == _XML_LITERAL:
        text = ox.Literal(text.value.replace(f'xml:lang="{NO_LANGUAGE}"', 'xml:lang=""'), datatype=_XML_LITERAL)
    return ox.Quad(quad.subject, quad.predicate, text, quad.graph_name)
