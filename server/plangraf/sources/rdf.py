"""Parsing of RDF files."""

import codecs
import re
from pathlib import Path

import pyoxigraph as ox

from plangraf.errors import InputError
from plangraf.formats import N_QUADS, SOURCE_FORMATS, TRIG, Format, by_extension

_DATASET_FORMATS = (TRIG, N_QUADS)
_PLACE = re.compile(r"^Parser error at line \d+ .*?columns? \d+( and (line \d+ column )?\d+)?: ")


def read_file(path: Path, graph: ox.NamedNode) -> list[ox.Quad]:
    """Return the statements of the RDF file at `path`, in the named graph `graph`.

    Statements in a named graph of a TriG or N-Quads file keep that graph. Blank nodes get new labels, so that two
    files never share one by accident.

    Raises:
        InputError: the file is missing, has an unknown extension, is not UTF-8, or has a syntax error (with line and
            column).
    """
    rdf_format = by_extension(path.name, SOURCE_FORMATS)
    if rdf_format is None:
        known = ", ".join(f".{f.extension}" for f in SOURCE_FORMATS)
        raise InputError(f"is not of a known kind; the name of an RDF file ends in one of {known}", path)
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("there is no such file", path) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path) from error
    return read_bytes(data, rdf_format, path, graph, path.resolve().as_uri())


def read_bytes(data: bytes, rdf_format: Format, path: Path, graph: ox.NamedNode, base: str) -> list[ox.Quad]:
    """Return the statements of the content of an RDF file; see `read_file`.

    Args:
        data: the content.
        rdf_format: the format of the content.
        path: the name for messages.
        graph: the graph of statements that are in no named graph.
        base: the base IRI, against which relative IRIs are resolved.

    Raises:
        InputError: the content is not UTF-8 or has a syntax error (with its line and column).
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    _require_utf8(data, path)
    try:
        quads = list(
            ox.parse(
                data,
                format=ox.RdfFormat.from_media_type(rdf_format.media_type),
                base_iri=base,
                rename_blank_nodes=True,
            )
        )
    except SyntaxError as error:
        reason = _PLACE.sub("", error.msg)
        if reason.startswith("Invalid IRI code point"):
            reason += ": in an IRI, write a space as %20, and leave out quotation marks, braces and backslashes"
        raise InputError(
            f"is not well-formed {rdf_format.label}", path, error.lineno, error.offset, reason
        ) from error
    keep = rdf_format in _DATASET_FORMATS
    return [
        quad
        if keep and not isinstance(quad.graph_name, ox.DefaultGraph)
        else ox.Quad(quad.subject, quad.predicate, quad.object, graph)
        for quad in quads
    ]


def _require_utf8(data: bytes, path: Path) -> None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8")) + 1
        raise InputError("is not UTF-8 here; save the file as UTF-8", path, line, column) from error
