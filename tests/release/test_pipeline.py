from pathlib import Path

import pytest

from plangraf import shipped
from plangraf.errors import InputError
from plangraf.release.parts import Part, PartIndex, divide
from plangraf.release.pipeline import open_pipeline
from plangraf.sources.dataset import list_files

SHAPES = (shipped.SHAPES,)


@pytest.fixture
def parts(tmp_path: Path) -> dict[str, Part]:
    for name, other in (("one", "two"), ("two", "three")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.ttl").write_text(f"<http://e.org/{name}> <http://e.org/p> <http://e.org/{other}> .")
    return {part.name: part for part in divide(list_files([tmp_path]))}


def test_a_pipeline_finds_what_each_part_needs(parts: dict[str, Part]) -> None:
    with open_pipeline(parts, SHAPES, 0) as pipeline:
        assert pipeline.needs == {"one": ("two",), "two": ()}
        assert {name: index.triples for name, index in pipeline.indexes.items()} == {"one": 1, "two": 1}


def test_a_known_index_is_used_as_it_is(parts: dict[str, Part]) -> None:
    known = PartIndex(triples=7, subjects=frozenset(), objects=frozenset(), claimed=frozenset())
    with open_pipeline(parts, SHAPES, 0, {"two": known}) as pipeline:
        assert pipeline.indexes["two"] is known
        assert pipeline.needs == {"one": (), "two": ()}


def test_the_chosen_parts_are_built_and_progress_counts_those_that_are_reused(parts: dict[str, Part]) -> None:
    done: list[tuple[int, int]] = []
    with open_pipeline(parts, SHAPES, 0) as pipeline:
        built = pipeline.build([parts["one"]], lambda number, of: done.append((number, of)), reused=1)
        lines = built["one"].quads.read_bytes().splitlines()
    assert list(built) == ["one"]
    assert lines == sorted(lines)
    assert len(lines) == 2  # in the named graph and in the merge
    assert done == [(2, 2)]
    assert not built["one"].quads.exists()


def test_processes_build_the_same_bytes(parts: dict[str, Part]) -> None:
    contents = []
    for size in (0, 1 << 30):  # in this process, and in many where there are cores
        with open_pipeline(parts, SHAPES, size) as pipeline:
            built = pipeline.build(list(parts.values()), None)
            contents.append({name: part.quads.read_bytes() for name, part in built.items()})
    assert contents[0] == contents[1]


def test_a_part_that_cannot_be_read_is_named(parts: dict[str, Part]) -> None:
    parts["two"].files[0].path.write_text("<http://e.org/a> .")
    with pytest.raises(InputError, match=r"two/a\.ttl:1"), open_pipeline(parts, SHAPES, 0):
        pass
