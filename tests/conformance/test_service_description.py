"""The W3C tests of SPARQL 1.1 Service Description, which are written in prose, asked of a running server."""

from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from tests.conformance.manifests import entries, read_manifest

from plangraf.formats import GRAPH_FORMATS, RESULT_FORMATS
from plangraf.namespaces import BASE, PREFIXES, expand

# The domain and the range of each property of the vocabulary (section 3.4); "" is a resource of any class.
PROPERTIES = {
    "endpoint": ("Service", ""),
    "feature": ("Service", "Feature"),
    "defaultEntailmentRegime": ("Service", "EntailmentRegime"),
    "entailmentRegime": ("NamedGraph", "EntailmentRegime"),
    "defaultSupportedEntailmentProfile": ("Service", "EntailmentProfile"),
    "supportedEntailmentProfile": ("NamedGraph", "EntailmentProfile"),
    "extensionFunction": ("Service", "Function"),
    "extensionAggregate": ("Service", "Aggregate"),
    "languageExtension": ("Service", "Feature"),
    "supportedLanguage": ("Service", "Language"),
    "propertyFeature": ("Service", "Feature"),
    "defaultDataset": ("Service", "Dataset"),
    "availableGraphs": ("Service", "GraphCollection"),
    "resultFormat": ("Service", ""),
    "inputFormat": ("Service", ""),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("GraphCollection", "NamedGraph"),
    "name": ("NamedGraph", ""),
    "graph": ("NamedGraph", "Graph"),
}
# What the vocabulary itself names (sections 3.2 and 3.3).
INSTANCES = {
    "Language": {"SPARQL10Query", "SPARQL11Query", "SPARQL11Update"},
    "Feature": {"DereferencesURIs", "UnionDefaultGraph", "RequiresDataset", "EmptyGraphs", "BasicFederatedQuery"},
}
SUPERCLASSES = {"Dataset": "GraphCollection"}
SD = PREFIXES["sd"]


@pytest.fixture(scope="module")
def description(server: str) -> ox.Dataset:
    """Return what the endpoint says of itself."""
    return _read(httpx.get(f"{server}/sparql"))


def test_the_suite_has_these_tests_and_no_other(conformance: Path) -> None:
    manifest = read_manifest(conformance / "sparql" / "sparql11" / "service-description")
    names = [str(entry).rpartition("#")[2] for entry in entries(manifest)]
    assert names == ["has-endpoint-triple", "returns-rdf", "conforms-to-schema"]


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_has_endpoint_triple(server: str, path: str) -> None:
    found = _read(httpx.get(f"{server}{path}"))
    services = found.quads_for_predicate(_sd("endpoint"))
    assert {quad.object for quad in services} == {ox.NamedNode(f"{server}{path}"), ox.NamedNode(f"{BASE}/sparql")}


@pytest.mark.parametrize("media_type", [f.media_type for f in GRAPH_FORMATS])
def test_returns_rdf(server: str, description: ox.Dataset, media_type: str) -> None:
    answer = httpx.get(f"{server}/sparql", headers={"Accept": media_type})
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert "Accept" in answer.headers["vary"]
    assert set(_read(answer)) == set(description)


def test_conforms_to_schema(description: ox.Dataset) -> None:
    wrong = [str(quad) for quad in description if not _conforms(description, quad)]
    assert wrong == []
    for named in description.quads_for_object(_sd("NamedGraph")):
        names = [q for q in description.quads_for_subject(named.subject) if q.predicate == _sd("name")]
        assert len(names) == 1


def test_what_is_described_is_so(server: str, description: ox.Dataset) -> None:
    def objects(name: str) -> set[str]:
        found = (quad.object for quad in description.quads_for_predicate(_sd(name)))
        return {value.value for value in found if isinstance(value, ox.NamedNode)}

    assert objects("supportedLanguage") == {f"{SD}SPARQL11Query"}
    assert objects("resultFormat") == {f.iri for f in (*RESULT_FORMATS, *GRAPH_FORMATS)}
    assert objects("feature") == set()
    query = "SELECT ?g (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } GROUP BY ?g"
    rows = httpx.get(f"{server}/sparql", params={"query": query}).json()["results"]["bindings"]
    (default,) = objects("defaultGraph")
    counted = {row["g"]["value"] if "g" in row else default: int(row["n"]["value"]) for row in rows}
    sizes = description.quads_for_predicate(ox.NamedNode(expand("void:triples")))
    assert {_iri(q.subject): int(q.object.value) for q in sizes if isinstance(q.object, ox.Literal)} == counted
    assert objects("name") == counted.keys() - {default}


def _read(answer: httpx.Response) -> ox.Dataset:
    assert answer.status_code == 200, answer.text
    rdf_format = ox.RdfFormat.from_media_type(answer.headers["content-type"])
    assert rdf_format is not None
    return ox.Dataset(ox.parse(answer.content, format=rdf_format))


def _conforms(description: ox.Dataset, quad: ox.Quad) -> bool:
    """Return whether the vocabulary has the terms of a statement, and both ends are of the right class."""
    name = quad.predicate.value.removeprefix(SD)
    if quad.predicate.value == expand("rdf:type"):
        kind = _iri(quad.object)
        return not kind.startswith(SD) or kind.removeprefix(SD) in {c for pair in PROPERTIES.values() for c in pair}
    if name == quad.predicate.value:
        return True
    if name not in PROPERTIES or not isinstance(quad.object, ox.NamedNode):
        return False
    domain, target = PROPERTIES[name]
    return _is_a(description, quad.subject, domain) and (not target or _is_a(description, quad.object, target))


def _is_a(description: ox.Dataset, node: object, kind: str) -> bool:
    if _iri(node).removeprefix(SD) in INSTANCES.get(kind, set()):
        return True
    assert isinstance(node, ox.NamedNode)
    types = [q.object for q in description.quads_for_subject(node) if q.predicate.value == expand("rdf:type")]
    names = {_iri(found).removeprefix(SD) for found in types}
    return kind in names | {SUPERCLASSES[name] for name in names if name in SUPERCLASSES}


def _iri(node: object) -> str:
    assert isinstance(node, ox.NamedNode), node
    return node.value


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)
