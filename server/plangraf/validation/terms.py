"""Faults of single terms: of literals, of IRIs, and of the terms of vocabularies.

Each distinct term of a dataset is looked at once. A rule that would look for such a fault in all statements, as many
times as there are rules, finds the faulty terms as statements of the graph `psh:terms` instead:
`GRAPH psh:terms { psh:IllTyped psh:term ?value } ?this ?path ?value`.
"""

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from plangraf.linkeddata.licences import find_licence
from plangraf.namespaces import BASE, GRAPH, PREFIXES, SDG_SCHEME, expand
from plangraf.validation.lexical import is_ill_typed
from plangraf.validation.vocabularies import nearest_term

UPLOAD_BASE = f"{GRAPH}upload/"
"""The base of the relative IRIs of an upload, which is published nowhere."""

_TERMS = ox.NamedNode(expand("psh:terms"))
_TERM = ox.NamedNode(expand("psh:term"))
_NEAREST = ox.NamedNode(expand("psh:nearest"))
_AUTHORITY = ox.NamedNode(expand("psh:authority"))
_TYPE = ox.NamedNode(expand("rdf:type"))
_LICENCE = ox.NamedNode(expand("dct:license"))
_XSD = PREFIXES["xsd"]
_UN = (SDG_SCHEME.removeprefix("http://"), "unstats.un.org/sdg")
_TEXT = frozenset((expand("xsd:string"), expand("rdf:langString")))

# XML 1.0, section 2.2 (Char); a literal has no surrogates.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Also what is there and cannot be seen: soft hyphen, joiners, marks of direction, byte order mark.
_BLANK = re.compile("[\\s\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]*")
# Namespaces in XML 1.0 (NCName): RDF/XML writes the end of the IRI of a property as the name of an element.
_NAME_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_XML_NAME = re.compile(f"[{_NAME_START}][{_NAME_START}\\-.0-9\xb7\u0300-\u036f\u203f-\u2040]*\\Z")
# What is below our base and certainly has a document; other IRIs below it are for a rule to judge.
_PLAINLY_OURS = re.compile(
    re.escape(BASE) + r"/(id/(?!sdg\b)|graph/|ontology$|ontology#|shapes$|shapes#)([A-Za-z0-9/_~-]|\.(?=[0-9]))*\Z"
)


def find_term_faults(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield statements about the faulty terms of `quads`, in the graph `psh:terms`.

    `?kind psh:term ?term` says that the term has a fault of a kind:

    - `psh:NotXML`: a literal has a character that XML 1.0 cannot hold.
    - `psh:IllTyped`: a literal is not in the lexical space of its datatype.
    - `psh:Blank`: a literal has nothing to be seen.
    - `psh:Relative`: an IRI was relative, and was resolved against the place of its file.
    - `psh:Ours`: an IRI below Plangraf's base may have no document.
    - `psh:NotASCII`: an IRI has characters outside ASCII.
    - `psh:OfTheUN`: an IRI is an SDG's or looks like one, and may not be one.
    - `psh:NoXMLName`: the IRI of a property does not end in a name that XML can hold.

    `?term psh:nearest ?right` says what to write instead of a term that its vocabulary does not have,
    `?term psh:authority ?right` by which address the EU's table has the licence that the term names otherwise.
    """
    subjects: set[object] = set()
    predicates: set[ox.NamedNode] = set()
    objects: set[object] = set()
    classes: set[ox.NamedNode] = set()
    licences: set[ox.NamedNode] = set()
    for quad in quads:
        predicate, term = quad.predicate, quad.object
        subjects.add(quad.subject)
        predicates.add(predicate)
        objects.add(term)
        if predicate == _TYPE and isinstance(term, ox.NamedNode):
            classes.add(term)
        elif predicate == _LICENCE and isinstance(term, ox.NamedNode):
            licences.add(term)
    literals = [term for term in objects if isinstance(term, ox.Literal)]
    for kind, literal in _literal_faults(literals):
        yield _fault(kind, literal)
    for iri in {*subjects, *objects, *predicates}:
        if isinstance(iri, ox.NamedNode):
            yield from (_fault(kind, iri) for kind in _iri_faults(iri.value))
    for predicate in predicates:
        if not _XML_NAME.search(predicate.value):
            yield _fault("psh:NoXMLName", predicate)
    datatypes = {literal.datatype for literal in literals}
    for term in {*predicates, *classes, *datatypes}:
        right = nearest_term(term.value)
        if right is not None:
            yield ox.Quad(term, _NEAREST, ox.NamedNode(right), _TERMS)
    for licence in licences:
        known = find_licence(licence.value)
        if known is not None and known.authority is not None and known.authority != licence.value:
            yield ox.Quad(licence, _AUTHORITY, ox.NamedNode(known.authority), _TERMS)


def _fault(kind: str, term: ox.NamedNode | ox.Literal) -> ox.Quad:
    return ox.Quad(ox.NamedNode(expand(kind)), _TERM, term, _TERMS)


def _literal_faults(literals: Iterable[ox.Literal]) -> Iterator[tuple[str, ox.Literal]]:
    for literal in literals:
        value, datatype = literal.value, literal.datatype.value
        if _NOT_XML.search(value):
            yield "psh:NotXML", literal
        if datatype not in _TEXT:
            if datatype.startswith(_XSD) and is_ill_typed(value, datatype.removeprefix(_XSD)):
                yield "psh:IllTyped", literal
        elif _BLANK.fullmatch(value):
            yield "psh:Blank", literal


def _iri_faults(iri: str) -> Iterator[str]:
    if not iri.isascii():
        yield "psh:NotASCII"
    if iri.startswith(("file:", UPLOAD_BASE)):
        yield "psh:Relative"
    elif iri.startswith(f"{BASE}/"):
        if not _PLAINLY_OURS.match(iri):
            yield "psh:Ours"
    elif any(address in iri for address in _UN):
        yield "psh:OfTheUN"
