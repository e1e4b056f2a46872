"""Statements that a harvest adds to the graphs of a source: where they come from, and what is withdrawn."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pyoxigraph as ox

from plangraf.formats import N_TRIPLES
from plangraf.harvesting.document import HarvestedDocument
from plangraf.harvesting.harvested_file import HarvestedFile, publisher_of
from plangraf.namespaces import expand
from plangraf.rdf.well_formed import is_web_address
from plangraf.validation.addresses import is_not_public

PROVENANCE = Path("origin of the harvest")
"""The name, in reports, of the statements about where graphs come from."""
WITHDRAWAL = Path("notice of what the source has withdrawn")
"""The name, in reports, of the statements about what is withdrawn."""
_WITHDRAWN: Mapping[str, str] = {
    "nb": "Utgiveren har fjernet dette fra dataene sine.",
    "en": "The publisher has removed this from its data.",
}
_NAMES = tuple(ox.NamedNode(expand(name)) for name in ("skos:prefLabel", "dct:title", "rdfs:label"))
_KEPT = (*_NAMES[:2], ox.NamedNode(expand("dct:publisher")))
_TYPE, _ROLE, _TITLE, _CREATOR, _LICENCE, _PUBLISHER = (
    ox.NamedNode(expand(name))
    for name in ("rdf:type", "plan:graphRole", "dct:title", "dct:creator", "dct:license", "dct:publisher")
)
_DERIVED = ox.NamedNode(expand("prov:wasDerivedFrom"))
_PLAN = ox.NamedNode(expand("plan:Plan"))


def provenance(
    document: HarvestedDocument, address: str, retrieved: datetime, licence: str
) -> tuple[HarvestedFile, ...]:
    """Return what is stated about the graphs of a document: its address, when it was retrieved, its licence.

    A graph of a plan that its document does not describe gets the description that the plan has.

    Args:
        document: the document.
        address: its address, as it was asked for.
        retrieved: when it was retrieved.
        licence: the licence that a catalogue states; empty if it states none.
    """
    files = []
    for graph in sorted(document.graphs):
        node = ox.NamedNode(graph)
        origin = ox.NamedNode(address)
        time = ox.Literal(retrieved.strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=ox.NamedNode(expand("xsd:dateTime")))
        triples = [
            *([ox.Triple(node, _DERIVED, origin)] if not is_not_public(address) else []),
            ox.Triple(node, ox.NamedNode(expand("pav:retrievedFrom")), origin),
            ox.Triple(node, ox.NamedNode(expand("pav:retrievedOn")), time),
        ]
        within = [quad for quad in document.quads if quad.graph_name == node]
        described = graph in document.described
        if not described:
            description = list(_description(node, within))
            triples += description
            described = bool(description)
        stated = any(quad.subject == node and quad.predicate == _LICENCE for quad in within)
        if described and not stated and is_web_address(licence):
            triples.append(ox.Triple(node, _LICENCE, ox.NamedNode(licence)))
        files.append(_file(PROVENANCE, graph, triples))
    return tuple(files)


def _description(graph: ox.NamedNode, quads: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    """Yield the description of the graph of a plan, from that of the plan; nothing if it has none."""
    quads = list(quads)
    plans = {quad.subject for quad in quads if quad.predicate == _TYPE and quad.object == _PLAN}
    if not plans:
        return
    yield ox.Triple(graph, _TYPE, ox.NamedNode(expand("prov:Entity")))
    yield ox.Triple(graph, _ROLE, ox.NamedNode(expand("plan:PublishersText")))
    about = [quad for quad in quads if quad.subject in plans]
    titles: dict[str, ox.Literal] = {}
    for name in _NAMES:
        for quad in about:
            if quad.predicate == name and isinstance(quad.object, ox.Literal) and quad.object.language:
                titles.setdefault(quad.object.language, quad.object)
    yield from (ox.Triple(graph, _TITLE, title) for title in titles.values())
    for relation, copied in ((_CREATOR, _PUBLISHER), (_LICENCE, _LICENCE)):
        values = [quad.object for quad in about if quad.predicate == copied and isinstance(quad.object, ox.NamedNode)]
        yield from (ox.Triple(graph, relation, value) for value in values[:1])


def withdrawal(
    iris: Iterable[str], graphs: Iterable[str], before: Iterable[ox.Quad], now: datetime
) -> tuple[HarvestedFile, ...]:
    """Return the notices of things that a source describes no longer; their addresses answer 410 from now on.

    Args:
        iris: the IRIs of the things.
        graphs: the graphs that are published, each with the notices of what was in it, or else in one near to it.
        before: what was stated before.
        now: the time.
    """
    places: dict[str, str] = {}
    kept: dict[str, list[ox.Triple]] = {iri: [] for iri in iris}
    for quad in before:
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value in kept:
            if isinstance(quad.graph_name, ox.NamedNode):
                places.setdefault(quad.subject.value, quad.graph_name.value)
            if quad.predicate in _KEPT:
                kept[quad.subject.value].append(quad.triple)
    known = sorted(graphs, key=len)
    found: dict[str, list[ox.Triple]] = {}
    time = ox.Literal(now.strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=ox.NamedNode(expand("xsd:dateTime")))
    for iri, triples in kept.items():
        node = ox.NamedNode(iri)
        found.setdefault(_nearest(places.get(iri, ""), known), []).extend(
            (
                *triples,
                ox.Triple(
                    node,
                    ox.NamedNode(expand("owl:deprecated")),
                    ox.Literal("true", datatype=ox.NamedNode(expand("xsd:boolean"))),
                ),
                *(
                    ox.Triple(node, ox.NamedNode(expand("skos:changeNote")), ox.Literal(text, language=tag))
                    for tag, text in _WITHDRAWN.items()
                ),
                ox.Triple(node, ox.NamedNode(expand("prov:invalidatedAtTime")), time),
            )
        )
    return tuple(_file(WITHDRAWAL, graph, triples) for graph, triples in found.items() if graph)


def _nearest(graph: str, known: list[str]) -> str:
    """Return the graph, or one of the same publisher if it is not among the known ones; empty if there is none."""
    if graph in known:
        return graph
    return next((each for each in known if publisher_of(each) == publisher_of(graph)), "")


def _file(path: Path, graph: str, triples: Iterable[ox.Triple]) -> HarvestedFile:
    text = "".join(f"{triple} .\n" for triple in dict.fromkeys(triples))
    return HarvestedFile(path=path, graph=graph, placed=True, data=text.encode(), format=N_TRIPLES.key, base=graph)
