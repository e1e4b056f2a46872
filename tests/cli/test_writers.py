"""Several publishers at once: one writes, the others are told who does, and nothing is lost."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from tests.cli.commands import run
from tests.counts import times
from tests.release.test_publish import write_plan
from tests.servers import COMMAND, PATIENCE

from plangraf.namespaces import ID
from plangraf.release.release import Release
from plangraf.release.state import StateFolder

LOCKED = 75


@pytest.mark.soak
def test_publishers_at_once_take_turns_and_nothing_is_lost(tmp_path: Path) -> None:
    state = tmp_path / "state"
    names = [f"vik/plan-{number}" for number in range(times(3, most=12))]
    waiting = {name: write_plan(tmp_path / "data", name) for name in names}
    for _ in names:
        environment = {**os.environ, "PLANGRAF_STATE": str(state)}
        running = {
            name: subprocess.Popen([COMMAND, "publish", folder], env=environment, stderr=subprocess.PIPE, text=True)  # noqa: S603  # our own command
            for name, folder in waiting.items()
        }
        for name, process in running.items():
            _, told = process.communicate(timeout=PATIENCE)
            if process.returncode == LOCKED:
                # Who took the lock a moment ago may not have written its name into it yet.
                holder = r"plangraf publish \(process \d+, since [^)]+\)|another process"
                assert re.search(rf"({holder}) is changing the releases", told), told
            else:
                assert process.returncode == 0, told
                del waiting[name]
    assert waiting == {}
    assert Release.open(state).manifest.plans == tuple(sorted(f"{ID}{name}" for name in names))
    assert len(StateFolder(state).history()) == len(names)
    assert run(state, "publish", tmp_path / "data").returncode == 0
    assert len(StateFolder(state).history()) == len(names)
