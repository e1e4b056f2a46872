from datetime import date

import pytest
from tests.citing.examples import PLAN, RELEASE, citations, cite, statements

from plangraf.citing.citation import cite_path
from plangraf.linkeddata.catalogue import CATALOGUE, dataset_iri
from plangraf.linkeddata.datasets import CatalogueDataset
from plangraf.namespaces import BASE, GRAPH, ID, SDG


def test_a_goal_is_cited_by_the_publisher_of_its_plan() -> None:
    found = cite("by/plan/goal/1.1")
    assert found.title == "1.1 Grønn by (Byløftet)"
    assert found.authors == ("By kommune",)
    assert (found.container, found.publisher) == ("Kommunale planer som lenkede åpne data", "Plangraf")
    assert (found.release, found.issued) == (RELEASE, date(2026, 3, 9))
    assert found.iri == f"{ID}by/plan/goal/1.1"
    assert found.licence == "http://e.org/licence"
    assert found.key == "plangraf:by/plan/goal/1.1"
    assert found.file_name == "plangraf-by-plan-goal-1.1"


def test_names_are_in_the_readers_language_where_there_are_any() -> None:
    goal = cite("by/plan/goal/1.1", language="en")
    assert (goal.name, goal.language, goal.beside) == ("1.1 Grønn by", "nb", "The City Promise")
    assert goal.authors == ("By municipality",)
    assert goal.container == "Municipal plans as linked open data"
    assert cite("by/plan", language="en").language == "en"
    assert goal.key == cite("by/plan/goal/1.1").key


def test_the_official_title_of_a_plan_stands_beside_its_name() -> None:
    assert cite("by/plan").title == "Byløftet (Kommuneplanens samfunnsdel)"
    same = PLAN.replace("Kommuneplanens samfunnsdel", "Byløftet")
    assert cite("by/plan", same).title == "Byløftet"


def test_a_claim_and_a_graph_are_cited_by_who_made_them() -> None:
    claim = "<id/by/plan/link/1> a owl:Axiom ; dct:creator <id/maker> ."
    assert cite("by/plan/link/1", PLAN + claim).authors == ("Avskriveren",)
    graph = citations().of_thing(statements(PLAN), f"{GRAPH}by/plan", "nb")
    assert (graph.name, graph.authors) == ("Planen, skrevet av", ("Avskriveren",))


def test_a_dataset_is_cited_by_who_made_the_data() -> None:
    dataset = CatalogueDataset("by/plan", (f"{GRAPH}by/plan",), (f"{ID}by/plan",))
    found = citations().of_dataset(dataset, "en")
    assert (found.name, found.authors) == ("Planen, skrevet av", ("Avskriveren",))
    assert found.iri == dataset_iri("by/plan")
    assert found.licence == "http://e.org/licence"


def test_what_is_said_of_an_sdg_is_ours_and_has_our_address() -> None:
    sdg = f"""<{SDG}13> a skos:Concept ; skos:inScheme <{SDG.rstrip("/")}> ; skos:notation "13" ;
        skos:prefLabel "Climate action"@en . <{SDG.rstrip("/")}> skos:prefLabel "SDGs"@en ; dct:publisher <id/un> .
        <id/un> rdfs:label "United Nations"@en ."""
    found = citations(PLAN + sdg, publisher_name="Etaten").of_thing(statements(sdg), f"{SDG}13", "en")
    assert found.title == "13 Climate action (SDGs)"
    assert found.authors == ("Etaten",)
    assert found.iri == f"{BASE}/doc/sdg/13"


def test_the_release_is_cited_by_who_publishes_the_catalogue() -> None:
    found = citations(publisher_name="Etaten").of_release("en")
    assert (found.title, found.container) == ("Municipal plans as linked open data", None)
    assert (found.authors, found.publisher, found.iri, found.key) == (("Etaten",), "Etaten", CATALOGUE, "plangraf")


def test_what_is_not_known_is_left_out() -> None:
    bare = "<id/by/plan> a plan:Plan ; dct:publisher <id/nameless> ."
    found = citations(bare, built=None).of_thing(statements(bare), f"{ID}by/plan", "nb")
    assert (found.authors, found.issued, found.licence, found.note, found.beside, found.language) == (
        (),
        None,
        None,
        None,
        None,
        None,
    )
    assert found.name == f"{ID}by/plan"


def test_every_text_is_on_one_line() -> None:
    odd = '"Over\\nflere\\r\\nlinjer\\u0007 \\u2028her"@nb ; dct:title "a\\tb"@nb .'
    odd = f"<id/by/plan> a plan:Plan ; skos:prefLabel {odd}"
    assert cite("by/plan", odd).title == "Over flere linjer her (a b)"


def test_keys_differ_where_addresses_differ() -> None:
    names = ("p/mål", "p/m%C3%A5l", "p/mal", "p-mal", "p/møl", "p/m{l", "p#mal")
    keys = [citations().of_thing(statements(PLAN), ID + name, "nb").key for name in names]
    keys += [citations().of_thing(statements(PLAN), iri, "nb").key for iri in (GRAPH + "by/plan", f"{BASE}/by/plan")]
    assert len(set(keys)) == len(keys)
    assert all(key.isascii() and not set(key) & set("\"#%'(),={}~\\ ") for key in keys)


@pytest.mark.parametrize(
    ("path", "cited"),
    [("/doc/by/plan", "/cite/doc/by/plan"), ("/graph/sdg", "/cite/graph/sdg"), ("/catalog", "/cite"), ("/", None)],
)
def test_where_it_is_said_how_to_cite_a_page(path: str, cited: str | None) -> None:
    assert cite_path(path) == cited
