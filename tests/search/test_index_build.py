"""The index of a build: in the manifest, verified by its hash, and the same however it came about."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.search.test_index_file import index_content
from tests.search.test_report_tables import ReportContent, report_content

from plangraf import shipped
from plangraf.errors import InputError
from plangraf.namespaces import ID, expand
from plangraf.release.build import build_release
from plangraf.release.files import ReleaseFile
from plangraf.release.release import Release
from plangraf.release.write import ReleaseContent
from plangraf.search.index_build import index_release
from plangraf.search.release_index import INDEX, find_index, make_index
from plangraf.sources.dataset import list_files


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(shipped.DATA, tmp_path_factory.mktemp("data") / "data"))


def _build(data: Path, out: Path) -> Release:
    return build_release(list_files([data]), out, make_files=index_release)


def _index(release: Release) -> Path:
    found = find_index(release.path, release.manifest.files)
    assert found == release.path / INDEX
    return found


def _made_anew(release: Release, folder: Path) -> Path:
    folder.mkdir()
    return make_index(release.quads, folder)


def test_the_manifest_has_the_hash_of_the_index(data: Path, tmp_path: Path) -> None:
    release = _build(data, tmp_path / "out")
    assert release.manifest.files == {INDEX: ReleaseFile.of(release.path / INDEX)}
    assert Release.open(tmp_path / "out").manifest == release.manifest
    assert (release.path / INDEX).stat().st_mode & 0o222 == 0


def test_a_build_and_the_program_make_the_same_file(data: Path, tmp_path: Path) -> None:
    release = _build(data, tmp_path / "out")
    assert _index(release).read_bytes() == _made_anew(release, tmp_path / "anew").read_bytes()
    assert _index(_build(data, tmp_path / "again")).read_bytes() == _index(release).read_bytes()


def test_a_changed_release_has_the_index_that_a_whole_build_makes(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    data = Path(shutil.copytree(data, tmp_path / "data"))
    _build(data, out)
    changes = [
        ("asker", '"@nb', ' endret"@nb'),
        ("asker", ' endret"@nb', '"@nb'),
        ("plangraf", "Plangraf", "Plankart"),  # whom the derived graph names
        ("sdg", "climate", "weather"),  # what every plan refers to
    ]
    changed = []
    for number, (name, before, after) in enumerate(changes):
        _replace(data / name, before, after)
        release = _build(data, out)
        whole = _made_anew(release, tmp_path / f"whole-{number}")
        assert index_content(_index(release)) == index_content(whole), name
        assert report_content(_index(release)) == report_content(whole), name
        changed.append(_index(release).read_bytes() != whole.read_bytes())
    assert changed == [True, True, False, False], "an index that was changed has other numbers"


def test_the_index_of_a_withdrawn_plan_is_gone(data: Path, tmp_path: Path) -> None:
    few = Path(shutil.copytree(data, tmp_path / "data"))
    _build(few, tmp_path / "out")
    shutil.rmtree(few / "asker")
    release = _build(few, tmp_path / "out")
    assert not any("/asker/" in plan for plan in release.manifest.plans)
    whole = _made_anew(release, tmp_path / "whole")
    assert index_content(_index(release)) == index_content(whole)
    assert report_content(_index(release)) == report_content(whole)


def test_a_link_to_a_concept_of_an_unchanged_plan_changes_the_report_on_that_plan(data: Path, tmp_path: Path) -> None:
    few = Path(shutil.copytree(data, tmp_path / "data"))
    before = report_content(_index(_build(few, tmp_path / "out")))
    link = few / "asker" / "kommuneplan-2020-2032" / "links.ttl"
    link.write_text(
        f"<{ID}asker/kommuneplan-2020-2032/goal/3> <{expand('skos:relatedMatch')}> "
        f"<{ID}trondheim/samfunnsplan-2020-2032/goal/1> .",
        encoding="utf-8",
    )
    release = _build(few, tmp_path / "out")
    after = report_content(_index(release))
    plan = f"{ID}trondheim/samfunnsplan-2020-2032"
    assert _counts(after, plan)["missing-in-links"] == _counts(before, plan)["missing-in-links"] - 1
    assert after == report_content(_made_anew(release, tmp_path / "linked"))
    link.unlink()
    release = _build(few, tmp_path / "out")
    assert report_content(_index(release)) == before


def _counts(reports: ReportContent, plan: str) -> Mapping[str, int]:
    return next(quality.counts for quality in reports.qualities if quality.plan == plan)


def test_a_damaged_index_is_not_built_upon(data: Path, tmp_path: Path) -> None:
    few = Path(shutil.copytree(data, tmp_path / "data"))
    first = _build(few, tmp_path / "out")
    (first.path / INDEX).chmod(0o644)
    (first.path / INDEX).write_bytes(b"damaged")
    _replace(few / "asker", '"@nb', ' endret"@nb')
    release = _build(few, tmp_path / "out")
    assert release.path != first.path
    assert _index(release).read_bytes() == _made_anew(release, tmp_path / "whole").read_bytes()


def test_an_older_release_gets_its_index_from_the_next_build(data: Path, tmp_path: Path) -> None:
    older = build_release(list_files([data]), tmp_path / "out")
    assert older.manifest.files == {}
    newer = _build(data, tmp_path / "out")
    assert (newer.path, newer.manifest.built) == (older.path, older.manifest.built)
    _index(newer)


def test_a_build_that_cannot_write_the_index_leaves_the_current_release(data: Path, tmp_path: Path) -> None:
    good = _build(data, tmp_path / "out")
    few = Path(shutil.copytree(data, tmp_path / "data"))
    _replace(few / "asker", '"@nb', ' endret"@nb')

    def index_in_the_way(content: ReleaseContent, folder: Path) -> tuple[str, ...]:
        (folder / INDEX).mkdir()
        return index_release(content, folder)

    with pytest.raises(InputError, match="the search index cannot be written"):
        build_release(list_files([few]), tmp_path / "out", make_files=index_in_the_way)
    assert Release.open(tmp_path / "out").path == good.path
    assert list((tmp_path / "out").glob(".building-*")) == []


def _replace(folder: Path, before: str, after: str) -> None:
    """Replace a text in all files of a publisher."""
    texts = {path: path.read_text(encoding="utf-8") for path in folder.rglob("*.ttl")}
    assert any(before in text for text in texts.values())
    for path, text in texts.items():
        path.write_text(text.replace(before, after), encoding="utf-8")
