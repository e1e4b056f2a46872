"""The graph of what is derived about a plan."""

from pathlib import Path

import orjson
import pyoxigraph as ox
from tests.release.plans import PLAN, build, loaded, rows

from plangraf.namespaces import BASE, DERIVED_GRAPH
from plangraf.release.release import Release

DERIVED = "graph/a/p/derived"
CLAIM = """
<id/a/p/link/1> a owl:Axiom ; owl:annotatedSource <id/a/p/goal/1.1> ; owl:annotatedProperty skos:broadMatch ;
  owl:annotatedTarget sdg:13.2 ; plan:basis plan:Editorial .
"""


def test_what_is_derived_about_a_plan_is_in_a_graph_below_its_own(tmp_path: Path) -> None:
    store = loaded(build(tmp_path, {"a/p/plan.ttl": PLAN, "a/p/editorial/links.ttl": CLAIM}))
    things = f"{{ ?s ?p ?o FILTER STRSTARTS(STR(?s), '{BASE}/id') }}"
    found = rows(store, f"SELECT ?s ?p ?o {{ GRAPH <{DERIVED}> {things} }}")
    skos, sdg, plan = "http://www.w3.org/2004/02/skos/core#", "http://metadata.un.org/sdg/", "ontology#"
    goal, below = "id/a/p/goal/1", "id/a/p/goal/1.1"
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    assert {triple for triple in found if "/collection/" not in triple[0]} == {
        ("id/a/p", kind, f"{skos}ConceptScheme"),
        *((concept, kind, f"{skos}Concept") for concept in (goal, below, "id/a/p/challenge/1")),
        (goal, f"{skos}narrower", below),
        (goal, f"{skos}topConceptOf", "id/a/p"),
        *((below, f"{plan}contributesToSDG", f"{sdg}{number}") for number in ("13", "13.2")),
        *((below, f"{plan}judgedContributionTo", f"{sdg}{number}") for number in ("13", "13.2")),
    }


def test_what_belongs_to_no_plan_is_in_the_graph_of_the_rest(tmp_path: Path) -> None:
    store = loaded(build(tmp_path, {"a/p/plan.ttl": PLAN}))
    found = rows(store, f"SELECT ?s {{ GRAPH <{DERIVED_GRAPH}> {{ ?s ?p ?o }} }}")
    assert ("http://metadata.un.org/sdg/13",) in found
    assert not any(iri.startswith("id/") for (iri,) in found)


def test_the_graph_has_the_makers_and_the_licence_of_the_graph_of_its_plan(tmp_path: Path) -> None:
    store = loaded(build(tmp_path, {"a/p/plan.ttl": PLAN}))
    said = f"SELECT ?o {{{{ GRAPH <{DERIVED}> {{{{ <{DERIVED}> {{}} ?o }}}} }}}}"
    assert rows(store, said.format("plan:graphRole")) == {("ontology#Derived",)}
    assert rows(store, said.format("prov:wasDerivedFrom")) == {("graph/a/p",)}
    assert rows(store, said.format("dct:creator")) == {("id/a",)}
    assert rows(store, said.format("dct:license")) == {("http://e.org/licence",)}
    assert rows(store, said.format("dct:title")) == {
        ("Utledede utsagn om Løftet",),
        ("Derived statements about The Promise",),
    }


def test_a_plan_whose_graph_states_no_licence_has_none_for_what_is_derived(tmp_path: Path) -> None:
    text = PLAN.replace("dct:license <http://e.org/licence>", 'skos:note "x"@nb')
    store = loaded(build(tmp_path, {"a/p/plan.ttl": text}))
    assert rows(store, f"SELECT ?o {{ <{DERIVED}> plan:graphRole plan:Derived ; dct:license ?o }}") == set()
    assert rows(store, f"SELECT ?o {{ <{DERIVED}> plan:graphRole ?o }}") == {("ontology#Derived",)}


def test_a_translation_that_names_the_plan_is_not_the_graph_of_the_plan(tmp_path: Path) -> None:
    translation = """<graph/a/en> plan:graphRole plan:Translation .
        <id/a/p> a plan:Plan . <id/a/p/goal/1> skos:prefLabel "Goal"@en ."""
    store = loaded(build(tmp_path, {"a/p/plan.ttl": PLAN, "a/en/plan.ttl": translation}))
    graphs = {graph for (graph,) in rows(store, "SELECT ?g { GRAPH ?g { ?s ?p ?o } }") if graph.endswith("derived")}
    assert graphs == {DERIVED, "graph/derived"}


def test_two_plans_in_one_graph_share_the_graph_of_what_is_derived(tmp_path: Path) -> None:
    other = PLAN.replace("id/a/p", "id/a/q").replace("Løftet", "Tiltaksplanen").replace("The Promise", "The Measures")
    store = loaded(build(tmp_path, {"a/p/plan.ttl": PLAN + other}))
    titles = rows(store, f"SELECT ?o {{ <{DERIVED}> dct:title ?o }}")
    assert titles == {
        ("Utledede utsagn om Løftet, Tiltaksplanen",),
        ("Derived statements about The Promise, The Measures",),
    }
    assert rows(store, f"SELECT ?s {{ GRAPH <{DERIVED}> {{ ?s a skos:ConceptScheme }} }}") == {
        ("id/a/p",),
        ("id/a/q",),
    }


def _is_a_merge(release: Release) -> bool:
    """Return whether the default graph holds what the named graphs hold, and no quad occurs twice in the file."""
    lines = release.quads.read_bytes().splitlines()
    store = loaded(release)
    merge = {quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    named = {quad.triple for quad in store if not isinstance(quad.graph_name, ox.DefaultGraph)}
    return len(lines) == len(set(lines)) and merge == named


def test_what_others_say_of_a_plan_lies_in_its_graph_too_and_nothing_twice(tmp_path: Path) -> None:
    files = {
        "a/p/plan.ttl": PLAN,
        "0/links.ttl": "<id/a/p/goal/1> skos:broadMatch sdg:11.7 . <id/a/p> skos:changeNote 'x'@en .",
        "z/links.ttl": "<id/z/x> a plan:Goal ; skos:inScheme <id/a/p> ; skos:broadMatch sdg:11.7 .",
    }
    release = build(tmp_path, files)
    ties = "SELECT ?s ?g { GRAPH ?g { ?s plan:contributesToSDG sdg:11 } }"
    assert rows(loaded(release), ties) == {("id/a/p/goal/1", DERIVED), ("id/z/x", DERIVED)}
    assert _is_a_merge(release)


def test_a_part_that_is_taken_over_has_the_graph_that_a_whole_build_gives_it(tmp_path: Path) -> None:
    files = {"a/p/plan.ttl": PLAN, "b/p/plan.ttl": PLAN.replace("/a", "/b"), "0/links.ttl": CLAIM}
    first = build(tmp_path, files)
    taken_over = orjson.loads((first.path / "parts.json").read_bytes())["parts"]
    changed = build(tmp_path, {"b/p/plan.ttl": PLAN.replace("/a", "/b").replace("Løftet", "Planen")})
    again = build(tmp_path, {}, "fresh")
    assert changed.quads.read_bytes() == again.quads.read_bytes() != first.quads.read_bytes()
    assert _is_a_merge(changed)
    before = {part["name"]: part["size"] for part in taken_over}
    after = {part["name"]: part["size"] for part in orjson.loads((changed.path / "parts.json").read_bytes())["parts"]}
    assert {name for name in before if before[name] != after[name]} == {"b"}


def test_a_release_that_is_fed_to_a_build_again_is_not_changed(tmp_path: Path) -> None:
    release = build(tmp_path, {"a/p/plan.ttl": PLAN, "a/p/editorial/links.ttl": CLAIM})
    about = [quad for quad in loaded(release) if str(quad.graph_name).startswith(f"<{BASE}/graph/a/")]
    dump = tmp_path / "again" / "data" / "a" / "p" / "all.nq"
    dump.parent.mkdir(parents=True)
    ox.serialize(about, str(dump), format=ox.RdfFormat.N_QUADS)
    again = build(tmp_path / "again", {})
    assert sorted(again.quads.read_bytes().splitlines()) == sorted(release.quads.read_bytes().splitlines())
