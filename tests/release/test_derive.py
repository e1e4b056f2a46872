import pyoxigraph as ox
import pytest

from plangraf.namespaces import DERIVED_GRAPH, PREFIXES
from plangraf.release.derive import derive

HEADER = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items()) + "PREFIX e: <http://e.org/>\n"


def derived(turtle: str) -> ox.Store:
    store = ox.Store()
    store.load(HEADER + turtle, format=ox.RdfFormat.TURTLE)
    derive(store)
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
    ],
)
def test_what_follows_is_added_to_the_merge_and_to_its_own_graph(turtle: str, follows: str) -> None:
    store = derived(turtle)
    assert holds(store, follows)
    assert holds(store, f"GRAPH <{DERIVED_GRAPH}> {{ {follows} }}")


def test_a_match_outside_the_sdg_scheme_is_no_contribution() -> None:
    store = derived("e:a skos:closeMatch e:b . e:b skos:inScheme e:other .")
    assert not holds(store, "e:a plan:contributesToSDG ?any")


def test_an_indicator_like_one_of_the_uns_does_not_contribute_to_it() -> None:
    store = derived("e:a skos:relatedMatch sdg:C110602 . sdg:C110602 a sdgo:Indicator ; skos:broader sdg:11.6 .")
    assert not holds(store, "e:a plan:contributesToSDG ?any")


def test_what_is_stated_already_is_not_derived_again() -> None:
    store = derived("e:b skos:broader e:a . e:a skos:narrower e:b .")
    assert not holds(store, f"GRAPH <{DERIVED_GRAPH}> {{ e:a skos:narrower e:b }}")


def test_the_derived_graph_says_what_it_is() -> None:
    assert holds(derived(""), f"<{DERIVED_GRAPH}> plan:graphRole plan:Derived ; dct:creator ?who ; dct:license ?what")
