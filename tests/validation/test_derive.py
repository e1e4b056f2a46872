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
