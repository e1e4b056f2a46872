"""The tree of a plan: what is nested where, in which order, and that it says nothing that the graph does not."""

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pyoxigraph as ox
import pytest
from tests.engines import Counting, running

from plangraf.linkeddata.plan_outline import KEYS, KINDS
from plangraf.linkeddata.plan_tree import DEEPEST, plan_tree, read_plan_tree
from plangraf.namespaces import BASE, ID, PREFIXES
from plangraf.rdf.json_ld import CONTEXT
from plangraf.release.release import Release

PLAN = f"{ID}by/plan"
HEADER = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
WHOLE = """
<plan> a plan:Plan , skos:ConceptScheme ; skos:prefLabel "Planen"@nb , "The plan"@en ; adms:status plan:Adopted ;
  dct:dateAccepted "2025-03"^^xsd:gYearMonth ; dct:temporal <plan/period> ; dct:publisher <https://by.example/> ;
  prov:wasGeneratedBy <plan/adoption-2> , <plan/adoption-1> ; prov:wasInfluencedBy <plan/hearing> ;
  plan:contributesToSDG sdg:17 ; plan:followsUp <https://by.example/older> .
<https://by.example/older> skos:prefLabel "Eldre"@nb ; skos:notation "0" .
<https://by.example/> a foaf:Agent ; foaf:name "By kommune"@nb ; rdfs:label "By"@nb ; dct:identifier "942110464" .
<plan/period> a dct:PeriodOfTime ; dcat:startDate "2025"^^xsd:gYear .
<plan/adoption-1> a prov:Activity ; plan:eventType plan:Adoption ; dct:date "2025-03-01"^^xsd:date ;
  prov:wasAssociatedWith <https://by.example/> ; dct:identifier "91/20" .
<plan/adoption-2> a prov:Activity ; plan:eventType plan:Adoption ; dct:date "2025-03-20"^^xsd:date .
<plan/hearing> a prov:Activity ; plan:eventType plan:Hearing ; dct:temporal <plan/hearing-period> .
<plan/hearing-period> a dct:PeriodOfTime ; dcat:endDate "2024-10-01"^^xsd:date .

<plan/focus-area/a> a plan:FocusArea , skos:Concept ; skos:inScheme <plan> ; plan:order 1 ;
  skos:prefLabel "Klima"@nb .
<plan/focus-area/b> a plan:FocusArea ; skos:inScheme <plan> ; skos:broader <plan/focus-area/a> ; plan:order 1 .
<plan/goal/10> a plan:Goal ; skos:inScheme <plan> ; skos:broader <plan/focus-area/a> ; skos:notation "10" .
<plan/goal/2> a plan:Goal , skos:Concept ; skos:inScheme <plan> ; skos:broader <plan/focus-area/a> ;
  skos:notation "2" ; skos:prefLabel "Mål"@nb , "Goal"@en ; plan:level "mål"@nb , "hovedmål"@nb ;
  plan:addresses <plan/challenge/1> ;
  plan:contributesToSDG sdg:13.2 , sdg:7 , sdg:2 ; skos:broadMatch sdg:13.2 , <https://other.example/goal> .
<plan/goal/2.1> a plan:Goal ; skos:inScheme <plan> ; skos:broader <plan/goal/2> ; skos:notation "2.1" .
<plan/goal/alone> a plan:Goal ; skos:inScheme <plan> ; skos:prefLabel "Alene"@nb .
<plan/strategy/1> a plan:Strategy ; skos:inScheme <plan> ; plan:supports <plan/goal/2> , <plan/goal/10> , <plan> ;
  skos:prefLabel "Strategi"@nb ; plan:responsible <plan/actor/1> .
<plan/strategy/whole> a plan:Strategy ; skos:inScheme <plan> ; plan:supports <plan> .
<plan/strategy/none> a plan:Strategy ; skos:inScheme <plan> .
<plan/measure/1> a plan:Measure ; skos:inScheme <plan> ; plan:implements <plan/strategy/1> ; plan:priority 2 .
<plan/measure/2> a plan:Measure ; skos:inScheme <plan> ; plan:implements <plan/goal/10> .
<plan/contribution/1> a plan:Contribution ; skos:inScheme <plan> ; plan:supports <plan/goal/2> .
<plan/indicator/1> a plan:Indicator ; skos:inScheme <plan> ; plan:measures <plan/goal/2> ; plan:baseline 1.5 ;
  plan:targetYear "2030"^^xsd:gYear ; plan:direction plan:Increase .
<plan/indicator/2> a plan:Indicator ; skos:inScheme <plan> ; skos:broader <plan/indicator/1> .
<plan/indicator/none> a plan:Indicator ; skos:inScheme <plan> .
<plan/observation/2> a qb:Observation ; plan:indicator <plan/indicator/1> ; sdmx-measure:obsValue 3 ;
  sdmx-dimension:refPeriod "2025"^^xsd:gYear .
<plan/observation/1> a qb:Observation ; plan:indicator <plan/indicator/1> ; sdmx-measure:obsValue 2.5 ;
  sdmx-dimension:refPeriod "2024"^^xsd:gYear .
<plan/challenge/1> a plan:Challenge ; skos:inScheme <plan> ; skos:prefLabel "Regn"@nb .
<plan/strength/2> a plan:Strength ; skos:inScheme <plan> ; skos:prefLabel "a"@nb ; plan:order 2 .
<plan/strength/1> a plan:Strength ; skos:inScheme <plan> ; skos:prefLabel "b"@nb ; plan:order 1 .
<plan/actor/1> a plan:ActorGroup ; skos:inScheme <plan> ; skos:prefLabel "Alle"@nb .
<plan/other/1> a skos:Concept ; skos:inScheme <plan> .
<other/goal/1> a plan:Goal ; skos:inScheme <other> ; skos:broader <plan/goal/2> ; skos:prefLabel "Fremmed"@nb .

<plan/link/2-7> a owl:Axiom ; owl:annotatedSource <plan/goal/2> ; owl:annotatedProperty plan:contributesToSDG ;
  owl:annotatedTarget sdg:7 ; plan:basis plan:Editorial ; sssom:confidence 0.8 .
<plan/link/2-13.2> a owl:Axiom ; owl:annotatedSource <plan/goal/2> ; owl:annotatedProperty plan:contributesToSDG ;
  owl:annotatedTarget sdg:13.2 ; plan:basis plan:StatedInPlan ; plan:quote "Vi bidrar til 13.2."@nb .
<plan/link/2-2> a owl:Axiom ; owl:annotatedSource <plan/goal/2> ; owl:annotatedProperty skos:broadMatch ;
  owl:annotatedTarget sdg:2 ; plan:basis plan:StatedInPlan .
<plan/link/other> a owl:Axiom ; owl:annotatedSource <plan/goal/2> ; owl:annotatedProperty skos:broadMatch ;
  owl:annotatedTarget <https://other.example/goal> ; plan:basis plan:Editorial .
<plan/link/plan-17> a owl:Axiom ; owl:annotatedSource <plan> ; owl:annotatedProperty plan:contributesToSDG ;
  owl:annotatedTarget sdg:17 ; plan:basis plan:StatedInPlan .
sdg:13.2 skos:notation "13.2" ; skos:prefLabel "Klimatiltak"@nb .
<https://other.example/goal> skos:prefLabel "Et annet mål"@nb .
"""


def parsed(turtle: str) -> list[ox.Triple]:
    quads = ox.parse(HEADER + turtle, format=ox.RdfFormat.TURTLE, base_iri=f"{ID}by/")
    return [quad.triple for quad in quads]


def trees(quads: Path, *plans: str) -> list[dict[str, Any]]:
    async def run() -> list[dict[str, Any]]:
        async with running(quads) as engine:
            return [plan_tree(await read_plan_tree(engine, plan), plan) for plan in plans]

    return asyncio.run(run())


def tree_of(folder: Path, triples: list[ox.Triple]) -> dict[str, Any]:
    path = folder / "quads.nq"
    path.write_bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
    [tree] = trees(path, PLAN)
    return tree


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return tree_of(tmp_path_factory.mktemp("tree"), parsed(WHOLE))


def read(tree: dict[str, Any]) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(orjson.dumps(tree), format=ox.RdfFormat.JSON_LD)}


def names(nodes: list[dict[str, Any]]) -> list[str]:
    return [node["id"].removeprefix(f"{PLAN}/") for node in nodes]


def nested(node: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each concept of a tree below the key that leads to it."""
    for key in KEYS:
        for child in node.get(key, ()):
            yield key, child
            yield from nested(child)


def test_goals_are_below_focus_areas_and_sub_goals_below_goals(tree: dict[str, Any]) -> None:
    [area] = tree["focusAreas"]
    assert (area["type"], area["prefLabel"]) == ("FocusArea", {"nb": "Klima"})
    assert names(area["focusAreas"]) == ["focus-area/b"]
    assert names(area["goals"]) == ["goal/2", "goal/10"]
    assert names(area["goals"][0]["subGoals"]) == ["goal/2.1"]
    assert names(tree["goals"]) == ["goal/alone"]


def test_what_belongs_to_a_goal_is_below_it(tree: dict[str, Any]) -> None:
    goal, second = tree["focusAreas"][0]["goals"]
    assert names(goal["strategies"]) == ["strategy/1"]
    assert names(goal["strategies"][0]["implementedBy"]) == ["measure/1"]
    assert goal["strategies"][0]["implementedBy"][0]["priority"] == 2
    assert names(goal["contributions"]) == ["contribution/1"]
    assert names(goal["indicators"]) == ["indicator/1"]
    assert names(goal["indicators"][0]["parts"]) == ["indicator/2"]
    assert names(second["implementedBy"]) == ["measure/2"]


def test_a_thing_in_several_places_is_whole_in_the_first_and_named_in_the_others(tree: dict[str, Any]) -> None:
    _, second = tree["focusAreas"][0]["goals"]
    named = {"id": f"{PLAN}/strategy/1", "type": "Strategy", "prefLabel": {"nb": "Strategi"}}
    assert second["strategies"] == [named]
    assert tree["strategies"] == [named, {"id": f"{PLAN}/strategy/whole", "type": "Strategy"}]


def test_what_belongs_nowhere_else_is_below_the_plan(tree: dict[str, Any]) -> None:
    assert names(tree["otherStrategies"]) == ["strategy/none"]
    assert names(tree["otherIndicators"]) == ["indicator/none"]
    assert names(tree["otherConcepts"]) == ["other/1"]
    assert names(tree["challenges"]) == ["challenge/1"]
    assert names(tree["strengths"]) == ["strength/1", "strength/2"]
    assert names(tree["actorGroups"]) == ["actor/1"]
    assert "Fremmed" not in repr(tree)


def test_the_plan_has_its_facts_events_and_the_names_of_others(tree: dict[str, Any]) -> None:
    assert list(tree)[:4] == ["@context", "id", "type", "prefLabel"]
    assert (tree["id"], tree["type"], tree["status"]) == (PLAN, "Plan", "Adopted")
    assert tree["prefLabel"] == {"en": "The plan", "nb": "Planen"}
    assert tree["dateAccepted"] == {"type": "xsd:gYearMonth", "@value": "2025-03"}
    assert tree["temporal"]["startDate"] == {"type": "xsd:gYear", "@value": "2025"}
    assert tree["publisher"] == [{"id": "https://by.example/", "label": {"nb": "By"}, "identifier": "942110464"}]
    assert tree["followsUp"] == [{"id": "https://by.example/older", "notation": "0", "prefLabel": {"nb": "Eldre"}}]
    assert names(tree["wasGeneratedBy"]) == ["adoption-1", "adoption-2"]
    adoption = tree["wasGeneratedBy"][0]
    assert (adoption["eventType"], adoption["identifier"]) == ("Adoption", "91/20")
    assert adoption["wasAssociatedWith"][0]["label"] == {"nb": "By"}
    [hearing] = tree["wasInfluencedBy"]
    assert hearing["temporal"]["endDate"] == {"type": "xsd:date", "@value": "2024-10-01"}


def test_a_goal_has_its_links_to_the_sdgs_with_basis_and_quote(tree: dict[str, Any]) -> None:
    goal = tree["focusAreas"][0]["goals"][0]
    assert [(link["basis"], names([link["linkedSDG"]])[0].rpartition("/")[2]) for link in goal["sdgLinks"]] == [
        ("StatedInPlan", "2"),
        ("StatedInPlan", "13.2"),
        ("Editorial", "7"),
    ]
    stated = goal["sdgLinks"][1]
    assert stated["quote"] == {"nb": ["Vi bidrar til 13.2."]}
    assert stated["linkProperty"] == "contributesToSDG"
    assert (stated["linkedSDG"]["notation"], stated["linkedSDG"]["prefLabel"]) == ("13.2", {"nb": "Klimatiltak"})
    assert goal["broadMatch"] == [{"id": "https://other.example/goal", "prefLabel": {"nb": "Et annet mål"}}]
    assert [link["linkedSDG"]["id"] for link in tree["sdgLinks"]] == ["http://metadata.un.org/sdg/17"]


def test_values_stand_as_in_every_document(tree: dict[str, Any]) -> None:
    goal = tree["focusAreas"][0]["goals"][0]
    assert goal["level"] == {"nb": ["hovedmål", "mål"]}
    assert goal["addresses"] == [{"id": f"{PLAN}/challenge/1", "prefLabel": {"nb": "Regn"}}]
    [indicator] = goal["indicators"]
    assert (indicator["direction"], indicator["targetYear"]) == ("Increase", "2030")
    assert indicator["baseline"] == {"type": "xsd:decimal", "@value": "1.5"}
    assert [value["refPeriod"]["@value"] for value in indicator["observations"]] == ["2024", "2025"]


def test_a_tree_is_a_part_of_the_graph(tree: dict[str, Any]) -> None:
    said = {str(triple) for triple in parsed(WHOLE)}
    found = read(tree)
    assert found <= said
    left_out = {line for line in said - found if line.startswith(f"<{PLAN}")}
    allowed = ("inScheme>", "22-rdf-syntax-ns#type>", "contributesToSDG>", "core#broadMatch>", "plan/link/other>")
    assert [line for line in left_out if not any(name in line for name in allowed)] == []


def test_its_keys_are_terms_of_its_context(tree: dict[str, Any]) -> None:
    def keys(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            for key, inner in value.items():
                yield key
                yield from keys(inner) if key != "@context" else ()
        elif isinstance(value, list):
            for inner in value:
                yield from keys(inner)

    known = {*tree["@context"], "@context", "@value", "nb", "en"}
    assert set(keys(tree)) <= known
    assert tree["@context"].items() <= CONTEXT.items()


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_statements_does_not_matter(tree: dict[str, Any], tmp_path: Path, seed: int) -> None:
    shuffled = parsed(WHOLE)
    random.Random(seed).shuffle(shuffled)  # noqa: S311  # for a test
    assert orjson.dumps(tree_of(tmp_path, shuffled)) == orjson.dumps(tree)


@pytest.mark.parametrize(
    "more",
    [
        "<plan/goal/2> skos:broader <plan/goal/2.1> . <plan/focus-area/a> skos:broader <plan/goal/2> .",
        "<plan/goal/alone> skos:broader <plan/goal/alone> .",
        "<plan> skos:inScheme <plan> ; a skos:Concept ; skos:broader <plan/goal/2> .",
        "<plan/goal/2> skos:broader <plan> . <plan/measure/1> plan:implements <plan> .",
        "<plan/goal/2> a plan:FocusArea , plan:Strategy ; plan:supports <plan/goal/2> .",
        "_:b a plan:Goal ; skos:inScheme <plan> ; skos:broader <plan/goal/2> . <plan/goal/2> skos:broader _:b .",
        "_:c owl:annotatedSource <plan/goal/2> ; owl:annotatedTarget sdg:3 . <plan> prov:wasGeneratedBy _:c .",
        "_:o plan:indicator <plan/indicator/1> . _:d foaf:primaryTopic <plan> . <plan> dct:publisher _:p , 'By' .",
        "<plan:Goal> a plan:Goal ; skos:inScheme <plan> . <plan/goal/2> skos:note <skos:note> .",
        "<plan/goal/2> plan:order 'x' , 99999999999999999999999 , 1.5 ; skos:notation <plan> , '' .",
    ],
)
def test_each_concept_is_in_the_tree_once_whatever_the_data_are(tmp_path: Path, more: str) -> None:
    triples = parsed(WHOLE + more)
    tree = tree_of(tmp_path, triples)
    assert {line for line in read(tree) if "_:" not in line} <= {str(triple) for triple in triples}
    concepts = {
        triple.subject.value
        for triple in triples
        if triple.predicate.value == PREFIXES["skos"] + "inScheme"
        and isinstance(triple.subject, ox.NamedNode)
        and triple.subject.value.startswith(f"{PLAN}/")
    }
    assert {child["id"] for _, child in nested(tree)} == concepts


def test_a_chain_of_goals_is_nested_to_a_limit(tmp_path: Path) -> None:
    chain = "".join(
        f"<plan/goal/{n}> a plan:Goal ; skos:inScheme <plan> ; skos:broader <plan/goal/{n - 1}> . "
        for n in range(1, 501)
    )
    tree = tree_of(
        tmp_path, parsed(f"<plan> a plan:Plan . <plan/goal/0> a plan:Goal ; skos:inScheme <plan> . {chain}")
    )
    assert {child["id"] for _, child in nested(tree)} == {f"{PLAN}/goal/{n}" for n in range(501)}
    assert len(tree["goals"]) == 1 + 500 // DEEPEST
    assert orjson.loads(orjson.dumps(tree)) == tree


def test_a_tree_costs_one_call_of_the_engine(tmp_path: Path) -> None:
    async def run() -> list[str]:
        async with running(tmp_path / "quads.nq") as engine:
            counting = Counting(engine)
            assert plan_tree(await read_plan_tree(counting, PLAN), PLAN)["goals"]
            return counting.asked

    tree_of(tmp_path, parsed(WHOLE))
    assert len(asyncio.run(run())) == 1


def test_every_key_is_a_term_for_an_inverse() -> None:
    assert [key for key in (*KEYS, *KINDS.values()) if "@reverse" not in CONTEXT[key]] == []
    assert set(KINDS.values()) <= set(KEYS)


def test_the_trees_of_the_shipped_plans_are_in_the_release_and_have_every_concept(release: Release) -> None:
    said: set[str] = set()
    concepts: dict[str, set[str]] = {}
    for quad in ox.parse(path=release.quads, format=ox.RdfFormat.N_QUADS):
        said.add(str(quad.triple))
        if quad.predicate.value == PREFIXES["skos"] + "inScheme":
            concepts.setdefault(quad.object.value, set()).add(quad.subject.value)
    plans = release.manifest.plans
    assert len(plans) > 5
    for plan, tree in zip(plans, trees(release.quads, *plans), strict=True):
        assert read(tree) <= said
        assert {child["id"] for _, child in nested(tree)} == concepts.get(plan, set())
        assert tree["id"].startswith(BASE)
