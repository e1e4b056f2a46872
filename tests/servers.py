"""A server process for a test that does it harm, and what the kernel says of it."""

import os
import re
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

COMMAND = str(Path(sys.executable).with_name("plangraf"))
PATIENCE = 120.0
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
        [keeper] = self.processes("keeper")
        return keeper

    @property
    def workers(self) -> list[int]:
        """The workers' processes."""
        return children(self.keeper)

    @property
    def front(self) -> int:
        """The process of the only front."""
        [front] = self.processes("front")
        return front

    @property
    def background(self) -> int:
        """The background process."""
        [background] = self.processes("jobs")
        return background

    def processes(self, role: str) -> list[int]:
        """Return the children of the supervisor that have a role."""
        return [pid for pid in children(self.process.pid) if process_name(pid) == f"plangraf-{role}"]

    @property
    def everything(self) -> list[int]:
        """The supervisor and all processes below it."""
        return [self.process.pid, *descendants(self.process.pid)]

    def open_files(self) -> int:
        """Return how many files and sockets the only front has open."""
        return len(list(Path(f"/proc/{self.front}/fd").iterdir()))


def children(pid: int) -> list[int]:
    """Return the living children of a process; one that has ended has none."""
    try:
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(child) for child in listed if alive(int(child))]


def descendants(pid: int) -> list[int]:
    """Return the living children of a process, and theirs."""
    return [found for child in children(pid) for found in (child, *descendants(child))]


def process_name(pid: int) -> str:
    """Return the name of a process, or nothing if it has ended."""
    try:
        return Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""


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


def listens(port: int) -> bool:
    """Return whether a process of this machine takes connections at a port."""
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


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
    """Yield a server with one front and without hurry, unless `settings` say otherwise: variables without prefix.

    It is killed if it does not end by itself.
    """
    settings = {"fronts": 1, "query_seconds": 600, **settings}
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
