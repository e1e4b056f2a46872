import gzip
import hashlib
from pathlib import Path

import pyoxigraph as ox
import pytest

from plangraf.errors import InputError
from plangraf.namespaces import DERIVED_GRAPH, GRAPH, ONTOLOGY
from plangraf.release.dump_writer import make_dumps
from plangraf.release.dumps import GZIP, DumpSelection, dataset_dumps, file_name, graph_dump, read_dumps

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


def test_dumps_hold_the_named_graphs(quads: Path, tmp_path: Path) -> None:
    folder = make_dumps(quads, SELECTION, tmp_path)
    everything = _read(quads, ox.RdfFormat.N_QUADS)
    named = {quad for quad in everything if isinstance(quad.graph_name, ox.NamedNode)}
    assert len(named) == 2 * len(OBJECTS)
    for dataset in (None, "a"):
        for dump in dataset_dumps(dataset):
            if dump.merged:
                continue
            rdf_format = ox.RdfFormat.from_media_type(dump.format.media_type)
            assert rdf_format is not None
            assert len(_read(folder / file_name(dump.name), rdf_format)) == len(named)
            if rdf_format != ox.RdfFormat.JSON_LD:  # whose reader names blank nodes anew
                assert _read(folder / file_name(dump.name), rdf_format) == named
    turtle = _read(folder / file_name(graph_dump(B)), ox.RdfFormat.TURTLE)
    assert {quad.triple for quad in turtle} == {q.triple for q in named if q.graph_name == ox.NamedNode(B)}


def test_the_dump_of_the_merge_has_each_triple_once(quads: Path, tmp_path: Path) -> None:
    folder = make_dumps(quads, SELECTION, tmp_path)
    lines = (folder / file_name("all.nt")).read_bytes().splitlines()
    assert len(lines) == len(set(lines)) == len(OBJECTS)
    merge = {quad.triple for quad in _read(folder / file_name("all.nt"), ox.RdfFormat.N_TRIPLES)}
    assert merge == {quad.triple for quad in _read(quads, ox.RdfFormat.N_QUADS)}


def test_the_turtle_file_of_a_dataset_has_what_is_derived_about_its_subjects(tmp_path: Path) -> None:
    def line(subject: str, value: str, graph: str) -> str:
        return f"<https://example.org/{subject}> {PREDICATE} <https://example.org/{value}> <{graph}> .\n"

    quads = tmp_path / "quads.nq"
    lines = [
        line("mine", "stated", A),
        line("mine", "twice", A),
        line("mine", "twice", B),
        line("other", "stated", ONTOLOGY),
        line("mine", "derived", DERIVED_GRAPH),
        line("other", "derived", DERIVED_GRAPH),
    ]
    quads.write_text("".join(lines), encoding="utf-8")
    selection = DumpSelection(graphs=(A, B, DERIVED_GRAPH, ONTOLOGY), datasets={"a": (A, B), "o": (ONTOLOGY,)})
    folder = make_dumps(quads, selection, tmp_path)
    for dataset, subject, values in (
        ("a", "mine", ("derived", "stated", "twice")),
        ("o", "other", ("derived", "stated")),
    ):
        found = [quad.triple for quad in ox.parse(path=str(folder / file_name(f"dataset/{dataset}.ttl")))]
        assert {triple.subject.value for triple in found} == {f"https://example.org/{subject}"}
        assert sorted(triple.object.value.rpartition("/")[2] for triple in found) == sorted(values)


def test_each_file_lies_there_compressed_too(quads: Path, tmp_path: Path) -> None:
    folder = make_dumps(quads, SELECTION, tmp_path)
    dumps = read_dumps(folder)
    assert dumps is not None
    for dump in dumps.files:
        path = folder / file_name(dump.name)
        if not dump.name.endswith(GZIP):
            assert gzip.decompress(path.with_name(path.name + GZIP).read_bytes()) == path.read_bytes()


def test_the_index_tells_of_the_bytes_that_lie_there(quads: Path, tmp_path: Path) -> None:
    folder = make_dumps(quads, SELECTION, tmp_path)
    dumps = read_dumps(folder)
    assert dumps is not None
    assert [dump.name for dump in dumps.files] == sorted(
        [
            *("all.jsonld", "all.nq", "all.nq.gz", "all.nt", "all.trig"),
            *("dataset/a.jsonld", "dataset/a.nq", "dataset/a.nq.gz", "dataset/a.trig", "dataset/a.ttl"),
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
