"""The same file has the same report from the command and from the service."""

from pathlib import Path

import orjson
import pytest

from plangraf import shipped
from plangraf.formats import SOURCE_FORMATS, by_extension
from plangraf.release.check import check_files
from plangraf.sources.dataset import list_files
from plangraf.validation.process import UploadValidator
from plangraf.validation.render import to_json

PREFIXES = """\
@prefix dct: <http://purl.org/dc/terms/> .
@prefix e: <https://example.org/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix plan: <https://w3id.org/plangraf/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sdg: <http://metadata.un.org/sdg/> .
@prefix sdgo: <http://metadata.un.org/sdg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
SCHEME = """e:s a skos:ConceptScheme ; skos:prefLabel "Temaer"@nb ; skos:hasTopConcept e:a .
e:a a skos:Concept ; skos:inScheme e:s ; skos:prefLabel "Vann"@nb ; skos:broadMatch sdg:6 .
"""
TRONDHEIM = "https://w3id.org/plangraf/id/trondheim/samfunnsplan-2020-2032"


@pytest.fixture(scope="module")
def validator() -> UploadValidator:
    return UploadValidator()


def _reports(file: Path, validator: UploadValidator) -> list[dict[str, object]]:
    """Return what the command and the service report on a file, apart from the name of the file."""
    rdf_format = by_extension(file.name, SOURCE_FORMATS)
    assert rdf_format is not None
    found = []
    for report in (
        check_files(list_files([file]), list_files([shipped.DATA])),
        validator.validate(file.read_bytes(), rdf_format),
    ):
        document = orjson.loads(to_json(report))
        for result in document["results"]:
            del result["file"]
        found.append(document)
    return found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SCHEME, id="a link into the reference"),
        pytest.param(
            SCHEME
            + 'sdg:6 a skos:Concept ; skos:inScheme <http://metadata.un.org/sdg> ; skos:prefLabel "Water"@en .',
            id="a goal of the UN under another label",
        ),
        pytest.param(
            SCHEME + '<http://metadata.un.org/sdg> a skos:ConceptScheme ; skos:prefLabel "Goals"@en .',
            id="its scheme",
        ),
        pytest.param("e:g a plan:Goal ; plan:contributesToSDG sdg:6 . sdg:6 a skos:Concept .", id="a link to a stub"),
        pytest.param(
            'sdg:6 a sdgo:Goal ; skos:prefLabel "Wasser"@de ; skos:broader e:a . e:a skos:narrower sdg:6.1 .',
            id="a goal of the UN with faults",
        ),
        pytest.param(
            '<https://psi.norge.no/los/tema/miljo> a skos:Concept ; skos:prefLabel "Omgivelser"@nb .',
            id="a theme of Los",
        ),
        pytest.param(f'<{TRONDHEIM}> a plan:Plan ; skos:prefLabel "Løftet"@nb .', id="a plan that is shipped"),
        pytest.param(
            f'<{TRONDHEIM}/goal/1> a plan:Goal ; skos:notation "1" ; skos:broadMatch sdg:99 .',
            id="a goal that is shipped",
        ),
        pytest.param('plan:Goal a owl:Class ; rdfs:label "formål"@nb . e:g a plan:Goal .', id="a term"),
        pytest.param("e:g a plan:Goal ; plan:contributesToSDG sdg:18 , sdg:11.7 .", id="no such goal"),
        pytest.param('[] a owl:Axiom ; owl:annotatedSource e:g ; rdfs:label "x"@no .', id="without a name"),
    ],
)
@pytest.mark.parametrize("name", ["own", "sdg", "los", "trondheim", "plangraf"])
def test_the_command_and_the_service_agree(name: str, text: str, tmp_path: Path, validator: UploadValidator) -> None:
    file = tmp_path / f"{name}.ttl"
    file.write_text(PREFIXES + text, encoding="utf-8")
    command, service = _reports(file, validator)
    assert command == service


def test_the_labels_of_the_reference_are_not_the_file_s(tmp_path: Path, validator: UploadValidator) -> None:
    file = tmp_path / "own.ttl"
    file.write_text(
        PREFIXES
        + SCHEME
        + 'sdg:6 a skos:Concept ; skos:inScheme <http://metadata.un.org/sdg> ; skos:prefLabel "Water for all"@en ;\n'
        '  skos:altLabel "Clean water and sanitation"@en .',
        encoding="utf-8",
    )
    for document in _reports(file, validator):
        assert document["counts"] == {"violation": 0, "warning": 0, "info": 0}


def test_a_label_of_a_goal_of_the_un_makes_no_link_to_it_false(tmp_path: Path, validator: UploadValidator) -> None:
    plan = (shipped.EXAMPLES / "plan.ttl").read_text(encoding="utf-8")
    file = tmp_path / "own.ttl"
    file.write_text(plan + 'sdg:13 skos:prefLabel "Klima"@nb .\n', encoding="utf-8")
    for document in _reports(file, validator):
        assert document["counts"] == {"violation": 0, "warning": 0, "info": 0}, document["results"]
