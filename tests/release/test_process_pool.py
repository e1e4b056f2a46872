import signal
import subprocess
import sys
from pathlib import Path

from tests.servers import alive, children, soon

PROGRAM = """
import os, sys, time
from pathlib import Path
from plangraf.release.process_pool import BuildPool
from plangraf.release.writer_lock import writer_lock

class Builder:
    def index(self, part):
        time.sleep(600)

with writer_lock(Path(sys.argv[1]), "publish"), BuildPool(Builder(), 2**40) as pool:
    pool.index([1, 2, 3])
"""


def test_the_processes_of_a_build_that_is_killed_end_and_free_the_lock(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", PROGRAM, str(tmp_path)]) as build:  # noqa: S603  # our own program
        soon(lambda: len(children(build.pid)) >= 2)
        processes = children(build.pid)
        build.send_signal(signal.SIGKILL)
    soon(lambda: not any(map(alive, processes)))
    free = "from pathlib import Path; from plangraf.release.writer_lock import writer_lock\n"
    free += f"with writer_lock(Path({str(tmp_path)!r}), 'publish'): pass"
    subprocess.run([sys.executable, "-c", free], check=True)  # noqa: S603  # our own program
