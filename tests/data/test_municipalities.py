"""What the sources say about the plans, publisher by publisher, held against the data."""

import pyoxigraph as ox
import pytest
from tests.data.asking import rows

from plangraf.namespaces import GRAPH, ID, PREFIXES, SDG

# Of each plan: how many goals it has, how many of them are sub-goals, and which SDGs it states itself and an editor
# has proposed.
PLANS = {
    "asker/kommuneplan-2020-2032": (10, 4, {"3", "4", "9", "11", "13", "17"}, set()),
    "asker/temaplan-handling-mot-klimaendringene": (6, 0, set(), {"13"}),
    "baerum/samfunnsdel": (4, 0, set(), set()),
    "drammen/temaplan-boligutvikling-2023-2033": (0, 0, {"1", "10", "11", "17"}, set()),
    "kristiansand/sterkere-sammen": (3, 0, set(), set()),
    "kristiansund/samfunnsdel-2020-2032": (10, 0, set(), {"3", "4", "10", "11", "17"}),
    "sunndal/kommuneplan-2020-2030": (6, 0, set(), set()),
    "trondheim/klimaloftene": (4, 0, set(), set()),
    "trondheim/samfunnsplan-2009-2020": (9, 5, set(), set()),
    "trondheim/temaplan-god-helse-for-alle": (5, 0, {"1", "3", "4", "5", "10", "11", "16"}, set()),
}
TRONDHEIMSLØFTET = "trondheim/samfunnsplan-2020-2032"


def values(store: ox.Store, query: str) -> set[str]:
    return {value for (value,) in rows(store, query)}


def test_there_are_these_plans_and_no_other(store: ox.Store) -> None:
    assert values(store, "SELECT ?p { ?p a plan:Plan }") == {ID + name for name in (*PLANS, TRONDHEIMSLØFTET)}


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


@pytest.mark.parametrize("name", PLANS)
def test_each_plan_has_as_many_goals_as_its_source_gives(store: ox.Store, name: str) -> None:
    goals, sub_goals, _, _ = PLANS[name]
    plan = f"<{ID}{name}>"
    assert len(rows(store, f"SELECT ?g {{ ?g a plan:Goal ; skos:inScheme {plan} }}")) == goals
    assert len(rows(store, f"SELECT ?g {{ ?g a plan:Goal ; skos:inScheme {plan} ; skos:broader ?up }}")) == sub_goals
    assert len(rows(store, f"SELECT ?g {{ {plan} skos:hasTopConcept ?g }}")) == goals - sub_goals
    assert len(values(store, f"SELECT ?n {{ ?g a plan:Goal ; skos:inScheme {plan} ; skos:notation ?n }}")) == goals


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize(("basis", "place"), [("StatedInPlan", 2), ("Editorial", 3)])
def test_stated_and_editorial_links_are_those_of_the_source_and_kept_apart(
    store: ox.Store, name: str, basis: str, place: int
) -> None:
    plan = f"<{ID}{name}>"
    found = rows(
        store,
        f"SELECT ?t ?g {{ GRAPH ?g {{ ?c plan:basis plan:{basis} ; owl:annotatedSource ?s ; "
        "owl:annotatedProperty ?p ; owl:annotatedTarget ?t . ?s ?p ?t } "
        f"FILTER (?s = {plan} || EXISTS {{ ?s skos:inScheme {plan} }}) }}",
    )
    assert {target.removeprefix(SDG) for target, _ in found} == PLANS[name][place]
    graph = GRAPH + name if basis == "StatedInPlan" else f"{GRAPH}{name}/editorial"
    assert {where for _, where in found} <= {graph}


def test_no_tie_of_a_plan_or_a_goal_is_without_a_claim(store: ox.Store) -> None:
    ties = rows(
        store,
        "SELECT ?s ?p ?t { GRAPH ?g { ?s ?p ?t } "
        f"FILTER (STRSTARTS(STR(?t), STR(sdg:)) && STRSTARTS(STR(?s), '{ID}') && !STRSTARTS(STR(?s), '{ID}sdg/') "
        "&& ?p != owl:annotatedTarget) FILTER NOT EXISTS { ?g plan:graphRole plan:Derived } "
        "FILTER NOT EXISTS { ?c owl:annotatedSource ?s ; owl:annotatedProperty ?p ; owl:annotatedTarget ?t } }",
    )
    assert ties == []


def test_askers_goals_are_the_sdgs_that_they_are_numbered_by(store: ox.Store) -> None:
    found = rows(
        store,
        "SELECT ?n ?t { ?g skos:notation ?n ; skos:closeMatch ?t ; "
        f"skos:inScheme <{ID}asker/kommuneplan-2020-2032> }}",
    )
    assert {number: target.removeprefix(SDG) for number, target in found} == {
        number: number for number in ("3", "4", "9", "11", "13", "17")
    }


@pytest.mark.parametrize(
    ("name", "value", "numbers"),
    [
        ("trondheim/samfunnsplan-2009-2020", "TitleMissing", {"1", "2", "3", "4"}),
        ("asker/kommuneplan-2020-2032", "StatementMissing", {"9", "11", "13", "17"}),
    ],
)
def test_what_is_missing_of_goals_is_said(store: ox.Store, name: str, value: str, numbers: set[str]) -> None:
    query = f"SELECT ?n {{ ?g skos:inScheme <{ID}{name}> ; plan:transcription plan:{value} ; skos:notation ?n }}"
    assert values(store, query) == numbers


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("asker/kommuneplan-2020-2032", {"StatementMissing", "SubGoalsMissing"}),
        ("baerum/samfunnsdel", {"SDGLinksMissing"}),
        ("drammen/temaplan-boligutvikling-2023-2033", {"GoalsMissing"}),
        ("kristiansund/samfunnsdel-2020-2032", {"SDGLinksMissing"}),
        ("trondheim/samfunnsplan-2009-2020", {"TitleMissing", "SubGoalsMissing"}),
    ],
)
def test_what_is_missing_of_plans_is_said(store: ox.Store, name: str, missing: set[str]) -> None:
    found = values(store, f"SELECT ?v {{ <{ID}{name}> plan:transcription ?v }}")
    assert found == {PREFIXES["plan"] + value for value in missing}


def test_a_status_is_only_what_a_source_says(store: ox.Store) -> None:
    found = rows(store, "SELECT ?p ?s { ?p a plan:Plan ; adms:status ?s }")
    known = {
        TRONDHEIMSLØFTET: "Adopted",
        "asker/temaplan-handling-mot-klimaendringene": "Adopted",
        "trondheim/samfunnsplan-2009-2020": "Superseded",
    }
    assert sorted(found) == sorted(
        (ID + name, PREFIXES["plan"] + known.get(name, "StatusUnknown")) for name in (*PLANS, TRONDHEIMSLØFTET)
    )


@pytest.mark.parametrize(
    ("name", "number", "title"),
    [
        ("trondheim/samfunnsplan-2009-2020", "3.6", "I 2020 er sosiale helseforskjeller i Trondheim redusert"),
        ("trondheim/temaplan-god-helse-for-alle", "5", "Nærmiljø og stedsutvikling"),
        (
            "asker/kommuneplan-2020-2032",
            "3b",
            "Innbyggerne har tilgang til grunnleggende, helhetlige og forsvarlige helsetjenester "
            "av god kvalitet og til rett tid.",
        ),
        ("asker/temaplan-handling-mot-klimaendringene", "6", "Naturen som karbonlager"),
        ("baerum/samfunnsdel", "3", "Bærumsamfunnet er miljø- og klimaklokt"),
        ("kristiansand/sterkere-sammen", "2", "Inkluderende og mangfoldig"),
        ("kristiansund/samfunnsdel-2020-2032", "6", "Havrommet"),
        (
            "sunndal/kommuneplan-2020-2030",
            "1",
            "En attraktiv og mangfoldig kommune med stabilt folketall rundt 7.000 innbyggere i 2030.",
        ),
    ],
)
def test_titles_are_the_sources_own(store: ox.Store, name: str, number: str, title: str) -> None:
    found = rows(
        store,
        f"SELECT ?l ?w {{ GRAPH <{GRAPH}{name}> {{ ?g skos:inScheme <{ID}{name}> ; skos:notation '{number}' ; "
        "skos:prefLabel ?l ; plan:wording ?w } }",
    )
    assert found == [(title, PREFIXES["plan"] + "AsQuoted")]


def test_klimaløftene_speak_the_english_of_their_source(store: ox.Store) -> None:
    name = "trondheim/klimaloftene"
    query = "SELECT ?l {{ GRAPH <{}{}> {{ ?g a{} plan:Goal ; skos:prefLabel ?l }} }}"
    assert values(store, query.format(GRAPH, name, "")) == {
        "Climate neutral", "Energy smart", "Climate resilient", "Circular",
    }  # fmt: skip
    indicators = rows(
        store,
        f"SELECT ?d ?from ?to ?year {{ ?i a plan:Indicator ; plan:inPlan <{ID}{name}> ; plan:direction ?d ; "
        "plan:target ?to ; plan:targetYear ?year OPTIONAL { ?i plan:baselineYear ?from } } ORDER BY ?year",
    )
    plan = PREFIXES["plan"]
    assert indicators == [(f"{plan}AtLeast", "2009", "80", "2030"), (f"{plan}AtMost", "", "0", "2050")]


def test_plans_build_on_no_other_plan_than_the_sources_say(store: ox.Store) -> None:
    found = rows(store, "SELECT ?a ?b { ?a prov:wasInfluencedBy ?b }")
    assert found == [(f"{ID}trondheim/temaplan-god-helse-for-alle", ID + TRONDHEIMSLØFTET)]


def test_a_municipality_has_the_numbers_that_are_known_and_no_other(store: ox.Store) -> None:
    found = rows(
        store,
        "SELECT ?l ?o ?k { ?m a org:Organization ; rdfs:label ?l ; dct:spatial ?place "
        "OPTIONAL { ?m dct:identifier ?o } OPTIONAL { ?place dct:identifier ?k } FILTER (LANG(?l) = 'nb') } "
        "ORDER BY ?l",
    )
    assert found == [
        ("Asker kommune", "920125298", "3203"),
        ("Bærum kommune", "935478715", "3201"),
        ("Drammen kommune", "921234554", ""),
        ("Kristiansand kommune", "820852982", "4204"),
        ("Kristiansund kommune", "", "1505"),
        ("Sunndal kommune", "", "1563"),
        ("Trondheim kommune", "942110464", "5001"),
    ]


def test_a_publishers_graph_holds_one_language_and_a_translation_another(store: ox.Store) -> None:
    found = rows(
        store,
        "SELECT DISTINCT ?role ?g (LANG(?l) AS ?tag) { GRAPH ?g { ?c skos:prefLabel ?l } ?g plan:graphRole ?role . "
        "?c skos:inScheme/a plan:Plan }",
    )
    assert len(found) > 2 * len(PLANS) - 2
    for role, graph, tag in found:
        own = "en" if graph.startswith(f"{GRAPH}trondheim/klimaloftene") else "nb"
        if role == PREFIXES["plan"] + "PublishersText":
            assert tag == own, graph
        elif role == PREFIXES["plan"] + "Translation":
            assert graph.endswith(f"/translation-{tag}")
            assert tag != own, graph


def test_plans_and_their_concepts_are_named_in_bokmål_and_english(store: ox.Store) -> None:
    lacking = rows(
        store,
        "SELECT ?c { { ?c a plan:Plan } UNION { ?c skos:inScheme/a plan:Plan } FILTER NOT EXISTS "
        "{ ?c skos:prefLabel ?nb , ?en FILTER (LANG(?nb) = 'nb' && LANG(?en) = 'en') } }",
    )
    assert lacking == []
    for text in ("dct:title", "dct:description", "plan:vision", "plan:level", "skos:definition"):
        untranslated = rows(
            store,
            f"SELECT ?c {{ {{ ?c a plan:Plan }} UNION {{ ?c skos:inScheme/a plan:Plan }} ?c {text} ?t . "
            f"FILTER NOT EXISTS {{ ?c {text} ?nb , ?en FILTER (LANG(?nb) = 'nb' && LANG(?en) = 'en') }} }}",
        )
        assert untranslated == [], text


def test_every_text_has_a_language_tag(store: ox.Store) -> None:
    untagged = rows(
        store,
        "SELECT ?c ?p { ?c ?p ?l FILTER (?p IN (skos:prefLabel, skos:altLabel, skos:definition, skos:note, "
        "rdfs:label, dct:title, dct:description, plan:vision, plan:level, plan:unit, foaf:name) "
        "&& LANG(?l) NOT IN ('nb', 'nn', 'en')) }",
    )
    assert untagged == []


def test_every_link_to_the_sdgs_leads_into_the_scheme(store: ox.Store) -> None:
    outside = rows(
        store,
        "SELECT ?s ?t { ?s ?p ?t FILTER (isIRI(?t) && REGEX(STR(?t), '^https?://metadata\\\\.un\\\\.org/sdg/[^o]')) "
        "FILTER NOT EXISTS { ?t skos:inScheme <http://metadata.un.org/sdg> } }",
    )
    assert outside == []


def test_a_source_is_described_and_has_the_plans_publisher(store: ox.Store) -> None:
    wrong = rows(
        store,
        "SELECT ?plan ?source { ?plan a plan:Plan ; dct:source ?source ; dct:publisher ?who "
        "FILTER NOT EXISTS { ?source a foaf:Document ; dct:publisher ?who ; rdfs:label ?nb , ?en "
        "FILTER (LANG(?nb) = 'nb' && LANG(?en) = 'en') } }",
    )
    assert wrong == []


def test_a_graph_says_of_itself_what_it_is(store: ox.Store) -> None:
    lacking = rows(
        store,
        "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?g plan:graphRole ?role ; dct:creator ?who ; "
        "dct:license ?licence ; dct:title ?nb , ?en FILTER (LANG(?nb) = 'nb' && LANG(?en) = 'en') } }",
    )
    assert lacking == []


def test_no_two_municipalities_goals_are_made_one(store: ox.Store) -> None:
    assert rows(store, "SELECT ?a { ?a skos:exactMatch ?b }") == []
