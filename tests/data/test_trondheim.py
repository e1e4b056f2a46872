"""What the sources say about Trondheimsløftet, held against the data."""

from urllib.parse import unquote

import pyoxigraph as ox
import pytest
from tests.data.asking import HEADER, rows, values

from plangraf.namespaces import PREFIXES

PLAN = "<https://w3id.org/plangraf/id/trondheim/samfunnsplan-2020-2032>"
ADOPTED = "https://www.trondheim.kommune.no/aktuelt/nyhetssaker/2022/trondheimsloftet-er-vedtatt/"
HEARING = "https://www.trondheim.kommune.no/aktuelt/nyhetssaker/2022/trondheimsloftet-sammen-skaper-vi-trondheim/"
SITE = "https://sites.google.com/trondheim.kommune.no/kommuneplanen/samfunnsdelen"
MISSING = {"2.1", "2.2", "2.3", "2.4", "2.5", "3.1", "3.2", "3.3", "3.4"}


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("Goal", 18),
        ("Challenge", 3),
        ("Strength", 3),
        ("ActorGroup", 7),
        ("Indicator", 11),
        ("FocusArea", 0),
        ("Strategy", 0),
        ("Measure", 0),
        ("Contribution", 0),
    ],
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


def test_the_evidence_of_the_link_to_sdg_17_is_the_sentence_of_the_page(store: ox.Store) -> None:
    found = rows(store, f"SELECT ?q ?s {{ ?c owl:annotatedSource {PLAN} ; plan:quote ?q ; dct:source ?s }}")
    assert found == [
        (
            "Med en sterk forankring i FNs bærekraftsmål 17 - Samarbeid for å nå målene - må framtidens Trondheim "
            "skapes i samarbeid mellom kommune, innbyggere, kunnskapsmiljøer, næringsliv, kulturliv, idrett og "
            "frivillig sektor.",
            ADOPTED,
        )
    ]


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
    assert values(store, f"SELECT ?old {{ {PLAN} dct:replaces ?old }}") == {
        PLAN.strip("<>").replace("2020-2032", "2009-2020")
    }
    assert rows(store, "SELECT ?new ?old { ?new prov:wasRevisionOf ?old }") == []


def test_every_concept_and_claim_has_a_source(store: ox.Store) -> None:
    lacking = rows(
        store,
        "SELECT ?c { { ?c skos:inScheme ?any FILTER NOT EXISTS { ?c rdfs:isDefinedBy ?vocabulary } } "
        "UNION { ?c a owl:Axiom } FILTER NOT EXISTS { ?c dct:source ?source } }",
    )
    assert lacking == []


def test_no_label_has_stray_spaces_and_no_source_raw_letters(store: ox.Store) -> None:
    assert (
        rows(store, "SELECT ?l { ?c skos:prefLabel|rdfs:label|dct:title ?l FILTER REGEX(?l, '^\\\\s|\\\\s$|  ') }")
        == []
    )
    assert rows(store, "SELECT ?i { ?c ?p ?i FILTER (isIRI(?i) && REGEX(STR(?i), '[^\\\\x21-\\\\x7e]')) }") == []


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (
            "Challenge",
            "den alvorlige klima- og naturkrisen, sosialt utenforskap og at vi i årene framover vil ha færre "
            "ressurser til å levere offentlige tjenester til innbyggerne våre",
        ),
        (
            "Strength",
            "en kunnskapsrik og engasjert befolkning, fremragende kunnskapsmiljøer, og en gryende samskapings- og "
            "delekultur",
        ),
        (
            "ActorGroup",
            "kommune, innbyggere, kunnskapsmiljøer, næringsliv, kulturliv, idrett og frivillig sektor",
        ),
    ],
)
def test_challenges_strengths_and_actors_have_the_words_of_the_page(
    store: ox.Store, kind: str, sentence: str
) -> None:
    found = rows(
        store,
        f"SELECT ?l ?page {{ ?c a plan:{kind} ; skos:inScheme {PLAN} ; skos:prefLabel ?l ; "
        "plan:wording plan:AsQuoted ; prov:wasQuotedFrom ?page FILTER (LANG(?l) = 'nb') }",
    )
    assert len(found) in {3, 7}
    for label, page in found:
        assert label[0].lower() + label[1:] in sentence
        assert page == ADOPTED


def test_its_description_says_what_the_plan_is_and_no_more(store: ox.Store) -> None:
    found = values(store, f"SELECT ?d {{ {PLAN} dct:description ?d FILTER (LANG(?d) = 'nb') }}")
    assert found == {"Trondheim kommunes overordnede, strategiske og samordnede plan."}


def test_the_process_has_its_programme_hearing_and_adoption(store: ox.Store) -> None:
    found = rows(
        store,
        f"SELECT ?type ?date ?end ?who {{ {PLAN} prov:wasGeneratedBy|prov:wasInfluencedBy ?e . "
        "?e plan:eventType ?type OPTIONAL { ?e dct:date ?date } OPTIONAL { ?e dct:temporal/dcat:endDate ?end } "
        "OPTIONAL { ?e prov:wasAssociatedWith/rdfs:label ?who FILTER (LANG(?who) = 'nb') } } ORDER BY ?date",
    )
    plan = PREFIXES["plan"]
    assert found == [
        (f"{plan}Hearing", "", "2022-05-27", ""),
        (f"{plan}Programme", "2020-08-11", "", "Trondheim formannskap"),
        (f"{plan}Adoption", "2022-11-17", "", "Trondheim bystyre"),
    ]


@pytest.mark.parametrize(
    ("thing", "said", "value", "page"),
    [
        (PLAN, "plan:vision", "Sammen skaper vi Trondheim", HEARING),
        (PLAN, "dct:title", "Kommuneplanens samfunnsdel 2020-2032: Trondheimsløftet", SITE),
        (f"{PLAN[:-1]}/period>", "dcat:startDate", "2020", SITE),
        (PLAN, "skos:altLabel", "KPS", "mål-og-strategier"),
    ],
)
def test_a_statement_that_the_main_source_lacks_has_its_own(
    store: ox.Store, thing: str, said: str, value: str, page: str
) -> None:
    found = values(
        store,
        f"SELECT ?page {{ {thing} {said} ?value . ?statement owl:annotatedSource {thing} ; "
        f"owl:annotatedProperty {said} ; owl:annotatedTarget ?value ; dct:source ?page "
        f"FILTER (STR(?value) = '{value}') }}",
    )
    assert any(unquote(source).endswith(page) for source in found)
    assert ADOPTED not in found


def test_every_statement_with_a_source_of_its_own_exists(store: ox.Store) -> None:
    query = (
        "SELECT ?s { ?s a owl:Axiom ; owl:annotatedSource ?thing ; owl:annotatedProperty ?p ; owl:annotatedTarget ?o "
        "FILTER NOT EXISTS { ?s plan:basis ?basis } "
    )
    assert rows(store, query + "}")
    assert rows(store, query + "FILTER NOT EXISTS { ?thing ?p ?o } }") == []


def test_what_the_page_says_besides_is_a_note_with_its_source(store: ox.Store) -> None:
    found = rows(
        store,
        f"SELECT ?note {{ ?s owl:annotatedSource {PLAN} ; owl:annotatedProperty skos:scopeNote ; "
        f"owl:annotatedTarget ?note ; dct:source <{ADOPTED}> }}",
    )
    for word in ("handlingens tiår", "kommende generasjoner", "Samskaping"):
        assert any(word in note for (note,) in found), word


def test_no_indicator_is_about_spawning_and_three_are_about_pollution(store: ox.Store) -> None:
    labels = values(
        store,
        f"SELECT ?l {{ ?i a plan:Indicator ; skos:inScheme {PLAN} ; skos:prefLabel|skos:definition ?l "
        "FILTER (LANG(?l) = 'nb') }",
    )
    assert not any("gyte" in label for label in labels)
    assert "Andel areal som er tilgjengelig for produksjon av sjøørret" in labels
    assert {label for label in labels if "forurensning" in label and label.startswith("Årlig")} == {
        "Årlig oppdatering av kunnskapsgrunnlaget om forurensning",
        "Årlig kartlegging av kilder til forurensning",
        "Årlige tiltak mot forurensning",
    }


def test_the_goals_are_called_both_samfunnsmål_and_hovedmål(store: ox.Store) -> None:
    for number in ("1", "2", "3"):
        query = f"SELECT ?l {{ <{PLAN.strip('<>')}/goal/{number}> plan:level ?l FILTER (LANG(?l) = 'nb') }}"
        assert values(store, query) == {"samfunnsmål", "hovedmål"}
