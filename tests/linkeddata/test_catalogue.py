import asyncio
import hashlib
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyshacl import validate
from rdflib import RDF, Graph, Namespace
from tests.engines import running

from plangraf import settings
from plangraf.formats import N_TRIPLES
from plangraf.linkeddata.catalogue import (
    CATALOGUE,
    WHOLE_DATASET,
    dataset_iri,
    describe_catalogue,
    describe_dataset,
)
from plangraf.linkeddata.datasets import Datasets, find_datasets, read_datasets
from plangraf.linkeddata.schema_org import document
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import DERIVED_GRAPH, GRAPH, ID, ONTOLOGY, PREFIXES, expand
from plangraf.rdf.serialization import serialize
from plangraf.release.dump_writer import make_dumps
from plangraf.release.dumps import Dumps, file_name, read_dumps
from plangraf.release.release import Counts, Manifest, Release

SH = Namespace(PREFIXES["sh"])
SPDX = Namespace(PREFIXES["spdx"])
PLAN = "trondheim/samfunnsplan-2020-2032"
SHAPES = (
    "DCAT-AP-NO-shacl_shapes_2.00.ttl",
    "dcat-ap-no-v3-core.ttl",
    "dcat-ap-3.0.1/html__shacl__shapes.ttl",
    "dcat-ap-3.0.1/html__shacl__range.ttl",
    "dcat-ap-3.0.1/html__shacl__mdr-vocabularies.shape.ttl",
)
# What the shapes themselves get wrong: the path of the result, and why the catalogue does otherwise.
MISTAKEN = {
    "DCAT-AP-NO-shacl_shapes_2.00.ttl": {
        str(
            SPDX.algorithm
        ): "knows SHA-1 alone, which no longer protects anything; DCAT-AP has taken others since 2.1",
        PREFIXES["dcat"] + "byteSize": "asks for xsd:decimal; DCAT 3 and DCAT-AP-NO 3 for xsd:nonNegativeInteger",
    },
    "dcat-ap-3.0.1/html__shacl__mdr-vocabularies.shape.ttl": {
        str(SPDX.algorithm): "asks for https, but SPDX's own terms begin with http://spdx.org/rdf/terms#"
    },
}


@pytest.fixture(scope="module")
def datasets(release: Release) -> Datasets:
    async def read() -> Datasets:
        async with running(release.quads) as engine:
            return await read_datasets(engine, release.manifest)

    return asyncio.run(read())


@pytest.fixture(scope="module")
def folder(release: Release, datasets: Datasets, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_dumps(release.quads, datasets.dump_selection, tmp_path_factory.mktemp("dumps"))


@pytest.fixture(scope="module")
def dumps(folder: Path) -> Dumps:
    found = read_dumps(folder)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def triples(release: Release, datasets: Datasets, dumps: Dumps) -> list[ox.Triple]:
    return describe_catalogue(datasets, release.manifest, settings.load(), dumps)


def _violations(triples: list[ox.Triple], shapes: Path) -> list[tuple[str, str, str]]:
    """Return focus node, path and message of each violation."""
    graph = Graph().parse(data=serialize(triples, N_TRIPLES), format="nt")
    _, report, _ = validate(graph, shacl_graph=Graph().parse(shapes), inference="none")
    assert isinstance(report, Graph)
    return [
        (
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.resultPath)),
            str(report.value(result, SH.resultMessage)),
        )
        for result in report.objects(None, SH.result)
        if report.value(result, SH.resultSeverity) == SH.Violation
    ]


@pytest.mark.parametrize("file", SHAPES)
def test_the_shapes_of_others_find_no_violation(triples: list[ox.Triple], conformance: Path, file: str) -> None:
    found = _violations(triples, conformance / "dcat-ap-no" / file)
    mistaken = MISTAKEN.get(file, {})
    assert [violation for violation in found if violation[1] not in mistaken] == []
    # A mistake that is mended leaves the list.
    assert {path for _, path, _ in found} == set(mistaken)


def test_the_shapes_find_what_is_wrong(triples: list[ox.Triple], conformance: Path) -> None:
    """The negative control: without its title a dataset breaks the shapes."""
    title = expand("dct:title")
    cut = [t for t in triples if not (t.subject == ox.NamedNode(WHOLE_DATASET) and t.predicate.value == title)]
    assert any(
        (focus, path) == (WHOLE_DATASET, title)
        for focus, path, _ in _violations(cut, conformance / "dcat-ap-no" / "dcat-ap-no-v3-core.ttl")
    )


def test_the_dataset_of_a_plan_is_described_by_its_graph(triples: list[ox.Triple], datasets: Datasets) -> None:
    said = Statements(triples)
    kinds = datasets.statements.types
    plans = [d for d in datasets.datasets if any(expand("plan:Plan") in kinds(iri) for iri in d.subjects)]
    shown = set[str]()
    for dataset in plans:
        described = datasets.statements.literals(dataset.main, expand("dct:description"))
        texts = {
            text.language: text.value for text in said.literals(dataset_iri(dataset.name), expand("dct:description"))
        }
        assert {text.language for text in described} == {"nb", "en"} <= texts.keys()
        assert all(texts[text.language or ""].startswith(text.value) for text in described)
        shown |= {texts["nb"]}
    assert len(shown) == len(plans) >= 11


def test_each_plan_and_scheme_is_a_dataset_beside_the_whole(
    triples: list[ox.Triple], datasets: Datasets, release: Release
) -> None:
    said = Statements(triples)
    listed = said.iris(CATALOGUE, expand("dcat:dataset"))
    assert set(listed) == {WHOLE_DATASET, *(dataset_iri(dataset.name) for dataset in datasets.datasets)}
    subjects = {subject for iri in listed for subject in said.iris(iri, expand("dct:subject"))}
    assert {*release.manifest.plans, PREFIXES["sdg"].rstrip("/")} <= subjects
    assert all(said.text(iri, expand("dcat:version")) == release.manifest.release for iri in listed)
    graphs = {graph for iri in listed for graph in said.iris(iri, expand("void:subset"))}
    assert graphs == set(release.manifest.counts.graphs)


@pytest.mark.parametrize("name", ["dct:issued", "dct:modified"])
def test_the_catalogue_and_its_datasets_are_as_old_as_the_release(
    triples: list[ox.Triple], datasets: Datasets, release: Release, name: str
) -> None:
    own = {t.subject: t.object for t in triples if t.predicate.value == expand(name) and CATALOGUE in str(t.subject)}
    assert release.manifest.built is not None
    date = ox.Literal(f"{release.manifest.built:%Y-%m-%dT%H:%M:%SZ}", datatype=ox.NamedNode(expand("xsd:dateTime")))
    listed = (CATALOGUE, WHOLE_DATASET, *(dataset_iri(dataset.name) for dataset in datasets.datasets))
    assert own == {ox.NamedNode(iri): date for iri in listed}


def test_the_plan_is_not_the_dataset(triples: list[ox.Triple]) -> None:
    said = Statements(triples)
    iri = dataset_iri(PLAN)
    assert expand("dcat:Dataset") not in said.types(ID + PLAN)
    assert said.iris(iri, expand("dct:publisher")) == [ID + "plangraf"]
    assert said.iris(ID + PLAN, expand("dct:publisher")) != [ID + "plangraf"]
    period = said.iri(iri, expand("dct:temporal"))
    assert period is not None
    assert [said.text(period, expand(name)) for name in ("dcat:startDate", "dcat:endDate")] == [
        "2020-01-01",
        "2032-12-31",
    ]


def test_checksums_are_those_of_the_files(triples: list[ox.Triple], dumps: Dumps, folder: Path) -> None:
    graph = Graph().parse(data=serialize(triples, N_TRIPLES), format="nt")
    dcat = Namespace(PREFIXES["dcat"])
    seen = 0
    for distribution in graph.subjects(RDF.type, dcat.Distribution):
        address = graph.value(distribution, dcat.downloadURL)
        if address is None:
            continue
        name = str(address).partition("/dumps/")[2]
        value = graph.value(graph.value(distribution, SPDX.checksum), SPDX.checksumValue)
        assert str(value).lower() == hashlib.sha256((folder / file_name(name)).read_bytes()).hexdigest()
        seen += 1
    assert seen > 10


def test_who_publishes_and_whom_to_contact_is_what_the_operator_says(datasets: Datasets, release: Release) -> None:
    organisation = "https://organization-catalog.fellesdatakatalog.digdir.no/organizations/974761076"
    chosen = settings.load(publisher=organisation, publisher_name="Etaten", contact_email="post@example.org")
    said = Statements(describe_catalogue(datasets, release.manifest, chosen, None))
    assert said.iris(CATALOGUE, expand("dct:publisher")) == [organisation]
    assert said.text(organisation, expand("foaf:name")) == "Etaten"
    contact = said.iri(CATALOGUE, expand("dcat:contactPoint"))
    assert contact is not None
    assert said.iris(contact, expand("vcard:hasEmail")) == ["mailto:post@example.org"]
    assert said.iris(contact, expand("vcard:hasURL")) == []
    unset = Statements(describe_catalogue(datasets, release.manifest, settings.load(), None))
    assert unset.iris(contact, expand("vcard:hasEmail")) == []
    assert unset.iris(contact, expand("vcard:hasURL")) == ["https://w3id.org/plangraf/"]


MANIFEST = Manifest(
    release="0" * 12,
    sha256="0" * 64,
    size=0,
    software="0",
    counts=Counts(triples=0, graphs={}, classes={}),
    validation={},
)


def _graphs(turtle: str, *graphs: str) -> Datasets:
    header = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    parsed = ox.parse(f"{header}@prefix g: <{GRAPH}> .\n@prefix : <{ID}> .\n{turtle}", format=ox.RdfFormat.TURTLE)
    return find_datasets(Statements(quad.triple for quad in parsed), [*graphs, DERIVED_GRAPH, ONTOLOGY])


def test_translations_and_editorial_links_belong_to_their_plan() -> None:
    datasets = _graphs(
        """
        g:p foaf:primaryTopic :p ; plan:graphRole plan:PublishersText . :p a plan:Plan .
        g:s foaf:primaryTopic :s ; plan:graphRole plan:Reference . :s a skos:ConceptScheme .
        g:p-en plan:graphRole plan:Translation ; prov:wasDerivedFrom g:p .
        g:p-links plan:graphRole plan:EditorialLinking ; prov:wasDerivedFrom g:a-source, g:s, g:p .
        g:o plan:graphRole plan:Reference ; prov:wasDerivedFrom g:p .
        """,
        *(GRAPH + name for name in ("p", "s", "p-en", "p-links", "o", "s/labels", "sx")),
    )
    assert {
        dataset.name: [graph.removeprefix(GRAPH) for graph in dataset.graphs] for dataset in datasets.datasets
    } == {
        "p": ["p", "p-en", "p-links"],
        "s": ["s", "s/labels"],
        "other": ["derived", "o", "sx", ONTOLOGY],
    }
    assert datasets.about(ID + "p") == datasets.datasets[0]
    assert datasets.about(ID + "o") is None


def test_the_dates_of_a_plan_are_as_exact_as_the_data() -> None:
    datasets = _graphs(
        """
        g:p foaf:primaryTopic :p . :p a plan:Plan ; dct:publisher :somebody ;
          dct:dateAccepted "2022-11"^^xsd:gYearMonth ; dct:issued "2023"^^xsd:gYear .
        """,
        GRAPH + "p",
    )
    said = Statements(describe_catalogue(datasets, MANIFEST, settings.load(), None))
    dates = [said.literals(ID + "p", expand(name)) for name in ("dct:dateAccepted", "dct:issued")]
    assert [(date.value, date.datatype.value) for [date] in dates] == [
        ("2022-11", expand("xsd:gYearMonth")),
        ("2023", expand("xsd:gYear")),
    ]


def test_the_graph_of_what_is_derived_about_a_plan_belongs_to_its_dataset_and_is_no_dataset_of_its_own() -> None:
    derived = f"<{GRAPH}p/derived>"
    datasets = _graphs(
        f"""
        g:p foaf:primaryTopic :p ; plan:graphRole plan:PublishersText . :p a plan:Plan .
        {derived} foaf:primaryTopic :p ; plan:graphRole plan:Derived ; prov:wasDerivedFrom g:p .
        """,
        *(GRAPH + name for name in ("p", "p/derived")),
    )
    assert {dataset.name: dataset.graphs for dataset in datasets.datasets} == {
        "p": (f"{GRAPH}p", f"{GRAPH}p/derived"),
        "other": (DERIVED_GRAPH, ONTOLOGY),
    }
    assert datasets.about(ID + "p") == datasets.datasets[0]


def test_what_a_plan_does_not_say_is_not_said(conformance: Path) -> None:
    """A plan with hardly anything: no period, place, licence, title or publisher's number."""
    datasets = _graphs("g:p foaf:primaryTopic :p . :p a plan:Plan ; dct:publisher :somebody .", GRAPH + "p")
    triples = describe_catalogue(datasets, MANIFEST, settings.load(), None)
    said = Statements(triples)
    iri = dataset_iri("p")
    for name in ("dct:temporal", "dct:spatial", "dct:license", "dct:creator", "dct:language"):
        assert said.objects(iri, expand(name)) == []
    for shapes in SHAPES[:3]:
        assert _violations(triples, conformance / "dcat-ap-no" / shapes) == []


def test_every_node_has_a_name(triples: list[ox.Triple]) -> None:
    assert [t for t in triples if isinstance(t.subject, ox.BlankNode) or isinstance(t.object, ox.BlankNode)] == []


def test_a_dataset_alone_is_described_as_in_the_catalogue(release: Release, datasets: Datasets) -> None:
    catalogue = describe_catalogue(datasets, release.manifest, settings.load(), None)
    names = [None, *(dataset.name for dataset in datasets.datasets)]
    assert len(names) > 10
    for name in names:
        alone = describe_dataset(datasets, release.manifest, settings.load(), name)
        iri = WHOLE_DATASET if name is None else dataset_iri(name)
        assert set(alone) <= set(catalogue)
        assert document(Statements(alone), iri) == document(Statements(catalogue), iri)
