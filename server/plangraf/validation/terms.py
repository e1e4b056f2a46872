"""Faults of single terms: of literals, of IRIs, and of the terms of vocabularies.

Each distinct term of a dataset is looked at once. A rule that would look for such a fault in all statements, as many
times as there are rules, finds the faulty terms as statements of the graph `psh:terms` instead:
`GRAPH psh:terms { psh:Blank psh:term ?value } ?this ?path ?value`.

A rule cannot find an ill-typed literal so: a store normalises the values of numbers, and then "0" is the same term as
an integer, which it is, and as a positive integer, which it is not. Each statement that has one is described instead,
with its lexical form and its datatype.
"""

import re
from collections.abc import Container, Iterable, Iterator
from urllib.parse import urlsplit

import pyoxigraph as ox

from plangraf.licences import find_licence
from plangraf.namespaces import BASE, GRAPH, PREFIXES, SDG_SCHEME, expand
from plangraf.uri_spaces import is_of_site, name_within, space_of
from plangraf.validation.addresses import has_wrong_organisation_number, is_not_public, is_organisation_number
from plangraf.validation.authority_codes import is_unexpected_code
from plangraf.validation.lexical import is_ill_typed
from plangraf.validation.texts import text_faults
from plangraf.validation.vocabularies import nearest_term, own_terms

UPLOAD_BASE = f"{GRAPH}upload/"
"""The base of the relative IRIs of an upload, which is published nowhere."""

_TERMS = ox.NamedNode(expand("psh:terms"))
_TERM = ox.NamedNode(expand("psh:term"))
_NEAREST = ox.NamedNode(expand("psh:nearest"))
_ILL_TYPED = ox.NamedNode(expand("psh:IllTyped"))
_SUBJECT = ox.NamedNode(expand("psh:subject"))
_PREDICATE = ox.NamedNode(expand("psh:predicate"))
_LEXICAL_FORM = ox.NamedNode(expand("psh:lexicalForm"))
_DATATYPE = ox.NamedNode(expand("psh:datatype"))
_AUTHORITY = ox.NamedNode(expand("psh:authority"))
_TYPE = ox.NamedNode(expand("rdf:type"))
_LICENCE = ox.NamedNode(expand("dct:license"))
_XSD = PREFIXES["xsd"]
_UN = (SDG_SCHEME.removeprefix("http://"), "unstats.un.org/sdg")
_TEXT_PROPERTIES = frozenset(
    ox.NamedNode(expand(f"{prefix}:{name}"))
    for prefix, names in {
        "skos": (
            *("prefLabel", "altLabel", "hiddenLabel", "definition"),
            *("note", "scopeNote", "editorialNote", "historyNote", "changeNote", "example"),
        ),
        "dct": ("title", "description", "alternative", "abstract"),
        "rdfs": ("label", "comment"),
        "foaf": ("name",),
        "vcard": ("fn",),
        "plan": ("vision", "level", "unit", "quote"),
    }.items()
    for name in names
)
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
_NINE_DIGITS = re.compile("[0-9]{3} ?[0-9]{3} ?[0-9]{3}")
_BELOW_BASE = (f"{BASE}/", f"{BASE}#", f"{BASE}?")
# What is below our base and certainly has a document, as the terms of the ontology and the shapes have; other IRIs
# below it are for a rule to judge.
_PLAINLY_OURS = re.compile(re.escape(BASE) + r"/(id/(?!sdg\b)|graph/)([A-Za-z0-9/_~-]|\.(?=[0-9]))*\Z")
_PLAINLY_NAMED = re.compile(r"([A-Za-z0-9/_~-]|\.(?=[0-9]))*")


def find_term_faults(quads: Iterable[ox.Quad], spaces: Container[str] = ()) -> Iterator[ox.Quad]:
    """Yield statements about the faulty terms of `quads`, in the graph `psh:terms`.

    `?kind psh:term ?term` says that the term has a fault of a kind:

    - `psh:NotXML`: a literal has a character that XML 1.0 cannot hold.
    - `psh:Blank`: a literal has nothing to be seen.
    - `psh:Relative`: an IRI was relative, and was resolved against the place of its file.
    - `psh:Ours`: an IRI that is Plangraf's base, or below it or below a URI space, may have no document for what it
      names.
    - `psh:Site`: an IRI below a URI space has the path of a page of the site.
    - `psh:NotASCII`: an IRI has characters outside ASCII.
    - `psh:OfTheUN`: an IRI is an SDG's or looks like one, and may not be one.
    - `psh:NotPublic`: an IRI is no address that the public can reach.
    - `psh:NoOrganisation`: an IRI or an identifier has no valid Norwegian organisation number.
    - `psh:UnexpectedCode`: an IRI is no code that is expected of its table of the EU's.
    - `psh:NoXMLName`: the IRI of a property does not end in a name that XML can hold.

    The kinds of the faults of labels, notes and other texts are those of `text_faults`.

    `?term psh:nearest ?right` says what to write instead of a term that its vocabulary does not have.

    `?statement a psh:IllTyped` says that the object of a statement is a literal outside the lexical space of its
    datatype. The statement has `psh:subject`, `psh:predicate`, `psh:lexicalForm` (a string) and `psh:datatype`.
    `?term psh:nearest ?right` says what to write instead of a term that its vocabulary does not have,
    `?term psh:authority ?right` by which address the EU's table has the licence that the term names otherwise.

    Args:
        quads: the statements.
        spaces: the URI spaces that publishers declare.
    """
    subjects: set[object] = set()
    predicates: set[ox.NamedNode] = set()
    objects: set[object] = set()
    texts: set[object] = set()
    classes: set[ox.NamedNode] = set()
    quads = list(quads)
    licences: set[ox.NamedNode] = set()
    for quad in quads:
        predicate, term = quad.predicate, quad.object
        subjects.add(quad.subject)
        predicates.add(predicate)
        objects.add(term)
        if predicate in _TEXT_PROPERTIES:
            texts.add(term)
        if predicate == _TYPE and isinstance(term, ox.NamedNode):
            classes.add(term)
        elif predicate == _LICENCE and isinstance(term, ox.NamedNode):
            licences.add(term)
    literals = [term for term in objects if isinstance(term, ox.Literal)]
    for kind, literal in _literal_faults(literals):
        yield _fault(kind, literal)
    ill_typed = {literal for literal in literals if _is_ill_typed(literal)}
    if ill_typed:
        for triple in {quad.triple for quad in quads if quad.object in ill_typed}:
            yield from _describe(triple)
    for text in texts:
        if isinstance(text, ox.Literal) and text.datatype.value in _TEXT and not _BLANK.fullmatch(text.value):
            yield from (_fault(kind, text) for kind in text_faults(text.value))
    for iri in {*subjects, *objects, *predicates}:
        if isinstance(iri, ox.NamedNode):
            yield from (_fault(kind, iri) for kind in _iri_faults(iri.value, spaces))
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


def _describe(triple: ox.Triple) -> Iterator[ox.Quad]:
    statement, value = ox.BlankNode(), triple.object
    if not isinstance(value, ox.Literal):
        return
    yield ox.Quad(statement, _TYPE, _ILL_TYPED, _TERMS)
    yield ox.Quad(statement, _SUBJECT, triple.subject, _TERMS)
    yield ox.Quad(statement, _PREDICATE, triple.predicate, _TERMS)
    yield ox.Quad(statement, _LEXICAL_FORM, ox.Literal(value.value), _TERMS)
    yield ox.Quad(statement, _DATATYPE, value.datatype, _TERMS)


def _is_ill_typed(literal: ox.Literal) -> bool:
    datatype = literal.datatype.value
    if datatype in _TEXT or not datatype.startswith(_XSD):
        return False
    return is_ill_typed(literal.value, datatype.removeprefix(_XSD))


def _literal_faults(literals: Iterable[ox.Literal]) -> Iterator[tuple[str, ox.Literal]]:
    for literal in literals:
        if _NOT_XML.search(literal.value):
            yield "psh:NotXML", literal
        if literal.datatype.value in _TEXT and _BLANK.fullmatch(literal.value):
            yield "psh:Blank", literal
        elif _NINE_DIGITS.fullmatch(literal.value) and not is_organisation_number(literal.value.replace(" ", "")):
            yield "psh:NoOrganisation", literal


def _space_faults(name: str, iri: str) -> Iterator[str]:
    """Yield the faults of an IRI with `name` below a URI space."""
    if not _PLAINLY_NAMED.fullmatch(name):
        yield "psh:Ours"
    if is_of_site(urlsplit(iri).path):
        yield "psh:Site"


def _iri_faults(iri: str, spaces: Container[str]) -> Iterator[str]:
    if not iri.isascii():
        yield "psh:NotASCII"
    space = space_of(iri, spaces) if spaces else None
    if space is not None:
        yield from _space_faults(name_within(iri, space), iri)
    if iri.startswith(("file:", UPLOAD_BASE)):
        yield "psh:Relative"
    elif iri == BASE or iri.startswith(_BELOW_BASE):
        if not _PLAINLY_OURS.match(iri) and iri not in own_terms():
            yield "psh:Ours"
    elif any(address in iri for address in _UN):
        yield "psh:OfTheUN"
    elif is_unexpected_code(iri):
        yield "psh:UnexpectedCode"
    else:
        if has_wrong_organisation_number(iri):
            yield "psh:NoOrganisation"
        if is_not_public(iri):
            yield "psh:NotPublic"
