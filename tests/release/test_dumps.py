import asyncio
import gzip
import hashlib
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from plangraf.errors import DumpsUnavailable, InputError
from plangraf.namespaces import GRAPH, ONTOLOGY
from plangraf.release.dumping import DumpMaker
from plangraf.release.dumps import Wanted, dataset_dumps, file_name, graph_dump, make_dumps, read_dumps
from plangraf.release.release import Release

A, B = f"{GRAPH}a", f"{GRAPH}a/b%C3%A6"
WANTED = Wanted(graphs=(A, B), datasets={"a": (A, B)})
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
    folder = make_dumps(quads, WANTED, tmp_path)
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
    folder = make_dumps(quads, WANTED, tmp_path)
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
    first = read_dumps(make_dumps(quads, WANTED, tmp_path))
    other = tmp_path / "other"
    other.mkdir()
    assert read_dumps(make_dumps(quads, WANTED, other)) == first
    assert WANTED.folder != Wanted(graphs=(A, B)).folder


def test_dumps_that_are_there_are_kept_and_nothing_else_is_left(quads: Path, tmp_path: Path) -> None:
    folder = make_dumps(quads, WANTED, tmp_path)
    made = (folder / "index.json").stat().st_mtime_ns
    assert make_dumps(quads, WANTED, tmp_path) == folder
    assert (folder / "index.json").stat().st_mtime_ns == made
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["quads.nq", folder.name])


def test_a_place_that_cannot_be_written_is_named(quads: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        make_dumps(quads, WANTED, tmp_path / "nowhere")


def test_a_graph_elsewhere_has_a_name_that_stays_in_the_folder() -> None:
    assert graph_dump(ONTOLOGY) == "ontology.ttl"
    assert "/" not in file_name(graph_dump("https://example.org/../../x"))


def _wanted(release: Release) -> Wanted:
    return Wanted(graphs=tuple(release.manifest.counts.graphs))


def test_dumps_are_made_once_however_many_ask(release: Release, tmp_path: Path) -> None:
    quads = tmp_path / "quads.nq"
    shutil.copy(release.quads, quads)

    async def run() -> None:
        maker = DumpMaker(quads)
        first, second = await asyncio.gather(maker.dumps(_wanted(release)), maker.dumps(_wanted(release)))
        assert first is second
        assert maker.path(file_name("all.nq.gz")).parent == tmp_path / _wanted(release).folder
        await maker.close()
        again = DumpMaker(quads)
        assert await again.dumps(_wanted(release)) == first
        await again.close()

    asyncio.run(run())


def test_a_failure_is_told_and_tried_again(release: Release, tmp_path: Path) -> None:
    async def run() -> None:
        maker = DumpMaker(tmp_path / "quads.nq")
        with pytest.raises(DumpsUnavailable):
            await maker.dumps(_wanted(release))
        shutil.copy(release.quads, tmp_path / "quads.nq")
        assert (await maker.dumps(_wanted(release))).files
        await maker.close()

    asyncio.run(run())


def test_closing_ends_the_making(release: Release, tmp_path: Path) -> None:
    shutil.copy(release.quads, tmp_path / "quads.nq")

    async def run() -> None:
        maker = DumpMaker(tmp_path / "quads.nq")
        asking = asyncio.create_task(maker.dumps(_wanted(release)))
        await asyncio.sleep(0.05)
        await maker.close()
        with pytest.raises(asyncio.CancelledError):
            await asking

    asyncio.run(run())
    assert not list(tmp_path.glob("dumps-*"))
