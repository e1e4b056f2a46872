import gzip
import hashlib
from pathlib import Path

import pyoxigraph as ox
import pytest

from plangraf.errors import InputError
from plangraf.namespaces import GRAPH, ONTOLOGY
from plangraf.release.dumps import DumpSelection, dataset_dumps, file_name, graph_dump, make_dumps, read_dumps

A, B = f"{GRAPH}a", f"{GRAPH}a/b%C3%A6"
SELECTION = DumpSelection(graphs=(A, B), datasets={"a": (A, B)})
PREDICATE = "<https://example.org/p>"
OBJECTS = (
    "<https://example.org/o>",
    "_:o",
    '"plain"',
    '"in Norwegian"@nb',
    '"1"^^<http://www.w3.org/2001/XMLSchema#integer>',
    '"a \\" quote, then <https://example.org/no-graph> ."',
    '"two  spaces "',
)


@pytest.fixture
def quads(tmp_path: Path) -> Path:
    """Return a file of quads in two graphs and their merge, with every kind of object."""
    lines = [
        f"<https://example.org/s{number}> {PREDICATE} {value}{graph} .\n"
        for number, value in enumerate(OBJECTS)
        for graph in ("", f" <{A}>", f" <{B}>")
    ]
    path = tmp_path / "quads.nq"
    path.write_text("".join(lines), encoding="utf-8")
    return path


def _read(path: Path, rdf_format: ox.RdfFormat) -> set[ox.Quad]:
    content = path.read_bytes()
    return set(ox.parse(gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content, format=rdf_format))


def test_dumps_hold_the_named_graphs_and_not_the_merge(quads: Path, tmp_path: Path) -> None:
    folder = make_dumps(quads, SELECTION, tmp_path)
    everything = _read(quads, ox.RdfFormat.N_QUADS)
    named = {quad for quad in everything if isinstance(quad.graph_name, ox.NamedNode)}
    assert len(named) == 2 * len(OBJECTS)
    for dataset in (None, "a"):
        for dump, dump_format, _ in dataset_dumps(dataset):
            rdf_format = ox.RdfFormat.from_media_type(dump_format.media_type)
            assert rdf_format is not None
            assert len(_read(folder / file_name(dump), rdf_format)) == len(named)
            if rdf_format != ox.RdfFormat.JSON_LD:  # whose reader names blank nodes anew
                assert _read(folder / file_name(dump), rdf_format) == named
    turtle = _read(folder / file_name(graph_dump(B)), ox.RdfFormat.TURTLE)
    assert {quad.triple for quad in turtle} == {q.triple for q in named if q.graph_name == ox.NamedNode(B)}


def test_the_index_tells_of_the_bytes_that_lie_there(quads: Path, tmp_path: Path) -> None:
    folder = make_dumps(quads, SELECTION, tmp_path)
    dumps = read_dumps(folder)
    assert dumps is not None
    assert [dump.name for dump in dumps.files] == sorted(
        [
            *("all.jsonld", "all.nq.gz", "all.trig", "dataset/a.jsonld", "dataset/a.nq.gz", "dataset/a.trig"),
            *("graph/a.ttl", "graph/a/b%25C3%25A6.ttl"),
        ]
    )
    for dump in dumps.files:
        content = (folder / file_name(dump.name)).read_bytes()
        assert (dump.size, dump.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_the_same_release_gives_the_same_bytes(quads: Path, tmp_path: Path) -> None:
    first = read_dumps(make_dumps(quads, SELECTION, tmp_path))
    other = tmp_path / "other"
    other.mkdir()
    assert read_dumps(make_dumps(quads, SELECTION, other)) == first
    assert SELECTION.folder != DumpSelection(graphs=(A, B)).folder


def test_dumps_that_are_there_are_kept_and_nothing_else_is_left(quads: Path, tmp_path: Path) -> None:
    folder = make_dumps(quads, SELECTION, tmp_path)
    made = (folder / "index.json").stat().st_mtime_ns
    assert make_dumps(quads, SELECTION, tmp_path) == folder
    assert (folder / "index.json").stat().st_mtime_ns == made
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["quads.nq", folder.name])


def test_a_place_that_cannot_be_written_is_named(quads: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        make_dumps(quads, SELECTION, tmp_path / "nowhere")


def test_a_graph_elsewhere_has_a_name_that_stays_in_the_folder() -> None:
    assert graph_dump(ONTOLOGY) == "ontology.ttl"
    assert "/" not in file_name(graph_dump("https://example.org/../../x"))
