import asyncio

import pyoxigraph as ox
import pytest
from tests.engines import running

from plangraf.errors import ResourceNotFound
from plangraf.linkeddata.description import REFERRERS, describe, describe_graph, document
from plangraf.linkeddata.sources import GraphSource, Sources
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import BASE, GRAPH, ID, PREFIXES
from plangraf.release.release import Release

GOAL = ID + "trondheim/samfunnsplan-2020-2032/goal/1.1"


def described(release: Release, iri: str) -> list[ox.Triple]:
    async def run() -> list[ox.Triple]:
        async with running(release.quads) as engine:
            return await describe(engine, iri)

    return asyncio.run(run())


def graph(release: Release, iri: str) -> list[ox.Triple]:
    async def run() -> list[ox.Triple]:
        async with running(release.quads) as engine:
            return await describe_graph(engine, iri)

    return asyncio.run(run())


def test_a_description_has_both_directions_the_claims_and_the_neighbours_labels(release: Release) -> None:
    statements = Statements(described(release, GOAL))
    assert statements.text(GOAL, PREFIXES["skos"] + "notation") == "1.1"
    parent = ID + "trondheim/samfunnsplan-2020-2032/goal/1"
    assert statements.subjects(PREFIXES["skos"] + "narrower", GOAL) == [parent]
    claim = ID + "trondheim/samfunnsplan-2020-2032/link/1.1-13.2"
    assert statements.iri(claim, PREFIXES["plan"] + "basis") == PREFIXES["plan"] + "Editorial"
    assert statements.names("http://metadata.un.org/sdg/13.2")
    assert statements.names(parent)


@pytest.mark.parametrize("iri", [ID + "nothing", "http://example.org/", "not an iri", "http://e.org/> ?x"])
def test_what_nothing_is_said_of_is_not_found(release: Release, iri: str) -> None:
    with pytest.raises(ResourceNotFound):
        described(release, iri)
    with pytest.raises(ResourceNotFound):
        graph(release, iri)


def test_a_graph_is_given_whole(release: Release) -> None:
    triples = graph(release, GRAPH + "sdg")
    assert len(set(triples)) == release.manifest.counts.graphs[GRAPH + "sdg"]


def test_a_document_names_its_subject_its_sources_its_licence_and_its_release() -> None:
    sources = Sources((GraphSource(GRAPH + "x", ("http://e.org/licence",)),))
    statements = Statements(document(GOAL, "/doc/x", [], "0123456789ab", sources))
    here = BASE + "/doc/x"
    assert statements.iri(here, PREFIXES["foaf"] + "primaryTopic") == GOAL
    assert statements.iris(here, PREFIXES["dct"] + "source") == [GRAPH + "x"]
    assert statements.iris(here, PREFIXES["dct"] + "license") == ["http://e.org/licence"]
    assert statements.text(here, PREFIXES["dcat"] + "version") == "0123456789ab"


@pytest.mark.parametrize(("referrers", "cut"), [(REFERRERS, False), (REFERRERS + 1, True)])
def test_a_document_says_when_it_does_not_hold_all_that_refers_to_its_subject(referrers: int, cut: bool) -> None:
    about, refers = ox.NamedNode("http://e.org/about"), ox.NamedNode("http://e.org/refers")
    triples = [ox.Triple(ox.NamedNode(f"http://e.org/{n}"), refers, about) for n in range(referrers)]
    statements = Statements(document(about.value, "/doc/about", triples, "r"))
    assert len(statements.subjects(refers.value, about.value)) == REFERRERS
    assert bool(statements.literals(BASE + "/doc/about", PREFIXES["rdfs"] + "comment")) is cut
