"""The history of a plan: the order of its events, and what is told of each."""

import pyoxigraph as ox

from plangraf.namespaces import PREFIXES
from plangraf.site.plan.events import adopting_bodies, adoption_dates, plan_events
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading

PLAN = "https://e.example/plan"


def _reading(data: str) -> Reading:
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    text = f"{prefixes}@base <https://e.example/> .\n{data}"
    return Reading([quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)], Reader("nb", named=False))


def _events(reading: Reading) -> list[tuple[str, str | None]]:
    return [(event.event.iri.rpartition("/")[2], event.when) for event in plan_events(reading, PLAN)]


def test_events_are_in_the_order_of_their_dates_whatever_their_precision() -> None:
    data = """
    <plan> prov:wasGeneratedBy <vedtak> ; prov:wasInfluencedBy <horing> , <program> , <endring> , <noe> ;
      prov:wasInvalidatedBy <opphevet> .
    <program> a prov:Activity ; plan:eventType plan:Programme ; dct:date "2020"^^xsd:gYear .
    <horing> a prov:Activity ; plan:eventType plan:Hearing ; dct:temporal <t> .
    <t> dcat:startDate "2022-03-01"^^xsd:date ; dcat:endDate "2022-05-15"^^xsd:date .
    <vedtak> a prov:Activity ; plan:eventType plan:Adoption ; dct:date "2022-11"^^xsd:gYearMonth .
    <endring> a prov:Activity ; plan:eventType plan:Amendment ; dct:date "2024-01-02"^^xsd:date .
    <opphevet> a prov:Activity ; plan:eventType plan:Repeal ; dct:date "2030"^^xsd:gYear .
    <noe> a prov:Entity .
    """
    assert _events(_reading(data)) == [
        ("program", "2020"),
        ("horing", "1. mars 2022 – 15. mai 2022"),
        ("vedtak", "november 2022"),
        ("endring", "2. januar 2024"),
        ("opphevet", "2030"),
    ]


def test_an_event_without_a_date_is_placed_by_its_type_and_a_hearing_may_have_a_deadline_alone() -> None:
    data = """
    <plan> prov:wasGeneratedBy <vedtak> ; prov:wasInfluencedBy <horing> , <program> , <annet> .
    <program> a prov:Activity ; plan:eventType plan:Programme ; skos:note "Kilden oppgir 31. juni."@nb .
    <horing> a prov:Activity ; plan:eventType plan:Hearing ; dct:temporal <t> .
    <t> dcat:endDate "2022-05-15"^^xsd:date .
    <vedtak> a prov:Activity ; plan:eventType plan:Adoption ; dct:date "2022-11-17"^^xsd:date .
    <annet> a prov:Activity .
    """
    reading = _reading(data)
    assert _events(reading) == [
        ("program", None),
        ("horing", "frist 15. mai 2022"),
        ("vedtak", "17. november 2022"),
        ("annet", None),
    ]
    assert [note.text for note in plan_events(reading, PLAN)[0].notes] == ["Kilden oppgir 31. juni."]


def test_two_bodies_may_adopt_a_plan() -> None:
    data = """
    <plan> prov:wasGeneratedBy <a> , <b> .
    <a> a prov:Activity ; dct:date "2022-11-08"^^xsd:date ; prov:wasAssociatedWith <formannskapet> ;
      dct:identifier "91/22" .
    <b> a prov:Activity ; dct:date "2022-11-17"^^xsd:date ; prov:wasAssociatedWith <bystyret> , <formannskapet> .
    """
    reading = _reading(data)
    assert [body.iri.rpartition("/")[2] for body in adopting_bodies(reading, PLAN)] == ["bystyret", "formannskapet"]
    assert adoption_dates(reading, PLAN) == ["8. november 2022", "17. november 2022"]
    assert [event.cases for event in plan_events(reading, PLAN)] == [("91/22",), ()]


def test_the_plan_says_itself_when_it_was_adopted() -> None:
    data = """
    <plan> dct:dateAccepted "2022"^^xsd:gYear ; prov:wasGeneratedBy <a> .
    <a> a prov:Activity ; dct:date "2022-11-08"^^xsd:date .
    """
    assert adoption_dates(_reading(data), PLAN) == ["2022"]


def test_a_plan_without_events_has_none() -> None:
    reading = _reading('<plan> dct:title "Plan"@nb .')
    assert (plan_events(reading, PLAN), adopting_bodies(reading, PLAN), adoption_dates(reading, PLAN)) == ([], [], [])
