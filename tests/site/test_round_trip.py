"""Documents of hostile data say the same in each form, to readers that share no code with the server, or are 406."""

import io
from collections.abc import Iterator

import httpx
import pyoxigraph as ox
import pytest
from rdflib import Graph, Variable
from rdflib.query import Result
from tests.clients.javascript import Javascript
from tests.rdf_readers import Readers, find_readers
from tests.servers import serving
from tests.site.hostile import write_release
from tests.site.odd import ODD

from plangraf.formats import GRAPH_FORMATS, JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Format
from plangraf.namespaces import ID
from plangraf.rdf.terms import to_graph
from plangraf.release.release import Release

NOT_XML = {
    "vertical-tab": "U+000B",
    "null": "U+0000",
    "noncharacter": "U+FFFE",
    "digit": "<https://e.example/ns#1>",
    "slash": "<https://e.example/ns/>",
    "urn": "<urn:x:1>",
    "roman": "<https://e.example/\u2160b>",
    "li": "#li>",
    "description": "#Description>",
    "bag": "#bagID>",
    "xmlns": "<http://www.w3.org/2000/xmlns/x>",
    "triple-term": "<https://e.example/node>",
    "direction": "tekst",
}
"""What RDF/XML cannot express, and what the problem names."""
RDF_1_2 = ("triple-term", "direction")
UNREAD = {
    # C strings end at U+0000, and Raptor refuses what Unicode calls a noncharacter.
    "rapper": ("null", "noncharacter"),
}
DOCUMENTS = (
    *("/doc/hostile/odd", "/doc/hostile/ring", "/doc/hostile/labels/goal/1", "/doc/hostile/labels/goal/2"),
    *("/doc/hostile/ring/goal/1", "/doc/sdg/13", "/doc/trondheim/samfunnsplan-2020-2032"),
    *("/catalog", "/quality", "/ontology", "/shapes", "/.well-known/void", "/doc/hostile/many/goal/7"),
)


@pytest.fixture(scope="module")
def hostile(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a server of such data."""
    written = write_release(release, tmp_path_factory.mktemp("odd") / "release")
    with serving("--release", str(written.path)) as server:
        yield server.address


@pytest.fixture(scope="module")
def readers(javascript: Javascript) -> Readers:
    return find_readers(javascript)


def fetch(server: str, path: str, rdf_format: Format) -> httpx.Response:
    return httpx.get(f"{server}{path}", headers={"Accept": rdf_format.media_type}, follow_redirects=True)


def construct(server: str, name: str, rdf_format: Format) -> httpx.Response:
    goal = f"<{ID}hostile/odd/goal/{name}>"
    query = f"CONSTRUCT {{ ?s ?p ?o }} {{ {goal} (<>|!<>)* ?s FILTER(?s = {goal} || isBlank(?s)) ?s ?p ?o }}"
    return httpx.get(f"{server}/sparql", params={"query": query}, headers={"Accept": rdf_format.media_type})


def graph(answer: httpx.Response) -> Graph:
    assert answer.status_code == 200, answer.text
    return to_graph(ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES))


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_document_says_the_same_in_each_form(hostile: str, readers: Readers, path: str) -> None:
    expected = graph(fetch(hostile, path, N_TRIPLES))
    assert len(expected) > 1
    for rdf_format in GRAPH_FORMATS:
        answer = fetch(hostile, path, rdf_format)
        assert answer.status_code == 200, answer.text
        readers.assert_same(answer.content, rdf_format, expected)


@pytest.mark.parametrize("name", [name for name in ODD if name not in RDF_1_2])
@pytest.mark.parametrize("by_query", [False, True], ids=["document", "CONSTRUCT"])
def test_odd_statements_are_the_same_in_each_form(hostile: str, readers: Readers, name: str, by_query: bool) -> None:
    def ask(rdf_format: Format) -> httpx.Response:
        if by_query:
            return construct(hostile, name, rdf_format)
        return fetch(hostile, f"/doc/hostile/odd/goal/{name}", rdf_format)

    expected = graph(ask(N_TRIPLES))
    predicates = {str(predicate) for predicate in expected.predicates()}
    assert len(predicates) > 4
    for rdf_format in GRAPH_FORMATS:
        answer = ask(rdf_format)
        if rdf_format == RDF_XML and name in NOT_XML:
            assert answer.status_code == 406
            continue
        assert answer.status_code == 200, answer.text
        left_out = [reader for reader, names in UNREAD.items() if name in names and rdf_format != JSON_LD]
        readers.assert_same(answer.content, rdf_format, expected, left_out)


@pytest.mark.parametrize(
    ("name", "named", "rdf_format"),
    [
        *((name, named, RDF_XML) for name, named in NOT_XML.items()),
        *((name, NOT_XML[name], JSON_LD) for name in RDF_1_2),
    ],
    ids=lambda value: value.key if isinstance(value, Format) else value,
)
@pytest.mark.parametrize("by_query", [False, True], ids=["document", "CONSTRUCT"])
def test_what_a_form_cannot_express_is_named_and_other_forms_offered(
    hostile: str, name: str, named: str, rdf_format: Format, by_query: bool
) -> None:
    answer = (
        construct(hostile, name, rdf_format)
        if by_query
        else fetch(hostile, f"/doc/hostile/odd/goal/{name}", rdf_format)
    )
    assert answer.status_code == 406
    problem = answer.json()
    assert problem["type"].endswith("#not-acceptable")
    assert named in problem["detail"]
    others = [TURTLE, N_TRIPLES] if name in RDF_1_2 else [TURTLE, JSON_LD, N_TRIPLES]
    assert problem["available"] == [other.media_type for other in others]
    for other in others:
        path = f"/doc/hostile/odd/goal/{name}"
        found = construct(hostile, name, other) if by_query else fetch(hostile, path, other)
        assert found.status_code == 200, found.text
        assert "verdi" in found.text or name in ("vertical-tab", "null", "noncharacter", *RDF_1_2)


def test_solutions_in_xml_hold_what_was_asked(hostile: str) -> None:
    query = f"SELECT ?o {{ <{ID}hostile/odd/goal/line-ends> <http://www.w3.org/2004/02/skos/core#note> ?o }}"
    answers = [
        httpx.get(f"{hostile}/sparql", params={"query": query}, headers={"Accept": media_type})
        for media_type in ("application/sparql-results+json", "application/sparql-results+xml")
    ]
    texts = {row["o"]["value"] for row in answers[0].json()["results"]["bindings"]}
    assert "a\r\nb\rc\n\n\td  " in texts
    parsed = Result.parse(io.BytesIO(answers[1].content), format="xml")
    assert {str(binding[Variable("o")]) for binding in parsed.bindings} == texts


@pytest.mark.parametrize("name", ["vertical-tab", "null", "noncharacter"])
def test_solutions_with_a_character_that_xml_lacks_are_refused(hostile: str, name: str) -> None:
    query = f"SELECT ?p ?value {{ <{ID}hostile/odd/goal/{name}> ?p ?value }}"
    answer = httpx.get(
        f"{hostile}/sparql", params={"query": query}, headers={"Accept": "application/sparql-results+xml"}
    )
    assert answer.status_code == 406
    assert NOT_XML[name] in answer.json()["detail"]
    assert "?value" in answer.json()["detail"]
    assert answer.json()["available"] == [
        "application/sparql-results+json",
        "text/csv",
        "text/tab-separated-values",
    ]


@pytest.mark.parametrize(
    ("form", "media_type"),
    [("CONSTRUCT { ?s ?p ?o }", "application/rdf+xml"), ("SELECT ?o", "application/sparql-results+xml")],
)
def test_a_streamed_answer_that_cannot_go_on_is_broken_off(hostile: str, form: str, media_type: str) -> None:
    odd, many = f"{ID}hostile/odd/goal/vertical-tab", f"{ID}hostile/many/"
    selected = f"FILTER(?s = <{odd}> || STRSTARTS(STR(?s), '{many}'))"
    query = f"{form} {{ ?s ?p ?o {selected} }} ORDER BY (?s = <{odd}>)"
    headers = {"Accept": media_type}
    with httpx.stream("GET", f"{hostile}/sparql", params={"query": query}, headers=headers) as answer:
        assert answer.status_code == 200
        pieces = answer.iter_raw()
        assert next(pieces)
        with pytest.raises(httpx.RemoteProtocolError):
            list(pieces)
