import pyoxigraph as ox
import pytest

from plangraf.linkeddata.schema_org import for_page
from plangraf.linkeddata.statements import Statements

DATA = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @base <https://e.example/> .
<dataset> dct:title "Data om planen"@nb ; dct:subject <plan> ; dct:issued "2026-11-25T12:00:00Z"^^xsd:dateTime .
<plan> dct:title "Planen"@nb
"""


@pytest.mark.parametrize(
    ("dates", "published"),
    [
        ('; dct:dateAccepted "2022-11-17"^^xsd:date', "2022-11-17"),
        ('; dct:dateAccepted "2022"^^xsd:gYear', "2022"),
        ('; dct:issued "2023-02"^^xsd:gYearMonth ; dct:dateAccepted "2022"^^xsd:gYear', "2023-02"),
        ("", None),
    ],
)
def test_a_plan_was_published_when_it_was_issued_or_adopted_as_exactly_as_is_known(
    dates: str, published: str | None
) -> None:
    triples = [quad.triple for quad in ox.parse(f"{DATA}{dates} .", format=ox.RdfFormat.TURTLE)]
    about = for_page(Statements(triples), "https://e.example/dataset", "nb")["about"]
    assert isinstance(about, list)
    [plan] = about
    assert plan.get("datePublished") == published
