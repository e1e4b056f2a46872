"""What the sources of some plans say, held against the data, and what holds for all plans."""

from dataclasses import dataclass

import pyoxigraph as ox
import pytest
from tests.data.asking import rows, values

from plangraf import shipped
from plangraf.namespaces import GRAPH, ID, PREFIXES, SDG


@dataclass(frozen=True)
class Source:
    """What the source of a plan gives.

    Attributes:
        numbers: the numbers that the source gives to goals, those of sub-goals included.
        goals: how many goals there are at the top, numbered or not.
        below: how many sub-goals there are.
        areas: how many focus areas.
        stated: the numbers of the SDGs that the plan or one of its parts states.
        editorial: those that an editor has proposed.
        missing: the values of `plan:transcription`.
        status: the status, by the name of its value.
        kind: the plan type, by the name of its value.
    """

    numbers: str = ""
    goals: int = 0
    below: int = 0
    areas: int = 0
    stated: str = ""
    editorial: str = ""
    missing: str = ""
    status: str = "StatusUnknown"
    kind: str = "SocialElement"


PLANS = {
    "asker/kommuneplan-2020-2032": Source(
        numbers="3 3a 3b 3c 3d 4 9 11 13 17",
        goals=6,
        below=4,
        stated="3 4 9 11 13 17",
        missing="StatementMissing SubGoalsMissing StrategiesMissing",
    ),
    "asker/temaplan-handling-mot-klimaendringene": Source(
        areas=6,
        editorial="13",
        missing="GoalsMissing StrategiesMissing SDGLinksMissing",
        status="Adopted",
        kind="ThematicPlan",
    ),
    "baerum/samfunnsdel": Source(
        numbers="1 2 3 4",
        goals=4,
        missing="SubGoalsMissing StrategiesMissing SDGLinksMissing",
        status="Adopted",
    ),
    "drammen/temaplan-boligutvikling-2023-2033": Source(
        stated="1 10 11 17", missing="GoalsMissing", kind="ThematicPlan"
    ),
    "kristiansand/sterkere-sammen": Source(
        areas=3,
        missing="GoalsMissing StrategiesMissing SDGLinksMissing",
        status="Adopted",
    ),
    "kristiansund/samfunnsdel-2020-2032": Source(
        goals=10,
        areas=4,
        editorial="3 4 10 11 17",
        missing="StrategiesMissing SDGLinksMissing",
    ),
    "sunndal/kommuneplan-2020-2030": Source(
        numbers="1 2 3 4 5 6",
        goals=6,
        missing="StrategiesMissing SDGLinksMissing",
        status="Adopted",
    ),
    "trondheim/klimaloftene": Source(
        numbers="1 2 3",
        goals=4,
        below=3,
        missing="StrategiesMissing SDGLinksMissing",
        kind="EnergyAndClimatePlan",
    ),
    "trondheim/samfunnsplan-2009-2020": Source(
        numbers="1 1.1 1.2 2 2.1 3 3.1 3.6 4",
        goals=5,
        below=5,
        missing="TitleMissing SubGoalsMissing StrategiesMissing SDGLinksMissing",
        status="Superseded",
    ),
    "trondheim/temaplan-god-helse-for-alle": Source(
        areas=5,
        stated="1 3 4 5 10 11 16",
        missing="StrategiesMissing",
        status="UnderPreparation",
        kind="ThematicPlan",
    ),
}
TRONDHEIMSLØFTET = "trondheim/samfunnsplan-2020-2032"


def test_each_folder_of_a_plan_has_the_plan_of_its_name_and_there_is_no_other(store: ox.Store) -> None:
    folders = {path.parent.relative_to(shipped.DATA).as_posix() for path in shipped.DATA.glob("*/*/plan.ttl")}
    assert {*PLANS, TRONDHEIMSLØFTET} <= folders
    assert values(store, "SELECT ?p { ?p a plan:Plan }") == {ID + name for name in folders}
    found = rows(store, "SELECT ?p ?i { ?p a plan:Plan ; dct:identifier ?i }")
    assert {(plan, ID + identifier) for plan, identifier in found} == {(ID + name, ID + name) for name in folders}


def test_a_plan_without_goals_says_that_they_are_missing_and_one_with_all_does_not(store: ox.Store) -> None:
    goals = values(store, "SELECT ?p { ?p a plan:Plan . ?c a plan:Goal ; skos:inScheme ?p }")
    missing = values(store, "SELECT ?p { ?p a plan:Plan ; plan:transcription plan:GoalsMissing }")
    plans = values(store, "SELECT ?p { ?p a plan:Plan . ?c a plan:FocusArea ; skos:inScheme ?p }")
    assert goals | missing | plans == values(store, "SELECT ?p { ?p a plan:Plan }")
    assert goals.isdisjoint(missing)


def test_a_plan_with_a_goal_without_a_title_says_so(store: ox.Store) -> None:
    titles = "{ ?c skos:inScheme ?p ; plan:transcription plan:TitleMissing . ?p a plan:Plan } "
    found = rows(store, f"SELECT ?p {{ {titles} FILTER NOT EXISTS {{ ?p plan:transcription plan:TitleMissing }} }}")
    assert found == []


@pytest.mark.parametrize("name", PLANS)
def test_each_plan_has_the_goals_and_areas_that_its_source_gives(store: ox.Store, name: str) -> None:
    source, plan = PLANS[name], f"<{ID}{name}>"
    goals = f"SELECT ?c {{ ?c a plan:Goal ; skos:inScheme {plan} }}"
    assert len(rows(store, goals)) == source.goals + source.below
    assert len(rows(store, goals.replace("a plan:Goal", "skos:broader ?up"))) == source.below
    assert len(rows(store, goals.replace("plan:Goal", "plan:FocusArea"))) == source.areas
    assert len(rows(store, f"SELECT ?c {{ {plan} skos:hasTopConcept ?c }}")) == source.goals + source.areas


@pytest.mark.parametrize("name", PLANS)
def test_no_goal_has_a_number_that_the_source_does_not_give(store: ox.Store, name: str) -> None:
    query = f"SELECT ?n {{ ?c skos:inScheme <{ID}{name}> ; skos:notation ?n }}"
    assert sorted(number for (number,) in rows(store, query)) == sorted(PLANS[name].numbers.split())


def test_what_has_no_number_has_an_order_of_its_own_among_its_siblings(store: ox.Store) -> None:
    found = rows(
        store,
        "SELECT ?plan ?kind ?up ?order { ?plan a plan:Plan . ?c skos:inScheme ?plan ; a ?kind . "
        "FILTER (?kind != skos:Concept) FILTER NOT EXISTS { ?c skos:notation ?number } "
        "OPTIONAL { ?c skos:broader ?up } OPTIONAL { ?c plan:order ?order } }",
    )
    assert all(order for *_, order in found)
    assert len(found) == len(set(found)) >= 28


def test_goals_that_became_focus_areas_have_the_iris_that_they_had(store: ox.Store) -> None:
    areas = {
        "asker/temaplan-handling-mot-klimaendringene": 6,
        "kristiansand/sterkere-sammen": 3,
        "trondheim/temaplan-god-helse-for-alle": 5,
    }
    expected = {f"{ID}{name}/goal/{number}" for name, count in areas.items() for number in range(1, count + 1)}
    assert values(store, "SELECT ?c { ?c a plan:FocusArea FILTER CONTAINS(STR(?c), '/goal/') }") == expected


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("basis", ["StatedInPlan", "Editorial"])
def test_stated_and_editorial_links_are_those_of_the_source_and_kept_apart(
    store: ox.Store, name: str, basis: str
) -> None:
    plan = f"<{ID}{name}>"
    found = rows(
        store,
        f"SELECT ?t ?g {{ GRAPH ?g {{ ?c plan:basis plan:{basis} ; owl:annotatedSource ?s ; "
        "owl:annotatedProperty ?p ; owl:annotatedTarget ?t . ?s ?p ?t } "
        f"FILTER (?s = {plan} || EXISTS {{ ?s skos:inScheme {plan} }}) }}",
    )
    source = PLANS[name]
    expected = source.stated if basis == "StatedInPlan" else source.editorial
    assert {target.removeprefix(SDG) for target, _ in found} == set(expected.split())
    graph = GRAPH + name if basis == "StatedInPlan" else f"{GRAPH}{name}/editorial"
    assert {where for _, where in found} <= {graph}


def test_no_tie_of_a_plan_or_a_goal_is_without_a_claim(store: ox.Store) -> None:
    ties = rows(
        store,
        "SELECT ?s ?p ?t { GRAPH ?g { ?s ?p ?t } FILTER NOT EXISTS { ?g plan:graphRole plan:Derived } "
        f"FILTER (STRSTARTS(STR(?t), STR(sdg:)) && STRSTARTS(STR(?s), '{ID}') && !STRSTARTS(STR(?s), '{ID}sdg/') "
        "&& ?p != owl:annotatedTarget) "
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


@pytest.mark.parametrize("name", PLANS)
def test_what_is_missing_of_plans_is_said(store: ox.Store, name: str) -> None:
    found = values(store, f"SELECT ?v {{ <{ID}{name}> plan:transcription ?v }}")
    assert found == {PREFIXES["plan"] + value for value in PLANS[name].missing.split()}


@pytest.mark.parametrize("name", PLANS)
def test_status_and_type_are_only_what_a_source_says(store: ox.Store, name: str) -> None:
    found = rows(store, f"SELECT ?s ?t {{ <{ID}{name}> adms:status ?s ; plan:planType ?t }}")
    assert found == [(PREFIXES["plan"] + PLANS[name].status, PREFIXES["plan"] + PLANS[name].kind)]


def test_sunndals_goals_are_in_order_of_priority(store: ox.Store) -> None:
    plan = f"<{ID}sunndal/kommuneplan-2020-2030>"
    found = rows(store, f"SELECT ?n ?p {{ ?g plan:priority ?p ; skos:notation ?n ; skos:inScheme {plan} }}")
    assert sorted(found) == [(str(number), str(number)) for number in range(1, 7)]


def test_kristiansunds_areas_stand_beside_its_goals(store: ox.Store) -> None:
    graph = f"<{GRAPH}kristiansund/samfunnsdel-2020-2032>"
    assert values(store, f"SELECT ?l {{ GRAPH {graph} {{ ?a a plan:FocusArea ; skos:prefLabel ?l }} }}") == {
        "Den varme byen",
        "Den smarte byen",
        "Den kloke byen",
        "Den modige byen",
    }


def test_trondheims_plans_follow_up_and_replace_what_their_sources_say(store: ox.Store) -> None:
    query = "SELECT ?a ?b {{ ?a {} ?b FILTER STRSTARTS(STR(?a), '{}trondheim/') }}"
    later = {(a.removeprefix(ID), b.removeprefix(ID)) for a, b in rows(store, query.format("plan:followsUp", ID))}
    assert later == {
        ("trondheim/arealdel-2022-2034", TRONDHEIMSLØFTET),
        ("trondheim/temaplan-god-helse-for-alle", TRONDHEIMSLØFTET),
        ("trondheim/temaplan-stein-saks-papir", TRONDHEIMSLØFTET),
    }
    newer = {(a.removeprefix(ID), b.removeprefix(ID)) for a, b in rows(store, query.format("dct:replaces", ID))}
    assert newer == {
        (TRONDHEIMSLØFTET, "trondheim/samfunnsplan-2009-2020"),
        ("trondheim/temaplan-stein-saks-papir", "trondheim/stein-saks-papir-2018-2022"),
    }


def test_a_plan_that_another_replaces_is_superseded(store: ox.Store) -> None:
    replaced = values(store, "SELECT ?b { ?a dct:replaces ?b . ?b a plan:Plan }")
    assert replaced <= values(store, "SELECT ?p { ?p adms:status plan:Superseded }")


def test_the_twelve_sdgs_of_lørenskog_are_stated_for_the_plan_with_the_sentence_of_the_page(store: ox.Store) -> None:
    plan = f"<{ID}lorenskog/samfunnsdel>"
    found = rows(store, f"SELECT ?t ?q {{ ?c owl:annotatedSource {plan} ; owl:annotatedTarget ?t ; plan:quote ?q }}")
    numbers = {int(target.removeprefix(SDG)) for target, _ in found}
    assert numbers == {1, 3, 5, 8, 9, 10, 11, 12, 13, 14, 15, 17}
    assert {quote for _, quote in found} == {
        "Satsingsområdene skal komme tydelig fram i videre planer og strategier, og bygger opp om de 12 "
        "bærekraftsmålene Lørenskog jobber spesielt med."
    }


def test_ørlands_strategies_support_its_main_principle_in_the_words_of_the_page(store: ox.Store) -> None:
    plan = f"<{ID}orland/samfunnsdel-2022-2034>"
    found = rows(
        store,
        f"SELECT ?n ?l {{ ?s a plan:Strategy ; skos:inScheme {plan} ; skos:notation ?n ; skos:prefLabel ?l ; "
        "plan:supports/skos:prefLabel 'Ørland 2034 er klimanøytral'@nb FILTER (LANG(?l) = 'nb') } ORDER BY ?n",
    )
    assert [number for number, _ in found] == ["A", "B", "C"]
    assert found[0][1] == "Være en foregangskommune for hvordan en distriktskommune kan jobbe mot klimanøytralitet"


def test_every_link_to_the_sdgs_leads_into_the_scheme(store: ox.Store) -> None:
    outside = rows(
        store,
        "SELECT ?s ?t { ?s ?p ?t FILTER (isIRI(?t) && REGEX(STR(?t), '^https?://metadata\\\\.un\\\\.org/sdg/[^o]')) "
        "FILTER NOT EXISTS { ?t skos:inScheme <http://metadata.un.org/sdg> } }",
    )
    assert outside == []


def test_no_two_municipalities_goals_are_made_one(store: ox.Store) -> None:
    query = "SELECT ?a { ?a skos:exactMatch ?b MINUS { ?a skos:inScheme <http://metadata.un.org/sdg> } }"
    assert rows(store, query) == []
