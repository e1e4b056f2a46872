"""A program that publishes on a disk that becomes full; it sees a file system of its own.

`python -m tests.release.full_disk FOLDER DATA FREE…` mounts a file system on FOLDER, publishes plans from DATA in it
with FREE bytes left each time, and checks what is left after each failure. It writes a line for each, and fails if
anything is wrong.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.release.test_publish import SWITCH, write_plan

from plangraf.errors import InputError
from plangraf.release.prune import Retention, prune
from plangraf.release.publish import publish
from plangraf.release.release import Release
from plangraf.release.state import StateFolder
from plangraf.search.index_build import index_release

_SIZE = 96 * 1024 * 1024
NOT_MOUNTED = 99


def main() -> None:
    """Publish with little space left, again and again."""
    folder, data, *sizes = sys.argv[1:]
    disk, state = Path(folder), Path(folder) / "state"
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "none", folder]
    if subprocess.run(mount, check=False).returncode != 0:  # noqa: S603  # our own command
        sys.exit(NOT_MOUNTED)
    (disk / "temporary").mkdir()
    tempfile.tempdir = str(disk / "temporary")  # its files need space too

    def act(number: int) -> None:
        write_plan(Path(data), "vik/havna", f"Visjon {number}")
        publish([Path(data) / "vik" / "havna"], state, SWITCH, make_files=index_release)

    act(0)
    for number, free in enumerate(map(int, sizes), 1):
        before = StateFolder(state).current
        with (disk / "filler").open("wb") as filler:
            status = os.statvfs(disk)
            os.posix_fallocate(filler.fileno(), 0, max(1, status.f_bavail * status.f_frsize - free))
        try:
            act(number)
        except InputError as error:
            outcome = str(error)
            assert "No space left" in outcome, outcome
        else:
            outcome = "published"
        assert Release.open(state).manifest.release == StateFolder(state).current
        (disk / "filler").unlink()
        act(number)
        assert StateFolder(state).history()[-1].release == StateFolder(state).current != before
        assert sorted(path.name for path in (disk / "temporary").iterdir()) == []
        assert not list(state.glob(".building-*"))
        prune(state, Retention(releases=1))
        sys.stdout.write(f"{free}: {outcome}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
