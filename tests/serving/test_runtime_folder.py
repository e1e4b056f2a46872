import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from plangraf.serving.runtime_folder import runtime_folder


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_the_folder_is_there_and_goes(temporary: Path) -> None:
    with runtime_folder() as folder:
        assert folder.parent == temporary
        (folder / "file").touch()
    assert list(temporary.iterdir()) == []


def test_folders_of_running_servers_and_of_others_stay(temporary: Path) -> None:
    other = temporary / "plangraf-of-someone"
    other.mkdir()
    with runtime_folder() as first, runtime_folder():
        assert first.is_dir()
    assert list(temporary.iterdir()) == [other]


def test_a_folder_of_a_process_that_was_killed_is_removed(temporary: Path) -> None:
    program = (
        "import os, signal; from plangraf.serving.runtime_folder import runtime_folder\n"
        "with runtime_folder(): os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-c", program], env={**os.environ, "TMPDIR": str(temporary)}, check=False
    )
    [left] = temporary.iterdir()
    with runtime_folder() as folder:
        assert list(temporary.iterdir()) == [folder]
    assert not left.exists()
