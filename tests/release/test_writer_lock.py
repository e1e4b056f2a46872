import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.servers import PATIENCE

from plangraf.errors import StateLockedError
from plangraf.release.writer_lock import writer_lock

HOLD = """
import sys, time
from pathlib import Path
from plangraf.release.writer_lock import writer_lock
with writer_lock(Path(sys.argv[1]), "publish"):
    print("held", flush=True)
    time.sleep(600)
"""


def _holder(folder: Path) -> subprocess.Popen[str]:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True)  # noqa: S603  # our own program
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    holder = _holder(tmp_path)
    try:
        told = rf"plangraf publish \(process {holder.pid}, since 20"
        with pytest.raises(StateLockedError, match=told), writer_lock(tmp_path, "rollback"):
            pass
    finally:
        holder.kill()
        holder.communicate(timeout=PATIENCE)


def test_a_killed_writer_holds_nothing(tmp_path: Path) -> None:
    holder = _holder(tmp_path)
    os.kill(holder.pid, signal.SIGKILL)
    holder.communicate(timeout=PATIENCE)
    with writer_lock(tmp_path, "publish"):
        assert str(os.getpid()) in (tmp_path / "lock").read_text(encoding="utf-8")


def test_a_writer_with_patience_waits(tmp_path: Path) -> None:
    holder = _holder(tmp_path)
    waiting = subprocess.Popen(  # noqa: S603  # our own program
        [sys.executable, "-c", HOLD.replace('"publish"', f'"build", {PATIENCE}'), str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        holder.kill()
        assert waiting.stdout is not None
        assert waiting.stdout.readline() == "held\n"
    finally:
        for each in (holder, waiting):
            each.kill()
            each.communicate(timeout=PATIENCE)
