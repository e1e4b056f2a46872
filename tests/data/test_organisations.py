"""The publishers, their places and their numbers."""

import re

import pyoxigraph as ox
import pytest
from tests.data.asking import rows, values

from plangraf.namespaces import ID

REGISTRY = "https://organization-catalog.fellesdatakatalog.digdir.no/organizations/"


def test_each_publisher_has_an_iri_of_its_own_that_is_the_registrys_or_its_only_one(store: ox.Store) -> None:
    found = rows(
        store,
        "SELECT ?plan ?who ?own ?number { ?plan a plan:Plan ; dct:publisher ?who . OPTIONAL { ?own owl:sameAs ?who } "
        "OPTIONAL { ?who dct:identifier ?number } }",
    )
    assert found
    own: dict[str, set[str]] = {}
    for plan, who, same, number in found:
        own.setdefault(plan, set()).add(same or who)
        assert who == (REGISTRY + number if number else same or who)
    assert [plan for plan, iris in own.items() if ID + plan.removeprefix(ID).partition("/")[0] not in iris] == []


def test_an_own_iri_is_described_with_its_names_and_a_source(store: ox.Store) -> None:
    publishers = {
        ID + plan.removeprefix(ID).partition("/")[0] for plan in values(store, "SELECT ?p { ?p a plan:Plan }")
    }
    assert publishers == values(
        store,
        "SELECT ?own { ?own a foaf:Agent , org:Organization ; rdfs:label ?nb , ?en ; dct:source ?source "
        f"FILTER (STRSTARTS(STR(?own), '{ID}') && LANG(?nb) = 'nb' && LANG(?en) = 'en') }}",
    )


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("Asker kommune", ("920125298", "3203", "Akershus")),
        ("Bergen kommune", ("964338531", "4601", "Vestland")),
        ("Drammen kommune", ("921234554", "3301", "Buskerud")),
        ("Kristiansand kommune", ("820852982", "4204", "Agder")),
        ("Lørenskog kommune", ("842566142", "3222", "Akershus")),
        ("Sunndal kommune", ("964981604", "1563", "Møre og Romsdal")),
        ("Trondheim kommune", ("942110464", "5001", "Trøndelag")),
    ],
)
def test_a_municipality_has_the_numbers_of_the_registries(
    store: ox.Store, name: str, numbers: tuple[str, str, str]
) -> None:
    found = rows(
        store,
        f"SELECT ?o ?k ?n {{ ?m a org:Organization ; rdfs:label '{name}'@nb ; dct:identifier ?o ; "
        "dct:spatial ?place . ?place dct:identifier ?k ; dct:isPartOf/rdfs:label ?n FILTER (LANG(?n) = 'nb') }",
    )
    assert found == [numbers]


def test_a_municipality_is_in_the_county_of_its_number_and_a_county_is_its_own_place(store: ox.Store) -> None:
    found = rows(
        store,
        "SELECT DISTINCT ?who ?number ?county { ?plan a plan:Plan ; dct:publisher ?who ; dct:spatial ?place . "
        "?who dct:spatial ?place . ?place dct:identifier ?number "
        "OPTIONAL { ?place dct:isPartOf/dct:identifier ?county } }",
    )
    assert {who for who, _, _ in found} == values(store, "SELECT ?who { ?plan a plan:Plan ; dct:publisher ?who }")
    for who, number, county in found:
        assert re.fullmatch(r"\d{4}", number) if county else re.fullmatch(r"\d{2}", number), who
        assert number.startswith(county), who


def test_a_county_of_ours_has_its_number_in_the_iri(store: ox.Store) -> None:
    found = rows(store, f"SELECT ?c ?n {{ ?c dct:identifier ?n FILTER STRSTARTS(STR(?c), '{ID}county/') }}")
    assert found
    assert all(county == f"{ID}county/{number}" for county, number in found)


@pytest.mark.parametrize(("name", "number"), [("kristiansund", "991891919"), ("sunndal", "964981604")])
def test_an_iri_from_before_the_number_was_known_still_leads_to_the_municipality(
    store: ox.Store, name: str, number: str
) -> None:
    found = rows(store, f"SELECT ?n {{ <{ID}{name}/organisasjon> owl:sameAs/dct:identifier ?n }}")
    assert found == [(number,)]
