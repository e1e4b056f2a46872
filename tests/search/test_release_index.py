"""The index of a release in its folder: whole or absent, verified, and made once."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from plangraf.errors import InputError
from plangraf.release.files import ReleaseFile
from plangraf.search.index_file import layout
from plangraf.search.release_index import INDEX, IndexJob, find_index, make_index

QUAD = '<http://e.org/a> <http://www.w3.org/2004/02/skos/core#prefLabel> "Klima {}"@nb .\n'


@pytest.fixture
def quads(tmp_path: Path) -> Path:
    path = tmp_path / "quads.nq"
    path.write_text("".join(QUAD.format(number) for number in range(10)), encoding="utf-8")
    return path


def _program(quads: Path) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        [sys.executable, "-m", "plangraf.search.release_index"], stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write(IndexJob(quads=quads, parent=quads.parent).model_dump_json().encode() + b"\n")
    process.stdin.flush()
    return process


def test_a_made_index_is_found(quads: Path) -> None:
    assert find_index(quads.parent, {}) is None
    made = make_index(quads, quads.parent)
    assert find_index(quads.parent, {}) == made
    assert made.parent == quads.parent / f"index-{layout()}"
    assert make_index(quads, quads.parent) == made
    assert made.stat().st_mode & 0o222 == 0


def test_an_index_of_the_manifest_is_preferred(quads: Path) -> None:
    made = make_index(quads, quads.parent)
    own = quads.parent / INDEX
    shutil.copy(made, own)
    assert find_index(quads.parent, {INDEX: ReleaseFile.of(own)}) == own


def test_a_damaged_index_is_told_and_made_anew(quads: Path, caplog: pytest.LogCaptureFixture) -> None:
    made = make_index(quads, quads.parent)
    content = made.read_bytes()
    own = quads.parent / INDEX
    shutil.copy(made, own)
    files = {INDEX: ReleaseFile.of(own)}
    for path in (own, made):
        path.chmod(0o644)
        path.write_bytes(content[:-1] + b"x")
    assert find_index(quads.parent, files) is None
    assert caplog.text.count("is damaged") == 2
    assert make_index(quads, quads.parent) == made
    assert made.read_bytes() == content
    assert find_index(quads.parent, files) == made


def test_an_index_of_another_version_is_not_read(quads: Path) -> None:
    own = quads.parent / INDEX
    own.write_bytes(b"of another version")
    assert find_index(quads.parent, {INDEX: ReleaseFile.of(own)}) is None


def test_processes_at_once_make_one_index(quads: Path) -> None:
    processes = [_program(quads) for _ in range(3)]
    for process in processes:
        assert process.wait() == 0
        process.communicate()
    assert sorted(path.name for path in quads.parent.iterdir()) == [f"index-{layout()}", quads.name]


def test_a_killed_process_leaves_an_index_or_none(quads: Path) -> None:
    quads.write_text("".join(QUAD.format(number) for number in range(40_000)), encoding="utf-8")
    for part in range(4):
        with _program(quads) as process:
            deadline = time.monotonic() + 300
            while not list(quads.parent.glob(".index-*")) and find_index(quads.parent, {}) is None:
                assert time.monotonic() < deadline
                time.sleep(0.01)
            time.sleep(0.05 * part)
            process.kill()
        found = find_index(quads.parent, {})
        assert found is not None or not list(quads.parent.glob("index-*"))
    made = make_index(quads, quads.parent)
    assert find_index(quads.parent, {}) == made
    assert list(quads.parent.glob(".index-*")) == [], "what a killed process has left is removed"


def test_the_program_ends_with_the_server_that_started_it(quads: Path) -> None:
    os.truncate(quads, 0)
    quads.unlink()
    os.mkfifo(quads)  # reading it takes for ever
    with _program(quads) as process:
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait() == 1


def test_a_folder_that_cannot_be_written_is_named(quads: Path) -> None:
    (quads.parent / f"index-{layout()}").write_text("in the way", encoding="utf-8")
    with pytest.raises(InputError, match="the search index cannot be written"):
        make_index(quads, quads.parent)
    assert list(quads.parent.glob(".index-*")) == []
