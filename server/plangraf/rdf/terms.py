"""Conversion of RDF terms from pyoxigraph to rdflib, for pySHACL."""

import logging
import re
import warnings
from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node

# rdflib logs each value that is not what its type says, with a traceback, or warns of it; the validation report says
# so in a line. The filter is set once, as filters that are set for a while are not safe in threads.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)
warnings.filterwarnings("ignore", "(Parsing|Serializing) weird ", UserWarning, r"rdflib\.term")
_FILE = re.compile(r"-[0-9a-f]{12}$")


def to_rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Node:
    """Return `term` as an rdflib term; a literal keeps its lexical form, even if it is ill-typed."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = URIRef(term.datatype.value)
    return Literal(term.value, datatype=None if datatype == XSD.string else datatype, normalize=False)


def blank_label(label: str) -> str:
    """Return the label of a blank node as reports show it: without the part that tells its file from others."""
    return _FILE.sub("", label)


def to_graph(quads: Iterable[ox.Quad]) -> Graph:
    """Return the statements of all graphs as one rdflib graph, without triple terms."""
    graph = Graph()
    known: dict[object, Node] = {}

    def carry(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Node:
        carried = known.get(term)
        if carried is None:
            carried = known[term] = to_rdflib(term)
        return carried

    for quad in quads:
        if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
            continue  # neither RDF 1.1 nor pySHACL supports triple terms
        graph.store.add((carry(quad.subject), carry(quad.predicate), carry(quad.object)), graph)
    return graph
