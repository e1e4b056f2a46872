"""Mistakes beyond the shipped examples: the smallest change to a valid plan that makes a shape speak, alone."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, SH, URIRef
from tests.validation.shipped_names import names_with_a_message

from plangraf import shipped
from plangraf.namespaces import ONTOLOGY, PREFIXES, compact
from plangraf.sources.dataset import read_dataset
from plangraf.sources.rdf import read_file
from plangraf.validation.report import Report
from plangraf.validation.result import Severity
from plangraf.validation.shapes import Shapes
from plangraf.validation.validate import validate
from plangraf.vocabulary import PLAN_CONCEPTS

BASE = """\
@prefix plan: <https://w3id.org/plangraf/ontology#> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix pav: <http://purl.org/pav/> .
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

<municipality> a foaf:Agent ; rdfs:label "Kommunen"@nb ; dct:source <municipality-page> .
<council> a foaf:Agent ; rdfs:label "Kommunestyret"@nb ; dct:source <council-page> .
<municipality> a foaf:Agent ; rdfs:label "Kommunen"@nb ; dct:source <municipality-page> .

<plan> a plan:Plan ;
  skos:prefLabel "Planen"@nb ;
  dct:title "Kommuneplanens samfunnsdel"@nb ;
  dct:publisher <municipality> ;
  dct:language <http://publications.europa.eu/resource/authority/language/NOB> ;
  dct:dateAccepted "2022-11-17"^^xsd:date ;
  adms:status plan:Adopted ;
  dct:temporal <period> ;
  skos:hasTopConcept <goal/1> ;
  prov:wasGeneratedBy <adoption> ;
  plan:transcription plan:StrategiesMissing , plan:SDGLinksMissing ;
  plan:vision "Sammen"@nb ;
  dct:source <plan-page> .

<adoption> a prov:Activity ;
  plan:eventType plan:Adoption ;
  dct:date "2022-11-17"^^xsd:date ; prov:wasAssociatedWith <council> ; dct:source <adoption-page> .
<workshop> a prov:Activity ; rdfs:label "Et folkemøte"@nb .
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
  pav:authoredOn "2026-11-23"^^xsd:date ;
  dct:creator <municipality> ;
  dct:source <page-k> .

<claim-13.2> a owl:Axiom ;
  owl:annotatedSource <goal/1.1> ;
  owl:annotatedProperty skos:broadMatch ;
  owl:annotatedTarget sdg:13.2 ;
  plan:basis plan:Editorial ;
  sssom:mapping_justification semapv:ManualMappingCuration ;
  dct:creator <editor> ;
  dct:source <page-j> .

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
HELD = 'dct:date "2022-11-17"^^xsd:date'
STATEMENT = """\
<vision-source> a owl:Axiom ; owl:annotatedSource <plan> ; owl:annotatedProperty plan:vision ;
  owl:annotatedTarget "Sammen"@nb ; dct:source <page-v> .
"""
# The shape or rule, what stands in the base plan, and what to write instead.
MISTAKES = [
    ("Plan-label", '"Planen"@nb', '""@nb'),
    ("Plan-publisher", "dct:publisher <municipality>", 'dct:publisher "Kommunen"'),
    ("Plan-language", "language/NOB>", "language/nob>"),
    ("Plan-dateAccepted", '"2022-11-17"^^xsd:date ;\n  adms', '"2022-17-11"^^xsd:date ;\n  adms'),
    ("Plan-topConcept", "skos:hasTopConcept <goal/1> ;", "skos:hasTopConcept <goal/1> , <challenge> ;"),
    ("PlanConcept-notation", '"1.1"', "1.1"),
    ("source", "dct:source <plan-page>", 'dct:source "nettsiden"@nb'),
    ("supports", "plan:supports <goal/1.1>", "plan:supports sdg:13"),
    ("Indicator-measures", "plan:measures <goal/1.1>", "plan:measures <challenge>"),
    ("DefinedTerm", "<challenge> a plan:Challenge", "<challenge> a plan:Challenge , plan:challenge"),
    ("LanguageTag", '"Sammen"@nb', '"Sammen"@nb-NO'),
    ("Namespace", "<plan> a plan:Plan ;", "<plan> <http://data.europa.eu/r5rstars> <all> ; a plan:Plan ;"),
    ("Namespace", "<plan> a plan:Plan ;", "<plan> <https://www.w3.org/ns/prov#used> <all> ; a plan:Plan ;"),
    ("Labels-onePreferred", '"Planen"@nb', '"Planen"@nb , "Navnet"@nb'),
    ("Labels-onePreferred", '"Delmålet"@nb', '"Delmålet"@nb , "Det samme"@nb'),
    ("PlanConcept-notation", '"1.1"', '" 1.1"'),
    ("PlanConcept-notation", '"1.1"', '"1.1 "'),
    ("Claim-basis", "  plan:basis plan:StatedInPlan ;\n", ""),
    (
        "Namespace",
        "<plan> a plan:Plan ;",
        "<plan> a <https://www.w3.org/2004/02/skos/core#ConceptScheme> , plan:Plan ;",
    ),
    ("TextWithoutLanguage", '"Planen"@nb', '"Planen"@nb ; dct:description "Alt om planen"'),
    ("LiteralForIRI", '"Planen"@nb', '"Planen"@nb ; dct:spatial "Eksempelvik"@nb'),
    ("IRICharacters", "dct:source <page-1.1>", "dct:source <side-på-nett>"),
    ("DanglingOwn", "plan:represents <all>", "plan:represents <https://w3id.org/plangraf/id/all>"),
    ("SDGAddress", "plan:represents <all>", "plan:represents <https://www.metadata.un.org/sdg/13>"),
    ("Cycle", "skos:broader <goal/1>", "skos:broader <goal/1.1>"),
    ("Plan-planType", "plan:vision", "plan:planType sdg:13 ; plan:vision"),
    ("Plan-planType", "plan:vision", "plan:planType <goal/1> ; plan:vision"),
    ("Plan-page", "plan:vision", "foaf:page <plan> ; plan:vision"),
    ("audience", "plan:vision", "dct:audience plan:Adopted ; plan:vision"),
    ("Event-type", "plan:eventType plan:Adoption", "plan:eventType plan:Adopted"),
    ("Event-type", "plan:eventType plan:Adoption", "plan:eventType plan:Adoption , sdg:13"),
    ("Event-date", f"  {HELD} ;", '  dct:date "2022-11-17T10:00:00"^^xsd:dateTime ;'),
    ("Event-date", f"  {HELD} ;", '  dct:date "2022"@nb ;'),
    ("Event-who", "prov:wasAssociatedWith <council>", "prov:wasAssociatedWith <goal/1>"),
    ("Event-identifier", HELD, f"dct:identifier 91.20 ; {HELD}"),
    ("Adoption", "prov:wasAssociatedWith <council> ;", ""),
    ("Event-plan", "prov:wasGeneratedBy <adoption> ;", ""),
    ("Plan-eventType", "prov:wasGeneratedBy", "prov:wasInfluencedBy <workshop> ; prov:wasGeneratedBy"),
    (
        "Period-end",
        '"2032-12-31"^^xsd:date',
        '"2032-12-31"^^xsd:date , "2032-12"^^xsd:gYearMonth , "2032"^^xsd:gYear',
    ),
    ("PlanConcept-order", "plan:level", "plan:order 1.0 ; plan:level"),
    ("PlanConcept-order", "plan:level", 'plan:order "1" ; plan:level'),
    ("PlanConcept-priority", "plan:level", "plan:priority 0 ; plan:level"),
    ("PlanConcept-quotedFrom", "plan:level", "prov:wasQuotedFrom <goal/1> ; plan:level"),
    ("QuotedWording", "plan:AsAdopted", "plan:AsQuoted"),
    ("QuotedWording", "plan:AsAdopted", "plan:InOurWords ; prov:wasQuotedFrom <page-q>"),
    (
        "Goal-transcription",
        "<strategy> a plan:Strategy ;",
        "<strategy> a plan:Strategy ; plan:transcription plan:GoalsMissing ;",
    ),
    ("Mapping-broadMatch", "skos:broadMatch sdg:13.2", "skos:broadMatch sdg:13.2 , <council>"),
    ("Claim-quote", "plan:basis plan:StatedInPlan", 'plan:basis plan:StatedInPlan ; plan:quote "Det står der."'),
    ("Claim-confidence", "plan:basis plan:StatedInPlan", "plan:basis plan:StatedInPlan ; sssom:confidence true"),
    ("Claim-property", "  owl:annotatedProperty plan:contributesToSDG ;\n", ""),
    (
        "Axiom",
        "  plan:basis plan:StatedInPlan ;\n  sssom:mapping_justification semapv:ManualMappingCuration ;\n",
        "",
    ),
    ("Axiom", "<edition> a", f"{STATEMENT.replace('owl:annotatedProperty plan:vision ;', '')}<edition> a"),
    ("SourcedStatement", "<edition> a", f"{STATEMENT.replace('dct:source', 'rdfs:seeAlso')}<edition> a"),
    ("SourcedStatement", "<edition> a", f"{STATEMENT.replace('<vision-source>', '[]')}<edition> a"),
]
INFORMING = dict.fromkeys(
    ("IRICharacters", "Event-plan", "Plan-eventType", "QuotedWording", "SourcedStatement"), Severity.WARNING
)


def report_on(text: str, folder: Path, shapes: Shapes) -> Report:
    """Return the report on a plan with nothing but the vocabulary beside it."""
    file = folder / "plan.ttl"
    file.write_text(text, encoding="utf-8")
    return validate(read_dataset([file]), read_file(shipped.ONTOLOGY, ox.NamedNode(ONTOLOGY)), shapes)


def test_the_valid_plan_has_no_result(tmp_path: Path, shapes: Shapes) -> None:
    assert report_on(BASE, tmp_path, shapes).results == ()


def test_a_plan_whose_goals_are_all_missing_is_no_violation(tmp_path: Path, shapes: Shapes) -> None:
    top = "  skos:hasTopConcept <goal/1> ;\n"
    text = BASE.replace(top, "").replace("plan:StrategiesMissing", "plan:GoalsMissing")
    report = report_on(text, tmp_path, shapes)
    found = {str(result.shape).removeprefix(PREFIXES["psh"]) for result in report.results}
    assert found == {"Plan-goalsMissing", "LooseGoal"}  # the goals that it has after all hang loose
    assert report.conforms


def test_every_property_shape_and_every_rule_has_a_message(shapes: Shapes) -> None:
    kinds = (SH.PropertyShape, SH.SPARQLConstraint)
    assert [
        shape for kind in kinds for shape in shapes.graph.subjects(RDF.type, kind) if not shapes.messages(shape)
    ] == []


def test_every_rule_that_lists_kinds_of_things_in_a_plan_lists_all(shapes: Shapes) -> None:
    kinds = {compact(iri) for kind in PLAN_CONCEPTS for iri in kind.classes}
    lists = {
        (rule.iri, found): set(re.findall(r"plan:\w+", found))
        for rule in shapes.rules
        for found in re.findall(r"VALUES \?\w+ \{([^}]*)\}", rule.select)
    }
    listed = {place: terms for place, terms in lists.items() if len(terms & kinds) > len(kinds) / 2}
    assert listed
    lacking = {place[0]: kinds - terms for place, terms in listed.items() if kinds - terms}
    assert lacking.keys() <= {f"{PREFIXES['psh']}NumberIRI"}  # actor groups are not numbered


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


@pytest.mark.parametrize(("shape", "old", "new"), MISTAKES)
def test_the_smallest_change_makes_exactly_this_shape_speak(
    shape: str, old: str, new: str, tmp_path: Path, shapes: Shapes
) -> None:
    assert BASE.count(old) == 1
    report = report_on(BASE.replace(old, new), tmp_path, shapes)
    assert {str(result.shape).removeprefix(PREFIXES["psh"]) for result in report.results} == {shape}
    assert report.results[0].severity == INFORMING.get(shape, Severity.VIOLATION)
    assert report.conforms == (shape in INFORMING)
    assert set(report.results[0].messages) == {"nb", "en"}
    assert report.results[0].location is not None


def test_a_fault_of_an_adoption_that_two_shapes_check_is_one_result(tmp_path: Path, shapes: Shapes) -> None:
    [result] = report_on(BASE.replace(f"  {HELD} ;", ""), tmp_path, shapes).results
    assert str(result.shape) == f"{PREFIXES['psh']}Event-when"


def test_an_adoption_that_has_lost_its_type_is_checked_as_one(tmp_path: Path, shapes: Shapes) -> None:
    text = BASE.replace("  plan:eventType plan:Adoption ;\n", "").replace(
        f"{HELD} ; prov:wasAssociatedWith <council> ;", ""
    )
    found = {str(result.shape).removeprefix(PREFIXES["psh"]) for result in report_on(text, tmp_path, shapes).results}
    assert found >= {"Adoption", "Event-when"}
