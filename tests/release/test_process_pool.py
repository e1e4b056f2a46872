import os
import signal
import subprocess
from pathlib import Path

from tests.release.test_publish import write_plan
from tests.servers import COMMAND, PATIENCE, alive, descendants, soon


def test_a_build_that_is_killed_leaves_no_process_and_no_lock(tmp_path: Path) -> None:
    """The data are so many that several processes build them, which inherit the lock of the state folder."""
    large = write_plan(tmp_path / "data", "vik/havna", more="# a comment\n" * 500_000)
    environment = {**os.environ, "PLANGRAF_STATE": str(tmp_path / "state")}
    with subprocess.Popen([COMMAND, "publish", large], env=environment) as process:  # noqa: S603  # our own command
        soon(lambda: bool(descendants(process.pid)) or process.poll() is not None)
        started = descendants(process.pid)
        process.send_signal(signal.SIGKILL)
    soon(lambda: not any(map(alive, started)))
    small = write_plan(tmp_path / "data", "vik/stranda")
    ended = subprocess.run(  # noqa: S603  # our own command
        [COMMAND, "publish", small], env=environment, timeout=PATIENCE, check=False, capture_output=True, text=True
    )
    assert ended.returncode == 0, ended.stderr
    assert started or len(os.sched_getaffinity(0)) == 1
