import pyoxigraph as ox
import pytest

from plangraf.namespaces import PREFIXES
from plangraf.validation.derive import derive

HEADER = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items()) + "PREFIX e: <http://e.org/>\n"


def stated(turtle: str) -> ox.Store:
    store = ox.Store()
    store.load(HEADER + turtle, format=ox.RdfFormat.TURTLE)
    return store


def holds(store: ox.Store, pattern: str) -> bool:
    return bool(store.query(f"{HEADER} ASK {{ {pattern} }}"))


@pytest.mark.parametrize(
    ("turtle", "follows"),
    [
        ("plan:Goal rdfs:subClassOf skos:Concept . e:a a plan:Goal .", "e:a a skos:Concept"),
        ("e:b skos:broader e:a .", "e:a skos:narrower e:b"),
        ("e:a skos:narrower e:b .", "e:b skos:broader e:a"),
        ("e:s skos:hasTopConcept e:a .", "e:a skos:topConceptOf e:s"),
        ("e:a skos:topConceptOf e:s .", "e:s skos:hasTopConcept e:a"),
        (
            "e:a skos:broadMatch sdg:11.7 . sdg:11.7 a sdgo:Target .",
            "e:a plan:contributesToSDG sdg:11.7",
        ),
        (
            "e:a plan:contributesToSDG sdg:11.7 . sdg:11.7 skos:broader sdg:11 . sdg:11 a sdgo:Goal .",
            "e:a plan:contributesToSDG sdg:11",
        ),
        (
            "e:a skos:narrowMatch sdg:11 . sdg:11 a sdgo:Goal .",
            "e:a plan:contributesToSDG sdg:11",
        ),
    ],
)
def test_what_follows_is_added_and_returned(turtle: str, follows: str) -> None:
    store = stated(turtle)
    new = ox.Store()
    new.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in derive(store))
    assert holds(store, follows)
    assert holds(new, follows)


def test_a_match_outside_the_sdg_scheme_is_no_contribution() -> None:
    store = stated("e:a skos:closeMatch e:b . e:b skos:inScheme e:other .")
    derive(store)
    assert not holds(store, "e:a plan:contributesToSDG ?any")


def test_an_indicator_like_one_of_the_uns_does_not_contribute_to_it() -> None:
    store = stated("e:a skos:relatedMatch sdg:C110602 . sdg:C110602 a sdgo:Indicator ; skos:broader sdg:11.6 .")
    derive(store)
    assert not holds(store, "e:a plan:contributesToSDG ?any")


def test_what_is_stated_already_is_not_derived_again() -> None:
    store = stated("e:b skos:broader e:a . e:a skos:narrower e:b .")
    assert derive(store) == []


TIED = """
e:a skos:broadMatch sdg:11.7 . e:b plan:contributesToSDG sdg:11 .
sdg:11.7 a sdgo:Target ; skos:broader sdg:11 . sdg:11 a sdgo:Goal .
"""
CLAIM = "e:c owl:annotatedSource {} ; owl:annotatedProperty {} ; owl:annotatedTarget {} ; plan:basis plan:{} ."


@pytest.mark.parametrize(
    ("basis", "tie", "other"),
    [
        ("StatedInPlan", "plan:statesContributionTo", "plan:judgedContributionTo"),
        ("Editorial", "plan:judgedContributionTo", "plan:statesContributionTo"),
    ],
)
def test_a_claim_says_whose_word_a_tie_and_the_tie_to_the_goal_are(basis: str, tie: str, other: str) -> None:
    store = stated(TIED + CLAIM.format("e:a", "skos:broadMatch", "sdg:11.7", basis))
    derive(store)
    assert holds(store, f"e:a {tie} sdg:11.7 , sdg:11 ; plan:contributesToSDG sdg:11.7 , sdg:11")
    assert not holds(store, f"?any {other} ?sdg")
    assert not holds(store, f"e:b {tie} ?sdg")


@pytest.mark.parametrize("relation", ["broadMatch", "narrowMatch", "relatedMatch", "closeMatch"])
def test_a_claim_may_be_about_any_mapping_to_an_sdg(relation: str) -> None:
    claim = CLAIM.format("e:d", f"skos:{relation}", "sdg:11", "StatedInPlan")
    store = stated(f"{TIED} e:d skos:{relation} sdg:11 . {claim}")
    derive(store)
    assert holds(store, "e:d plan:statesContributionTo sdg:11")


def test_a_tie_that_the_plan_states_and_an_editor_judges_is_both() -> None:
    claims = CLAIM.format("e:b", "plan:contributesToSDG", "sdg:11", "StatedInPlan")
    claims += CLAIM.format("e:b", "plan:contributesToSDG", "sdg:11", "Editorial").replace("e:c", "e:d")
    store = stated(TIED + claims)
    derive(store)
    assert holds(store, "e:b plan:statesContributionTo sdg:11 ; plan:judgedContributionTo sdg:11")


@pytest.mark.parametrize(
    "claim",
    [
        CLAIM.format("e:a", "skos:broadMatch", "sdg:11", "StatedInPlan"),
        CLAIM.format("e:a", "skos:relatedMatch", "sdg:11.7", "StatedInPlan"),
        CLAIM.format("e:a", "dct:subject", "sdg:11.7", "StatedInPlan"),
        CLAIM.format("e:a", "skos:broadMatch", "sdg:11.7", "Unknown"),
        "e:c owl:annotatedSource e:a ; owl:annotatedProperty skos:broadMatch ; owl:annotatedTarget sdg:11.7 .",
        "",
    ],
)
def test_without_a_claim_about_the_very_link_a_tie_is_nobodys_word(claim: str) -> None:
    store = stated(TIED + claim)
    derive(store)
    assert holds(store, "e:a plan:contributesToSDG sdg:11.7 , sdg:11")
    assert not holds(store, "?any plan:statesContributionTo|plan:judgedContributionTo ?sdg")


def test_a_claim_about_another_municipalitys_goal_ties_nothing_to_an_sdg() -> None:
    claim = CLAIM.format("e:a", "skos:closeMatch", "e:b", "StatedInPlan")
    store = stated(f"{TIED} e:a skos:closeMatch e:b . {claim}")
    derive(store)
    assert not holds(store, "?any plan:statesContributionTo ?sdg")
