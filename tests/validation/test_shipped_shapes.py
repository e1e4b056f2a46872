"""Every shipped shape with a message, and the smallest change to a valid plan that makes it speak."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, SH, URIRef

from plangraf import shipped
from plangraf.namespaces import ONTOLOGY, PREFIXES
from plangraf.sources.dataset import read_dataset
from plangraf.sources.rdf import read_file
from plangraf.validation.report import Report, Severity
from plangraf.validation.shapes import Shapes
from plangraf.validation.validate import validate

BASE = """\
@prefix plan: <https://w3id.org/plangraf/ontology#> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sdg: <http://metadata.un.org/sdg/> .
@prefix sdgo: <http://metadata.un.org/sdg/ontology#> .
@prefix semapv: <https://w3id.org/semapv/vocab/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sssom: <https://w3id.org/sssom/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://example.org/plan/> .

<graph> plan:graphRole plan:PublishersText ;
  dct:title "Grafen"@nb ;
  dct:creator <editor> ;
  dct:license <licence> .

<council> a foaf:Agent ; rdfs:label "Kommunestyret"@nb ; dct:source <council-page> .

<plan> a plan:Plan ;
  skos:prefLabel "Planen"@nb ;
  dct:title "Kommuneplanens samfunnsdel"@nb ;
  dct:publisher <municipality> ;
  dct:language <http://publications.europa.eu/resource/authority/language/NOB> ;
  dct:issued "2022-11-17"^^xsd:date ;
  adms:status plan:Adopted ;
  dct:temporal <period> ;
  skos:hasTopConcept <goal/1> ;
  prov:wasGeneratedBy <adoption> ;
  plan:transcription plan:StrategiesMissing ;
  plan:vision "Sammen"@nb ;
  dct:source <plan-page> .

<adoption> a prov:Activity ;
  dct:date "2022-11-17"^^xsd:date ; prov:wasAssociatedWith <council> ; dct:source <adoption-page> .
<period> a dct:PeriodOfTime ; dcat:startDate "2020"^^xsd:gYear ; dcat:endDate "2032-12-31"^^xsd:date .

<goal/1> a plan:Goal ; skos:inScheme <plan> ; skos:notation "1" ; skos:prefLabel "Målet"@nb ; dct:source <page-1> .
<goal/1.1> a plan:Goal ;
  skos:inScheme <plan> ;
  skos:broader <goal/1> ;
  skos:notation "1.1" ;
  skos:prefLabel "Delmålet"@nb ;
  skos:definition "Hva det er"@nb ;
  plan:level "delmål"@nb ;
  plan:wording plan:AsAdopted ;
  plan:addresses <challenge> ;
  plan:contributesToSDG sdg:13 ;
  skos:broadMatch sdg:13.2 ;
  skos:relatedMatch sdg:13 ;
  skos:closeMatch sdg:13.2 ;
  dct:source <page-1.1> .

<challenge> a plan:Challenge ; skos:inScheme <plan> ; skos:prefLabel "Klima"@nb ; dct:source <page-c> .
<actor> a plan:ActorGroup ; skos:inScheme <plan> ; skos:prefLabel "Alle"@nb ; dct:source <page-a> ;
  plan:represents <all> .
<strategy> a plan:Strategy ; skos:inScheme <plan> ; skos:prefLabel "Vi bygger"@nb ; dct:source <page-s> ;
  plan:supports <goal/1.1> ; plan:responsible <actor> .
<contribution> a plan:Contribution ; skos:inScheme <plan> ; skos:prefLabel "Andre bygger"@nb ; dct:source <page-b> ;
  plan:supports <goal/1> ; plan:carriedOutBy <actor> .
<indicator> a plan:Indicator ; skos:inScheme <plan> ; skos:prefLabel "Utslipp"@nb ; dct:source <page-i> ;
  plan:measures <goal/1.1> ;
  plan:direction plan:Decrease ;
  plan:baseline 120.5 ; plan:baselineYear "2018"^^xsd:gYear ;
  plan:target 60 ; plan:targetYear "2030"^^xsd:gYear ;
  plan:unit "tonn"@nb .

<claim> a owl:Axiom ;
  owl:annotatedSource <goal/1.1> ;
  owl:annotatedProperty plan:contributesToSDG ;
  owl:annotatedTarget sdg:13 ;
  plan:basis plan:StatedInPlan ;
  sssom:mapping_justification semapv:ManualMappingCuration ;
  sssom:mapping_date "2026-11-23"^^xsd:date ;
  dct:creator <editor> ;
  dct:source <page-k> .

<edition> a skos:Collection ; skos:prefLabel "Utgaven"@nb ; skos:member sdg:C130201 ; dct:source <un> .
sdg:13 a sdgo:Goal , skos:Concept ; skos:inScheme <http://metadata.un.org/sdg> ; skos:notation "13" ;
  skos:prefLabel "Klima"@nb , "Climate"@en ; dct:source <un> .
sdg:13.2 a sdgo:Target , skos:Concept ; skos:inScheme <http://metadata.un.org/sdg> ; skos:notation "13.2" ;
  skos:prefLabel "Tiltak"@nb , "Measures"@en ; skos:broader sdg:13 ; dct:source <un> .
sdg:C130201 a sdgo:Indicator , skos:Concept ; skos:inScheme <http://metadata.un.org/sdg> ; skos:notation "13.2.1" ;
  skos:prefLabel "Indikator"@nb , "Indicator"@en ; skos:broader sdg:13.2 ; dct:identifier "C130201" ;
  sdgo:tier sdgo:tier_I ; dct:source <un> .
sdgo:tier_I a sdgo:Tier .
"""
END = "sdgo:tier_I a sdgo:Tier ."
BLANK_CHALLENGE = "[] a plan:Challenge ; skos:inScheme <plan> ; skos:prefLabel 'Uten navn'@nb ; dct:source <page> ."
BLANK_CLAIM = """[] a owl:Axiom ; owl:annotatedSource <goal/1.1> ; owl:annotatedProperty skos:broadMatch ;
  owl:annotatedTarget sdg:13.2 ; plan:basis plan:Editorial ; dct:creator <editor> ; dct:source <page> ;
  sssom:mapping_justification semapv:ManualMappingCuration ."""
SLASH_AT_THE_END = """<http://metadata.un.org/sdg/14/> a sdgo:Goal , skos:Concept ; skos:notation "14" ;
  skos:inScheme <http://metadata.un.org/sdg> ; skos:prefLabel "Havet"@nb , "The sea"@en ; dct:source <un> ."""

# The shape or rule, what stands in the base plan, and what to write instead.
EXAMPLES = [
    ("Plan", "<plan> a plan:Plan ;", "<plan> a plan:Plan , skos:Concept ;"),
    ("Plan-label", '"Planen"@nb', '"Planen"@nb , "Navnet"@nb'),
    ("Plan-label", '"Planen"@nb', '"Planen"'),
    ("Plan-label", '"Planen"@nb', '""@nb'),
    ("Plan-title", '  dct:title "Kommuneplanens samfunnsdel"@nb ;\n', ""),
    ("Plan-publisher", "<municipality>", '"Kommunen"@nb'),
    ("Plan-publisher", "<municipality>", "<municipality> , <county>"),
    ("Plan-language", "<http://publications.europa.eu/resource/authority/language/NOB>", '"nb"'),
    ("Plan-language", "language/NOB>", "language/nob>"),
    ("Plan-issued", '"2022-11-17"^^xsd:date ;\n  adms', '"17.11.2022" ;\n  adms'),
    ("Plan-issued", '"2022-11-17"^^xsd:date ;\n  adms', '"2022-17-11"^^xsd:date ;\n  adms'),
    ("Plan-status", "plan:Adopted", "plan:Editorial"),
    ("Plan-temporal", "<period> ;\n  skos", "[ a dct:Location ] ;\n  skos"),
    ("Plan-goals", "  skos:hasTopConcept <goal/1> ;\n", ""),
    ("Plan-goalsMissing", "plan:StrategiesMissing", "plan:GoalsMissing"),
    ("Plan-topConcept", "skos:hasTopConcept <goal/1> ;", "skos:hasTopConcept <goal/1> , <challenge> ;"),
    ("Plan-adoption", "prov:wasGeneratedBy <adoption>", "prov:wasGeneratedBy <council>"),
    ("Plan-transcription", "plan:StrategiesMissing", "plan:Adopted"),
    ("Plan-vision", '"Sammen"@nb', '"Sammen"'),
    ("Adoption-date", 'dct:date "2022-11-17"^^xsd:date ; ', ""),
    ("Adoption-who", "prov:wasAssociatedWith <council>", 'prov:wasAssociatedWith "Kommunestyret"@nb'),
    ("Period-start", '"2020"^^xsd:gYear', '"2020"'),
    ("Period-end", ' ; dcat:endDate "2032-12-31"^^xsd:date', ""),
    ("PlanConcept", END, BLANK_CHALLENGE),
    ("PlanConcept-scheme", 'skos:inScheme <plan> ; skos:prefLabel "Klima"', 'skos:prefLabel "Klima"'),
    ("PlanConcept-label", '"Delmålet"@nb', '"Delmålet"'),
    ("PlanConcept-label", '"Delmålet"@nb', '"Delmålet"@nb , "Det samme"@nb'),
    ("PlanConcept-definition", '"Hva det er"@nb', '"Hva det er"'),
    ("PlanConcept-wording", "plan:AsAdopted", "plan:Adopted"),
    ("PlanConcept-exactMatch", "skos:closeMatch", "skos:exactMatch"),
    ("PlanConcept-notation", '"1.1"', '"1. 1"'),
    ("PlanConcept-notation", '"1.1"', "1.1"),
    ("source", " ;\n  dct:source <plan-page>", ""),
    ("source", "dct:source <plan-page>", 'dct:source "nettsiden"@nb'),
    ("Goal-notation", '  skos:notation "1.1" ;\n', ""),
    ("Goal-broader", "skos:broader <goal/1>", "skos:broader sdg:13"),
    ("Goal-level", '"delmål"@nb', '"delmål"'),
    ("Goal-addresses", "plan:addresses <challenge>", "plan:addresses <actor>"),
    ("Goal-transcription", "plan:level", "plan:transcription plan:StrategiesMissing ; plan:level"),
    ("Goal-statementMissing", "plan:level", "plan:transcription plan:StatementMissing ; plan:level"),
    ("Goal-titleMissing", "plan:level", "plan:transcription plan:TitleMissing ; plan:level"),
    ("supports", "plan:supports <goal/1.1> ; ", ""),
    ("supports", "plan:supports <goal/1.1>", "plan:supports sdg:13"),
    ("Strategy-responsible", "plan:responsible <actor>", "plan:responsible <council>"),
    ("Contribution-carriedOutBy", "plan:carriedOutBy <actor>", "plan:carriedOutBy <council>"),
    ("ActorGroup-represents", "plan:represents <all>", 'plan:represents "Alle"@nb'),
    ("Indicator-measures", "  plan:measures <goal/1.1> ;\n", ""),
    ("Indicator-measures", "plan:measures <goal/1.1>", "plan:measures <challenge>"),
    ("Indicator-direction", "plan:Decrease", "plan:Adopted"),
    ("Indicator-baseline", "120.5", '"120,5"@nb'),
    ("Indicator-target", "plan:target 60", 'plan:target "60"'),
    ("Indicator-baselineYear", '"2018"^^xsd:gYear', "2018"),
    ("Indicator-targetYear", '"2030"^^xsd:gYear', "2030"),
    ("Indicator-unit", '"tonn"@nb', '"tonn"'),
    ("SDGLink-target", "plan:contributesToSDG sdg:13 ;", "plan:contributesToSDG <https://metadata.un.org/sdg/13> ;"),
    ("SDGLink-target", "plan:contributesToSDG sdg:13 ;", "plan:contributesToSDG <http://metadata.un.org/sdg/13/> ;"),
    ("SDGLink-claim", "owl:annotatedSource <goal/1.1>", "owl:annotatedSource <goal/1>"),
    ("Mapping-broadMatch", "skos:broadMatch sdg:13.2", "skos:broadMatch sdg:13.9"),
    ("Mapping-relatedMatch", "skos:relatedMatch sdg:13 ", "skos:relatedMatch sdg:18 "),
    ("Mapping-closeMatch", "skos:closeMatch sdg:13.2", "skos:closeMatch sdg:13.9"),
    ("Claim", END, BLANK_CLAIM),
    ("Claim-source", "owl:annotatedSource <goal/1.1>", "owl:annotatedSource <goal/1.1> , <goal/1>"),
    ("Claim-property", "owl:annotatedProperty plan:contributesToSDG", "owl:annotatedProperty skos:exactMatch"),
    ("Claim-target", "owl:annotatedTarget sdg:13", "owl:annotatedTarget sdg:18"),
    ("Claim-basis", "  plan:basis plan:StatedInPlan ;\n", ""),
    ("Claim-justification", "semapv:ManualMappingCuration", '"for hånd"@nb'),
    ("Claim-date", '"2026-11-23"^^xsd:date', '"23.11.2026"'),
    ("Claim-creator", "dct:creator <editor> ;\n  dct:source", "dct:source"),
    ("Graph-role", "plan:PublishersText", "plan:Adopted"),
    ("Graph-title", '"Grafen"@nb', '"Grafen"'),
    ("Graph-creator", "  dct:creator <editor> ;\n  dct:license", "  dct:license"),
    ("Graph-licence", "dct:license <licence>", 'dct:license "NLOD"'),
    ("Agent-label", ' ; rdfs:label "Kommunestyret"@nb', ""),
    ("Collection-label", '"Utgaven"@nb', '"Utgaven"'),
    ("Collection-member", "skos:member sdg:C130201", "skos:member sdg:C130209"),
    ("SDGConcept", END, SLASH_AT_THE_END),
    (
        "SDGConcept-scheme",
        '<http://metadata.un.org/sdg> ; skos:notation "13" ',
        '<http://metadata.un.org/sdg/> ; skos:notation "13" ',
    ),
    ("SDGConcept-label", '"Klima"@nb , "Climate"@en', '"Klima"@nb'),
    ("SDGConcept-notation", '"13.2"', "13.2"),
    ("SDGTarget-goal", " ; skos:broader sdg:13 ;", " ;"),
    ("SDGIndicator-target", "skos:broader sdg:13.2 ;", "skos:broader sdg:13 ;"),
    ("SDGIndicator-code", '"C130201"', '"13.2.1"'),
    ("SDGIndicator-tier", "sdgo:tier sdgo:tier_I", "sdgo:tier sdgo:tier_IV"),
    ("DefinedTerm", "<plan> a plan:Plan ;", '<plan> plan:visjon "Sammen"@nb ; a plan:Plan ;'),
    ("DefinedTerm", "<challenge> a plan:Challenge", "<challenge> a plan:Challenge , plan:challenge"),
    ("LanguageTag", '"Sammen"@nb', '"Sammen"@no'),
    ("LanguageTag", '"Sammen"@nb', '"Sammen"@nb-NO'),
    ("LanguageTag", '"Sammen"@nb', '"Samen"@de'),
    ("Namespace", "<plan> a plan:Plan ;", "<plan> <http://purl.org/dc/creator> <editor> ; a plan:Plan ;"),
    ("Namespace", "<plan> a plan:Plan ;", "<plan> <http://data.europa.eu/r5rstars> <all> ; a plan:Plan ;"),
    ("Namespace", "<plan> a plan:Plan ;", "<plan> <https://www.w3.org/ns/prov#used> <all> ; a plan:Plan ;"),
]
INFORMING = {
    "Goal-statementMissing": Severity.INFO,
    "Goal-titleMissing": Severity.INFO,
    "Plan-goalsMissing": Severity.INFO,
    "SDGLink-claim": Severity.WARNING,
}


def report_on(text: str, folder: Path, shapes: Shapes) -> Report:
    """Return the report on a plan with nothing but the vocabulary beside it."""
    file = folder / "plan.ttl"
    file.write_text(text, encoding="utf-8")
    return validate(read_dataset([file]), read_file(shipped.ONTOLOGY, ox.NamedNode(ONTOLOGY)), shapes)


def names_with_a_message(shapes: Shapes) -> set[str]:
    return {
        str(shape).removeprefix(PREFIXES["psh"])
        for shape, kind in shapes.graph.subject_objects(RDF.type)
        if kind in (SH.NodeShape, SH.PropertyShape, SH.SPARQLConstraint) and shapes.messages(shape)
    }


def test_the_valid_plan_has_no_result(tmp_path: Path, shapes: Shapes) -> None:
    assert report_on(BASE, tmp_path, shapes).results == ()


def test_a_plan_whose_goals_are_all_missing_is_no_violation(tmp_path: Path, shapes: Shapes) -> None:
    top = "  skos:hasTopConcept <goal/1> ;\n"
    text = BASE.replace(top, "").replace("plan:StrategiesMissing", "plan:GoalsMissing")
    report = report_on(text, tmp_path, shapes)
    assert [str(result.shape).removeprefix(PREFIXES["psh"]) for result in report.results] == ["Plan-goalsMissing"]
    assert report.conforms


def test_every_shape_with_a_message_has_an_example(shapes: Shapes) -> None:
    assert {shape for shape, _, _ in EXAMPLES} == names_with_a_message(shapes)


def test_every_property_shape_and_every_rule_has_a_message(shapes: Shapes) -> None:
    kinds = (SH.PropertyShape, SH.SPARQLConstraint)
    assert [
        shape for kind in kinds for shape in shapes.graph.subjects(RDF.type, kind) if not shapes.messages(shape)
    ] == []


def test_every_message_is_in_bokmål_and_english(shapes: Shapes) -> None:
    names = names_with_a_message(shapes)
    messages = {name: shapes.messages(URIRef(PREFIXES["psh"] + name)) for name in names}
    assert {
        name for name in names if set(messages[name]) != {"nb", "en"} or not all(messages[name].values())
    } == set()
    assert {name for name in names if messages[name]["nb"] == messages[name]["en"]} == set()


def test_every_shape_has_one_message_in_each_language(shapes: Shapes) -> None:
    for name in names_with_a_message(shapes):
        assert len(list(shapes.graph.objects(URIRef(PREFIXES["psh"] + name), SH.message))) == 2, name


@pytest.mark.parametrize(("shape", "old", "new"), EXAMPLES)
def test_the_smallest_change_makes_exactly_this_shape_speak(
    shape: str, old: str, new: str, tmp_path: Path, shapes: Shapes
) -> None:
    assert BASE.count(old) == 1
    report = report_on(BASE.replace(old, new if old != END else f"{END}\n{new}"), tmp_path, shapes)
    assert {str(result.shape).removeprefix(PREFIXES["psh"]) for result in report.results} == {shape}
    assert report.results[0].severity == INFORMING.get(shape, Severity.VIOLATION)
    assert report.conforms == (shape in INFORMING)
    assert set(report.results[0].messages) == {"nb", "en"}
    assert report.results[0].location is not None
