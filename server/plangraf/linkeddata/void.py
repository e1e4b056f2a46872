"""The VoID description of a release (Vocabulary of Interlinked Datasets)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files

import pyoxigraph as ox

from plangraf.engine.ask import select
from plangraf.engine.interface import Engine, Query
from plangraf.formats import GRAPH_FORMATS
from plangraf.linkeddata.addresses import document_iri
from plangraf.linkeddata.datasets import Datasets
from plangraf.linkeddata.distributions import dump_iri
from plangraf.linkeddata.triples import date_time
from plangraf.namespaces import GRAPH, ID, PREFIXES, expand, fragment
from plangraf.release.dumps import dataset_dumps, graph_dump
from plangraf.release.release import Manifest

VOID_PATH = "/.well-known/void"

FRAGMENTS_PATH = "/fragments"
CHANGES = document_iri("/changes")
"""The event stream of the changes of the dataset."""
_DISTINCT = (files(__package__) / "queries" / "distinct.rq").read_text(encoding="utf-8")
_TITLES = (
    ox.Literal("Planer som lenkede åpne data", language="nb"),
    ox.Literal("Plans as linked open data", language="en"),
)
_SDG_GRAPH = ox.NamedNode(GRAPH + "sdg")
_EXAMPLES = 3


@dataclass(frozen=True)
class DistinctTerms:
    """The numbers of different subjects and objects in the merge of all graphs."""

    subjects: int
    objects: int


async def count_distinct_terms(engine: Engine) -> DistinctTerms:
    """Return the numbers of different subjects and objects of a release: one call of the engine.

    They are not in the manifest, because those of parts that are built one by one do not add up.

    Raises:
        PlangrafError: the engine cannot answer the query.
    """
    (found,) = await select(engine, Query(_DISTINCT))
    return DistinctTerms(int(found["subjects"].value), int(found["objects"].value))


def void_description(
    manifest: Manifest, datasets: Datasets, distinct: DistinctTerms | None = None
) -> list[ox.Triple]:
    """Return the VoID description of a release from its manifest and the licences of its graphs.

    The dataset is the merge of all graphs. Its subsets are the named graphs, and within each a linkset for each
    property that links to the SDGs. Every node has an IRI.
    """
    counts = manifest.counts
    dataset = _node("dataset")
    examples = [*manifest.plans[:_EXAMPLES], *([_SDG_GRAPH.value] if _SDG_GRAPH.value in counts.graphs else [])]
    values: list[tuple[str, Iterable[ox.NamedNode | ox.Literal]]] = [
        ("rdf:type", [_term("void:Dataset")]),
        ("dct:title", _TITLES),
        ("dct:license", map(ox.NamedNode, datasets.all_sources.licences)),
        ("dcat:version", [ox.Literal(manifest.release)]),
        ("dct:modified", date_time(manifest.built)),
        ("void:sparqlEndpoint", [ox.NamedNode(document_iri("/sparql"))]),
        ("void:uriSpace", [ox.Literal(space) for space in (ID, *manifest.uri_spaces.values())]),
        ("rdfs:seeAlso", [ox.NamedNode(CHANGES), ox.NamedNode(document_iri(FRAGMENTS_PATH))]),
        ("void:feature", [ox.NamedNode(f.iri) for f in GRAPH_FORMATS if f.iri is not None]),
        ("void:dataDump", [ox.NamedNode(dump_iri(dump.name)) for dump in dataset_dumps(None)]),
        ("void:vocabulary", map(ox.NamedNode, _vocabularies(manifest))),
        ("void:rootResource", map(ox.NamedNode, manifest.plans)),
        ("void:exampleResource", map(ox.NamedNode, examples)),
        ("void:triples", [ox.Literal(counts.triples)]),
        ("void:distinctSubjects", [ox.Literal(distinct.subjects)] if distinct else []),
        ("void:distinctObjects", [ox.Literal(distinct.objects)] if distinct else []),
        ("void:classes", [ox.Literal(len(counts.classes))]),
        ("void:properties", [ox.Literal(len(counts.properties))]),
    ]
    document = ox.NamedNode(document_iri(VOID_PATH))
    return [
        _triple(document, "rdf:type", _term("void:DatasetDescription")),
        _triple(document, "foaf:primaryTopic", dataset),
        *(_triple(dataset, name, value) for name, found in values for value in found),
        *_partitions(dataset, "void:classPartition", "void:class", "void:entities", counts.classes),
        *_partitions(dataset, "void:propertyPartition", "void:property", "void:triples", counts.properties),
        *_subsets(dataset, manifest, datasets),
    ]


def _vocabularies(manifest: Manifest) -> list[str]:
    """Return the namespaces of `PREFIXES` that classes or properties of the release are in."""
    used = {*manifest.counts.classes, *manifest.counts.properties}
    # The longest match, because one namespace may be a prefix of another.
    fitting = (max((n for n in PREFIXES.values() if iri.startswith(n)), key=len, default=None) for iri in used)
    return sorted({namespace for namespace in fitting if namespace is not None})


def _partitions(
    dataset: ox.NamedNode, partition: str, of: str, measure: str, counts: dict[str, int]
) -> Iterator[ox.Triple]:
    for iri, number in counts.items():
        part = _node(f"{of.partition(':')[2]}/{fragment(iri)}")
        yield _triple(dataset, partition, part)
        yield _triple(part, of, ox.NamedNode(iri))
        yield _triple(part, measure, ox.Literal(number))


def _subsets(dataset: ox.NamedNode, manifest: Manifest, datasets: Datasets) -> Iterator[ox.Triple]:
    for iri, size in manifest.counts.graphs.items():
        graph = ox.NamedNode(iri)
        yield _triple(dataset, "void:subset", graph)
        yield _triple(graph, "rdf:type", _term("void:Dataset"))
        for licence in datasets.sources((iri,)).licences:
            yield _triple(graph, "dct:license", ox.NamedNode(licence))
        yield _triple(graph, "void:triples", ox.Literal(size))
        yield _triple(graph, "void:dataDump", ox.NamedNode(dump_iri(graph_dump(iri))))
        for link, number in manifest.counts.links.get(iri, {}).items():
            linkset = _node(f"links/{fragment(iri)}/{fragment(link)}")
            yield _triple(graph, "void:subset", linkset)
            yield _triple(linkset, "rdf:type", _term("void:Linkset"))
            yield _triple(linkset, "void:linkPredicate", ox.NamedNode(link))
            yield _triple(linkset, "void:subjectsTarget", graph)
            yield _triple(linkset, "void:objectsTarget", _SDG_GRAPH)
            yield _triple(linkset, "void:triples", ox.Literal(number))


def _node(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{document_iri(VOID_PATH)}#{name}")


def _triple(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, _term(predicate), value)


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(expand(name))
