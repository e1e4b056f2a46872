"""The values of an indicator over time, from a file to the page, the data and a query."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from tests.servers import serving

from plangraf import shipped
from plangraf.namespaces import ID, expand

INDICATOR = "eksempelvik/samfunnsplan-2025-2037/indicator"
MANY = "".join(
    f"""
<observation/2-{year}> a qb:Observation ;
  qb:dataSet <observations> ;
  plan:indicator <indicator/2> ;
  sdmx-dimension:refPeriod "{year}"^^xsd:gYear ;
  sdmx-measure:obsValue {year - 1800}.25 ;
  dct:source <https://www.eksempelvik.example/tall> .
"""
    for year in range(1500, 2000)
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a server with the invented plan, in which a second indicator has 500 values."""
    data: Path = tmp_path_factory.mktemp("data")
    folder = data / "eksempelvik" / "samfunnsplan-2025-2037"
    folder.mkdir(parents=True)
    (folder / "plan.ttl").write_text(shipped.EXAMPLE.read_text(encoding="utf-8") + MANY, encoding="utf-8")
    with serving("--data", str(data)) as server:
        yield server.address


def _page(address: str, number: int) -> str:
    answer = httpx.get(f"{address}/doc/{INDICATOR}/{number}?lang=en", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    return answer.text


def test_an_indicator_shows_its_values_with_line_table_target_and_sources(address: str) -> None:
    page = _page(address, 1)
    assert "Values over time" in page
    assert page.count("<circle") == 4, "the baseline, two values and the target"
    assert ">1.8</a>" in page
    assert "3.5</strong>" in page
    assert 'href="https://www.eksempelvik.example/arsrapport-2025.pdf"' in page


def test_500_values_are_all_there_and_folded(address: str) -> None:
    page = _page(address, 2)
    assert len(page.partition('points="')[2].partition('"')[0].split()) == 500
    assert page.count('<td data-label="Value">') == 500
    assert "All the values (500)" in page


def test_the_data_of_an_indicator_hold_its_values(address: str) -> None:
    body = httpx.get(f"{address}/doc/{INDICATOR}/1.nt").content
    triples = [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]
    value = ox.NamedNode(expand("sdmx-measure:obsValue"))
    assert {triple.object.value for triple in triples if triple.predicate == value} == {"1.5", "1.8"}


def test_an_observation_has_a_page_and_stands_in_a_cube_with_a_structure(address: str) -> None:
    path = "/doc/eksempelvik/samfunnsplan-2025-2037/observation/1-2024"
    assert httpx.get(address + path, headers={"Accept": "text/html"}).status_code == 200
    query = """PREFIX qb: <http://purl.org/linked-data/cube#>
    SELECT ?part { ?o qb:dataSet/qb:structure/qb:component/(qb:dimension|qb:measure) ?part . FILTER (?o = <%s>) }"""
    iri = f"{ID}{path.removeprefix('/doc/')}"
    answer = httpx.get(f"{address}/sparql", params={"query": query % iri, "format": "json"}).json()
    found = {row["part"]["value"] for row in answer["results"]["bindings"]}
    assert found == {*map(expand, ("plan:indicator", "sdmx-dimension:refPeriod", "sdmx-measure:obsValue"))}


# The integrity constraints of Data Cube (section 11.1) on what this vocabulary has; each asks for a breach.
CONSTRAINTS = {
    "IC-1": """{ ?obs a qb:Observation FILTER NOT EXISTS { ?obs qb:dataSet ?set . ?set a qb:DataSet } }
      UNION { ?obs a qb:Observation ; qb:dataSet ?set , ?other FILTER (?set != ?other) }""",
    "IC-2": """{ ?set a qb:DataSet FILTER NOT EXISTS { ?set qb:structure ?dsd . ?dsd a qb:DataStructureDefinition } }
      UNION { ?set a qb:DataSet ; qb:structure ?dsd , ?other FILTER (?dsd != ?other) }""",
    "IC-3": """?dsd a qb:DataStructureDefinition
      FILTER NOT EXISTS { ?dsd qb:component/(qb:componentProperty|qb:measure) ?measure }""",
    "IC-4": """?own qb:dimension ?dim . FILTER STRSTARTS(STR(?dim), "https://w3id.org/plangraf/")
      FILTER NOT EXISTS { ?dim <http://www.w3.org/2000/01/rdf-schema#range> ?range }""",
    "IC-11": """?obs qb:dataSet/qb:structure/qb:component/qb:dimension ?dim FILTER NOT EXISTS { ?obs ?dim ?value }""",
    "IC-12": """?obs qb:dataSet ?set ; plan:indicator ?i ; sdmx:refPeriod ?t .
      ?other qb:dataSet ?set ; plan:indicator ?i ; sdmx:refPeriod ?t . FILTER (?obs != ?other)""",
    "IC-14": """?obs qb:dataSet/qb:structure/qb:component/qb:measure ?measure
      FILTER NOT EXISTS { ?obs ?measure ?n }""",
}


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_the_values_keep_the_constraints_of_data_cube(address: str, constraint: str) -> None:
    query = f"""PREFIX qb: <http://purl.org/linked-data/cube#> PREFIX plan: <https://w3id.org/plangraf/ontology#>
    PREFIX sdmx: <http://purl.org/linked-data/sdmx/2009/dimension#> ASK {{ {CONSTRAINTS[constraint]} }}"""
    answer = httpx.get(f"{address}/sparql", params={"query": query, "format": "json"})
    assert answer.json()["boolean"] is False
