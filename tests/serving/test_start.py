"""Servers that cannot start say why in one sentence, with exit code 2, and leave nothing behind."""

import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.servers import COMMAND, PATIENCE, alive, descendants, soon

from plangraf.release.release import Release


def start(
    *arguments: str, before: Callable[[], None] | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # our own command
        [COMMAND, "serve", "--port", "0", *arguments],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, **environment},
        preexec_fn=before,
    )


def require_sentence(ended: subprocess.CompletedProcess[str], *words: str) -> None:
    assert ended.returncode == 2, ended.stderr
    assert "Traceback" not in ended.stderr
    [line] = ended.stderr.splitlines()
    assert line.startswith("plangraf: ")
    for word in words:
        assert word in line


def test_a_missing_release_is_told_before_a_port_in_use() -> None:
    ended = start("--release", "/nowhere", "--host", "192.0.2.1")
    require_sentence(ended, "is not a release")


def test_an_address_that_is_not_ours_is_told(release: Release) -> None:
    require_sentence(start("--release", str(release.path), "--host", "192.0.2.1"), "192.0.2.1", "--host")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"release": "x"}', "\0" * 100])
def test_a_manifest_that_is_none_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    require_sentence(start("--release", str(tmp_path)), "manifest.json", "is not a manifest")


def test_a_manifest_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").mkdir()
    require_sentence(start("--release", str(tmp_path)), "manifest.json", "cannot be read")


def test_a_damaged_release_is_told(release: Release, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes((release.path / "manifest.json").read_bytes())
    (tmp_path / "quads.nq").write_bytes(b"")
    require_sentence(start("--release", str(tmp_path)), "is damaged")


def limit_files(size: int) -> Callable[[], None]:
    """Return what limits the size of files of a process, which is then told what a full disk would tell it."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("size", [1000, 2 * 1024 * 1024])
def test_a_full_disk_is_told(size: int, tmp_path: Path) -> None:
    """The first size is too small for the metrics, the second for a temporary release."""
    ended = start(before=limit_files(size), TMPDIR=str(tmp_path))
    assert ended.returncode == 2, ended.stderr
    assert "Traceback" not in ended.stderr
    assert "File too large" in ended.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("after", ["a folder", "a release", "the build"])
def test_a_server_that_is_told_to_stop_while_it_starts_leaves_nothing(tmp_path: Path, after: str) -> None:
    """Each is a thing that appears in the temporary folder of the server on its way to the first answer."""
    there = {"a folder": "plangraf-*", "a release": "plangraf-*/jobs.sock", "the build": "plangraf-*/plangraf-*"}[
        after
    ]
    with subprocess.Popen(  # noqa: S603  # our own command
        [COMMAND, "serve", "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    ) as process:
        assert process.stderr is not None
        while process.poll() is None and not list(tmp_path.glob(there)):
            time.sleep(0.001)
        before = descendants(process.pid)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
        assert process.stderr.read() == ""
    assert list(tmp_path.iterdir()) == []
    soon(lambda: not any(map(alive, before)))
