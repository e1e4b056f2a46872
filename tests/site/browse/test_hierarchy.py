"""Trees of any shape."""

from collections.abc import Iterable
from itertools import pairwise

from plangraf.site.browse.concepts import Concept
from plangraf.site.browse.hierarchy import ConceptBranch, Hierarchy


def _tree(**broader: str) -> Hierarchy:
    """Return the tree of concepts that are called by letters, each with the letters of what is above it."""
    return Hierarchy([Concept(iri, "goal", None, (), (), tuple(above), ()) for iri, above in broader.items()])


def _shape(branches: Iterable[ConceptBranch] | None) -> object:
    if branches is None:
        return None
    return {branch.concept.iri: branch.descendants or _shape(branch.children) for branch in branches}


def test_what_is_below_hangs_below() -> None:
    tree = _tree(a="", b="a", c="a", d="b", e="")
    assert _shape(tree.expanded(None, 10, 6)) == {"a": {"b": {"d": {}}, "c": {}}, "e": {}}
    assert _shape(tree.expanded("b", 10, 6)) == {"d": {}}
    assert [step.iri for step in tree.ancestors("d")] == ["a", "b"]
    assert tree.count_descendants("a") == 3
    assert tree.has_levels
    assert not _tree(a="", b="").has_levels


def test_what_has_several_above_it_hangs_below_each_and_is_counted_once() -> None:
    tree = _tree(a="", b="a", c="a", d="bc")
    assert _shape(tree.expanded(None, 10, 6)) == {"a": {"b": {"d": {}}, "c": {"d": {}}}}
    assert tree.count_descendants("a") == 3


def test_what_is_above_in_another_scheme_does_not_hide_a_concept() -> None:
    assert _shape(_tree(a="x").expanded(None, 10, 6)) == {"a": {}}


def test_a_ring_ends_and_is_shown() -> None:
    tree = _tree(a="c", b="a", c="b", d="c", e="")
    assert _shape(tree.expanded(None, 10, 6)) == {"a": {"b": {"c": {"d": {}}}}, "e": {}}
    assert _shape(tree.expanded("c", 10, 6)) == {"a": {"b": {}}, "d": {}}
    assert [step.iri for step in tree.ancestors("a")] == ["b", "c"]
    assert tree.count_descendants("a") == 3


def test_a_ring_below_a_top_ends() -> None:
    tree = _tree(a="", b="ac", c="b")
    assert _shape(tree.expanded(None, 10, 6)) == {"a": {"b": {"c": {}}}}
    assert _shape(tree.collapsed(tree.level(None))) == {"a": 2}


def test_more_than_a_page_shows_is_no_whole_tree() -> None:
    tree = _tree(a="", b="a", c="a")
    assert tree.expanded(None, 2, 6) is None
    assert tree.expanded(None, 3, 6) is not None


def test_what_is_deeper_than_a_page_shows_is_counted() -> None:
    tree = _tree(a="", b="a", c="b", d="c")
    assert _shape(tree.expanded(None, 10, 2)) == {"a": {"b": 2}}


def test_a_web_of_many_ways_and_a_long_chain_end_soon() -> None:
    layers = [[f"{layer}-{place}" for place in range(10)] for layer in range(20)]
    web = [Concept(iri, "goal", None, (), (), (), ()) for iri in layers[0]]
    web += [
        Concept(iri, "goal", None, (), (), tuple(above), ()) for above, layer in pairwise(layers) for iri in layer
    ]
    assert Hierarchy(web).expanded(None, 200, 6) is None
    assert Hierarchy(web).count_descendants("0-0") == 190
    chain = [Concept(str(n), "goal", None, (), (), (str(n - 1),) if n else (), ()) for n in range(5000)]
    assert Hierarchy(chain).count_descendants("0") == 4999
    assert len(Hierarchy(chain).ancestors("4999")) == 4999
