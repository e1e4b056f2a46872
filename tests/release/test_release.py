import json
import shutil
from pathlib import Path

import pytest

from plangraf.errors import InputError
from plangraf.release.release import Release


def copy(release: Release, target: Path) -> Path:
    shutil.copytree(release.path, target)
    for file in target.iterdir():
        file.chmod(0o644)
    return target


def test_a_release_opens_by_its_own_path_and_by_its_directory(release: Release) -> None:
    assert Release.open(release.path).manifest == release.manifest
    assert Release.open(release.path.parent).manifest == release.manifest


def test_a_folder_that_is_no_release_is_told_how_to_become_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="plangraf build --out"):
        Release.open(tmp_path)


def test_a_damaged_file_is_noticed(release: Release, tmp_path: Path) -> None:
    folder = copy(release, tmp_path / "copy")
    with (folder / "quads.nq").open("ab") as file:
        file.write(b'<http://e.org/a> <http://e.org/b> "slipped in" .\n')
    with pytest.raises(InputError, match=r"quads\.nq: is damaged"):
        Release.open(folder)


def test_a_missing_file_is_noticed(release: Release, tmp_path: Path) -> None:
    folder = copy(release, tmp_path / "copy")
    (folder / "quads.nq").unlink()
    with pytest.raises(InputError, match=r"quads\.nq: is missing"):
        Release.open(folder)


def test_a_manifest_of_another_shape_is_refused(release: Release, tmp_path: Path) -> None:
    folder = copy(release, tmp_path / "copy")
    (folder / "manifest.json").write_text('{"release": "../../etc"}')
    with pytest.raises(InputError, match=r"manifest\.json: is not a manifest"):
        Release.open(folder)


def test_a_release_of_an_older_version_has_no_date(release: Release, tmp_path: Path) -> None:
    folder = copy(release, tmp_path / "copy")
    manifest = json.loads((folder / "manifest.json").read_text())
    del manifest["built"]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert Release.open(folder).manifest.built is None
