"""The publishers, their places and their numbers."""

import pyoxigraph as ox
import pytest
from tests.data.asking import rows

from plangraf.namespaces import ID


def test_each_publisher_has_its_plans(store: ox.Store) -> None:
    found = rows(store, "SELECT ?l (COUNT(?p) AS ?n) { ?p dct:publisher/rdfs:label ?l . ?p a plan:Plan "
        "FILTER (LANG(?l) = 'nb') } GROUP BY ?l ORDER BY ?l")  # fmt: skip
    assert found == [
        ("Asker kommune", "2"),
        ("Bærum kommune", "1"),
        ("Drammen kommune", "1"),
        ("Kristiansand kommune", "1"),
        ("Kristiansund kommune", "1"),
        ("Sunndal kommune", "1"),
        ("Trondheim kommune", "4"),
    ]


def test_a_municipality_has_the_numbers_that_are_known_and_no_other(store: ox.Store) -> None:
    found = rows(
        store,
        "SELECT ?l ?o ?k ?c ?n { ?m a org:Organization ; rdfs:label ?l ; dct:identifier ?o ; dct:spatial ?place . "
        "?place dct:identifier ?k ; dct:isPartOf ?county . ?county dct:identifier ?c ; rdfs:label ?n "
        "FILTER (LANG(?l) = 'nb' && LANG(?n) = 'nb') } ORDER BY ?l",
    )
    assert found == [
        ("Asker kommune", "920125298", "3203", "32", "Akershus"),
        ("Bærum kommune", "935478715", "3201", "32", "Akershus"),
        ("Drammen kommune", "921234554", "3301", "33", "Buskerud"),
        ("Kristiansand kommune", "820852982", "4204", "42", "Agder"),
        ("Kristiansund kommune", "991891919", "1505", "15", "Møre og Romsdal"),
        ("Sunndal kommune", "964981604", "1563", "15", "Møre og Romsdal"),
        ("Trondheim kommune", "942110464", "5001", "50", "Trøndelag"),
    ]


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
