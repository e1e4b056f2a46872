import hashlib
import json
import re
import subprocess
from pathlib import Path

import pytest

from plangraf import shipped
from plangraf.view import vendor as vendoring


def test_the_lock_file_pins_what_the_project_names_and_has_no_addresses() -> None:
    package = json.loads((shipped.ROOT / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((shipped.ROOT / "package-lock.json").read_text(encoding="utf-8"))
    for name, pin in package["dependencies"].items():
        assert lock["packages"][f"node_modules/{name}"]["version"] == pin
    assert [name for name, entry in lock["packages"].items() if "resolved" in entry] == []
    assert [name for name, entry in lock["packages"].items() if name and "integrity" not in entry] == []


def test_the_manifest_tells_what_each_file_is(vendor: Path) -> None:
    entries = json.loads((vendor / "manifest.json").read_text(encoding="utf-8"))["files"]
    for entry in entries:
        body = (vendor / entry["file"]).read_bytes()
        assert (entry["bytes"], entry["sha384"]) == (len(body), hashlib.sha384(body).hexdigest())
        assert entry["licence"] in ("MIT", "OFL-1.1")
    listed = {entry["file"] for entry in entries} | {"manifest.json", "licences.txt"}
    assert {file.name for file in vendor.iterdir()} == listed


def test_the_licences_of_all_that_is_installed_are_there(vendor: Path) -> None:
    text = (vendor / "licences.txt").read_text(encoding="utf-8")
    lock = json.loads((shipped.ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name, entry in lock.items():
        if name:
            assert f"{name.removeprefix('node_modules/')} {entry['version']}: " in text
    assert "SIL OPEN FONT LICENSE" in text
    assert "Permission is hereby granted" in text


def test_the_typeface_is_linked_by_its_hash(vendor: Path) -> None:
    sheet = (vendor / "inter.css").read_text(encoding="utf-8")
    links = re.findall(r'url\("([^"?]+)\?v=([0-9a-f]+)"\)', sheet)
    assert [name for name, _ in links] == ["inter-latin.woff2", "inter-latin-ext.woff2"]
    for name, version in links:
        assert hashlib.sha384((vendor / name).read_bytes()).hexdigest().startswith(version)


def test_style_sheets_load_nothing(vendor: Path) -> None:
    for sheet in vendor.glob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert "@import" not in text
        addresses = re.findall(r"url\(\s*[\"']?([^\"')]{0,40})", text)
        assert [address for address in addresses if not address.startswith(("data:", "inter-"))] == []


def test_without_npm_nothing_is_taken_and_what_is_there_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tmp_path / "vendor" / "manifest.json"
    before.parent.mkdir()
    before.write_text(json.dumps({"recipe": "an older one", "files": []}))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FileNotFoundError) as raised:
        vendoring.take(shipped.ROOT, tmp_path)
    assert vendoring.reason(raised.value) == "npm is not there"
    assert [file.name for file in tmp_path.iterdir()] == ["vendor"]
    assert before.is_file()


def test_what_npm_says_when_it_fails_is_passed_on(tmp_path: Path, vendor: Path) -> None:  # npm is there
    project, static = tmp_path / "project", tmp_path / "static"
    project.mkdir()
    static.mkdir()
    (project / "package.json").write_text(json.dumps({"dependencies": {"not-locked": "1.0.0"}}))
    (project / "package-lock.json").write_text(json.dumps({"lockfileVersion": 3, "packages": {"": {}}}))
    with pytest.raises(subprocess.CalledProcessError) as raised:
        vendoring.take(project, static)
    assert vendoring.reason(raised.value).startswith("npm failed (npm error")
    assert list(static.iterdir()) == []


def test_what_is_up_to_date_is_not_taken_again(vendor: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    before = (vendor / "manifest.json").stat().st_mtime_ns
    vendoring.take(shipped.ROOT, vendor.parent)
    assert (vendor / "manifest.json").stat().st_mtime_ns == before
