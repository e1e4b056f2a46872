import pyoxigraph as ox
import pytest

from plangraf.namespaces import PREFIXES
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading
from plangraf.view.territory import TerritoryKind, read_territory

PLACE = "https://e.example/place"


def reading(turtle: str) -> Reading:
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    quads = ox.parse(f"{prefixes}@base <https://e.example/> .\n{turtle}", format=ox.RdfFormat.TURTLE)
    return Reading([quad.triple for quad in quads], Reader("nb", named=False))


@pytest.mark.parametrize(
    ("place", "kind", "county"),
    [
        ('dct:identifier "5001" ; dct:isPartOf <county>', TerritoryKind.MUNICIPALITY, "https://e.example/county"),
        ("dct:isPartOf <county>", TerritoryKind.MUNICIPALITY, "https://e.example/county"),
        ('dct:identifier "5001"', TerritoryKind.MUNICIPALITY, None),
        ('dct:identifier "50"', TerritoryKind.COUNTY, PLACE),
        ('dct:identifier "NO"', None, None),
    ],
)
def test_the_number_of_the_place_tells_a_municipality_from_a_county(
    place: str, kind: TerritoryKind | None, county: str | None
) -> None:
    of_publisher = reading(f"<by> dct:spatial <place> . <place> {place} .")
    of_plan = reading(f"<plan> dct:spatial <place> . <place> {place} .")
    for found in (
        read_territory(of_publisher, ("https://e.example/by",)),
        read_territory(of_plan, ("https://e.example/by",), ("https://e.example/plan",)),
    ):
        assert found.kind == kind
        assert (found.county.iri if found.county else None) == county


def test_a_publisher_without_a_place_has_no_territory() -> None:
    assert read_territory(reading('<by> rdfs:label "By"@nb .'), ("https://e.example/by",)).kind is None
