import pyoxigraph as ox

from plangraf.rdf.canonical import canonical_n_quads, canonical_triples


def read(turtle: str) -> list[ox.Quad]:
    return list(ox.parse(f"@prefix e: <http://e.org/> . {turtle}", format=ox.RdfFormat.TURTLE))


def test_lines_are_sorted_whatever_the_order_of_the_statements() -> None:
    quads = read("e:b e:p 1 . e:a e:p 2 .")
    lines = canonical_n_quads(quads, "scope").splitlines()
    assert [line[:16] for line in lines] == [b"<http://e.org/a>", b"<http://e.org/b>"]
    assert canonical_n_quads(reversed(quads), "scope").splitlines() == lines


def test_the_names_of_blank_nodes_do_not_matter() -> None:
    one, other = (read(f"e:a e:p _:{x} . _:{x} e:q _:{y} . _:{y} e:q 1 .") for x, y in (("x", "y"), ("y", "x")))
    assert canonical_n_quads(one, "scope") == canonical_n_quads(other, "scope")


def test_two_scopes_share_no_blank_node() -> None:
    quads = read("e:a e:p [ e:q 1 ] , [ e:q 2 ] .")
    names = [
        {term for line in canonical_n_quads(quads, scope).split() for term in [line] if term.startswith(b"_:")}
        for scope in ("one", "two")
    ]
    assert [len(found) for found in names] == [2, 2]
    assert names[0].isdisjoint(names[1])


def test_statements_keep_their_graphs() -> None:
    graph = ox.NamedNode("http://e.org/g")
    quads = [ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in read("e:a e:p [ e:q 1 ] .")]
    assert canonical_n_quads(quads, "scope").count(b" <http://e.org/g> .\n") == 2


def test_triples_are_the_same_whatever_labels_their_blank_nodes_were_read_with() -> None:
    turtle = "e:a e:p [ e:q 1 ; e:r [ e:q 2 ] ] , [ e:q 2 ] ."
    one, other = (canonical_triples(quad.triple for quad in read(turtle)) for _ in "ab")
    assert one == other
    assert len(one) == 6
