import asyncio
from datetime import datetime

import pyoxigraph as ox
import pytest
from tests.engines import running

from plangraf.linkeddata.datasets import Datasets, find_datasets, read_datasets
from plangraf.linkeddata.statements import Statements
from plangraf.linkeddata.void import DistinctTerms, count_distinct_terms, void_description
from plangraf.namespaces import DATA_LICENCE, GRAPH, ID, PREFIXES, expand
from plangraf.release.release import Counts, Manifest, Release

DATASET = ox.NamedNode("https://w3id.org/plangraf/.well-known/void#dataset")
SDG_GRAPH = ox.NamedNode(GRAPH + "sdg")

Subjects = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@pytest.fixture(scope="module")
def void(release: Release) -> ox.Dataset:
    async def read() -> tuple[Datasets, DistinctTerms]:
        async with running(release.quads) as engine:
            return await read_datasets(engine, release.manifest), await count_distinct_terms(engine)

    return _dataset(release.manifest, *asyncio.run(read()))


def _dataset(
    manifest: Manifest, datasets: Datasets | None = None, distinct: DistinctTerms | None = None
) -> ox.Dataset:
    described = void_description(manifest, datasets or find_datasets(Statements(), manifest.counts.graphs), distinct)
    return ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in described)


def values(void: ox.Dataset, subject: Subjects, name: str) -> list[Subjects]:
    assert isinstance(subject, ox.NamedNode)
    quads = void.quads_for_subject(subject)
    return sorted((quad.object for quad in quads if quad.predicate.value == expand(name)), key=str)


def number(void: ox.Dataset, subject: Subjects, name: str) -> int:
    (value,) = values(void, subject, name)
    assert isinstance(value, ox.Literal)
    return int(value.value)


def iri(void: ox.Dataset, subject: Subjects, name: str) -> str:
    (value,) = values(void, subject, name)
    assert isinstance(value, ox.NamedNode)
    return value.value


def test_the_dataset_says_what_it_is_and_how_large(void: ox.Dataset, release: Release) -> None:
    counts = release.manifest.counts
    assert number(void, DATASET, "void:triples") == counts.triples
    assert number(void, DATASET, "void:classes") == len(counts.classes)
    assert number(void, DATASET, "void:properties") == len(counts.properties)
    assert iri(void, DATASET, "void:sparqlEndpoint") == "https://w3id.org/plangraf/sparql"
    assert iri(void, DATASET, "dct:license") == DATA_LICENCE
    assert values(void, DATASET, "void:uriSpace") == [ox.Literal(ID)]
    assert values(void, DATASET, "dcat:version") == [ox.Literal(release.manifest.release)]
    (modified,) = values(void, DATASET, "dct:modified")
    assert isinstance(modified, ox.Literal)
    assert datetime.fromisoformat(modified.value) == release.manifest.built


def test_different_subjects_and_objects_are_counted(void: ox.Dataset, release: Release) -> None:
    merge = [
        quad
        for quad in ox.parse(path=release.quads, format=ox.RdfFormat.N_QUADS)
        if isinstance(quad.graph_name, ox.DefaultGraph)
    ]
    assert number(void, DATASET, "void:distinctSubjects") == len({quad.subject for quad in merge})
    assert number(void, DATASET, "void:distinctObjects") == len({quad.object for quad in merge})


def test_what_is_of_each_class_and_has_each_property_is_counted(void: ox.Dataset, release: Release) -> None:
    counts = release.manifest.counts
    classes = values(void, DATASET, "void:classPartition")
    assert {iri(void, p, "void:class"): number(void, p, "void:entities") for p in classes} == counts.classes
    properties = values(void, DATASET, "void:propertyPartition")
    assert {iri(void, p, "void:property"): number(void, p, "void:triples") for p in properties} == counts.properties


def test_each_named_graph_is_a_subset(void: ox.Dataset, release: Release) -> None:
    subsets = values(void, DATASET, "void:subset")
    sizes = {
        subset.value: number(void, subset, "void:triples") for subset in subsets if not isinstance(subset, ox.Triple)
    }
    assert sizes == release.manifest.counts.graphs


def test_each_linkset_says_which_links_from_where_to_where(void: ox.Dataset, release: Release) -> None:
    found: dict[str, dict[str, int]] = {}
    for quad in void.quads_for_object(ox.NamedNode(expand("void:Linkset"))):
        assert iri(void, quad.subject, "void:objectsTarget") == SDG_GRAPH.value
        graph = iri(void, quad.subject, "void:subjectsTarget")
        assert quad.subject in values(void, ox.NamedNode(graph), "void:subset")
        link = iri(void, quad.subject, "void:linkPredicate")
        found.setdefault(graph, {})[link] = number(void, quad.subject, "void:triples")
    assert found == release.manifest.counts.links
    assert found


def test_vocabularies_are_those_that_are_used(void: ox.Dataset) -> None:
    vocabularies = {
        value.value for value in values(void, DATASET, "void:vocabulary") if isinstance(value, ox.NamedNode)
    }
    assert {PREFIXES[prefix] for prefix in ("plan", "skos", "dct", "sdgo", "owl", "prov")} <= vocabularies
    assert vocabularies.isdisjoint({PREFIXES["sdg"], PREFIXES["sd"], PREFIXES["void"], PREFIXES["xsd"]})


def test_a_plan_is_a_way_in_and_the_first_three_are_examples(void: ox.Dataset, release: Release) -> None:
    plans = [ox.NamedNode(plan) for plan in release.manifest.plans]
    assert values(void, DATASET, "void:rootResource") == plans
    assert values(void, DATASET, "void:exampleResource") == sorted([*plans[:3], SDG_GRAPH], key=str)


def test_every_node_has_a_name(void: ox.Dataset) -> None:
    assert [
        quad for quad in void if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)
    ] == []


def test_an_empty_release_has_a_description_too() -> None:
    counts = Counts(triples=0, graphs={}, classes={})
    manifest = Manifest(release="0" * 12, sha256="0" * 64, size=0, software="0", counts=counts, validation={})
    void = _dataset(manifest)
    assert number(void, DATASET, "void:triples") == 0
    assert values(void, DATASET, "dct:modified") == []
    assert values(void, DATASET, "void:exampleResource") == []
