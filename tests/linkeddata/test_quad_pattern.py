import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plangraf.errors import RequestMalformed
from plangraf.linkeddata.quad_pattern import DEFAULT_GRAPH, parse_pattern

XSD = "http://www.w3.org/2001/XMLSchema#"
THING = ox.NamedNode("https://example.org/a")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.org/a", THING),
        ("<https://example.org/a>", THING),
        (" https://example.org/a\n", THING),
        ("sdg:13", ox.NamedNode("http://metadata.un.org/sdg/13")),
        ("urn:isbn:1", ox.NamedNode("urn:isbn:1")),
        ('"text"', ox.Literal("text")),
        ('""', ox.Literal("")),
        ('"text"@en', ox.Literal("text", language="en")),
        ('"text"@nb-NO', ox.Literal("text", language="nb-no")),
        ('"text"@ar--rtl', ox.Literal("text", language="ar", direction=ox.BaseDirection.RTL)),
        (f'"5"^^{XSD}integer', ox.Literal("5", datatype=ox.NamedNode(f"{XSD}integer"))),
        (f'"5"^^<{XSD}integer>', ox.Literal("5", datatype=ox.NamedNode(f"{XSD}integer"))),
        ('"five"^^xsd:integer', ox.Literal("five", datatype=ox.NamedNode(f"{XSD}integer"))),
        (f'"a"^^{XSD}string', ox.Literal("a")),
        ('"a "quoted" word"@en', ox.Literal('a "quoted" word', language="en")),
        ('"two\nlines\\"', ox.Literal("two\nlines\\")),
        ('"a"@en"', ox.Literal('a"@en')),
        ("", ox.Variable("object")),
        ("?", ox.Variable("object")),
    ],
)
def test_a_term_is_read_from_its_explicit_representation(text: str, expected: object) -> None:
    assert parse_pattern("", "", text, "").object == expected


@pytest.mark.parametrize(
    "text",
    [
        "foo",
        "a b",
        "/path",
        "http://[::1",
        '"',
        '"open',
        '"x"@',
        '"x"@!!',
        '"x"@en--up',
        '"x"^^',
        '"x"^^foo',
        '"x"en',
    ],
)
@pytest.mark.parametrize("place", range(4))
def test_what_is_no_term_is_refused_in_every_place(text: str, place: int) -> None:
    with pytest.raises(RequestMalformed):
        parse_pattern(*(text if each == place else "" for each in range(4)))


def test_variables_and_blank_nodes_match_anything_and_the_same_one_the_same() -> None:
    pattern = parse_pattern("?x", "$x", "_:x", "?y")
    assert pattern.subject == pattern.predicate
    assert len({pattern.subject, pattern.object, pattern.graph}) == 3


def test_texts_match_nothing_but_values() -> None:
    text = '"text"'
    assert parse_pattern("", "", text, "").is_possible
    for terms in ((text, "", "", ""), ("", text, "", ""), ("", "", "", text), ("", "", "<<a b c>>", "")):
        assert not parse_pattern(*terms).is_possible


def test_the_default_graph_is_asked_for_by_its_iri() -> None:
    assert parse_pattern("", "", "", DEFAULT_GRAPH).graph is None
    assert parse_pattern("", "", "", f"<{DEFAULT_GRAPH}>").graph is None
    assert parse_pattern("", "", "", "").graph is not None


def test_without_graphs_a_pattern_asks_the_merge_unless_its_graph_matters() -> None:
    assert parse_pattern("", "", "", "").merged().graph is None
    assert parse_pattern("", "", "", "https://example.org/a").merged().graph == THING
    shared = parse_pattern("?g", "", "", "?g")
    assert shared.merged() == shared


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_becomes_a_query_that_finds_it(text: str) -> None:
    store = ox.Store()
    quad = ox.Quad(THING, THING, ox.Literal(text), THING)
    store.add(quad)
    pattern = parse_pattern("", "", f'"{text}"', "")
    found = store.query(pattern.selecting(10, 0).text)
    assert isinstance(found, ox.QuerySolutions)
    values = [{name.value: solution[name] for name in found.variables} for solution in found]
    assert [pattern.quad(each) for each in values] == [quad]


@given(st.text(), st.text())
def test_nothing_that_somebody_writes_is_read_as_more_than_a_term(subject: str, value: str) -> None:
    try:
        pattern = parse_pattern(subject, "", value, "")
    except RequestMalformed:
        return
    if pattern.is_possible:
        ox.Store().query(pattern.counting().text)
