import pyoxigraph as ox

from plangraf import shipped
from plangraf.release.count import count, plans
from plangraf.release.release import Release

DATA = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix graph: <https://w3id.org/plangraf/graph/> .
@prefix id: <https://w3id.org/plangraf/id/a/p/goal/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix plan: <https://w3id.org/plangraf/ontology#> .
@prefix sdg: <http://metadata.un.org/sdg/> .
@prefix sdgo: <http://metadata.un.org/sdg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

graph:a {
  id:1 a plan:Goal ; skos:broadMatch sdg:13.2 , sdg:13.3 ; plan:contributesToSDG sdg:13 .
  id:2 a plan:Goal ; skos:relatedMatch sdg:1 , <http://example.org/sdg/1> ; dct:type sdgo:Goal .
  <https://w3id.org/plangraf/id/a/p/link/1> owl:annotatedTarget sdg:13.2 .
}
graph:b { id:1 skos:broadMatch sdg:13.2 . }
graph:c { id:3 a plan:Goal . }
graph:sdg {
  sdg:13.2 skos:broader sdg:13 .
  <https://w3id.org/plangraf/id/sdg/edition/2025> skos:member sdg:13 .
}
"""
GRAPH = "https://w3id.org/plangraf/graph/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PLAN = "https://w3id.org/plangraf/ontology#"


def dataset(trig: str) -> ox.Dataset:
    quads = list(ox.parse(trig, format=ox.RdfFormat.TRIG))
    merge = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads]
    return ox.Dataset([*quads, *merge])


def test_graphs_are_counted_apart_and_the_merge_by_itself() -> None:
    counts = count(dataset(DATA))
    assert counts.graphs == {GRAPH + "a": 9, GRAPH + "b": 1, GRAPH + "c": 1, GRAPH + "sdg": 2}
    assert counts.triples == 12


def test_classes_and_properties_are_counted_in_the_merge() -> None:
    counts = count(dataset(DATA))
    assert counts.classes == {PLAN + "Goal": 3}
    assert counts.properties[SKOS + "broadMatch"] == 2
    assert sum(counts.properties.values()) == counts.triples
    assert list(counts.properties) == sorted(counts.properties)


def test_links_to_the_sdgs_are_counted_by_graph_and_property() -> None:
    assert count(dataset(DATA)).links == {
        GRAPH + "a": {SKOS + "broadMatch": 2, SKOS + "relatedMatch": 1, PLAN + "contributesToSDG": 1},
        GRAPH + "b": {SKOS + "broadMatch": 1},
    }


def test_plans_are_named() -> None:
    data = """
    @prefix plan: <https://w3id.org/plangraf/ontology#> .
    <http://e.org/b> a plan:Plan .
    <http://e.org/a> a plan:Plan .
    <http://e.org/c> a plan:Goal .
    [] a plan:Plan .
    """
    assert plans(dataset(data)) == ("http://e.org/a", "http://e.org/b")
    assert plans(ox.Dataset()) == ()


def test_the_manifest_of_the_shipped_data_has_their_links_and_plans(release: Release) -> None:
    folders = [file.parent for file in shipped.DATA.rglob("plan.ttl")]
    names = [folder.relative_to(shipped.DATA).as_posix() for folder in folders]
    assert release.manifest.plans == tuple(f"https://w3id.org/plangraf/id/{name}" for name in sorted(names))
    links = release.manifest.counts.links
    plan = "trondheim/samfunnsplan-2020-2032"
    assert links.keys() >= {f"{GRAPH}{plan}", f"{GRAPH}{plan}/editorial", f"{GRAPH}{plan}/derived", f"{GRAPH}u4ssc"}
    store = ox.Store()
    store.bulk_load(path=str(release.quads), format=ox.RdfFormat.N_QUADS)
    for graph, by_property in links.items():
        for link, number in by_property.items():
            found = store.quads_for_pattern(None, ox.NamedNode(link), None, ox.NamedNode(graph))
            assert number == sum(str(quad.object).startswith("<http://metadata.un.org/sdg/") for quad in found) > 0
