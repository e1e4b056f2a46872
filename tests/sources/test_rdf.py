from pathlib import Path

import pyoxigraph as ox
import pytest

from plangraf.errors import InputError
from plangraf.sources.rdf import read_file

GRAPH = ox.NamedNode("https://example.org/graph")
A, B, C = (ox.NamedNode(f"https://example.org/{letter}") for letter in "abc")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ttl", "@prefix e: <https://example.org/> . e:a e:b e:c ."),
        ("a.nt", "<https://example.org/a> <https://example.org/b> <https://example.org/c> ."),
        ("a.jsonld", '{"@id": "https://example.org/a", "https://example.org/b": {"@id": "https://example.org/c"}}'),
        (
            "a.rdf",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://example.org/">'
            '<rdf:Description rdf:about="https://example.org/a"><e:b rdf:resource="https://example.org/c"/>'
            "</rdf:Description></rdf:RDF>",
        ),
        ("a.trig", "@prefix e: <https://example.org/> . e:a e:b e:c ."),
        ("a.nq", "<https://example.org/a> <https://example.org/b> <https://example.org/c> ."),
    ],
)
def test_every_kind_of_file_is_read_into_the_graph(name: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    assert read_file(file, GRAPH) == [ox.Quad(A, B, C, GRAPH)]


def test_an_empty_file_has_no_statements(tmp_path: Path) -> None:
    file = tmp_path / "empty.ttl"
    file.write_text("# nothing yet\n", encoding="utf-8")
    assert read_file(file, GRAPH) == []


def test_a_syntax_error_has_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text('<https://example.org/a> <https://example.org/b>\n  "å" "x" .\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_file(file, GRAPH)
    assert (caught.value.path, caught.value.line, caught.value.column) == (file, 2, 7)
    assert str(caught.value).startswith(f"{file}:2:7: is not well-formed Turtle: ")


def test_a_prefix_that_is_not_declared_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text("\n\nplan:a plan:b plan:c .", encoding="utf-8")
    with pytest.raises(InputError, match="is not well-formed Turtle") as caught:
        read_file(file, GRAPH)
    assert caught.value.line == 3


def test_a_space_in_an_iri_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "a.nt"
    file.write_text("<https://example.org/a b> <https://example.org/b> <https://example.org/c> .", encoding="utf-8")
    with pytest.raises(InputError, match="is not well-formed N-Triples"):
        read_file(file, GRAPH)


def test_broken_json_has_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonld"
    file.write_text('{\n"@id": "https://example.org/a" x', encoding="utf-8")
    with pytest.raises(InputError, match="is not well-formed JSON-LD") as caught:
        read_file(file, GRAPH)
    assert caught.value.line == 2


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file") as caught:
        read_file(tmp_path / "a.ttl", GRAPH)
    assert caught.value.path == tmp_path / "a.ttl"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").mkdir()
    with pytest.raises(InputError, match="cannot be read: "):
        read_file(tmp_path / "a.ttl", GRAPH)


@pytest.mark.parametrize("name", ["plan.txt", "plan", "plan.ttl.bak"])
def test_an_unknown_ending_is_answered_with_the_known_ones(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"ends in one of \.ttl, \.nt, \.jsonld, \.rdf, \.trig, \.nq"):
        read_file(tmp_path / name, GRAPH)


def test_a_file_that_is_not_utf_8_says_where(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_bytes("# først\n# æøå ".encode() + "å".encode("latin-1") + b"\n")
    with pytest.raises(InputError, match="is not UTF-8 here; save the file as UTF-8") as caught:
        read_file(file, GRAPH)
    assert (caught.value.line, caught.value.column) == (2, 7)


def test_trig_keeps_its_graphs(tmp_path: Path) -> None:
    file = tmp_path / "a.trig"
    file.write_text("@prefix e: <https://example.org/> . e:g { e:a e:b e:c } e:c e:b e:a .", encoding="utf-8")
    assert set(read_file(file, GRAPH)) == {
        ox.Quad(A, B, C, ox.NamedNode("https://example.org/g")),
        ox.Quad(C, B, A, GRAPH),
    }


def test_n_quads_keep_their_graphs(tmp_path: Path) -> None:
    file = tmp_path / "a.nq"
    file.write_text("<https://example.org/a> <https://example.org/b> <https://example.org/c> _:g .", encoding="utf-8")
    [quad] = read_file(file, GRAPH)
    assert isinstance(quad.graph_name, ox.BlankNode)


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    subjects = set()
    for name in ("a.ttl", "b.ttl"):
        (tmp_path / name).write_text("_:x <https://example.org/b> _:x .", encoding="utf-8")
        [quad] = read_file(tmp_path / name, GRAPH)
        assert quad.subject == quad.object
        subjects.add(quad.subject)
    assert len(subjects) == 2


def test_a_relative_iri_is_resolved_against_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a b.ttl"
    file.write_text("<#x> <https://example.org/b> <> .", encoding="utf-8")
    [quad] = read_file(file, GRAPH)
    assert (quad.subject, quad.object) == (
        ox.NamedNode(f"{file.resolve().as_uri()}#x"),
        ox.NamedNode(file.resolve().as_uri()),
    )


def test_a_byte_order_mark_is_no_part_of_the_data(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_bytes(b"\xef\xbb\xbf<http://e.org/a> <http://e.org/b> 1 .")
    assert len(read_file(path, ox.NamedNode("http://e.org/graph"))) == 1


def test_the_place_of_a_mistake_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<http://e.org/a> <http://e.org/b>\n\n oops .")
    with pytest.raises(InputError) as raised:
        read_file(path, ox.NamedNode("http://e.org/graph"))
    assert "Parser error" not in raised.value.message
    assert raised.value.line == 3


def test_a_space_in_an_iri_is_answered_with_what_to_write(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text("<https://e.org/a> <https://e.org/source> <https://e.org/the plan.pdf> .")
    with pytest.raises(InputError, match="write a space as %20"):
        read_file(file, ox.NamedNode("https://e.org/graph"))
