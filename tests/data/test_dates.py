"""When plans were adopted and which years they are for, as exactly as the sources say."""

import pyoxigraph as ox
import pytest
from tests.data.asking import rows, values

from plangraf.namespaces import ID

TRONDHEIMSLØFTET = "trondheim/samfunnsplan-2020-2032"


def test_an_adoption_is_as_exact_as_its_source(store: ox.Store) -> None:
    found = rows(
        store,
        "SELECT ?p ?accepted ?date ?case ?who { ?p prov:wasGeneratedBy ?event . "
        "?event plan:eventType plan:Adoption ; prov:wasAssociatedWith/rdfs:label ?who FILTER (LANG(?who) = 'nb') "
        "OPTIONAL { ?p dct:dateAccepted ?accepted } OPTIONAL { ?event dct:date ?date } "
        "OPTIONAL { ?event dct:identifier ?case } } ORDER BY ?p",
    )
    assert found == [
        (f"{ID}asker/temaplan-handling-mot-klimaendringene", "2021-06-15", "2021-06-15", "", "Asker kommunestyre"),
        (f"{ID}baerum/samfunnsdel", "", "", "", "Bærum kommunestyre"),
        (f"{ID}sunndal/kommuneplan-2020-2030", "2020", "2020", "91/20", "Sunndal kommunestyre"),
        (ID + TRONDHEIMSLØFTET, "2022-11-17", "2022-11-17", "", "Trondheim bystyre"),
    ]
    assert rows(store, "SELECT ?p { ?p a plan:Plan ; dct:issued ?date }") == []


def test_a_period_is_as_exact_as_its_source(store: ox.Store) -> None:
    found = rows(
        store,
        "SELECT ?p ?from ?to { ?p a plan:Plan ; dct:temporal ?t OPTIONAL { ?t dcat:startDate ?from } "
        "OPTIONAL { ?t dcat:endDate ?to } }",
    )
    assert {(plan.removeprefix(ID), start, end) for plan, start, end in found} == {
        ("asker/kommuneplan-2020-2032", "2020", "2032"),
        ("baerum/samfunnsdel", "", "2040"),
        ("drammen/temaplan-boligutvikling-2023-2033", "2023", "2033"),
        ("kristiansand/sterkere-sammen", "", "2030"),
        ("kristiansund/samfunnsdel-2020-2032", "2020", "2032"),
        ("sunndal/kommuneplan-2020-2030", "2020", "2030"),
        ("trondheim/samfunnsplan-2009-2020", "2009", "2020"),
        (TRONDHEIMSLØFTET, "2020", "2032"),
    }


@pytest.mark.parametrize(
    ("name", "note", "words"),
    [
        ("sunndal/kommuneplan-2020-2030/adoption", "skos:note", "26.22.2020"),
        ("baerum/samfunnsdel/adoption", "skos:note", "23. juni vedtok Kommunestyret samfunnsdelen"),
        ("kristiansund/samfunnsdel-2020-2032/goal/7", "skos:editorialNote", "infrrastruktur"),
    ],
)
def test_what_a_source_misprints_or_omits_has_a_note(store: ox.Store, name: str, note: str, words: str) -> None:
    assert any(words in text for text in values(store, f"SELECT ?n {{ <{ID}{name}> {note} ?n }}"))
