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


def test_rows_are_read_as_the_triples_that_they_stand_for() -> None:
    texts = (
        '"plain"',
        '"a\\"b\\\\c\\n\\td"@en',
        '"x--y"@nb',
        '"2024-01-01"^^<http://www.w3.org/2001/XMLSchema#date>',
    )
    numbers = ("5", "-1.50", "1.0e3", "true", "_:b", "<http://e.org/o>")
    turtle = f"PREFIX e: <http://e.org/> e:a e:p {', '.join((*texts, *numbers))} ."
    store = ox.Store()
    store.load(turtle, format=ox.RdfFormat.TURTLE)
    [*quads] = store.quads_for_pattern(None, None, None)
    results = store.query("SELECT ?s ?p ?o { ?s ?p ?o }")
    assert isinstance(results, ox.QuerySolutions)
    body = results.serialize(format=ox.QueryResultsFormat.TSV)
    assert body is not None
    statements = Statements()
    statements.add_rows(body + body.partition(b"\n")[2])
    assert set(statements.objects("http://e.org/a", "http://e.org/p")) == {quad.object for quad in quads}
    assert len(statements.objects("http://e.org/a", "http://e.org/p")) == len(quads)


def test_added_triples_are_indexed_once() -> None:
    statements = parse("e:a e:p e:x .")
    [quad] = ox.parse("<http://e.org/b> <http://e.org/p> <http://e.org/x> .", format=ox.RdfFormat.N_TRIPLES)
    statements.add([quad.triple, quad.triple])
    statements.add([quad.triple])
    assert statements.subjects("http://e.org/p", "http://e.org/x") == ["http://e.org/a", "http://e.org/b"]
    assert statements.subjects_with("http://e.org/p") == ["http://e.org/a", "http://e.org/b"]


def test_things_without_a_label_are_listed_without_claims_and_blank_nodes() -> None:
    statements = parse(
        'PREFIX owl: <http://www.w3.org/2002/07/owl#> e:claim a owl:Axiom ; e:p e:x . e:a rdfs:label "a" ; e:p [] .'
    )
    assert statements.unnamed == {"http://e.org/x", "http://www.w3.org/2002/07/owl#Axiom"}


def test_a_label_in_a_language_is_that_of_the_first_property_that_has_one() -> None:
    statements = parse(
        'e:a skos:prefLabel "a\\"\\u00e5"@nb , "b"@en ; rdfs:label "c"@nn . e:b skos:prefLabel "x"@en , "y"@en .'
    )
    found = [statements.name_in("http://e.org/a", tag) for tag in ("nb", "en", "nn", "n")]
    assert found == ['a"å', "b", None, None]
    assert statements.name_in("http://e.org/b", "en") is None
    assert statements.name_in("http://e.org/c", "en") is None


def test_lines_are_read_as_the_triples_that_they_stand_for() -> None:
    statements = Statements()
    statements.add_lines(b'<http://e.org/a> <http://e.org/p> "x . y \\" z"@en .\n_:b <http://e.org/p> _:c .\n' * 2)
    assert statements.text("http://e.org/a", "http://e.org/p") == 'x . y " z'
    assert statements.objects("b", "http://e.org/p") == [ox.BlankNode("c")]


def test_a_copy_without_subjects_says_nothing_of_them_and_the_original_does() -> None:
    statements = parse("e:a e:p e:x , e:y . e:b e:p e:x . e:x e:p e:a .")
    copy = statements.without({"http://e.org/a"})
    assert "http://e.org/a" not in copy
    assert copy.subjects("http://e.org/p", "http://e.org/x") == ["http://e.org/b"]
    assert copy.values_of("http://e.org/p") == ["http://e.org/a", "http://e.org/x"]
    copy.add_lines(b"<http://e.org/b> <http://e.org/p> <http://e.org/y> .\n")
    assert statements.iris("http://e.org/b", "http://e.org/p") == ["http://e.org/x"]
    assert statements.subjects("http://e.org/p", "http://e.org/y") == ["http://e.org/a"]
