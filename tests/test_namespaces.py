import pyoxigraph as ox
import pytest

from plangraf import namespaces
from plangraf.namespaces import BASE, DERIVED_GRAPH, DOC, GRAPH, ID, PLAN, PREFIXES, compact, expand, fragment


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        ("https://w3id.org/plangraf/ontology#Goal", "plan:Goal"),
        ("https://w3id.org/plangraf/shapes#Plan-label", "psh:Plan-label"),
        ("http://metadata.un.org/sdg/13.2", "sdg:13.2"),
        ("http://metadata.un.org/sdg/ontology#Goal", "sdgo:Goal"),
        ("http://purl.org/dc/terms/title", "dct:title"),
        ("https://w3id.org/sssom/mapping_date", "sssom:mapping_date"),
        ("https://w3id.org/plangraf/ontology#", "<https://w3id.org/plangraf/ontology#>"),
        ("http://metadata.un.org/sdg/a/b", "<http://metadata.un.org/sdg/a/b>"),
        ("http://purl.org/dc/terms/a%20b", "<http://purl.org/dc/terms/a%20b>"),
        ("https://example.org/x", "<https://example.org/x>"),
        ("http://purl.org/dc/title", "<http://purl.org/dc/title>"),
    ],
)
def test_an_iri_is_compacted_where_a_prefix_fits(iri: str, expected: str) -> None:
    assert compact(iri) == expected


@pytest.mark.parametrize(
    "iri", ["https://w3id.org/plangraf/ontology#Goal", "http://metadata.un.org/sdg/13.2", "https://example.org/x"]
)
def test_a_compacted_iri_reads_back_as_itself(iri: str) -> None:
    header = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    name = compact(iri)
    triples = list(ox.parse(f"{header} {name} {name} {name} .", format=ox.RdfFormat.TURTLE))
    assert [triple.subject for triple in triples] == [ox.NamedNode(iri)]


def test_the_prefixes_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        PREFIXES["plan"] = "https://example.org/"  # type: ignore[index]  # the point of the test


def test_no_namespace_has_two_prefixes() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)


def test_every_namespace_ends_where_a_local_name_begins() -> None:
    assert {prefix: iri for prefix, iri in PREFIXES.items() if not iri.endswith(("/", "#"))} == {}


def test_what_is_minted_lies_under_one_base_that_no_server_decides() -> None:
    assert BASE == "https://w3id.org/plangraf"
    minted = (ID, DOC, GRAPH, PLAN, DERIVED_GRAPH, namespaces.ONTOLOGY, namespaces.SHAPES, namespaces.PROBLEMS)
    assert [iri for iri in minted if not iri.startswith(f"{BASE}/")] == []


@pytest.mark.parametrize("iri", ["https://w3id.org/plangraf/ontology#Goal", "http://metadata.un.org/sdg/13.2"])
def test_a_compacted_iri_is_expanded_to_itself(iri: str) -> None:
    assert expand(compact(iri)) == iri


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        ("https://w3id.org/plangraf/graph/trondheim/plan", "graph/trondheim/plan"),
        ("https://w3id.org/plangraf/ontology#Goal", "ontology%23Goal"),
        ("http://example.org/a%20b", "http%3A//example.org/a%2520b"),
    ],
)
def test_a_fragment_stands_for_an_iri(iri: str, expected: str) -> None:
    assert fragment(iri) == expected
