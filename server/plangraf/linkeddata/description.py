"""The content of a document: the description of a resource, or all triples of a named graph."""

from importlib.resources import files

import pyoxigraph as ox

from plangraf.engine.ask import construct
from plangraf.engine.interface import Engine, Query
from plangraf.errors import ResourceNotFound
from plangraf.languages import N_
from plangraf.linkeddata.addresses import document_iri
from plangraf.namespaces import DATA_LICENCE, expand

_QUERIES = files(__package__) / "queries"
_DESCRIPTION = (_QUERIES / "description.rq").read_text(encoding="utf-8")
_GRAPH = (_QUERIES / "graph.rq").read_text(encoding="utf-8")

REFERRERS = 1000
"""The maximum number of triples that refer to a resource in its document."""


async def describe(engine: Engine, iri: str) -> list[ox.Triple]:
    """Return the triples that describe `iri`, without those about the document.

    Raises:
        ResourceNotFound: the release has no triples about `iri`.
    """
    subject = _named_node(iri)
    triples = await construct(engine, Query(_DESCRIPTION, bindings={"subject": iri}))
    if not any(triple.subject == subject for triple in triples):
        raise _not_found(iri)
    return triples


async def describe_graph(engine: Engine, iri: str) -> list[ox.Triple]:
    """Return all triples of the named graph `iri`.

    Raises:
        ResourceNotFound: there is no such graph.
    """
    _named_node(iri)
    triples = await construct(engine, Query(_GRAPH, bindings={"graph": iri}))
    if not triples:
        raise _not_found(iri)
    return triples


def document(iri: str, path: str, triples: list[ox.Triple], release: str) -> list[ox.Triple]:
    """Return `triples` as the document at `path`, with its primary topic, licence and release.

    The document has at most `REFERRERS` triples that refer to the resource; if there are more, it says so.
    """
    about, here = ox.NamedNode(iri), ox.NamedNode(document_iri(path))
    referring = sorted((t for t in triples if t.object == about), key=str)
    cut = set(referring[REFERRERS:])
    statements = [triple for triple in triples if triple not in cut]
    statements += [
        ox.Triple(here, _term("rdf:type"), _term("foaf:Document")),
        ox.Triple(here, _term("foaf:primaryTopic"), about),
        ox.Triple(here, _term("dct:license"), ox.NamedNode(DATA_LICENCE)),
        ox.Triple(here, _term("dcat:version"), ox.Literal(release)),
    ]
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


def _not_found(iri: str) -> ResourceNotFound:
    return ResourceNotFound(N_("There is no description of {iri} in this release."), iri=iri, members={"iri": iri})
