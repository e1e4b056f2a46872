from pathlib import Path

import pytest

from plangraf.validation.examples import ShapeExample, read_examples


def test_an_example_is_shown_without_its_prefixes(tmp_path: Path) -> None:
    (tmp_path / "A").mkdir()
    (tmp_path / "plan.ttl").touch()
    for kind in ("valid", "invalid"):
        text = f"@prefix e: <https://e.org/> .\n@base <https://e.org/> .\n\n<{kind}> a e:A .\n\n<b> a e:B .\n"
        (tmp_path / "A" / f"{kind}.ttl").write_text(text)
    assert read_examples(tmp_path) == {
        "A": ShapeExample("<valid> a e:A .\n\n<b> a e:B .", "<invalid> a e:A .\n\n<b> a e:B .")
    }


def test_one_example_without_the_other_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "A").mkdir()
    (tmp_path / "A" / "valid.ttl").touch()
    with pytest.raises(FileNotFoundError):
        read_examples(tmp_path)
