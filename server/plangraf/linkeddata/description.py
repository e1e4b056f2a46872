"""The content of a document: the description of a resource, or all triples of a named graph."""

from dataclasses import dataclass
from importlib.resources import files

import pyoxigraph as ox

from plangraf.engine.ask import construct
from plangraf.engine.interface import Engine, Query
from plangraf.errors import ResourceGone, ResourceNotFound
from plangraf.languages import N_
from plangraf.linkeddata.addresses import document_iri
from plangraf.linkeddata.sources import Sources
from plangraf.namespaces import expand

_QUERIES = files(__package__) / "queries"
_DESCRIPTION = (_QUERIES / "description.rq").read_text(encoding="utf-8")
_GRAPH = (_QUERIES / "graph.rq").read_text(encoding="utf-8")

REFERRERS = 1000
"""The maximum number of triples that refer to a resource in its document."""


_TYPE, _DEPRECATED = (ox.NamedNode(expand(name)) for name in ("rdf:type", "owl:deprecated"))
_TRUE = tuple(ox.Literal(text, datatype=ox.NamedNode(expand("xsd:boolean"))) for text in ("true", "1"))
_NO_SOURCES = Sources()  # it is frozen
_DESCRIBED_IN = ox.NamedNode("urn:plangraf:described-in")
_REFERRED_TO_IN = ox.NamedNode("urn:plangraf:referred-to-in")
"""The properties with which the query returns graphs, of a blank node, beside the description."""


@dataclass(frozen=True)
class Description:
    """The description of a resource.

    Attributes:
        triples: the triples that describe it, without those about the document.
        describing: the named graphs with triples that have it as their subject.
        referring: the named graphs with triples that have it as their object.
    """

    triples: list[ox.Triple]
    describing: tuple[str, ...]
    referring: tuple[str, ...]


async def describe(engine: Engine, iri: str) -> list[ox.Triple]:
    """Return the triples that describe `iri`, without those about the document.

    Raises:
        ResourceNotFound: the release has no triples about `iri`.
        ResourceGone: the release says only that `iri` has been withdrawn.
    """
    return (await describe_with_graphs(engine, iri)).triples


async def describe_with_graphs(engine: Engine, iri: str) -> Description:
    """Return the description of `iri`, with the graphs that it is from: one call of the engine.

    Raises:
        ResourceNotFound: the release has no triples about `iri`.
        ResourceGone: the release says only that `iri` has been withdrawn.
    """
    subject = _named_node(iri)
    triples: list[ox.Triple] = []
    graphs: dict[ox.NamedNode, set[str]] = {_DESCRIBED_IN: set(), _REFERRED_TO_IN: set()}
    for triple in await construct(engine, Query(_DESCRIPTION, bindings={"subject": iri})):
        if triple.predicate in graphs and isinstance(triple.object, ox.NamedNode):
            graphs[triple.predicate].add(triple.object.value)
        else:
            triples.append(triple)
    if not any(triple.subject == subject for triple in triples):
        raise _not_found(iri)
    if _is_withdrawn(triples, subject):
        raise gone(iri)
    return Description(triples, *(tuple(sorted(found)) for found in graphs.values()))


async def describe_graph(engine: Engine, iri: str) -> list[ox.Triple]:
    """Return all triples of the named graph `iri`.

    Raises:
        ResourceNotFound: there is no such graph.
        ResourceGone: the graph says only that it has been withdrawn.
    """
    graph = _named_node(iri)
    triples = await construct(engine, Query(_GRAPH, bindings={"graph": iri}))
    if not triples:
        raise _not_found(iri)
    if any(triple.subject == graph and _is_deprecation(triple) for triple in triples):
        raise gone(iri)
    return triples


def document(
    iri: str, path: str, triples: list[ox.Triple], release: str, sources: Sources = _NO_SOURCES
) -> list[ox.Triple]:
    """Return `triples` as the document at `path`, with its primary topic, release, sources and their licences.

    The document has at most `REFERRERS` triples that refer to the resource; if there are more, it says so.
    """
    about, here = ox.NamedNode(iri), ox.NamedNode(document_iri(path))
    referring = sorted((t for t in triples if t.object == about), key=str)
    cut = set(referring[REFERRERS:])
    statements = [triple for triple in triples if triple not in cut]
    statements += [
        ox.Triple(here, _term("rdf:type"), _term("foaf:Document")),
        ox.Triple(here, _term("foaf:primaryTopic"), about),
        *(ox.Triple(here, _term("dct:license"), ox.NamedNode(licence)) for licence in sources.licences),
        ox.Triple(here, _term("dcat:version"), ox.Literal(release)),
    ]
    for source in sources.graphs:
        graph = ox.NamedNode(source.graph)
        statements.append(ox.Triple(here, _term("dct:source"), graph))
        statements += [ox.Triple(graph, _term("dct:license"), ox.NamedNode(iri)) for iri in source.licences]
    if cut:
        for language, note in (
            (
                "en",
                f"Holds {REFERRERS} of the statements that refer to the resource; ask /sparql for the rest.",
            ),
            ("nb", f"Har med {REFERRERS} av utsagnene som viser til ressursen; spør /sparql etter resten."),
        ):
            statements.append(ox.Triple(here, _term("rdfs:comment"), ox.Literal(note, language=language)))
    return statements


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(expand(name))


def _named_node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise _not_found(iri) from error


def gone(iri: str) -> ResourceGone:
    """Return the error for something that has been withdrawn."""
    return ResourceGone(N_("{iri} has been withdrawn."), iri=iri, members={"iri": iri})


def _is_withdrawn(triples: list[ox.Triple], subject: ox.NamedNode) -> bool:
    """Return whether something is deprecated and is nothing any longer: what has a type is still described."""
    said = [triple for triple in triples if triple.subject == subject]
    if any(triple.predicate == _TYPE for triple in said):
        return False
    return any(map(_is_deprecation, said))


def _is_deprecation(triple: ox.Triple) -> bool:
    return triple.predicate == _DEPRECATED and triple.object in _TRUE


def _not_found(iri: str) -> ResourceNotFound:
    return ResourceNotFound(N_("There is no description of {iri} in this release."), iri=iri, members={"iri": iri})
