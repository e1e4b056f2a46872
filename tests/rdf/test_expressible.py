import pyoxigraph as ox
import pytest

from plangraf.errors import NotAcceptable
from plangraf.formats import GRAPH_FORMATS, JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Format
from plangraf.rdf.expressible import code_point, escape_carriage_returns
from plangraf.rdf.serialization import serialize

NODE = ox.NamedNode("http://e.org/a")
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def refused(triple: ox.Triple) -> set[Format]:
    found = set()
    for rdf_format in GRAPH_FORMATS:
        try:
            serialize([triple], rdf_format)
        except NotAcceptable:
            found.add(rdf_format)
    return found


@pytest.mark.parametrize("number", [*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF])
def test_rdf_xml_is_refused_for_a_character_that_xml_lacks(number: int) -> None:
    triple = ox.Triple(NODE, NODE, ox.Literal(f"a{chr(number)}b"))
    assert refused(triple) == {RDF_XML}
    with pytest.raises(NotAcceptable) as raised:
        serialize([triple], RDF_XML)
    assert code_point(chr(number)) in str(raised.value)
    assert "http://e.org/a" in str(raised.value)
    assert raised.value.members["available"] == [TURTLE.media_type, JSON_LD.media_type, N_TRIPLES.media_type]


@pytest.mark.parametrize("text", ["\t\n\r", "\x7f\x80\x85\x9f", "\ufffd\ud7ff\ue000", "\U0001fffe\U0010ffff", ""])
def test_every_other_character_is_written(text: str) -> None:
    assert refused(ox.Triple(NODE, NODE, ox.Literal(text))) == set()


@pytest.mark.parametrize(
    "iri",
    [
        *("http://e.org/", "http://e.org/1", "http://e.org/a/2.1", "urn:x:1", "http://e.org/a)", "http://e.org/x;"),
        *("http://e.org/\u2160", "http://www.w3.org/2000/xmlns/x"),
        *(f"{RDF}{name}" for name in ("li", "Description", "ID", "about", "bagID", "aboutEach")),
    ],
)
def test_rdf_xml_is_refused_for_a_property_without_an_xml_name(iri: str) -> None:
    triple = ox.Triple(NODE, ox.NamedNode(iri), NODE)
    assert refused(triple) == {RDF_XML}
    with pytest.raises(NotAcceptable) as raised:
        serialize([triple], RDF_XML)
    assert f"<{iri}>" in str(raised.value)


@pytest.mark.parametrize("iri", ["http://e.org/p", "http://e.org/æ", "http://e.org/1a", "urn:x:a", f"{RDF}_1"])
def test_every_other_property_is_written(iri: str) -> None:
    assert refused(ox.Triple(NODE, ox.NamedNode(iri), NODE)) == set()


@pytest.mark.parametrize(
    "value",
    [
        ox.Triple(NODE, NODE, NODE),
        ox.Triple(NODE, NODE, ox.Triple(NODE, NODE, ox.Literal("x"))),
        ox.Literal("x", language="ar", direction=ox.BaseDirection.RTL),
    ],
)
def test_rdf_1_2_is_written_in_turtle_and_n_triples_alone(value: ox.Triple | ox.Literal) -> None:
    triple = ox.Triple(NODE, NODE, value)
    assert refused(triple) == {RDF_XML, JSON_LD}
    for rdf_format in (TURTLE, N_TRIPLES):
        target = ox.RdfFormat.from_media_type(rdf_format.media_type)
        assert [quad.triple for quad in ox.parse(serialize([triple], rdf_format), format=target)] == [triple]


def test_carriage_returns_become_references() -> None:
    assert escape_carriage_returns(b"<a>\r\nb</a>") == b"<a>&#xD;\nb</a>"
