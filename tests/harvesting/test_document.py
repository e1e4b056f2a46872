"""Documents of sources: their formats, and the graphs of their statements."""

import zipfile
from io import BytesIO

import pyoxigraph as ox
import pytest
from tests.harvesting.web import plan_with_goals
from tests.site.graphs.publishing import plan
from tests.workbook.books import GRAPH as EXAMPLE
from tests.workbook.books import example

from plangraf.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, XLSX, Format
from plangraf.harvesting.address import parse_address
from plangraf.harvesting.client import HarvestResponse
from plangraf.harvesting.document import HarvestedDocument
from plangraf.harvesting.faults import HarvestError, NothingToHarvestError
from plangraf.harvesting.recognition import recognize_document
from plangraf.namespaces import GRAPH

PLACE = "https://www.eksempel.no/data/plan"
PREFIXES = (
    "PREFIX plan: <https://w3id.org/plangraf/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    "PREFIX void: <http://rdfs.org/ns/void#> PREFIX foaf: <http://xmlns.com/foaf/0.1/> "
    "BASE <https://w3id.org/plangraf/> "
)


def _response(data: bytes | str, media_type: str = "text/turtle", ending: str = "") -> HarvestResponse:
    content = data.encode() if isinstance(data, str) else data
    return HarvestResponse(parse_address(f"{PLACE}{ending}"), content, media_type)


def _graphs(data: bytes | str, media_type: str = "text/turtle", ending: str = "") -> set[str]:
    document = HarvestedDocument.of(_response(data, media_type, ending))
    return {graph.removeprefix(GRAPH) for graph in document.graphs}


def _as(rdf_format: Format, graph: bool = False) -> bytes:
    """Return a plan with two goals in another format, in its graph if the format has graphs."""
    triples = ox.parse(plan_with_goals("vik/havna", 2).encode(), format=ox.RdfFormat.TURTLE)
    place = ox.NamedNode(f"{GRAPH}vik/havna") if graph else ox.DefaultGraph()
    quads = [ox.Quad(each.subject, each.predicate, each.object, place) for each in triples]
    written = quads if rdf_format in (TRIG, N_QUADS, JSON_LD) else [each.triple for each in quads]
    data = ox.serialize(written, format=ox.RdfFormat.from_media_type(rdf_format.media_type))
    assert data is not None
    return data


@pytest.mark.parametrize(
    ("rdf_format", "graph"),
    [
        *((each, False) for each in (TURTLE, N_TRIPLES, RDF_XML, JSON_LD, TRIG, N_QUADS)),
        *((each, True) for each in (TRIG, N_QUADS, JSON_LD)),
    ],
    ids=lambda value: value.key if isinstance(value, Format) else str(value),
)
def test_a_plan_is_the_same_in_every_format(rdf_format: Format, graph: bool) -> None:
    document = HarvestedDocument.of(_response(_as(rdf_format, graph), rdf_format.media_type))
    assert {each.removeprefix(GRAPH) for each in document.graphs} == {"vik/havna"}
    assert document.concepts == 2
    assert document.described == {f"{GRAPH}vik/havna"}
    assert document.licences == ("http://publications.europa.eu/resource/authority/licence/NLOD_2_0",)


def test_a_licence_that_is_no_web_address_is_none() -> None:
    text = plan("vik/havna").replace(
        "dct:license <http://publications", "dct:license <javascript:alert(1)> , <http://pub"
    )
    assert HarvestedDocument.of(_response(text)).licences == (
        "http://pub.europa.eu/resource/authority/licence/NLOD_2_0",
    )


def test_a_workbook_has_the_graphs_of_its_plan() -> None:
    for media_type in (XLSX.media_type, "application/octet-stream", "text/html"):
        document = HarvestedDocument.of(_response(example(), media_type))
        assert EXAMPLE in document.graphs
        assert document.concepts > 2


@pytest.mark.parametrize(
    ("data", "graph"),
    [
        ("<id/vik/havna> a plan:Plan .", "vik/havna"),
        ("<id/vik/havna/2> a plan:Plan .", "vik/havna"),
        ("<id/vik> a foaf:Agent .", "vik"),
        ("<https://data.eksempel.no/planer/Blå%20vei> a plan:Plan .", "www-eksempel-no/bla-vei"),
        ("<https://data.eksempel.no/planer#x> a plan:Plan .", "www-eksempel-no/x"),
        (
            '<https://data.eksempel.no/planer/x> a plan:Plan . <id/vik> void:uriSpace "https://data.eksempel.no/" .',
            "vik/x",
        ),
        ("<https://data.eksempel.no/> a plan:Plan .", "www-eksempel-no/plan"),
    ],
)
def test_a_document_that_describes_no_graph_has_that_of_its_plan(data: str, graph: str) -> None:
    assert _graphs(PREFIXES + data) == {graph}


def test_graphs_of_other_names_are_taken_for_one() -> None:
    data = "{0} GRAPH <urn:a> {{ <id/vik/havna> a plan:Plan }} GRAPH <urn:b> {{ <id/vik/havna> plan:vision 'x' }}"
    assert _graphs(data.format(PREFIXES), TRIG.media_type) == {"vik/havna"}


def test_what_was_derived_elsewhere_is_left_out() -> None:
    data = "{0} GRAPH <graph/vik/a> {{ <id/vik/a> a plan:Plan }} GRAPH <graph/vik/a/derived> {{ <a> <b> <c> }}"
    assert _graphs(data.format(PREFIXES), TRIG.media_type) == {"vik/a"}


def test_graphs_of_two_publishers_are_two_files() -> None:
    data = "{0} GRAPH <graph/vik/a> {{ <id/vik/a> a plan:Plan }} GRAPH <graph/fjell/b> {{ <id/fjell/b> a plan:Plan }}"
    document = HarvestedDocument.of(_response(data.format(PREFIXES), TRIG.media_type))
    assert [file.publisher for file in document.files] == ["fjell", "vik"]
    assert document.publishers == {"fjell", "vik"}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("graph/sdg", "one of Plangraf's own"),
        ("graph/sparql/x", "one of Plangraf's own"),
        ("graph/vik//x", "no publisher can have"),
        ("graph/vik/../fjell", "no publisher can have"),
        ("graph/vik/%2e%2e/fjell", "no publisher can have"),
    ],
)
def test_names_that_no_publisher_can_have_are_refused(name: str, reason: str) -> None:
    iri = f"https://w3id.org/plangraf/{name}"
    data = f"<{iri}> <https://w3id.org/plangraf/id/vik/x> <https://w3id.org/plangraf/id/vik/y> <{iri}> .".replace(
        f"<{iri}> <https", "<urn:a> <https", 1
    )
    with pytest.raises(HarvestError, match=reason):
        _graphs(data, N_QUADS.media_type)


def test_a_document_that_describes_several_graphs_and_does_not_tell_them_apart_is_refused() -> None:
    with pytest.raises(HarvestError, match=r"describes 2 graphs, such as \S+vik/a and \S+vik/b"):
        _graphs(plan("vik/a") + plan("vik/b"))


def test_a_document_without_a_plan_has_nothing_to_harvest() -> None:
    for data, media_type in (
        ("<urn:a> <urn:b> <urn:c> .", TURTLE.media_type),
        ("# nothing", TURTLE.media_type),
        ("[]", JSON_LD.media_type),
    ):
        with pytest.raises(NothingToHarvestError):
            _graphs(data, media_type)


@pytest.mark.parametrize(
    ("data", "media_type", "reason"),
    [
        ("<!DOCTYPE html><title>Logg inn</title>", "text/turtle", "is a web page"),
        ("\n <!-- x --> <html lang=nb>", "", "is a web page"),
        ("Plan", "text/html; charset=utf-8".partition(";")[0], "is a web page"),
        ("  ", "text/turtle", "is empty"),
        ("%PDF-1.7", "application/pdf", "comes as application/pdf. Expected is one of: Turtle"),
        ("\x89PNG\0", "application/octet-stream", "comes as application/octet-stream"),
        ("a;b", "text/csv", "one sheet of a plan"),
        ("<a> <b>", "text/turtle", r"cannot be read: 1:\d+: is not well-formed Turtle"),
        ('{"@context": "https://eksempel.no/context", "a": 1}', "application/ld+json", "which is not fetched"),
        (
            '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><rdf:RDF '
            'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&x;</rdf:RDF>',
            "application/rdf+xml",
            "declares an entity",
        ),
        (b"PK\x03\x04 nothing", XLSX.media_type, "no workbook|damaged|cannot be"),
    ],
)
def test_what_cannot_be_read_is_told_in_words(data: bytes | str, media_type: str, reason: str) -> None:
    with pytest.raises(HarvestError, match=reason):
        _graphs(data, media_type)


def test_a_zip_file_that_is_a_bomb_is_refused() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("plan.csv", b"a" * 200_000_000)
    with pytest.raises(HarvestError):
        _graphs(out.getvalue(), "application/zip")


@pytest.mark.parametrize(
    ("data", "media_type", "ending", "expected"),
    [
        (b"<a> <b> <c> .", "text/plain", ".nt", N_TRIPLES),
        (b"<a> <b> <c> .", "text/plain", "", TURTLE),
        (b"<a> <b> <c> <d> .", "application/octet-stream", ".nq.gz", N_QUADS),
        (b"GRAPH <a> { }", "", ".trig", TRIG),
        (b'{"@id": "x"}', "application/json", "", JSON_LD),
        (b"{}", "application/json", ".json", JSON_LD),
        (b"<?xml version='1.0'?><rdf:RDF/>", "text/xml", "", RDF_XML),
        (b"x", "application/x-turtle", "", TURTLE),
        (b"x", "application/trig", ".ttl", TRIG),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "application/vnd.ms-excel", "", XLSX),
    ],
)
def test_the_format_follows_from_type_name_and_content(
    data: bytes, media_type: str, ending: str, expected: Format
) -> None:
    assert recognize_document(media_type, parse_address(f"{PLACE}{ending}"), data) == expected
