"""The collections of a plan: one for each kind of its concepts."""

from pathlib import Path

from tests.release.plans import PLAN, build, loaded, rows

MEMBERS = "SELECT ?c ?m { ?c a skos:Collection ; skos:member ?m FILTER STRSTARTS(STR(?c), STR(<id/a/p/>)) }"
LABELS = "SELECT ?label (LANG(?label) AS ?tag) { <id/a/p/collection/challenge> skos:prefLabel ?label }"
OURS = {
    ("id/a/p/collection/goal", "id/a/p/goal/1"),
    ("id/a/p/collection/goal", "id/a/p/goal/1.1"),
    ("id/a/p/collection/challenge", "id/a/p/challenge/1"),
}


def test_each_kind_of_concept_in_a_plan_has_a_collection_of_all_of_them(tmp_path: Path) -> None:
    store = loaded(build(tmp_path, {"a/p/plan.ttl": PLAN}))
    assert rows(store, MEMBERS) == OURS
    assert (
        rows(store, "SELECT ?c { ?c skos:inScheme ?p ; a skos:Collection FILTER CONTAINS(STR(?c), '/id/a/') }")
        == set()
    )


def test_a_collection_has_the_name_of_its_kind_and_of_its_plan(tmp_path: Path) -> None:
    store = loaded(build(tmp_path, {"a/p/plan.ttl": PLAN}))
    assert rows(store, LABELS) == {("Utfordringer i Løftet", "nb"), ("Challenges in The Promise", "en")}


def test_a_collection_of_a_plan_with_a_name_in_nynorsk_has_one_too(tmp_path: Path) -> None:
    text = PLAN.replace('"The Promise"@en', '"Lovnaden"@nn')
    assert rows(loaded(build(tmp_path, {"a/p/plan.ttl": text})), LABELS) == {
        ("Utfordringer i Løftet", "nb"),
        ("Utfordringar i Lovnaden", "nn"),
        ("Challenges in Løftet", "en"),
    }


def test_an_authors_own_collections_stay_as_they_are(tmp_path: Path) -> None:
    own = """
    <id/a/p/collection/green> a skos:Collection ; skos:prefLabel "Grønt"@nb ; skos:member <id/a/p/goal/1> .
    <id/a/p/collection/goal> a skos:Collection ; skos:prefLabel "Utvalgte mål"@nb ; skos:member <id/a/p/goal/1> .
    """
    store = loaded(build(tmp_path, {"a/p/plan.ttl": PLAN + own}))
    assert rows(store, MEMBERS) == {
        ("id/a/p/collection/green", "id/a/p/goal/1"),
        ("id/a/p/collection/goal", "id/a/p/goal/1"),
        ("id/a/p/collection/challenge", "id/a/p/challenge/1"),
    }
    label = "SELECT ?l { <id/a/p/collection/goal> skos:prefLabel ?l }"
    assert rows(store, label) == {("Utvalgte mål",)}


def test_a_concept_of_another_scheme_is_in_no_collection_of_the_plan(tmp_path: Path) -> None:
    other = "<id/a/p/theme/1> a skos:Concept ; skos:inScheme <id/a/themes> . <id/a/themes> a skos:ConceptScheme ."
    loose = "<id/a/p/goal/9> a plan:Goal ."
    store = loaded(build(tmp_path, {"a/p/plan.ttl": PLAN + other + loose}))
    assert rows(store, MEMBERS) == OURS


def test_a_class_below_one_of_ours_is_of_its_kind(tmp_path: Path) -> None:
    special = """<http://e.org/Hazard> rdfs:subClassOf plan:Challenge .
        <id/a/p/challenge/2> a <http://e.org/Hazard> ; skos:inScheme <id/a/p> ."""
    store = loaded(build(tmp_path, {"a/p/plan.ttl": PLAN + special}))
    assert rows(store, MEMBERS) == OURS | {("id/a/p/collection/challenge", "id/a/p/challenge/2")}
