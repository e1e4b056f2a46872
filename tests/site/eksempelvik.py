"""An invented plan with everything that the page of a plan shows, for the tests of pages, tables and search."""

import asyncio
from pathlib import Path

import httpx
from tests.engines import running

from plangraf import settings
from plangraf.app import assemble_app, make_services
from plangraf.engine.schedule import Policy
from plangraf.namespaces import GRAPH, ID, PREFIXES
from plangraf.release.build import build_release
from plangraf.release.release import Release
from plangraf.search.index_build import index_release
from plangraf.sources.dataset import list_files

PLAN = f"{ID}eksempelvik/samfunnsdel"
BEFORE = f"{ID}eksempelvik/samfunnsdel-2010"
FOLLOWING = f"{ID}eksempelvik/handlingsprogram"

_PLAN = """
<samfunnsdel> a plan:Plan , skos:ConceptScheme ;
  skos:prefLabel "Eksempelvikløftet"@nb , "The Eksempelvik pledge"@en ; dct:title "Kommuneplanens samfunnsdel"@nb ;
  plan:vision "Sammen ved fjorden"@nb ;
  dct:publisher <kommunen> , <regionen> ; dct:language lang:NOB ; dct:identifier "eksempelvik/samfunnsdel" ;
  dct:dateAccepted "2022-11"^^xsd:gYearMonth ; dct:issued "2023"^^xsd:gYear ;
  dct:temporal <samfunnsdel/period> ; adms:status plan:Adopted ; plan:planType plan:SocialElement ;
  foaf:page <https://e.example/plan.pdf> ; dct:audience <samfunnsdel/actor/unge> ;
  dct:replaces <samfunnsdel-2010> ; plan:transcription plan:IndicatorsMissing , plan:HasNoSDGLinks ;
  prov:wasGeneratedBy <samfunnsdel/vedtak/1> , <samfunnsdel/vedtak/2> ;
  prov:wasInfluencedBy <samfunnsdel/program> , <samfunnsdel/horing> , <samfunnsdel/endring> ;
  prov:wasInvalidatedBy <samfunnsdel/oppheving> ;
  skos:hasTopConcept <samfunnsdel/focus/2> , <samfunnsdel/focus/1> ; dct:source <https://e.example/plan> .
<samfunnsdel/period> a dct:PeriodOfTime ; rdfs:label "til 2034"@nb ; dcat:endDate "2034"^^xsd:gYear .
<samfunnsdel-2010> a plan:Plan , skos:ConceptScheme ; skos:prefLabel "Planen fra 2010"@nb ; dct:publisher <kommunen> ;
  dct:temporal <samfunnsdel-2010/period> ; adms:status plan:Superseded ; plan:transcription plan:GoalsMissing .
<samfunnsdel-2010/period> a dct:PeriodOfTime ; dcat:startDate "2010"^^xsd:gYear .
<handlingsprogram> a plan:Plan , skos:ConceptScheme ; skos:prefLabel "Handlingsprogrammet"@nb ;
  dct:publisher <kommunen> ;
  adms:status plan:UnderPreparation ; plan:planType plan:ActionProgramme ; plan:followsUp <samfunnsdel> ;
  plan:transcription plan:GoalsMissing .
<kommunen> a foaf:Agent , org:Organization ; rdfs:label "Eksempelvik kommune"@nb , "Eksempelvik municipality"@en .
<regionen> a foaf:Agent , org:Organization ; rdfs:label "Eksempelregionen"@nb , "The Eksempel region"@en .
<bystyret> a foaf:Agent , org:OrganizationalUnit ; rdfs:label "Bystyret"@nb , "The city council"@en .
<formannskapet> a foaf:Agent , org:OrganizationalUnit ; rdfs:label "Formannskapet"@nb , "The executive board"@en .
<https://e.example/plan> a foaf:Document ; rdfs:label "Kommunens planside"@nb , "The municipality's plan page"@en .
<https://e.example/plan.pdf> a foaf:Document ; rdfs:label "Planen som PDF"@nb , "The plan as a PDF"@en .
<https://e.example/om-visjonen> a foaf:Document ; rdfs:label "Siden om visjonen"@nb , "The page on the vision"@en .

<samfunnsdel/program> a prov:Activity ; plan:eventType plan:Programme ; rdfs:label "Planprogrammet fastsettes"@nb ;
  dct:date "2020"^^xsd:gYear .
<samfunnsdel/horing> a prov:Activity ; plan:eventType plan:Hearing ; rdfs:label "Planen på høring"@nb ;
  dct:temporal <samfunnsdel/horing/frist> .
<samfunnsdel/horing/frist> a dct:PeriodOfTime ; dcat:endDate "2022-05-15"^^xsd:date .
<samfunnsdel/vedtak/1> a prov:Activity ; plan:eventType plan:Adoption ; rdfs:label "Vedtak i bystyret"@nb ;
  dct:date "2022-11-17"^^xsd:date ; dct:identifier "91/22" ; prov:wasAssociatedWith <bystyret> .
<samfunnsdel/vedtak/2> a prov:Activity ; plan:eventType plan:Adoption ; rdfs:label "Vedtak i formannskapet"@nb ;
  dct:date "2022-11-08"^^xsd:date ; prov:wasAssociatedWith <formannskapet> ; dct:source <https://e.example/plan> .
<samfunnsdel/endring> a prov:Activity ; plan:eventType plan:Amendment ; rdfs:label "Endring av planen"@nb ;
  skos:note "Kilden oppgir 31. juni, som ikke finnes."@nb .
<samfunnsdel/oppheving> a prov:Activity ; plan:eventType plan:Repeal ; rdfs:label "Planen oppheves"@nb ;
  dct:date "2034-01"^^xsd:gYearMonth .

<samfunnsdel/focus/1> a plan:FocusArea ; skos:inScheme <samfunnsdel> ; plan:order 2 ; plan:level "perspektiv"@nb ;
  skos:prefLabel "Grønn vekst"@nb ; dct:source <https://e.example/plan> .
<samfunnsdel/focus/2> a plan:FocusArea ; skos:inScheme <samfunnsdel> ; plan:order 1 ;
  skos:prefLabel "Åpen by"@nb ; dct:source <https://e.example/plan> .
<samfunnsdel/goal/zz-kommer-forst> a plan:Goal ; skos:inScheme <samfunnsdel> ; skos:broader <samfunnsdel/focus/2> ;
  plan:order 1 ; skos:prefLabel "Østlige bydeler får nye møteplasser"@nb ;
  plan:level "samfunnsmål"@nb , "hovedmål"@nb ;
  plan:priority 1 ; plan:wording plan:AsQuoted ; prov:wasQuotedFrom <https://e.example/plan> ;
  dct:source <https://e.example/plan> ; skos:broadMatch sdg:11.7 .
<samfunnsdel/goal/aa-kommer-sist> a plan:Goal ; skos:inScheme <samfunnsdel> ; skos:broader <samfunnsdel/focus/2> ;
  plan:order 2 ; skos:prefLabel "Alle har en å gå til"@nb ; dct:source <https://e.example/plan> .
<samfunnsdel/goal/10> a plan:Goal ; skos:inScheme <samfunnsdel> ; skos:broader <samfunnsdel/focus/1> ;
  skos:notation "A10" ; skos:prefLabel "Bussene går på strøm"@nb ; dct:source <https://e.example/plan> .
<samfunnsdel/goal/2> a plan:Goal ; skos:inScheme <samfunnsdel> ; skos:broader <samfunnsdel/focus/1> ;
  skos:notation "A2" ; skos:prefLabel "Utslippene halveres"@nb ; dct:source <https://e.example/plan> .
<samfunnsdel/strategy/moteplasser> a plan:Strategy ; skos:inScheme <samfunnsdel> ; skos:prefLabel "Åpne skolene"@nb ;
  plan:supports <samfunnsdel/goal/zz-kommer-forst> ; dct:source <https://e.example/plan> .
<samfunnsdel/measure/nokler> a plan:Measure ; skos:inScheme <samfunnsdel> ; skos:prefLabel "Digitale nøkler"@nb ;
  plan:implements <samfunnsdel/strategy/moteplasser> ; plan:order 2 ; dct:source <https://e.example/plan> .
<samfunnsdel/measure/vaktmestere> a plan:Measure ; skos:inScheme <samfunnsdel> ;
  skos:prefLabel "Vaktmestere om kvelden"@nb ;
  plan:implements <samfunnsdel/strategy/moteplasser> ; plan:order 1 ; plan:priority 3 ;
  dct:source <https://e.example/plan> .
<samfunnsdel/measure/trikk> a plan:Measure ; skos:inScheme <samfunnsdel> ; skos:prefLabel "Trikk til havna"@nb ;
  plan:implements <samfunnsdel/goal/2> ; dct:source <https://e.example/plan> .
<samfunnsdel/challenge/1> a plan:Challenge ; skos:inScheme <samfunnsdel> ; skos:prefLabel "Utenforskap"@nb ;
  dct:source <https://e.example/plan> .
<samfunnsdel/strength/1> a plan:Strength ; skos:inScheme <samfunnsdel> ; skos:prefLabel "Frivilligheten"@nb ;
  dct:source <https://e.example/plan> .
<samfunnsdel/actor/unge> a plan:ActorGroup ; skos:inScheme <samfunnsdel> ; skos:prefLabel "Unge"@nb ;
  dct:source <https://e.example/plan> .

<samfunnsdel/source/vision> a owl:Axiom ; owl:annotatedSource <samfunnsdel> ; owl:annotatedProperty plan:vision ;
  owl:annotatedTarget "Sammen ved fjorden"@nb ; dct:source <https://e.example/om-visjonen> .
<samfunnsdel/source/level> a owl:Axiom ; owl:annotatedSource <samfunnsdel/goal/zz-kommer-forst> ;
  owl:annotatedProperty skos:broader ; owl:annotatedTarget <samfunnsdel/focus/2> ;
  dct:source <https://e.example/om-visjonen> .
<samfunnsdel/link/11.7> a owl:Axiom ; owl:annotatedSource <samfunnsdel/goal/zz-kommer-forst> ;
  owl:annotatedProperty skos:broadMatch ; owl:annotatedTarget sdg:11.7 ; plan:basis plan:Editorial ;
  plan:quote "Bydelene skal ha grønne møteplasser for alle."@nb ;
  sssom:mapping_justification semapv:ManualMappingCuration ;
  pav:authoredOn "2026-11-20"^^xsd:date ; dct:creator <kommunen> ; dct:source <https://e.example/plan> .

sdg:11 a sdgo:Goal , skos:Concept ; skos:inScheme <http://metadata.un.org/sdg> ; skos:notation "11" ;
  skos:prefLabel "Bærekraftige byer"@nb , "Sustainable cities"@en .
sdg:11.7 a sdgo:Target , skos:Concept ; skos:inScheme <http://metadata.un.org/sdg> ; skos:broader sdg:11 ;
  skos:notation "11.7" ; skos:prefLabel "Grønne lunger"@nb , "Green spaces"@en .
"""
_SHAPE = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
<https://e.example/shape> a sh:NodeShape ; sh:targetNode <https://e.example/nobody> .
"""


def turtle() -> str:
    """Return the plan, the one before it and the one that follows it up, in one graph."""
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    graph = (
        f"<{GRAPH}eksempelvik> a prov:Entity ; plan:graphRole plan:PublishersText ; dct:creator <kommunen> ;\n"
        '  dct:title "Eksempelvik, oppdiktet"@nb , "Eksempelvik, invented"@en ;\n'
        "  prov:wasDerivedFrom <https://e.example/plan> ;\n"
        "  dct:license <http://publications.europa.eu/resource/authority/licence/NLOD_2_0> .\n"
    )
    languages = "@prefix lang: <http://publications.europa.eu/resource/authority/language/> .\n"
    return f"{prefixes}{languages}@base <{ID}eksempelvik/> .\n{graph}{_PLAN}"


def build(folder: Path) -> Release:
    """Build a release of the data in a folder, against no shape that matters."""
    data, shape = folder / "data" / "eksempelvik" / "plan.ttl", folder / "shape.ttl"
    data.parent.mkdir(parents=True)
    data.write_text(turtle(), encoding="utf-8")
    shape.write_text(_SHAPE, encoding="utf-8")
    return build_release(
        list_files([folder / "data"]), folder / "releases", shapes=(shape,), make_files=index_release
    )


def get(release: Release, *paths: str) -> list[str]:
    """Return what a site with the release answers at these paths: pages, unless an ending says otherwise."""

    async def ask() -> list[str]:
        async with running(release.quads, policy=Policy(workers=3)) as engine:
            services = make_services(engine, release.manifest, release.quads, (), (), settings.load())
            await services.indexes.index()
            transport = httpx.ASGITransport(assemble_app(services))
            async with httpx.AsyncClient(
                transport=transport, base_url="http://test", headers={"Accept": "text/html"}
            ) as client:
                answers = [await client.get(path) for path in paths]
            await services.close()
            assert [answer.status_code for answer in answers] == [200] * len(paths), answers[0].text[:500]
            return [answer.text for answer in answers]

    return asyncio.run(ask())
