"""The generic page of a resource or a named graph: a table of all its statements, and of a claim what it says."""

from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.http.signposting import Landing
from plangraf.linkeddata.description import REFERRERS
from plangraf.namespaces import PREFIXES, expand
from plangraf.view.claims import read_claims
from plangraf.view.page import Metadata, Page
from plangraf.view.reading import Reading, Reference


@dataclass(frozen=True)
class PropertyValue:
    """A value in a table of statements: a reference, or a literal with its language or datatype."""

    reference: Reference | None
    text: str
    language: str | None
    datatype: Reference | None


@dataclass(frozen=True)
class PropertyRow:
    """A row of a table of statements: a property and all its values, and whether they are quotations."""

    name: Reference
    values: tuple[PropertyValue, ...]
    is_quotation: bool


def statements_page(reading: Reading, landing: Landing, metadata: Metadata, size: int | None = None) -> Page:
    """Return the page with all statements about the resource of `landing`, and the statements that refer to it.

    Args:
        reading: the statements.
        landing: the facts about the resource.
        metadata: the metadata of the page.
        size: the number of triples, if the resource is a named graph.
    """
    iri = landing.iri
    statements = reading.statements
    rows = tuple(_row(reading, iri, predicate) for predicate in statements.predicates(iri))
    referring: dict[str, list[str]] = {}
    for predicate, subject in statements.referring(iri):
        if not predicate.startswith(PREFIXES["owl"] + "annotated"):
            referring.setdefault(predicate, []).append(subject)
    inverse = {predicate: reading.sorted(subjects[:REFERRERS]) for predicate, subjects in sorted(referring.items())}
    claim = next(iter(read_claims(reading, {iri}).everything), None)
    context = {
        "resource": reading.reference(iri),
        "claim": claim,
        "rows": rows,
        "sources": reading.references(iri, "dct:source"),
        "inverse": [(reading.reference(predicate), found) for predicate, found in inverse.items()],
        "size": size,
    }
    if claim is None:
        return Page("document/statements.html", reading.name(iri).text, context, metadata, landing)
    title = f"{_numbered(claim.source)} → {_numbered(claim.target)}"
    return Page("document/statements.html", title, context, metadata, landing, (claim.plan or claim.source,))


def _numbered(thing: Reference) -> str:
    return " ".join(filter(None, (thing.notation, thing.name.text)))


def _row(reading: Reading, iri: str, predicate: str) -> PropertyRow:
    return PropertyRow(
        reading.reference(predicate),
        tuple(_value(reading, term) for term in reading.statements.objects(iri, predicate)),
        is_quotation=predicate == expand("plan:quote"),
    )


def _value(reading: Reading, term: ox.NamedNode | ox.BlankNode | ox.Literal) -> PropertyValue:
    if isinstance(term, ox.NamedNode):
        return PropertyValue(reading.reference(term.value), term.value, None, None)
    if isinstance(term, ox.BlankNode):
        return PropertyValue(None, str(term), None, None)
    plain = term.language is not None or term.datatype.value == expand("xsd:string")
    return PropertyValue(None, term.value, term.language, None if plain else reading.reference(term.datatype.value))
