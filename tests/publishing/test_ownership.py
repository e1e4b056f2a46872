import pyoxigraph as ox
import pytest

from plangraf.namespaces import GRAPH, ID, SDG
from plangraf.publishing.ownership import foreign_subjects, owns_graph


@pytest.mark.parametrize("path", ["vik", "vik/havna", "vik/havna/translation-en", "vik/B%C3%A6rum", "vik/a.b_c~d-e"])
def test_a_publisher_owns_its_graph_and_those_below(path: str) -> None:
    assert owns_graph("vik", GRAPH + path)


@pytest.mark.parametrize(
    "graph",
    [
        GRAPH,
        f"{GRAPH}vi",
        f"{GRAPH}vikna/plan",
        f"{GRAPH}vik-2/plan",
        f"{GRAPH}fjell/plan",
        f"{GRAPH}vik/",
        f"{GRAPH}vik//plan",
        f"{GRAPH}vik/../fjell/plan",
        f"{GRAPH}vik/./plan",
        f"{GRAPH}vik/%2e%2e/fjell/plan",
        f"{GRAPH}vik/%2E%2E/fjell/plan",
        f"{GRAPH}vik/..%2Ffjell",
        f"{GRAPH}vik%2Fplan",
        f"{GRAPH}vik/a%2Fb",
        f"{GRAPH}vik/a%5Cb",
        f"{GRAPH}vik/pl%61n",
        f"{GRAPH}vik/b%c3%a6rum",
        f"{GRAPH}vik/bærum",
        f"{GRAPH}vik/a%CC%8A",
        f"{GRAPH}vik/a%00",
        f"{GRAPH}vik/a%0A",
        f"{GRAPH}vik/%FF",
        f"{GRAPH}vik/%zz",
        f"{GRAPH}vik/plan?x",
        f"{GRAPH}vik/plan#x",
        f"{GRAPH}vik/plan/derived",
        f"{GRAPH}vik/{'a' * 2000}",
        f"{GRAPH.replace('https', 'http')}vik/plan",
        f"{GRAPH.upper()}vik/plan",
        f"{ID}vik/plan",
        "vik/plan",
        "",
    ],
)
def test_a_publisher_owns_no_other_graph(graph: str) -> None:
    assert not owns_graph("vik", graph)


def test_what_belongs_to_others_is_found() -> None:
    own = [f"{ID}vik", f"{ID}vik/havna/goal/1", f"{GRAPH}vik/havna", "https://e.org/a"]
    foreign = [f"{ID}vikna/plan", f"{ID}fjell/ren-luft", f"{GRAPH}fjell/ren-luft", f"{SDG}13", SDG.rstrip("/")]
    kind = ox.NamedNode("https://e.org/p")
    quads = [ox.Quad(ox.NamedNode(iri), kind, ox.Literal("1")) for iri in (*own, *foreign)]
    quads.append(ox.Quad(ox.BlankNode(), kind, ox.Literal("1")))
    assert list(foreign_subjects("vik", quads)) == foreign
