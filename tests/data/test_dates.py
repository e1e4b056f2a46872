"""When plans were adopted and which years they are for, as exactly as the sources say."""

import re

import pyoxigraph as ox
import pytest
from tests.data.asking import rows, values

from plangraf.namespaces import ID

TRONDHEIMSLØFTET = "trondheim/samfunnsplan-2020-2032"


@pytest.mark.parametrize(
    ("name", "accepted", "case", "bodies"),
    [
        ("agder/regionplan-2030", "2019-06", "", {"Aust-Agder fylkesting", "Vest-Agder fylkesting"}),
        ("asker/temaplan-handling-mot-klimaendringene", "2021-06-15", "", {"Asker kommunestyre"}),
        ("baerum/samfunnsdel", "", "", {"Bærum kommunestyre"}),
        ("bodo/samfunnsdel-2018-2030", "", "", {"Bodø bystyre"}),
        ("kristiansund/samfunnsdel-2018-2030", "2017-11-07", "PS 17/94", {"Kristiansund bystyre"}),
        ("sunndal/kommuneplan-2020-2030", "2020", "91/20", {"Sunndal kommunestyre"}),
        ("tromso/tromso-vil-2020-2032", "2020-06", "", {"Tromsø kommunestyre"}),
        (TRONDHEIMSLØFTET, "2022-11-17", "", {"Trondheim bystyre"}),
    ],
)
def test_an_adoption_is_as_exact_as_its_source(
    store: ox.Store, name: str, accepted: str, case: str, bodies: set[str]
) -> None:
    found = rows(
        store,
        f"SELECT ?accepted ?date ?case ?who {{ <{ID}{name}> prov:wasGeneratedBy ?event . "
        "?event plan:eventType plan:Adoption ; prov:wasAssociatedWith/rdfs:label ?who FILTER (LANG(?who) = 'nb') "
        f"OPTIONAL {{ <{ID}{name}> dct:dateAccepted ?accepted }} OPTIONAL {{ ?event dct:date ?date }} "
        "OPTIONAL { ?event dct:identifier ?case } }",
    )
    assert {row[:3] for row in found} == {(accepted, accepted, case)}
    assert {who for *_, who in found} == bodies


def test_every_adoption_has_its_body_and_the_date_of_the_plan_or_a_note_that_says_why_not(store: ox.Store) -> None:
    found = rows(
        store,
        "SELECT ?p ?accepted ?date ?note ?who { ?p a plan:Plan ; prov:wasGeneratedBy ?event "
        "OPTIONAL { ?event prov:wasAssociatedWith ?who } OPTIONAL { ?p dct:dateAccepted ?accepted } "
        "OPTIONAL { ?event dct:date ?date } OPTIONAL { ?event skos:note ?note FILTER (LANG(?note) = 'nb') } }",
    )
    assert found
    assert [row for row in found if not row[4] or row[1] != row[2] or not (row[2] or row[3])] == []


def test_no_plan_has_a_day_of_issue_that_no_source_gives(store: ox.Store) -> None:
    assert rows(store, "SELECT ?p { ?p a plan:Plan ; dct:issued ?date }") == []


def test_the_years_in_the_name_of_a_period_are_its_start_and_its_end(store: ox.Store) -> None:
    found = rows(
        store,
        "SELECT ?p ?label ?from ?to { ?p a plan:Plan ; dct:temporal ?t . ?t rdfs:label ?label "
        "FILTER (LANG(?label) IN ('nb', 'nn')) OPTIONAL { ?t dcat:startDate ?from } "
        "OPTIONAL { ?t dcat:endDate ?to } }",
    )
    assert {plan for plan, *_ in found} == values(store, "SELECT ?p { ?p a plan:Plan ; dct:temporal ?t }")
    for plan, label, start, end in found:
        assert re.findall(r"\d{4}", label) == [year for year in (start, end) if year], plan


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("baerum/samfunnsdel", "", "2040"),
        ("drammen/temaplan-boligutvikling-2023-2033", "2023", "2033"),
        ("fredrikstad/fredrikstad-mot-2030", "", "2030"),
        ("kristiansand/sterkere-sammen", "", "2030"),
        ("vestland/utviklingsplan-2020-2024", "2020", "2024"),
        (TRONDHEIMSLØFTET, "2020", "2032"),
    ],
)
def test_a_period_is_as_exact_as_its_source(store: ox.Store, name: str, start: str, end: str) -> None:
    found = rows(
        store,
        f"SELECT ?from ?to {{ <{ID}{name}> dct:temporal ?t OPTIONAL {{ ?t dcat:startDate ?from }} "
        "OPTIONAL { ?t dcat:endDate ?to } }",
    )
    assert found == [(start, end)]


@pytest.mark.parametrize(
    ("name", "note", "words"),
    [
        ("sunndal/kommuneplan-2020-2030/adoption", "skos:note", "26.22.2020"),
        ("baerum/samfunnsdel/adoption", "skos:note", "23. juni vedtok Kommunestyret samfunnsdelen"),
        ("bodo/samfunnsdel-2018-2030/adoption", "skos:note", "ble vedtatt i bystyrets møte 9. mai"),
        ("kristiansund/samfunnsdel-2020-2032/goal/7", "skos:editorialNote", "infrrastruktur"),
    ],
)
def test_what_a_source_misprints_or_omits_has_a_note(store: ox.Store, name: str, note: str, words: str) -> None:
    assert any(words in text for text in values(store, f"SELECT ?n {{ <{ID}{name}> {note} ?n }}"))
