"""A wrong prefix is one mistake, at the line of its declaration."""

import orjson
import pytest

from plangraf.formats import JSON_LD, RDF_XML, TURTLE, Format
from plangraf.validation.process import UploadValidator
from plangraf.validation.render import to_json

DC = "http://purl.org/dc/"  # the right one ends in terms/
CONCEPTS = "".join(
    f'e:c{n} a skos:Concept ; skos:inScheme e:s ; skos:prefLabel "Emne {n}"@nb ; dct:modified "2026-01-0{n}" .\n'
    for n in range(1, 8)
)
HEAD = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix e: <https://example.org/> .
"""


@pytest.fixture(scope="module")
def validator() -> UploadValidator:
    return UploadValidator()


def _results(data: str, rdf_format: Format, shape: str, validator: UploadValidator) -> list[dict[str, object]]:
    report = orjson.loads(to_json(validator.validate(data.encode(), rdf_format)))
    return [result for result in report["results"] if result["sourceShape"].endswith(f"#{shape}")]


@pytest.mark.parametrize("declared", ["@prefix dct: <{}> .", "PREFIX dct: <{}>", "  @prefix  dct:  <{}>."])
def test_a_wrong_prefix_is_one_result_at_its_line(declared: str, validator: UploadValidator) -> None:
    data = HEAD + "\n" + declared.format(DC) + "\n" + CONCEPTS
    [result] = _results(data, TURTLE, "Namespace", validator)
    assert result["line"] == 4


def test_two_wrong_prefixes_are_two_results(validator: UploadValidator) -> None:
    data = HEAD + f"@prefix dct: <{DC}> .\n@prefix prov: <https://www.w3.org/ns/prov#> .\n" + CONCEPTS
    data += "e:c1 prov:wasDerivedFrom e:x . e:c2 prov:wasDerivedFrom e:y ."
    assert sorted(str(result["line"]) for result in _results(data, TURTLE, "Namespace", validator)) == ["3", "4"]


def test_links_with_one_wrong_prefix_are_one_result(validator: UploadValidator) -> None:
    data = HEAD + "@prefix sdg: <https://metadata.un.org/sdg/> .\n" + CONCEPTS.replace("dct:modified", "skos:note")
    data += "".join(f"e:c{n} skos:broadMatch sdg:{n} .\n" for n in range(1, 8))
    [result] = _results(data, TURTLE, "SDGAddress", validator)
    assert result["line"] == 3


def test_without_a_prefix_each_has_its_line(validator: UploadValidator) -> None:
    data = HEAD + "".join(f"e:c{n} skos:broadMatch <https://metadata.un.org/sdg/{n}> .\n" for n in range(1, 4))
    assert [result["line"] for result in _results(data, TURTLE, "SDGAddress", validator)] == [3, 4, 5]


def test_a_wrong_namespace_of_rdf_xml_is_one_result(validator: UploadValidator) -> None:
    data = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"\n  xmlns:dct="'
        + DC
        + '">\n'
        + "".join(
            f'<rdf:Description rdf:about="https://example.org/{n}"><dct:title>x</dct:title></rdf:Description>\n'
            for n in range(4)
        )
        + "</rdf:RDF>"
    )
    [result] = _results(data, RDF_XML, "Namespace", validator)
    assert result["line"] == 2


def test_a_wrong_namespace_of_a_context_is_one_result(validator: UploadValidator) -> None:
    data = (
        '{"@context": {\n "dct": "'
        + DC
        + '"},\n "@graph": ['
        + ",\n".join(f'{{"@id": "https://example.org/{n}", "dct:title": "x"}}' for n in range(4))
        + "]}"
    )
    [result] = _results(data, JSON_LD, "Namespace", validator)
    assert result["line"] == 2
