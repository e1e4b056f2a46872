"""The licences of a document, from those of the graphs behind it."""

import pyoxigraph as ox
import pytest

from plangraf.linkeddata.sources import find_sources
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import DERIVED_GRAPH, expand

A, B, C = "http://e.org/a", "http://e.org/b", "http://e.org/c"
CC, CC_EU = (
    "https://creativecommons.org/licenses/by/4.0/",
    "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0",
)


def stated(*licences: tuple[str, str]) -> Statements:
    """Return statements of graphs and their licences."""
    name = ox.NamedNode(expand("dct:license"))
    return Statements(ox.Triple(ox.NamedNode(graph), name, ox.NamedNode(licence)) for graph, licence in licences)


@pytest.mark.parametrize(
    ("licences", "shared", "all_of_them", "unlicensed"),
    [
        ([(A, C), (B, C)], (C,), (C,), False),
        ([(A, CC), (B, CC_EU)], (CC,), (CC,), False),
        ([(A, C), (B, CC)], (), (C, CC), False),
        ([(A, C)], (), (C,), True),
        ([], (), (), True),
        ([(A, C), (A, CC), (B, CC)], (CC,), (C, CC), False),
    ],
)
def test_a_licence_covers_a_document_if_all_graphs_state_it(
    licences: list[tuple[str, str]], shared: tuple[str, ...], all_of_them: tuple[str, ...], unlicensed: bool
) -> None:
    sources = find_sources(stated(*licences), [A], [B])
    assert sources.licences == shared
    assert sources.stated == all_of_them
    assert sources.unlicensed is unlicensed


def test_what_is_derived_is_a_source_only_alone() -> None:
    statements = stated((A, C), (DERIVED_GRAPH, CC))
    assert find_sources(statements, [A, DERIVED_GRAPH]).licences == (C,)
    assert find_sources(statements, [DERIVED_GRAPH]).licences == (CC,)


def test_what_is_derived_about_a_plan_is_a_source_only_alone() -> None:
    derived = f"{A}/derived"
    statements = stated((A, C), (derived, CC))
    role, its = ox.NamedNode(expand("plan:graphRole")), ox.NamedNode(expand("plan:Derived"))
    statements.add([ox.Triple(ox.NamedNode(derived), role, its)])
    assert find_sources(statements, [A, derived]).licences == (C,)
    assert find_sources(statements, [derived]).licences == (CC,)


def test_a_document_without_a_graph_has_no_licence() -> None:
    assert find_sources(stated((A, C)), []).licences == ()
