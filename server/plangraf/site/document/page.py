"""The page of any resource: the right kind for what it is, else all its statements in a table."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import pyoxigraph as ox

from plangraf.engine.interface import Engine
from plangraf.linkeddata.description import REFERRERS, describe, describe_graph
from plangraf.namespaces import PREFIXES, SDG, SDG_SCHEME, expand
from plangraf.site.document.concept import CLASSES, concept_page
from plangraf.site.plan.page import plan_page
from plangraf.site.sdg.page import sdg_overview_page, sdg_page
from plangraf.view.downloads import download
from plangraf.view.page import Page
from plangraf.view.reading import Reader, Reading, Reference
from plangraf.view.term_names import term_names


@dataclass(frozen=True)
class Value:
    """A value in a table of statements: a reference, or a literal with its language or datatype."""

    reference: Reference | None
    text: str
    language: str | None
    datatype: Reference | None


@dataclass(frozen=True)
class Row:
    """A property with its values."""

    name: Reference
    values: tuple[Value, ...]


async def resource_page(
    engine: Engine, iri: str, reader: Reader, number: int = 1, plans: Collection[str] = ()
) -> Page:
    """Return the page of the resource `iri`, in at most three calls of the engine.

    Args:
        engine: what is asked.
        iri: the resource.
        reader: who reads.
        number: which page of a long list, for those that have one.
        plans: the plans that there are, whose page is then made without asking what they are.

    Raises:
        ResourceNotFound: nothing is said of `iri`, or the list has no such page.
    """
    if iri == SDG_SCHEME:
        return await sdg_overview_page(engine, reader)
    if iri in plans:
        return await plan_page(engine, iri, reader)
    reading = Reading(await describe(engine, iri), reader, term_names(reader.language))
    types = reading.statements.types(iri)
    if expand("plan:Plan") in types:
        page = await plan_page(engine, iri, reader)
    elif types & CLASSES:
        page = concept_page(reading, iri)
    elif iri.startswith(SDG) and expand("skos:Concept") in types:
        page = await sdg_page(engine, iri, reader, number)
    else:
        page = _statements_page(reading, iri)
    return replace(page, said=reading.statements)


async def graph_page(engine: Engine, iri: str, reader: Reader) -> Page:
    """Return the page of the named graph `iri`: what is said of it, and how much it holds.

    Raises:
        ResourceNotFound: there is no such graph.
    """
    triples = await describe_graph(engine, iri)
    reading = Reading(triples, reader, term_names(reader.language))
    page = _statements_page(reading, iri)
    return Page(
        "document/statements.html",
        page.title,
        {**page.context, "size": len(set(triples))},
        iri,
        types=("Dataset",),
        items=(download(iri),),
        said=reading.statements,
    )


def _statements_page(reading: Reading, iri: str) -> Page:
    statements = reading.statements
    rows = tuple(_row(reading, iri, predicate) for predicate in statements.predicates(iri))
    referring: dict[str, list[str]] = {}
    for predicate, subject in statements.referring(iri):
        if not predicate.startswith(PREFIXES["owl"] + "annotated"):
            referring.setdefault(predicate, []).append(subject)
    inverse = {predicate: reading.sorted(subjects[:REFERRERS]) for predicate, subjects in sorted(referring.items())}
    context = {
        "resource": reading.reference(iri),
        "rows": rows,
        "inverse": [(reading.reference(predicate), found) for predicate, found in inverse.items()],
        "size": None,
    }
    return Page("document/statements.html", reading.name(iri).text, context, iri)


def _row(reading: Reading, iri: str, predicate: str) -> Row:
    return Row(
        reading.reference(predicate),
        tuple(_value(reading, term) for term in reading.statements.objects(iri, predicate)),
    )


def _value(reading: Reading, term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Value:
    if isinstance(term, ox.NamedNode):
        return Value(reading.reference(term.value), term.value, None, None)
    if isinstance(term, ox.BlankNode):
        return Value(None, str(term), None, None)
    plain = term.language is not None or term.datatype.value == expand("xsd:string")
    return Value(None, term.value, term.language, None if plain else reading.reference(term.datatype.value))
