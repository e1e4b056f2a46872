import pyoxigraph as ox

from plangraf.view.reader import Reader
from plangraf.view.reading import Reading
from plangraf.view.statement_sources import read_statement_sources

DATA = """
@prefix dct: <http://purl.org/dc/terms/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix plan: <https://w3id.org/plangraf/ontology#> . @prefix sdg: <http://metadata.un.org/sdg/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @base <https://e.example/> .
<source/vision> a owl:Axiom ; owl:annotatedSource <plan> ; owl:annotatedProperty plan:vision ;
  owl:annotatedTarget "Sammen"@nb ; dct:source <page> , <other> .
<source/alt> a owl:Axiom ; owl:annotatedSource <plan> ; owl:annotatedProperty skos:altLabel ;
  owl:annotatedTarget "KPS"@nb ; dct:source <page> .
<source/place> a owl:Axiom ; owl:annotatedSource <plan> ; owl:annotatedProperty dct:spatial ;
  owl:annotatedTarget <sted> ; dct:source <page> .
<source/without> a owl:Axiom ; owl:annotatedSource <plan> ; owl:annotatedProperty dct:title ;
  owl:annotatedTarget "P"@nb .
<claim/1> a owl:Axiom ; owl:annotatedSource <plan> ; owl:annotatedProperty plan:contributesToSDG ;
  owl:annotatedTarget sdg:1 ; plan:basis plan:Editorial ; dct:source <page> .
<claim/2> a owl:Axiom ; owl:annotatedSource <plan> ; owl:annotatedProperty plan:contributesToSDG ;
  owl:annotatedTarget sdg:2 ; dct:source <page> .
<claim/3> a owl:Axiom ; owl:annotatedSource <plan> ; owl:annotatedProperty dct:subject ;
  owl:annotatedTarget <theme> ; plan:basis plan:Editorial ; dct:source <page> .
<source/else> a owl:Axiom ; owl:annotatedSource <goal> ; owl:annotatedProperty plan:level ;
  owl:annotatedTarget "mål"@nb ; dct:source <page> .
"""


def test_what_gives_the_source_of_one_statement_is_told_from_claims_and_from_other_things() -> None:
    triples = [quad.triple for quad in ox.parse(DATA, format=ox.RdfFormat.TURTLE)]
    found = read_statement_sources(Reading(triples, Reader("nb", named=False)), "https://e.example/plan")
    told = [(source.property.iri.rpartition("#")[2].rpartition("/")[2], len(source.sources)) for source in found]
    assert sorted(told) == [("altLabel", 1), ("spatial", 1), ("vision", 2)]
    assert {source.text.text for source in found if source.text} == {"Sammen", "KPS"}
    assert [source.value.iri for source in found if source.value] == ["https://e.example/sted"]
