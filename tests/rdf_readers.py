"""Readers of RDF that share no code with the server: rdflib, rapper, jsonld-streaming-parser, and an XML parser."""

import os
import shutil
import subprocess
import warnings
from collections.abc import Callable, Collection
from dataclasses import dataclass
from xml.parsers import expat

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import Graph
from rdflib.compare import isomorphic
from tests.clients.javascript import Javascript

from plangraf.formats import JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Format
from plangraf.rdf.terms import to_graph

BASE = "http://base.invalid/"
_RDFLIB = {TURTLE: "turtle", N_TRIPLES: "nt", JSON_LD: "json-ld", RDF_XML: "xml"}
_RAPPER = {TURTLE: "turtle", N_TRIPLES: "ntriples", RDF_XML: "rdfxml"}


@dataclass(frozen=True)
class Readers:
    """The readers.

    Attributes:
        rapper: the program of Raptor.
        javascript: what runs jsonld-streaming-parser.
    """

    rapper: str
    javascript: Javascript

    def assert_same(self, body: bytes, rdf_format: Format, expected: Graph, left_out: Collection[str] = ()) -> None:
        """Check that each reader of a format, except those left out, reads the same graph."""
        for name, read in self._of(rdf_format).items():
            if name in left_out:
                continue
            assert isomorphic(read(body), expected), f"{name} reads another graph from {rdf_format.label}"

    def _of(self, rdf_format: Format) -> dict[str, Callable[[bytes], Graph]]:
        readers = {"rdflib": lambda body: _rdflib(body, rdf_format)}
        if rdf_format == JSON_LD:
            return {**readers, "jsonld-streaming-parser": self._stream}
        if rdf_format == RDF_XML:
            expat_reader = {"an XML parser": _well_formed}
            return {**expat_reader, **readers, "rapper": lambda body: self._rapper(body, rdf_format)}
        return {**readers, "rapper": lambda body: self._rapper(body, rdf_format)}

    def _rapper(self, body: bytes, rdf_format: Format) -> Graph:
        command = [self.rapper, "-q", "-i", _RAPPER[rdf_format], "-o", "ntriples", "-", BASE]
        return _triples(subprocess.run(command, input=body, capture_output=True, check=True).stdout)  # noqa: S603  # it was found

    def _stream(self, body: bytes) -> Graph:
        return _triples(self.javascript.run("jsonld-to-ntriples.mjs", data=body))


def _rdflib(body: bytes, rdf_format: Format) -> Graph:
    normalizes, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False  # it would read "1_000" as 1000
    try:
        with warnings.catch_warnings(
            category=DeprecationWarning, action="ignore"
        ):  # for JSON-LD, it uses old classes
            return Graph().parse(data=body, format=_RDFLIB[rdf_format], publicID=BASE)
    finally:
        rdflib.NORMALIZE_LITERALS = normalizes


def _well_formed(body: bytes) -> Graph:
    expat.ParserCreate(namespace_separator=" ").Parse(body, True)
    return to_graph(ox.parse(body, format=ox.RdfFormat.RDF_XML))


def _triples(n_triples: bytes) -> Graph:
    return to_graph(ox.parse(n_triples, format=ox.RdfFormat.N_TRIPLES))


def find_readers(javascript: Javascript) -> Readers:
    """Return the readers; on CI, none may be missing."""
    rapper = shutil.which("rapper")
    if rapper is None:
        if os.environ.get("CI") == "true":
            pytest.fail("rapper is not installed")
        pytest.skip("rapper is not installed: it is in raptor2-utils of Debian")  # the gate has failed above
    return Readers(rapper, javascript)
