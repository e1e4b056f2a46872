import pyoxigraph as ox
import pytest

from plangraf.languages import InterfaceLanguage
from plangraf.site.document.concept import concept_page
from plangraf.site.document.target_chart import TargetCourse, TargetRow
from plangraf.view.page import Metadata
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading

INDICATOR = "https://w3id.org/plangraf/id/eksempelvik/plan/indicator/1"
DATA = f"""
PREFIX plan: <https://w3id.org/plangraf/ontology#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
<{INDICATOR}> a plan:Indicator ;
  plan:baseline 1200.50 ; plan:baselineYear "2018"^^xsd:gYear ; plan:target 60 ; plan:targetYear "2030"^^xsd:gYear .
"""


@pytest.mark.parametrize(
    ("content", "baseline"),
    [("nb", "1\N{NO-BREAK SPACE}200,50"), ("nn", "1\N{NO-BREAK SPACE}200,50"), ("en", "1,200.50")],
)
def test_an_indicator_has_its_values_as_the_reader_writes_numbers(content: InterfaceLanguage, baseline: str) -> None:
    triples = [quad.triple for quad in ox.parse(DATA, format=ox.RdfFormat.TURTLE)]
    page = concept_page(Reading(triples, Reader(content, named=True)), INDICATOR, Metadata())
    course = page.context["course"]
    assert isinstance(course, TargetCourse)
    assert course.baseline == TargetRow("2018", baseline)
    assert course.target == TargetRow("2030", "60")
    assert page.context["numbers"] == [], "the table has them"
