"""Small inputs that went wrong, which lie beside the repository: what a check of each reports."""

import logging
import os
from pathlib import Path

import pytest
from rdflib.term import Literal

from plangraf import shipped
from plangraf.formats import JSON_LD, RDF_XML, TRIG, TURTLE, Format
from plangraf.namespaces import BASE, PREFIXES
from plangraf.release.check import check_files
from plangraf.sources.dataset import list_files
from plangraf.validation.process import UploadValidator
from plangraf.validation.report import Report
from plangraf.validation.result import Severity


@pytest.fixture(scope="module")
def cases() -> Path:
    """Return the folder of the inputs."""
    folder = Path(os.environ.get("PLANGRAF_CASES", shipped.ROOT.parent / "shared" / "cases"))
    if not folder.is_dir():
        message = f"no inputs at {folder}; PLANGRAF_CASES names their folder"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)  # who has not got them may still work; the gate, with CI=true, has failed above
    return folder


def check(path: Path) -> Report:
    return check_files(list_files([path]), list_files([shipped.DATA]))


def found(report: Report) -> list[tuple[str, str]]:
    """Return the shapes of the results and what they are about: the value, or the end of the name of the node."""
    return sorted(
        (
            str(result.shape).removeprefix(PREFIXES["psh"]),
            str(result.value)
            if isinstance(result.value, Literal)
            else str(result.value or result.focus).split("/")[-1],
        )
        for result in report.results
    )


def shapes_of(report: Report) -> set[str]:
    return {shape for shape, _ in found(report)}


def test_the_example_of_the_guide_has_no_result(cases: Path) -> None:
    assert found(check(cases / "base-ok.ttl")) == []


def test_text_that_xml_cannot_hold_is_named_with_its_place_and_likely_cause(cases: Path) -> None:
    report = check(cases / "vertical-tab-crlf-bad-date.ttl")
    assert shapes_of(report) == {"XMLText", "Plan-issued"}
    [result] = (each for each in report.results if str(each.shape).endswith("XMLText"))
    assert result.severity == Severity.VIOLATION
    assert result.location is not None
    assert result.location.line == 45
    for part in ("U+000B", "Character number 27", "samfunnsdel", "a line break pasted from a slide"):
        assert part in result.messages["en"]
    assert "et linjeskift limt inn fra et lysbilde" in result.messages["nb"]


def test_a_property_without_an_xml_name_is_a_warning(cases: Path) -> None:
    report = check(cases / "odd-labels-and-predicates.ttl")
    names = [(shape, value) for shape, value in found(report) if not shape.endswith("Text")]
    assert names == [("XMLName", "x"), ("XMLName", "y")]
    assert {each.severity for each in report.results if str(each.shape).endswith("XMLName")} == {Severity.WARNING}


def test_every_ill_typed_value_is_one_result_and_nothing_is_logged(
    cases: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        report = check(cases / "ill-typed-numbers-and-years.ttl")
    values = [
        *("25", "2037-12-31", "1e3", "Infinity", "NaN", "1_000", " 5", "٣", "1_0.5"),  # the period, then baselines
        *("25", "2025-03-20", "2025-03", "abc", "", "202"),  # baseline years
        *("abc", "NaN", "Infinity", "2028-13", "2029-W12-4", "2030-01-01T00:00:00Z", "1e3"),  # observations
    ]
    # Indicators of the case shall decrease from 5 to 60, which is found beside what is wrong with their years.
    ill_typed = [value for shape, value in found(report) if shape != "DirectionNumbers"]
    assert sorted(ill_typed) == sorted(values)
    assert [record for record in caplog.records if record.name.startswith("rdflib")] == []


def test_addresses_that_no_page_can_have_are_refused(cases: Path) -> None:
    hashes = ["samfunnsplan-2025-2037#goal-1", "samfunnsplan-2025-2037#goal-1.1", "samfunnsplan-2025-2037#strategy-1"]
    assert found(check(cases / "hash-iris.ttl")) == [("DeadAddress", name) for name in hashes]
    odd = ["a?b=c", "foo.html", "foo.ttl", "h#frag", "å", "Ж", "😀"]
    assert found(check(cases / "odd-addresses.ttl")) == [("DeadAddress", name) for name in odd]


@pytest.mark.parametrize("name", ["", "/ontology#Mine", "/shapes#Mine", "/id", "/catalog"])
def test_a_thing_at_a_fixed_address_of_ours_is_told_where_it_can_be(name: str, tmp_path: Path) -> None:
    source = tmp_path / "a.ttl"
    source.write_text(f'<{BASE}{name}> <{PREFIXES["skos"]}prefLabel> "Vann"@nb .')
    [result] = (each for each in check(source).results if str(each.shape).endswith("DeadAddress"))
    assert str(result.focus) == f"{BASE}{name}"
    assert "are below id/ and graph/" in result.messages["en"]
    assert f"such as {BASE}/id/eksempelvik/" in result.messages["en"]


@pytest.mark.parametrize(
    ("value", "datatype", "normal"),
    [
        ("0", "positiveInteger", "0"),
        ("-1", "nonNegativeInteger", "-1"),
        ("Infinity", "double", "'INF'^^xsd:double"),
        ("-Infinity", "float", "'-INF'^^xsd:float"),
        ("+5", "negativeInteger", "5"),
    ],
)
@pytest.mark.parametrize("subject", ["<https://vik.example/b>", "[]"])
def test_only_the_ill_typed_of_two_equal_values_is_reported_and_as_written(
    subject: str, value: str, datatype: str, normal: str, tmp_path: Path
) -> None:
    source = tmp_path / "a.ttl"
    source.write_text(
        f"@prefix xsd: <{PREFIXES['xsd']}> . @prefix e: <https://vik.example/> .\n"
        f"e:a e:p {normal} ; e:q {normal} .\n{subject} e:p true ;\n  e:q '{value}'^^xsd:{datatype} .\n"
    )
    [result] = check(source).results
    assert str(result.shape) == f"{PREFIXES['psh']}LexicalForm"
    assert str(result.path) == "https://vik.example/q"
    assert isinstance(result.value, Literal)
    assert (str(result.value), str(result.value.datatype)) == (value, PREFIXES["xsd"] + datatype)
    assert f'"{value}" is not an xsd:{datatype}:' in result.messages["en"]
    assert result.location is not None
    assert result.location.line == 4


RELATIVE = {
    TURTLE: '<goal/1> <http://www.w3.org/2004/02/skos/core#note> "x"@nb .',
    TRIG: '<https://example.org/g> { <goal/1> <http://www.w3.org/2004/02/skos/core#note> "x"@nb }',
    JSON_LD: '{"@id": "goal/1", "http://www.w3.org/2004/02/skos/core#note": {"@value": "x", "@language": "nb"}}',
    RDF_XML: (
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="http://www.w3.org/2004/02/skos/core#">'
        '<r:Description r:about="goal/1"><s:note xml:lang="nb">x</s:note></r:Description></r:RDF>'
    ),
}


def test_relative_addresses_are_refused(cases: Path) -> None:
    report = check(cases / "no-base.ttl")
    names = ["1", "1.1", "1", "1.1-13.1", "adoption", "period"]
    assert found(report) == sorted(("RelativeAddress", name) for name in names)
    assert "@base <https://w3id.org/" in report.results[0].messages["en"]


@pytest.mark.parametrize("rdf_format", RELATIVE, ids=lambda rdf_format: rdf_format.key)
def test_relative_addresses_are_refused_in_every_form_and_in_uploads(rdf_format: Format, tmp_path: Path) -> None:
    file = tmp_path / f"data.{rdf_format.extension}"
    file.write_text(RELATIVE[rdf_format], encoding="utf-8")
    assert shapes_of(check(file)) == {"RelativeAddress"}
    upload = UploadValidator().validate(RELATIVE[rdf_format].encode(), rdf_format)
    assert shapes_of(upload) == {"RelativeAddress"}


PREFIX_LINES = "".join(
    f"@prefix {name}: <{PREFIXES[name]}> .\n"
    for name in ("dcat", "dct", "foaf", "org", "owl", "prov", "rdfs", "sdg", "sdgo", "skos", "vcard", "xsd")
)
EU_LICENCE = "http://publications.europa.eu/resource/authority/licence/"
EUVOC = "http://publications.europa.eu/ontology/euvoc#"
SCHEME = """
<https://vik.example/s> a skos:ConceptScheme ; skos:prefLabel "Temaer"@nb ;
  skos:hasTopConcept <https://vik.example/a> .
<https://vik.example/a> a skos:Concept ; skos:inScheme <https://vik.example/s> ; skos:prefLabel "Vann"@nb .
"""
# What is added to a valid scheme, and the shapes that report it.
ADDITIONS = [
    ("<https://vik.example/a> skos:narrowMatch sdg:19 .", {"DanglingSDG"}),
    ("<https://vik.example/x> dct:subject sdg:13.22 .", {"DanglingSDG"}),
    ("<https://vik.example/x> dct:subject <http://metadata.un.org/sdg/13#x> .", {"DanglingSDG"}),
    ("<https://vik.example/x> dct:subject <https://metadata.un.org/sdg/13#x> .", {"DanglingSDG"}),
    ("<https://vik.example/x> dct:subject <http://metadata.un.org/sdg#13> .", {"DanglingSDG"}),
    ("<https://vik.example/x> dct:subject <http://metadata.un.org/sdgs/13> .", {"DanglingSDG"}),
    ("<https://vik.example/x> dct:subject <http://metadata.un.org/sdg/goal/13/> .", {"DanglingSDG"}),
    ("<https://vik.example/a> skos:broadMatch <http://metadata.un.org/sdg/13#x> .", {"DanglingSDG"}),
    ("<https://vik.example/a> skos:broadMatch <http://unstats.un.org/sdgs/13> .", {"SDGAddress"}),
    ("<https://vik.example/x> dct:subject <https://unstats.un.org/sdgs/goals/goal13/> .", {"SDGAddress"}),
    ("<https://vik.example/x> dct:source <https://unstats.un.org/sdgs/report/2023/> .", set()),
    ("<https://vik.example/x> dct:references <http://metadata.un.org/sdg/ontology> .", set()),
    ("<https://vik.example/x> dct:subject sdgo:Goal .", set()),
    ("<https://vik.example/a> skos:related <https://vik.example/b> .", {"DanglingLink"}),
    ("<https://vik.example/a> skos:related <https://other.example/b> .", set()),
    ("<https://vik.example/d> prov:wasAttributedTo 'Vik kommune'@de .", {"LiteralForIRI"}),
    ("<https://vik.example/d> vcard:hasEmail 'post@vik.example' .", {"LiteralForIRI"}),
    (
        "<https://vik.example/d> org:memberOf 'KS'@nb ; foaf:homepage 'https://vik.example/'^^xsd:anyURI .",
        {"LiteralForIRI"},
    ),
    ("<https://vik.example/a> dct:temporary <https://vik.example/p> .", {"KnownTerm"}),
    ("<https://vik.example/x> a skos:concept .", {"KnownTerm"}),
    ("<https://vik.example/a> dct:created '2025-03-20'^^xsd:Date .", {"KnownTerm"}),
    ("<https://vik.example/a> dct:created '2025-02-30'^^xsd:date .", {"LexicalForm"}),
    ("<https://vik.example/a> skos:altLabel '\\u00A0'@nb .", {"BlankText"}),
    (
        "<https://vik.example/b> a skos:Concept ; skos:inScheme <https://vik.example/s> ; skos:prefLabel 'Vann'@nb .",
        {"LabelUnique"},
    ),
    (
        "<https://vik.example/b> a skos:Concept ; skos:inScheme <https://vik.example/s> ;"
        " skos:prefLabel 'Vann'@nb , 'Lakes'@en . <https://vik.example/a> skos:prefLabel 'Rivers'@en .",
        set(),
    ),
    ("<https://vik.example/a> a sdgo:Goal .", {"ForeignClass"}),
    ("<https://vik.example/a> a sdgo:Tier .", {"ForeignClass"}),
    *(
        (
            f"<https://vik.example/g> a sdgo:{kind} , skos:Concept ; skos:prefLabel 'Mål'@nb ;"
            f" skos:inScheme <http://metadata.un.org/sdg> {further} .",
            {"ForeignClass"},
        )
        for kind in ("Goal", "Target", "Indicator")
        for further in ("", "; skos:topConceptOf <http://metadata.un.org/sdg>", "; skos:broader sdg:13")
    ),
    ("<https://vik.example/a> a <http://publications.europa.eu/ontology/euvoc#Country> .", {"ForeignClass"}),
    (f"<https://vik.example/a> a <{EUVOC}XlNote> .", {"ForeignClass"}),
    (f"<http://europa.eu.vik.example/x> a <{EUVOC}XlNote> .", {"ForeignClass"}),
    (f"<http://eurovoc.europa.eu/xl_en_1> a <{EUVOC}XlNote> .", set()),
    (f"<https://data.europa.eu/x> a <{EUVOC}XlNote> , <http://eurovoc.europa.eu/schema#Domain> .", set()),
    (f"<https://vik.example/a> skos:note [ a <{EUVOC}XlNote> ] .", set()),
    ("<https://vik.example/l> a dct:Location .", {"Location"}),
    ("<https://vik.example/x> a dcat:Catalog ; dct:spatial [ a dct:Location ; dcat:bbox 'POINT(10 63)' ] .", set()),
    (
        "<https://vik.example/x> a foaf:Person ; dct:spatial [ a dct:Location ; dcat:bbox 'POINT(10 63)' ] .",
        {"Location"},
    ),
]


@pytest.mark.parametrize(("addition", "expected"), ADDITIONS)
def test_what_is_added_to_a_scheme_is_reported_by_one_shape(
    addition: str, expected: set[str], tmp_path: Path
) -> None:
    (tmp_path / "scheme.ttl").write_text(PREFIX_LINES + SCHEME + addition, encoding="utf-8")
    assert shapes_of(check(tmp_path / "scheme.ttl")) == expected


def test_a_fault_that_a_derived_statement_repeats_is_one_result_at_the_line_of_the_stated_one(tmp_path: Path) -> None:
    text = f"""{PREFIX_LINES}{SCHEME}
<https://vik.example/t> a skos:ConceptScheme ; skos:prefLabel "Mer"@nb ; skos:hasTopConcept <https://vik.example/e> .
<https://vik.example/e> a skos:Concept ; skos:inScheme <https://vik.example/t> ; skos:prefLabel "Elv"@nb .
<https://vik.example/a>
  skos:narrower <https://vik.example/e> .
<https://vik.example/é> skos:broader <https://vik.example/a> ; skos:inScheme <https://vik.example/s> ;
  a skos:Concept ; skos:prefLabel "Å"@nb .
"""
    (tmp_path / "scheme.ttl").write_text(text, encoding="utf-8")
    report = check(tmp_path / "scheme.ttl")
    lines = text.splitlines()
    places = {
        str(each.shape).removeprefix(PREFIXES["psh"]): lines[(each.location.line or 0) - 1]
        for each in report.results
        if each.location is not None
    }
    assert len(report.results) == 3
    assert places["BroaderAcrossSchemes"] == "  skos:narrower <https://vik.example/e> ."
    assert places["IRICharacters"].startswith("<https://vik.example/é> skos:broader")
    assert places["TopConcept-broader"].startswith("<https://vik.example/e>")


def test_links_to_nothing_are_found(cases: Path) -> None:
    assert found(check(cases / "dangling-sdg-broadmatch.ttl")) == [("DanglingSDG", "13.9")]
    own = [("DanglingLink", name) for name in ("gone", "gone2", "missing", "s2")]
    assert found(check(cases / "dangling-in-own-namespace.ttl")) == own


def test_text_where_an_iri_is_due_is_said_once_and_not_blamed_on_its_language(cases: Path) -> None:
    mappings = check(cases / "literal-mapping.ttl")
    assert shapes_of(mappings) == {"LiteralForIRI"}
    assert len(mappings.results) == 8
    assert "<http://eurovoc.europa.eu/718>" in mappings.results[0].messages["en"]
    dataset = found(check(cases / "dataset-literals.ttl"))
    literals = ["CSV", "DCAT-AP-NO", "PUBLIC", "Trondheim", "https://www.eksempelvik.example/", "statistikk", "årlig"]
    assert [value for shape, value in dataset if shape == "LiteralForIRI"] == literals
    assert {shape for shape, _ in dataset} == {"LiteralForIRI", "Dataset-theme", "Dataset-contactPoint"}


def test_the_right_fact_under_another_property_is_named_as_such(cases: Path) -> None:
    report = check(cases / "period-schema-dates.ttl")
    periods = [each for each in report.results if "Period" in str(each.shape) or "Other" in str(each.shape)]
    assert {str(each.shape).removeprefix(PREFIXES["psh"]) for each in periods} == {"OtherVocabulary"}
    assert sorted(each.messages["en"].partition("write ")[2].split()[0] for each in periods) == [
        "dcat:endDate",
        "dcat:startDate",
    ]


@pytest.mark.parametrize(
    ("licence", "right"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC_BY_4_0"),
        ("https://spdx.org/licenses/CC-BY-4.0", "CC_BY_4_0"),
        ("http://spdx.org/licenses/ODbL-1.0.html", "ODC_BL"),
        ("https://data.norge.no/nlod/no/2.0", "NLOD_2_0"),
        ("https://vik.example/terms", None),
    ],
)
def test_another_address_of_a_licence_is_a_hint(licence: str, right: str | None, tmp_path: Path) -> None:
    [result] = _report_on_licences(f"<{licence}>", tmp_path).results
    assert str(result.shape) == f"{PREFIXES['psh']}LicenceAddress"
    assert result.severity == Severity.INFO
    table = "http://publications.europa.eu/resource/authority/licence"
    assert f"<{table}/{right}>." in result.messages["en"] if right else f"<{table}>" in result.messages["en"]


@pytest.mark.parametrize("licences", ["[]", "'NLOD'", f"<{EU_LICENCE}CC0> , <{EU_LICENCE}NLOD_2_0>"])
def test_a_distribution_has_one_licence_as_an_iri(licences: str, tmp_path: Path) -> None:
    [result] = _report_on_licences(licences, tmp_path).results
    assert result.severity == Severity.VIOLATION


def test_a_licence_of_the_eus_table_has_no_result(tmp_path: Path) -> None:
    assert _report_on_licences(f"<{EU_LICENCE}CC_BY_4_0>", tmp_path).results == ()


def _report_on_licences(licences: str, folder: Path) -> Report:
    """Return the report on a distribution that has the licences."""
    (folder / "data.ttl").write_text(
        f"{PREFIX_LINES} <https://vik.example/d> a dcat:Distribution ; dcat:accessURL <https://vik.example/x> ;"
        f" dct:license {licences} .",
        encoding="utf-8",
    )
    return check(folder / "data.ttl")


def test_an_own_thing_with_the_uns_class_is_one_result(cases: Path) -> None:
    report = check(cases / "own-indicator-typed-sdgo.ttl")
    assert shapes_of(report) == {"ForeignClass"}
    [result] = report.results
    assert result.messages["en"].startswith("sdgo:Indicator is the UN's class for its own.")
    assert "plan:Indicator or skos:Concept" in result.messages["en"]


@pytest.mark.parametrize("name", ["TimeOrder", "HierarchyKind", "DirectionNumbers", "BlankText"])
def test_nonsense_that_has_all_its_parts_is_refused(name: str, cases: Path) -> None:
    assert name in {shape for shape, _ in found(check(cases / "five-faults.ttl"))}


def test_one_claim_hides_no_other_links_without_theirs(cases: Path) -> None:
    unclaimed = [value for shape, value in found(check(cases / "unclaimed.ttl")) if shape == "UnclaimedContribution"]
    assert sorted(unclaimed) == ["14", "5"]
