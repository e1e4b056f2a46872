"""The default graph of a query is the RDF merge of the selected graphs: each triple is there once."""

from itertools import pairwise

import pyoxigraph as ox
import pytest

from plangraf.engine.dataset import select_dataset
from plangraf.engine.interface import Query

SOURCE = """
@prefix e: <http://e.org/> .
e:g1 { e:a e:p 1 , 2 ; e:next e:b . _:x e:p 9 . }
e:g2 { e:a e:p 1 ; e:next e:b . e:b e:next e:c . }
e:g3 { e:a e:p 3 ; e:next e:b . _:x e:p 9 . }
"""
ALL = ("g1", "g2", "g3")
PREFIX = "PREFIX e: <http://e.org/> "


@pytest.fixture(scope="module")
def store() -> ox.Store:
    quads = list(ox.parse(SOURCE, format=ox.RdfFormat.TRIG))
    made = ox.Store()
    made.extend(quads)
    made.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    return made


def iris(*names: str) -> tuple[str, ...]:
    return tuple(f"http://e.org/{name}" for name in names)


def answer(store: ox.Store, query: Query) -> list[str]:
    dataset = select_dataset(store, query, query.text)
    found = dataset.store.query(
        query.text,
        base_iri="http://e.org/",
        default_graph=dataset.default_graphs,
        named_graphs=dataset.named_graphs,
    )
    assert isinstance(found, ox.QuerySolutions)
    body = found.serialize(format=ox.QueryResultsFormat.TSV)
    assert body is not None
    return body.decode().splitlines()[1:]


def number(store: ox.Store, text: str, default: tuple[str, ...] = (), named: tuple[str, ...] = ()) -> int:
    return int(answer(store, Query(PREFIX + text, iris(*default), iris(*named)))[0])


@pytest.mark.parametrize(
    ("graphs", "triples"),
    [
        (("g1",), 4),
        (("g1", "g1"), 4),
        (("g1", "g2"), 5),
        (("g2", "g1", "g2"), 5),
        (("g1", "g3"), 5),
        (("g2", "g3"), 5),
        (ALL, 6),
        ((*ALL, "g1"), 6),
        (("nothing",), 0),
        (("nothing", "none"), 0),
        (("nothing", "g1"), 4),
        (("nothing", *ALL), 6),
    ],
)
def test_each_triple_of_several_default_graphs_counts_once(
    store: ox.Store, graphs: tuple[str, ...], triples: int
) -> None:
    assert number(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", graphs) == triples
    clauses = " ".join(f"FROM e:{graph}" for graph in graphs)
    assert number(store, f"SELECT (COUNT(*) AS ?n) {clauses} {{ ?s ?p ?o }}") == triples


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("SELECT (SUM(?o) AS ?n) { e:a e:p ?o }", 3),
        ("SELECT (COUNT(?o) AS ?n) { e:a e:next/e:next ?o }", 1),
        ("SELECT (COUNT(?o) AS ?n) { e:a e:next+ ?o }", 2),
        ("SELECT (COUNT(*) AS ?n) { ?s (e:next|e:p) ?o OPTIONAL { ?o e:next ?q } }", 5),
        ("SELECT ?n { { SELECT (COUNT(*) AS ?n) { ?s ?p 1 } } }", 1),
    ],
)
def test_paths_and_aggregates_see_the_merge(store: ox.Store, text: str, value: int) -> None:
    assert number(store, text, ("g1", "g2")) == value


@pytest.mark.parametrize(
    "text",
    [
        "CONSTRUCT {{ ?s ?p ?o }} {} WHERE {{ ?s ?p ?o }}",
        "CONSTRUCT {} WHERE {{ ?s ?p ?o }}",
        "DESCRIBE e:a e:b {}",
    ],
)
def test_a_constructed_graph_has_no_statement_twice(store: ox.Store, text: str) -> None:
    query = Query(PREFIX + text.format("FROM e:g1 FROM e:g2"))
    dataset = select_dataset(store, query, query.text)
    found = dataset.store.query(query.text, default_graph=dataset.default_graphs, named_graphs=dataset.named_graphs)
    triples = [str(triple) for triple in found]  # type: ignore[union-attr]  # it is a graph
    assert len(triples) == len(set(triples)) >= 4


def test_a_named_graph_that_is_named_twice_has_its_solutions_once(store: ox.Store) -> None:
    assert number(store, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", (), ("g1", "g1")) == 4
    twice = "SELECT (COUNT(*) AS ?n) FROM NAMED e:g1 FROM NAMED e:g1 { GRAPH ?g { ?s ?p ?o } }"
    assert number(store, twice) == 4


def test_merged_default_graphs_stand_beside_the_named_ones_and_share_their_blank_nodes(store: ox.Store) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?x e:p 9 GRAPH ?g { ?x e:p 9 } }"
    assert number(store, text, ("g1", "g2"), ("g1", "g3")) == 2
    assert number(store, text, ALL, ("g1", "g3")) == 2
    assert number(store, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", ("g1", "g2")) == 0
    assert number(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", (), ("g1", "g2")) == 0


def test_blank_nodes_of_a_merge_keep_their_labels(store: ox.Store) -> None:
    query = Query("SELECT ?x { ?x ?p 9 }", iris("g1", "g2"))
    assert answer(store, query) == answer(store, query) == answer(store, Query("SELECT ?x { ?x ?p 9 }"))


@pytest.mark.parametrize(
    "clauses",
    [
        "FROM <http://e.org/g1> FROM <http://e.org/g2>",
        "FROM<http://e.org/g1>FROM<http://e.org/g2>",
        "from <g1> From e:g2",
        "FROM # the first\n <g1> # FROM <g3>\n FROM <g2>",
        "FROM NAMED <g3> FROM e:g1 FROM NAMED <g3> FROM e:g2",
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}",
        "SELECT (COUNT(*) AS ?n) {} WHERE {{ ?s ?p ?o BIND('FROM <g3>' AS ?x) }}",
        "SELECT ('FROM <g3> {{' AS ?from) (COUNT(*) AS ?n) {} {{ ?s ?p ?o }} #FROM <g3>",
    ],
)
def test_from_is_read_as_the_engine_reads_it(store: ox.Store, clauses: str, text: str) -> None:
    query = f"BASE <http://e.org/> PREFIX from: <http://from.example/> {PREFIX}{text.format(clauses)}"
    assert answer(store, Query(query))[0].split("\t")[-1] == "5"


def test_the_graphs_of_the_request_take_precedence_over_those_of_the_query(store: ox.Store) -> None:
    text = "SELECT (COUNT(*) AS ?n) FROM e:g1 FROM e:g2 { ?s ?p ?o }"
    assert number(store, text, ("g3",)) == 3
    assert number(store, text, (), ("g3",)) == 0


def test_what_need_not_be_merged_is_not_copied(store: ox.Store) -> None:
    for graphs in ((), ("g1",), ("g1", "g1"), ("g1", "nothing"), ALL):
        assert select_dataset(store, Query("ASK {}", iris(*graphs)), "ASK {}").store is store
    for pair in pairwise(ALL):
        assert select_dataset(store, Query("ASK {}", iris(*pair)), "ASK {}").store is not store


@pytest.mark.parametrize(
    "text", ["SELECT * FROM x:g FROM x:h {}", "SELECT * FROM", "FROM <g1>", "SELECT * FROM <a b> {}"]
)
def test_what_does_not_parse_selects_nothing(store: ox.Store, text: str) -> None:
    assert select_dataset(store, Query(text), text).default_graphs is None
