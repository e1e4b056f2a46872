"""Start and stop of the compared servers, each on a free loopback port and with the same data.

Their commands are looked for where an environment variable says, then beside this Python, then on the PATH. The
variables are `BENCH_PLANGRAF`, `BENCH_OXIGRAPH`, `BENCH_RDFLIB_ENDPOINT`, `BENCH_VIRTUOSO` and `BENCH_VIRTUOSO_ISQL`.
What is not found is not measured.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

from bench.releases import MERGE
from plangraf.release.release import Release

OURS = "plangraf"
_PATIENCE = 600.0  # seconds to load and start
_MIB = 2**20


class NotInstalledError(Exception):
    """The command of a server is not installed."""


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes:
        name: the name in the tables.
        address: the address, without a trailing slash.
        path: the path of the endpoint.
        pid: the process ID of the first process.
        start: seconds from start, or from the start of loading, to the first answer.
    """

    name: str
    address: str
    path: str
    pid: int
    start: float


@contextmanager
def ours(release: Path, work: Path, fronts: int) -> Iterator[Server]:
    """Start our server with a number of fronts; on exit, stop it.

    Args:
        release: the folder of a release, or of releases with a link `current`, which the server follows.
        work: a writable folder.
        fronts: the number of fronts.
    """
    program = command("PLANGRAF", OURS)
    begun, port = time.perf_counter(), free_port()
    options = ("--release", str(release), "--port", str(port), "--fronts", str(fronts))
    with _process([program, "serve", *options], work / f"{OURS}.log") as process:
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/sparql", process)
        yield Server(OURS, address, "/sparql", process.pid, time.perf_counter() - begun)


@contextmanager
def running(name: str, release: Release, work: Path) -> Iterator[Server]:
    """Start the server `name` with the data of `release`; on exit, stop all its processes.

    Args:
        name: one of `SERVERS`.
        release: the release to serve.
        work: a writable folder.

    Raises:
        NotInstalledError: the command is not installed.
    """
    with SERVERS[name](name, release, work) as server:
        yield server


@contextmanager
def _plangraf(name: str, release: Release, work: Path) -> Iterator[Server]:
    """Serve with the default number of fronts, one for each core."""
    with ours(release.path, work, len(os.sched_getaffinity(0))) as server:
        yield replace(server, name=name)


@contextmanager
def _oxigraph(name: str, release: Release, work: Path) -> Iterator[Server]:
    """Serve from memory, loaded over HTTP.

    Without its limit of time: with `--timeout-s`, version 0.5.13 runs out of threads after some thousand queries.
    """
    program = command("OXIGRAPH", "oxigraph")
    begun, port = time.perf_counter(), free_port()
    with _process([program, "serve", "--bind", f"127.0.0.1:{port}"], work / f"{name}.log") as process:
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/query", process)
        with release.quads.open("rb") as quads:
            pieces = iter(lambda: quads.read(_MIB), b"")
            loaded = httpx.post(
                f"{address}/store?no_transaction",
                content=pieces,
                headers={"Content-Type": "application/n-quads"},
                timeout=_PATIENCE,
            )
        loaded.raise_for_status()
        yield Server(name, address, "/query", process.pid, time.perf_counter() - begun)


@contextmanager
def _rdflib_endpoint(name: str, release: Release, work: Path) -> Iterator[Server]:
    """Serve only the merge, from rdflib's store in memory."""
    program = command("RDFLIB_ENDPOINT", "rdflib-endpoint")
    begun, port = time.perf_counter(), free_port()
    options = ("--host", "127.0.0.1", "--port", str(port), str(release.path / MERGE))
    with _process([program, "serve", *options], work / f"{name}.log") as process:
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/", process)
        yield Server(name, address, "/", process.pid, time.perf_counter() - begun)


@contextmanager
def _virtuoso(name: str, release: Release, work: Path) -> Iterator[Server]:
    """Serve only the merge, in a graph that is the default graph of every query."""
    program = command("VIRTUOSO", "virtuoso-t")
    isql = command("VIRTUOSO_ISQL", "isql-vt")
    begun, port, sql = time.perf_counter(), free_port(), free_port()
    folder = work / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    graph = "http://example.org/merge"
    # One buffer is a page of 8 KiB; 170,000 of them are what its manual gives for 2 GB of memory.
    (folder / "virtuoso.ini").write_text(
        f"[Database]\nDatabaseFile = virtuoso.db\nTransactionFile = virtuoso.trx\nErrorLogFile = virtuoso.log\n"
        f"LockFile = virtuoso.lck\nxa_persistent_file = virtuoso.pxa\n"
        f"[TempDatabase]\nDatabaseFile = temp.db\nTransactionFile = temp.trx\n"
        f"[Parameters]\nServerPort = 127.0.0.1:{sql}\nDirsAllowed = {release.path}\nNumberOfBuffers = 170000\n"
        f"MaxDirtyBuffers = 130000\nThreadsPerQuery = 2\nServerThreads = 100\nCheckpointInterval = 0\n"
        f"[HTTPServer]\nServerPort = 127.0.0.1:{port}\nServerThreads = 60\nMaxClientConnections = 60\n"
        f"[SPARQL]\nResultSetMaxRows = 10000000\nMaxQueryExecutionTime = 10\nDefaultGraph = {graph}\n",
        encoding="utf-8",
    )
    with _process([program, "+foreground", "+configfile", "virtuoso.ini"], work / f"{name}.log", folder) as process:
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/sparql", process)
        load = f"ld_dir('{release.path}', '{MERGE}', '{graph}'); rdf_loader_run(); checkpoint;"
        subprocess.run(  # noqa: S603  # the loader, with our own arguments
            [isql, f"127.0.0.1:{sql}", "dba", "dba", f"EXEC={load}"],
            check=True,
            capture_output=True,
            timeout=_PATIENCE,
        )
        yield Server(name, address, "/sparql", process.pid, time.perf_counter() - begun)


SERVERS = {
    OURS: _plangraf,
    "oxigraph serve": _oxigraph,
    "rdflib-endpoint": _rdflib_endpoint,
    "virtuoso": _virtuoso,
}


def start_time() -> float:
    """Return the seconds from the start of our server with the shipped data to its first answer."""
    program = command("PLANGRAF", "plangraf")
    begun, port = time.perf_counter(), free_port()
    with _process([program, "serve", "--port", str(port)], Path(os.devnull)) as process:
        _wait(f"http://127.0.0.1:{port}/sparql", process)
        return time.perf_counter() - begun


def free_port() -> int:
    """Return a port of the loopback address that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until(ready: Callable[[], bool], patience: float) -> bool:
    """Return whether `ready` came true within `patience` seconds."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if ready():
            return True
        time.sleep(0.02)
    return False


def command(variable: str, name: str) -> str:
    """Return the path of the command `name`.

    Raises:
        NotInstalledError: it is not on this machine.
    """
    beside_us = shutil.which(name, path=str(Path(sys.executable).parent))
    found = os.environ.get(f"BENCH_{variable}") or beside_us or shutil.which(name)
    if found is None or not os.access(found, os.X_OK):
        raise NotInstalledError(name)
    return found


@contextmanager
def _process(command: Sequence[str], log: Path, folder: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    with (
        log.open("wb") as out,
        subprocess.Popen(command, stdout=out, stderr=out, cwd=folder) as process,  # noqa: S603  # a server of `SERVERS`
    ):
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()  # a server that is busy with a runaway query


def _wait(endpoint: str, process: subprocess.Popen[bytes]) -> None:
    """Wait for the first answer."""

    def answers() -> bool:
        if process.poll() is not None:
            raise RuntimeError(f"the server of {endpoint} has ended; its log says why")
        try:
            answer = httpx.get(endpoint, params={"query": "ASK {}"}, timeout=_PATIENCE)
        except httpx.TransportError:
            return False
        if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
            answer.raise_for_status()
        return answer.is_success

    if not until(answers, _PATIENCE):
        raise TimeoutError(endpoint)
