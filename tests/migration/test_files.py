"""Files are written at once and keep what belongs to them."""

from pathlib import Path

import pytest

from plangraf.errors import InputError
from plangraf.migration.files import migrations, write_atomically

OLD = "<http://e.org/i> <https://w3id.org/plangraf/ontology#inPlan> <http://e.org/p> .\n"


def test_the_permissions_and_a_symbolic_link_stay(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target = tmp_path / "real" / "a.ttl"
    target.write_text("old")
    target.chmod(0o640)
    link = tmp_path / "a.ttl"
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in target.parent.iterdir()] == ["a.ttl"]


def test_a_file_that_cannot_be_replaced_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").mkdir()
    with pytest.raises(InputError, match="cannot be written"):
        write_atomically(tmp_path / "a.ttl", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.ttl"]


def test_a_file_that_is_named_twice_is_migrated_once(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(OLD)
    found = list(migrations([tmp_path, tmp_path / "a.ttl"]))
    assert [(each.path, each.error) for each in found] == [(tmp_path / "a.ttl", None)]


def test_a_file_that_is_not_well_formed_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("\n<http://e.org/i> <p> .")
    (tmp_path / "b.ttl").write_text(OLD)
    broken, other = migrations([tmp_path])
    assert broken.error is not None
    assert (broken.error.line, broken.after) == (2, None)
    assert other.after is not None
    assert b"inScheme" in other.after.content
