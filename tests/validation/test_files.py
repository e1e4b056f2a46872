from pathlib import Path

from plangraf.validation.files import shape_files


def test_a_file_is_itself(tmp_path: Path) -> None:
    assert list(shape_files(tmp_path / "shapes.ttl")) == [tmp_path / "shapes.ttl"]


def test_a_folder_has_its_shapes_and_its_rules_but_no_examples(tmp_path: Path) -> None:
    for name in ("rules", "examples/A"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("b.ttl", "a.ttl", "notes.md", "rules/c.ttl", "examples/plan.ttl", "examples/A/valid.ttl"):
        (tmp_path / name).touch()
    assert list(shape_files(tmp_path)) == [tmp_path / "a.ttl", tmp_path / "b.ttl", tmp_path / "rules" / "c.ttl"]
