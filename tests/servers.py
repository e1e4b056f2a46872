"""A server process for a test that does it harm, and what the kernel says of it."""

import os
import re
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

COMMAND = str(Path(sys.executable).with_name("plangraf"))
PATIENCE = 300.0
"""Seconds that a test waits for what must come: no machine is so slow, and a test that passes never waits so long."""
CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""None at all: the servers of the tests speak no TLS."""


class Server:
    """A running server.

    Attributes:
        address: where it answers.
        port: the same, as a number.
        process: the process that the test started.
    """

    def __init__(self, address: str, process: "subprocess.Popen[str]") -> None:
        self.address = address
        self.port = int(address.rpartition(":")[2])
        self.process = process

    @property
    def keeper(self) -> int:
        """The keeper's process."""
        [keeper] = [child for child in children(self.process.pid) if not _makes_the_index(child)]
        return keeper

    @property
    def workers(self) -> list[int]:
        """The workers' processes."""
        return children(self.keeper)

    def open_files(self) -> int:
        """Return how many files and sockets the server itself has open."""
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))


def children(pid: int) -> list[int]:
    """Return the living children of a process."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [int(child) for child in listed if alive(int(child))]


def _makes_the_index(pid: int) -> bool:
    """Return whether a process is the one that makes the search index of a release without one, for a moment."""
    try:
        return b"plangraf.search.release_index" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return True  # it has ended meanwhile


def alive(pid: int) -> bool:
    """Return whether a process is there and no zombie."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def soon(condition: Callable[[], bool]) -> None:
    """Wait until something is so; fail when it never is."""
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def proportional_memory(pids: list[int]) -> int:
    """Return the bytes that processes hold, with shared pages divided among those who share them."""
    total = 0
    for pid in pids:
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has ended meanwhile
        match = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
        total += int(match[1]) * 1024 if match else 0
    return total


@contextmanager
def serving(*arguments: str, **settings: object) -> Iterator[Server]:
    """Yield a server; `settings` are variables without their prefix. It is killed if it does not end by itself."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PLANGRAF_")}
    environment |= {f"PLANGRAF_{name.upper()}": str(value) for name, value in settings.items()}
    with subprocess.Popen(  # noqa: S603  # our own command
        [COMMAND, "serve", "--port", "0", *arguments], stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stderr is not None
        try:
            match = re.search(r"http://127\.0\.0\.1:\d+", process.stderr.readline())
            assert match is not None
            yield Server(match[0], process)
            process.terminate()
            process.wait(PATIENCE)
        finally:
            process.kill()
