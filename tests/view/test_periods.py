import pyoxigraph as ox
import pytest

from plangraf.view.periods import written_period
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading

PREFIXES = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://e.example/> .
"""


@pytest.mark.parametrize(
    ("data", "written"),
    [
        ('<p> dct:temporal <t> . <t> rdfs:label "et annet navn"@nb ; dcat:startDate "2020"^^xsd:gYear', "fra 2020"),
        ('<p> dct:temporal <t> . <t> dcat:startDate "2020"^^xsd:gYear ; dcat:endDate "2031"^^xsd:gYear', "2020–2031"),
        ('<p> dct:temporal <t> . <t> rdfs:label "fire år fra vedtaket"@nb', "fire år fra vedtaket"),
        ("<p> dct:temporal <t>", None),
        ('<p> dct:title "Uten periode"@nb', None),
    ],
)
def test_a_period_is_told_by_its_dates_else_by_its_label(data: str, written: str | None) -> None:
    triples = [quad.triple for quad in ox.parse(f"{PREFIXES}{data} .", format=ox.RdfFormat.TURTLE)]
    assert written_period(Reading(triples, Reader("nb", named=False)), "https://e.example/p") == written
