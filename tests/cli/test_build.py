import os
import shutil
import subprocess
import sys
from pathlib import Path

import orjson
from tests.servers import COMMAND, PATIENCE

from plangraf import shipped


def build(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # our own command
        [COMMAND, "build", *arguments], capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def test_the_shipped_data_are_built(tmp_path: Path) -> None:
    ended = build("--out", str(tmp_path))
    assert ended.returncode == 0, ended.stderr
    manifest = orjson.loads((tmp_path / "current" / "manifest.json").read_bytes())
    assert manifest["release"] in ended.stdout
    assert str(manifest["counts"]["triples"]) in ended.stdout


def test_several_sources_are_built_together(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.nt").write_text(f'<http://e.org/{name}> <http://e.org/p> "{name}" .\n')
    ended = build(
        "--out", str(tmp_path / "out"), "--data", str(tmp_path / "one.nt"), "--data", str(tmp_path / "two.nt")
    )
    assert ended.returncode == 0, ended.stderr
    quads = (tmp_path / "out" / "current" / "quads.nq").read_text()
    assert "<https://w3id.org/plangraf/graph/one>" in quads
    assert "<https://w3id.org/plangraf/graph/two>" in quads


def test_broken_data_are_reported_and_nothing_is_written(tmp_path: Path) -> None:
    source = tmp_path / "broken.ttl"
    source.write_text("<https://e.org/p> a <https://w3id.org/plangraf/ontology#Plan> .")
    ended = build("--out", str(tmp_path / "out"), "--data", str(source))
    assert ended.returncode == 1
    assert f"{source}:1: Violation" in ended.stdout
    assert "no release was written" in ended.stderr
    assert not (tmp_path / "out").exists()


def test_a_file_that_cannot_be_read_ends_with_its_place(tmp_path: Path) -> None:
    source = tmp_path / "wrong.ttl"
    source.write_text("@prefix a: <http://a#> .\na:b a:c .\n")
    ended = build("--out", str(tmp_path / "out"), "--data", str(source))
    assert ended.returncode == 2
    assert f"{source}:2:" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    ended = build("--out", str(tmp_path / "file" / "out"))
    assert ended.returncode == 2
    assert "cannot be written" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_plan_of_ones_own_can_link_to_the_sdgs_without_shipping_them(tmp_path: Path) -> None:
    (tmp_path / "links.ttl").write_text(
        "<http://e.org/a> <https://w3id.org/plangraf/ontology#contributesToSDG> <http://metadata.un.org/sdg/13.2> ."
    )
    ended = build("--out", str(tmp_path / "out"), "--data", str(tmp_path / "links.ttl"))
    assert ended.returncode == 0, ended.stdout
    quads = (tmp_path / "out" / "current" / "quads.nq").read_text(encoding="utf-8")
    assert "<https://w3id.org/plangraf/graph/sdg>" in quads
    assert "trondheim" not in quads


def test_code_that_has_changed_under_one_version_builds_anew(tmp_path: Path) -> None:
    package = tmp_path / "server" / "plangraf"
    shutil.copytree(
        shipped.ROOT / "server" / "plangraf", package, ignore=shutil.ignore_patterns("vendor", "__pycache__")
    )
    for folder in ("data", "ontology", "shapes"):
        (tmp_path / folder).symlink_to(shipped.ROOT / folder)
    data = tmp_path / "note.ttl"
    data.write_text("<http://e.org/a> <http://e.org/p> [ <http://e.org/q> 1 ] .")

    def quads() -> str:
        program = "from plangraf.cli import main; main()"
        ended = subprocess.run(  # noqa: S603  # our own package, changed
            [sys.executable, "-c", program, "build", "--out", str(tmp_path / "out"), "--data", str(data)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(tmp_path / "server")},
        )
        assert ended.returncode == 0, ended.stderr
        return (tmp_path / "out" / "current" / "quads.nq").read_text(encoding="utf-8")

    before = quads()
    canonical = package / "rdf" / "canonical.py"
    code = canonical.read_text(encoding="utf-8")
    changed = code.replace('prefix = f"p{', 'prefix = f"q{')
    assert changed != code
    canonical.write_text(changed, encoding="utf-8")
    assert quads() == before.replace("_:p", "_:q") != before
