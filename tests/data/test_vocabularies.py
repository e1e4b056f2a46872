"""The indicators of U4SSC and the themes of Los."""

import pyoxigraph as ox
from tests.data.asking import rows

from plangraf.namespaces import GRAPH, ID, SDG

U4SSC = "https://data.norge.no/vocabulary/indicator/U4SSC/"
LOS = "https://psi.norge.no/los/tema/"


def test_the_indicators_are_kss_own_111(store: ox.Store) -> None:
    found = rows(store, f"SELECT ?i {{ ?i skos:inScheme <{ID}u4ssc> ; skos:topConceptOf <{ID}u4ssc> }}")
    assert {iri for (iri,) in found} == {f"{U4SSC}{number}" for number in range(2150, 2261)}
    assert rows(store, f"SELECT ?who {{ <{ID}u4ssc> prov:wasAttributedTo/dct:identifier ?who }}") == [("971032146",)]


def test_an_indicator_has_a_code_without_stray_spaces_and_codes_may_stand_for_several(store: ox.Store) -> None:
    codes = [code for (code,) in rows(store, f"SELECT ?n {{ ?i skos:inScheme <{ID}u4ssc> ; skos:notation ?n }}")]
    assert len(codes) == 111
    assert all(code == " ".join(code.split()) for code in codes)
    assert codes.count("EC: ICT: ICT: 4C") == 2


def test_an_indicator_is_related_to_goals_and_targets_and_to_the_goal_of_each_target(store: ox.Store) -> None:
    links = rows(store, f"SELECT ?i ?t {{ GRAPH <{GRAPH}u4ssc> {{ ?i skos:relatedMatch ?t }} }}")
    assert {indicator for indicator, _ in links} == {f"{U4SSC}{number}" for number in range(2150, 2261)}
    targets = {(indicator, target) for indicator, target in links if "." in target.removeprefix(SDG)}
    assert (len(links) - len(targets), len(targets)) == (127, 57)
    assert {(indicator, target.rpartition(".")[0]) for indicator, target in targets} <= set(links)


def test_the_links_of_the_indicators_are_no_claims_about_plans(store: ox.Store) -> None:
    query = "SELECT ?c {{ ?c owl:annotatedSource ?i FILTER STRSTARTS(STR(?i), '{}') }}"
    assert rows(store, query.format(U4SSC)) == []


def test_there_are_92_themes_in_three_languages(store: ox.Store) -> None:
    found = rows(
        store,
        f"SELECT ?t {{ ?t skos:inScheme <{ID}los> ; skos:prefLabel ?nb , ?nn , ?en "
        "FILTER (LANG(?nb) = 'nb' && LANG(?nn) = 'nn' && LANG(?en) = 'en') }",
    )
    assert len(found) == len(set(found)) == 92
    assert all(theme.startswith(LOS) for (theme,) in found)


def test_a_theme_is_at_the_top_or_below_one_that_is(store: ox.Store) -> None:
    tops = {top for (top,) in rows(store, f"SELECT ?t {{ <{ID}los> skos:hasTopConcept ?t }}")}
    query = f"SELECT ?t ?up {{ ?t skos:inScheme <{ID}los> ; skos:broader ?up }}"
    below = rows(store, query)
    assert len(tops) == 14
    assert len({theme for theme, _ in below}) == len(below) == 92 - 14
    assert tops.isdisjoint(theme for theme, _ in below)
    assert {up for _, up in below} <= tops


def test_the_themes_of_plans_and_goals_exist_and_are_the_editors(store: ox.Store) -> None:
    found = rows(store, "SELECT ?g ?s ?t { GRAPH ?g { ?s dct:subject ?t } }")
    assert found
    assert {graph.rpartition("/")[2] for graph, _, _ in found} == {"editorial"}
    themes = {theme for (theme,) in rows(store, f"SELECT ?t {{ ?t skos:inScheme <{ID}los> }}")}
    assert {theme for _, _, theme in found} <= themes
    subjects = {s for (s,) in rows(store, "SELECT ?s { { ?s a plan:Plan } UNION { ?s skos:inScheme/a plan:Plan } }")}
    assert {subject for _, subject, _ in found} <= subjects
