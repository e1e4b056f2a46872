import shutil
import subprocess
from pathlib import Path

from tests.servers import COMMAND, PATIENCE

from plangraf import shipped
from plangraf.migration.rewrites import REWRITES

OLD = shipped.EXAMPLES / "DeprecatedTerm" / "invalid.ttl"
NEW = (shipped.EXAMPLES / "DeprecatedTerm" / "valid.ttl").read_text(encoding="utf-8")


def migrate(*arguments: str | Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # our own command
        [COMMAND, "migrate", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        input=text,
    )


def test_files_are_rewritten_once_and_the_counts_are_told(tmp_path: Path) -> None:
    file = tmp_path / "plan.ttl"
    shutil.copy(OLD, file)
    (tmp_path / "empty.ttl").write_text("# nothing yet\n")
    ended = migrate(tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    line, total = ended.stdout.splitlines()
    assert line.startswith(f"{file}: ")
    assert all(f"{rewrite.old} → {rewrite.new}: 1" in line for rewrite in REWRITES)
    assert total == "1 of 2 files rewritten."
    assert file.read_text(encoding="utf-8") == NEW
    written = file.stat().st_mtime_ns
    assert migrate(tmp_path).stdout == "Nothing to rewrite in 2 files.\n"
    assert file.stat().st_mtime_ns == written


def test_a_dry_run_shows_the_changes_and_makes_none(tmp_path: Path) -> None:
    file = tmp_path / "plan.ttl"
    shutil.copy(OLD, file)
    ended = migrate("--dry-run", file)
    assert ended.returncode == 0
    assert ended.stdout.startswith(f"--- {file}\n+++ {file}\n@@ ")
    assert '\n-  dct:issued "2022-11-17"^^xsd:date ;\n+  dct:dateAccepted "2022-11-17"^^xsd:date ;\n' in ended.stdout
    assert ended.stderr == "1 of 1 file would be rewritten.\n"
    assert file.read_bytes() == OLD.read_bytes()


def test_a_check_ends_with_1_if_a_file_would_change(tmp_path: Path) -> None:
    file = tmp_path / "plan.ttl"
    shutil.copy(OLD, file)
    ended = migrate("--check", file)
    assert ended.returncode == 1
    assert ended.stdout.endswith("1 of 1 file would be rewritten.\n")
    assert file.read_bytes() == OLD.read_bytes()
    assert migrate("--check", "--dry-run", file).returncode == 1
    migrate(file)
    assert migrate("--check", file).returncode == 0


def test_what_cannot_be_read_is_told_with_its_line_and_the_others_are_rewritten(tmp_path: Path) -> None:
    shutil.copy(OLD, tmp_path / "b.ttl")
    broken = tmp_path / "a.ttl"
    broken.write_text("\n<http://e.org/i> <http://e.org/p> .\n")
    ended = migrate(tmp_path)
    assert ended.returncode == 2
    assert f"{broken}:2:" in ended.stderr
    assert "is not well-formed Turtle" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert broken.read_text() == "\n<http://e.org/i> <http://e.org/p> .\n"
    assert (tmp_path / "b.ttl").read_text(encoding="utf-8") == NEW
    assert migrate(tmp_path / "c.ttl").returncode == 2


def test_a_format_that_is_written_anew_says_so(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonld"
    file.write_text(
        '{"@id": "http://e.org/i", "https://w3id.org/plangraf/ontology#inPlan": {"@id": "http://e.org/p"}}'
    )
    assert "written anew in stable order" in migrate(file).stdout
    assert migrate("--check", file).returncode == 0


def test_standard_input_goes_to_standard_output() -> None:
    text = OLD.read_text(encoding="utf-8")
    ended = migrate("-", text=text)
    assert (ended.returncode, ended.stdout) == (0, NEW)
    assert ended.stderr.startswith("<stdin>: ")
    assert migrate("-", text=NEW).stdout == NEW
    assert migrate("-", "--check", text=text).returncode == 1
    assert migrate("-", OLD).returncode == 2
    broken = migrate("-", text="<a> <b>")
    assert (broken.returncode, broken.stdout) == (2, "")
    assert "<stdin>:1" in broken.stderr
