import pyoxigraph as ox

from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import PREFIXES

SKOS, RDFS = PREFIXES["skos"], PREFIXES["rdfs"]


def parse(turtle: str) -> Statements:
    prefixes = f"PREFIX skos: <{SKOS}> PREFIX rdfs: <{RDFS}> PREFIX e: <http://e.org/>"
    return Statements(q.triple for q in ox.parse(f"{prefixes} {turtle}", format=ox.RdfFormat.TURTLE))


def test_values_come_in_a_stable_order_and_once() -> None:
    statements = parse("e:a e:p e:c , e:b , e:b , 2 .")
    assert statements.iris("http://e.org/a", "http://e.org/p") == ["http://e.org/b", "http://e.org/c"]
    assert statements.text("http://e.org/a", "http://e.org/p") == "2"


def test_a_preferred_label_goes_before_a_label() -> None:
    statements = parse('e:a rdfs:label "other" ; skos:prefLabel "best"@en .')
    assert [name.value for name in statements.names("http://e.org/a")] == ["best"]


def test_what_refers_to_a_thing_is_found_with_its_property() -> None:
    statements = parse("e:a e:p e:x . e:b e:q e:x . e:b e:q e:y .")
    assert statements.referring("http://e.org/x") == [
        ("http://e.org/p", "http://e.org/a"),
        ("http://e.org/q", "http://e.org/b"),
    ]
    assert statements.subjects("http://e.org/q", "http://e.org/x") == ["http://e.org/b"]


def test_instances_are_found_by_any_of_their_classes() -> None:
    statements = parse("e:a a e:A . e:b a e:B . e:c a e:C .")
    assert statements.instances("http://e.org/A", "http://e.org/B") == ["http://e.org/a", "http://e.org/b"]
    assert "http://e.org/a" in statements
    assert "http://e.org/A" not in statements
