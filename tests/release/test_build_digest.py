import shutil
from pathlib import Path

import pytest

import plangraf
from plangraf import shipped
from plangraf.release.build_digest import build_digest, code_digest

PACKAGE = Path(plangraf.__file__).parent


@pytest.mark.parametrize(
    "name", ["release/count.py", "validation/derivation/2-hierarchy.rq", "validation/derivation/provenance.ttl"]
)
def test_a_change_of_a_code_file_changes_the_digest(tmp_path: Path, name: str) -> None:
    copy = tmp_path / "plangraf"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("static", "__pycache__", "shipped"))
    before = code_digest(copy)
    assert before == code_digest(PACKAGE)
    with (copy / name).open("a", encoding="utf-8") as file:
        file.write("\n# another line\n")
    assert code_digest(copy) != before


def test_a_file_of_another_name_is_another_digest(tmp_path: Path) -> None:
    (tmp_path / "1.rq").write_text("ASK {}")
    before = code_digest(tmp_path)
    (tmp_path / "1.rq").rename(tmp_path / "2.rq")
    assert code_digest(tmp_path) != before


def test_what_is_no_code_does_not_change_the_digest(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("A = 1")
    before = code_digest(tmp_path)
    (tmp_path / "page.html").write_text("<p>text</p>")
    assert code_digest(tmp_path) == before


def test_a_change_of_a_shape_changes_the_digest_of_the_build(tmp_path: Path) -> None:
    shapes = tmp_path / "shapes"
    shutil.copytree(shipped.SHAPES, shapes)
    before = build_digest([shapes])
    assert before == build_digest([shapes])
    with sorted(shapes.glob("*.ttl"))[0].open("a", encoding="utf-8") as file:
        file.write("# another line\n")
    assert build_digest([shapes]) != before


def test_the_name_of_a_shape_file_is_part_of_the_digest_of_the_build(tmp_path: Path) -> None:
    """A file counts as shapes by its name and its folder."""
    (tmp_path / "rules").mkdir()
    digests = set()
    path = tmp_path / "shape.ttl.off"
    path.write_text("# nothing", encoding="utf-8")
    for name in ("shape.ttl.off", "shape.ttl", "other.ttl", "rules/shape.ttl"):
        path = path.rename(tmp_path / name)
        digests.add(build_digest([tmp_path]))
    assert len(digests) == 4


def test_an_example_of_a_shape_is_no_shape(tmp_path: Path) -> None:
    shutil.copytree(shipped.SHAPES, tmp_path / "shapes")
    before = build_digest([tmp_path / "shapes"])
    next((tmp_path / "shapes" / "examples").rglob("*.ttl")).write_text("# changed", encoding="utf-8")
    assert build_digest([tmp_path / "shapes"]) == before
