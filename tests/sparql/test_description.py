import pyoxigraph as ox

from plangraf.formats import GRAPH_FORMATS, RESULT_FORMATS
from plangraf.namespaces import DATA_LICENCE, expand
from plangraf.release.release import Counts, Manifest
from plangraf.sparql.description import service_description

ENDPOINT = "https://example.org/sparql"
SIZES = {"https://w3id.org/plangraf/graph/a/p": 3, "http://example.org/a graph".replace(" ", "%20"): 2}
MANIFEST = Manifest(
    release="0" * 12,
    sha256="0" * 64,
    size=1,
    software="0",
    counts=Counts(triples=4, graphs=SIZES, classes={}),
    validation={},
)
LICENCES = dict.fromkeys(SIZES, (DATA_LICENCE,))


def described() -> ox.Dataset:
    return ox.Dataset(
        ox.Quad(t.subject, t.predicate, t.object)
        for t in service_description(MANIFEST, ENDPOINT, LICENCES, [DATA_LICENCE])
    )


def values(subject: ox.NamedNode, name: str) -> list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]:
    quads = described().quads_for_subject(subject)
    return sorted((quad.object for quad in quads if quad.predicate.value == expand(name)), key=str)


def test_the_service_says_where_it_is_and_what_it_speaks() -> None:
    service = ox.NamedNode(f"{ENDPOINT}#service")
    assert values(service, "sd:endpoint") == [ox.NamedNode(ENDPOINT)]
    assert values(service, "sd:supportedLanguage") == [ox.NamedNode(expand("sd:SPARQL11Query"))]
    formats = {str(f.iri) for f in (*RESULT_FORMATS, *GRAPH_FORMATS)}
    assert values(service, "sd:resultFormat") == [ox.NamedNode(iri) for iri in sorted(formats)]
    assert len(formats) == len(RESULT_FORMATS) + len(GRAPH_FORMATS)


def test_no_feature_is_claimed() -> None:
    assert list(described().quads_for_predicate(ox.NamedNode(expand("sd:feature")))) == []


def test_the_dataset_has_its_licence_release_and_graphs() -> None:
    dataset = ox.NamedNode(f"{ENDPOINT}#dataset")
    assert values(ox.NamedNode(f"{ENDPOINT}#service"), "sd:defaultDataset") == [dataset]
    assert values(dataset, "dct:license") == [ox.NamedNode(DATA_LICENCE)]
    assert values(dataset, "dcat:version") == [ox.Literal("0" * 12)]
    (default,) = values(dataset, "sd:defaultGraph")
    assert isinstance(default, ox.NamedNode)
    assert values(default, "void:triples") == [ox.Literal(4)]
    sizes = {}
    for named in values(dataset, "sd:namedGraph"):
        assert isinstance(named, ox.NamedNode)
        (name,), (graph,) = values(named, "sd:name"), values(named, "sd:graph")
        assert isinstance(name, ox.NamedNode)
        assert isinstance(graph, ox.NamedNode)
        (size,) = values(graph, "void:triples")
        assert isinstance(size, ox.Literal)
        sizes[name.value] = int(size.value)
    assert sizes == SIZES


def test_every_node_has_a_name_below_the_endpoint_or_of_a_graph() -> None:
    subjects = {quad.subject for quad in described()}
    assert all(isinstance(subject, ox.NamedNode) for subject in subjects)
    own = {str(s) for s in subjects} - {f"<{iri}>" for iri in SIZES}
    assert {iri for iri in own if not iri.startswith(f"<{ENDPOINT}#")} == set()
    assert len(own) == 3 + len(SIZES)
