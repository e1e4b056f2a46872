"""What the sources say about Trondheimsløftet, held against the data."""

import pyoxigraph as ox
import pytest
from tests.data.asking import HEADER, rows

from plangraf.namespaces import PREFIXES

PLAN = "<https://w3id.org/plangraf/id/trondheim/samfunnsplan-2020-2032>"
MISSING = {"2.1", "2.2", "2.3", "2.4", "2.5", "3.1", "3.2", "3.3", "3.4"}


@pytest.mark.parametrize(
    ("kind", "count"),
    [("Goal", 18), ("Challenge", 3), ("ActorGroup", 7), ("Indicator", 9), ("Strategy", 0), ("Contribution", 0)],
)
def test_there_is_as_much_as_the_sources_say(store: ox.Store, kind: str, count: int) -> None:
    assert len(rows(store, f"SELECT ?c {{ ?c a plan:{kind} ; skos:inScheme {PLAN} }}")) == count


def test_three_goals_have_five_sub_goals_each(store: ox.Store) -> None:
    found = rows(
        store,
        f"SELECT ?n (COUNT(?s) AS ?k) {{ {PLAN} skos:hasTopConcept ?g . ?g skos:notation ?n . "
        "?s skos:broader ?g } GROUP BY ?n ORDER BY ?n",
    )
    assert found == [("1", "5"), ("2", "5"), ("3", "5")]


def test_exactly_the_nine_missing_titles_are_missing(store: ox.Store) -> None:
    found = rows(
        store,
        f"SELECT ?n ?l {{ ?g skos:inScheme {PLAN} ; plan:transcription plan:TitleMissing ; skos:notation ?n ; "
        "skos:prefLabel ?l FILTER (LANG(?l) = 'nb') }",
    )
    assert {number for number, _ in found} == MISSING
    assert all(label == f"Delmål {number} (tittel mangler)" for number, label in found)


@pytest.mark.parametrize(
    ("number", "title", "wording"),
    [
        ("1", "Trondheim skal ta ansvar for et grønnere og mer sirkulært samfunn", "AsAdopted"),
        ("2", "Trondheim skal være en mangfoldig by med et sterkt fellesskap", "AsAdopted"),
        (
            "3",
            "Kunnskaps- og teknologihovedstaden Trondheim skal være et kraftsentrum for en bedre verden",
            "AsAdopted",
        ),
        ("1.1", "Trondheim er en klimanøytral by", "AsQuoted"),
        ("1.2", "Vi bruker ressursene våre smartere", "AsQuoted"),
        ("1.3", "Alle i Trondheim har tilgang på et grønt og attraktivt bymiljø", "AsQuoted"),
        ("1.4", "Det skal være lett å leve miljøvennlig", "AsQuoted"),
        ("1.5", "Naturen i Trondheim er livskraftig og robust", "AsQuoted"),
        (
            "3.5",
            "De ulike samfunnsaktørene i Trondheim tar et felles ansvar "
            "for å utvikle det samfunnet vi ønsker å leve i",
            "AsQuoted",
        ),
    ],
)
def test_titles_are_the_sources_own(store: ox.Store, number: str, title: str, wording: str) -> None:
    found = rows(
        store,
        f"SELECT ?l ?w {{ ?g skos:inScheme {PLAN} ; skos:notation '{number}' ; skos:prefLabel ?l ; "
        "plan:wording ?w FILTER (LANG(?l) = 'nb') }",
    )
    assert found == [(title, PREFIXES["plan"] + wording)]


def test_the_only_stated_link_is_the_plans_own_to_sdg_17(store: ox.Store) -> None:
    found = rows(
        store,
        "SELECT ?s ?t { ?c plan:basis plan:StatedInPlan ; owl:annotatedSource ?s ; owl:annotatedTarget ?t "
        f"FILTER (?s = {PLAN} || EXISTS {{ ?s skos:inScheme {PLAN} }}) }}",
    )
    assert found == [(PLAN.strip("<>"), PREFIXES["sdg"] + "17")]


def test_every_link_to_the_sdgs_is_a_claim_and_every_claim_a_link(store: ox.Store) -> None:
    links = rows(
        store,
        f"SELECT ?s ?t {{ GRAPH ?g {{ ?s skos:broadMatch|skos:relatedMatch ?t }} ?s skos:inScheme {PLAN} "
        "FILTER STRSTARTS(STR(?t), STR(sdg:)) }",
    )
    claims = rows(
        store,
        "SELECT ?s ?t { ?c owl:annotatedSource ?s ; owl:annotatedTarget ?t ; plan:basis plan:Editorial . "
        f"?s skos:inScheme {PLAN} }}",
    )
    assert sorted(links) == sorted(claims)
    assert len(claims) == 16


def test_what_is_tied_to_a_target_is_found_by_its_goal(store: ox.Store) -> None:
    found = rows(
        store,
        f"SELECT ?n {{ ?g a plan:Goal ; skos:inScheme {PLAN} ; plan:contributesToSDG sdg:12 ; skos:notation ?n }} "
        "ORDER BY ?n",
    )
    assert found == [("1",), ("1.2",), ("1.4",)]


def test_the_publishers_graph_holds_no_editors_statement_and_no_translation(store: ox.Store) -> None:
    graph = "<https://w3id.org/plangraf/graph/trondheim/samfunnsplan-2020-2032>"
    assert not store.query(f"{HEADER} ASK {{ GRAPH {graph} {{ ?c plan:basis plan:Editorial }} }}")
    labels = rows(store, f"SELECT ?l {{ GRAPH {graph} {{ ?c skos:prefLabel ?l }} FILTER (LANG(?l) != 'nb') }}")
    assert labels == []


def test_every_concept_has_an_english_label_beside_the_norwegian(store: ox.Store) -> None:
    lacking = rows(
        store,
        f"SELECT ?c {{ ?c skos:inScheme {PLAN} FILTER NOT EXISTS "
        "{ ?c skos:prefLabel ?nb , ?en FILTER (LANG(?nb) = 'nb' && LANG(?en) = 'en') } }",
    )
    assert lacking == []


def test_the_plan_follows_the_one_of_2009_as_a_whole_and_no_goal_follows_a_goal(store: ox.Store) -> None:
    found = rows(store, "SELECT ?new ?old { ?new prov:wasRevisionOf ?old }")
    assert found == [(PLAN.strip("<>"), PLAN.strip("<>").replace("2020-2032", "2009-2020"))]


def test_every_concept_and_claim_has_a_source(store: ox.Store) -> None:
    lacking = rows(
        store,
        "SELECT ?c { { ?c skos:inScheme ?any } UNION { ?c a owl:Axiom } "
        "FILTER NOT EXISTS { ?c dct:source ?source } }",
    )
    assert lacking == []


def test_no_label_has_stray_spaces_and_no_source_raw_letters(store: ox.Store) -> None:
    assert (
        rows(store, "SELECT ?l { ?c skos:prefLabel|rdfs:label|dct:title ?l FILTER REGEX(?l, '^\\\\s|\\\\s$|  ') }")
        == []
    )
    assert rows(store, "SELECT ?i { ?c ?p ?i FILTER (isIRI(?i) && REGEX(STR(?i), '[^\\\\x21-\\\\x7e]')) }") == []
