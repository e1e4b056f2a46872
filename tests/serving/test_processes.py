"""Processes of a running server that end, and servers that are told to stop."""

import os
import resource
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from tests.counts import FACTOR, times
from tests.servers import COMMAND, PATIENCE, Server, alive, process_name, serving, soon

from plangraf.release.release import Release

POINT = "SELECT ?n { <http://metadata.un.org/sdg/13> <http://www.w3.org/2004/02/skos/core#notation> ?n }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


@pytest.fixture(scope="module")
def server(release: Release) -> Iterator[Server]:
    with serving(release=release.path, fronts=2, workers=6) as server:
        yield server


def answers(server: Server) -> bool:
    """Return whether pages and new queries are answered, on several connections; nothing but 503 may be instead."""
    for _ in range(4):
        query = f"{POINT} # {time.monotonic_ns()}"
        for path in ("/", f"/sparql?{urlencode({'query': query})}"):
            try:
                status = httpx.get(server.address + path).status_code
            except httpx.TransportError:
                return False  # the connection was that of a front that has just ended
            assert status in (200, 503)
            if status == 503:
                return False
    return True


def whole(server: Server) -> bool:
    """Return whether a server has all its processes."""
    return (
        len(server.processes("front")) == 2
        and len(server.processes("keeper")) == 1
        and len(server.processes("jobs")) == 1
        and len(server.workers) == 6
    )


def has_ended(pid: int) -> bool:
    return not alive(pid)


@pytest.mark.soak
@pytest.mark.parametrize("role", ["front", "keeper", "jobs"])
def test_a_process_that_is_killed_is_replaced_and_the_server_answers(server: Server, role: str) -> None:
    for _ in range(times(1)):
        soon(lambda: whole(server))
        killed = server.processes(role)[0]
        os.kill(killed, signal.SIGKILL)
        soon(partial(has_ended, killed))
        soon(lambda: whole(server))
        soon(lambda: answers(server))


def test_connections_that_wait_for_a_front_are_answered_by_the_next_one(release: Release) -> None:
    with serving(release=release.path) as server:
        os.kill(server.front, signal.SIGKILL)
        assert httpx.get(f"{server.address}/robots.txt").status_code == 200


@pytest.mark.soak
@pytest.mark.parametrize("role", ["keeper", "front"])
def test_a_process_comes_back_after_descriptors_were_lacking(release: Release, tmp_path: Path, role: str) -> None:
    """However few the supervisor has, it neither ends nor forgets what it has to start."""
    (tmp_path / "current").symlink_to(release.path)
    with serving(release=tmp_path, fronts=2, workers=6) as server:
        limits = resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE)
        for free in range(0, 7, 1 if FACTOR > 1 else 3):
            most = max(int(link.name) for link in Path(f"/proc/{server.process.pid}/fd").iterdir())
            resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (most + 1 + free, limits[1]))
            server.process.send_signal(signal.SIGHUP)
            killed = server.processes(role)[0]
            os.kill(killed, signal.SIGKILL)
            soon(partial(has_ended, killed))
            time.sleep(0.3)  # the supervisor may try in vain
            assert alive(server.process.pid)
            resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, limits)
            soon(lambda: whole(server))
            soon(lambda: answers(server))


def test_a_server_that_is_told_to_stop_while_a_front_starts_ends_soon(release: Release) -> None:
    with serving(release=release.path, fronts=2, drain_seconds=3600) as server:
        before = set(server.processes("front"))
        os.kill(min(before), signal.SIGKILL)
        soon(lambda: bool(set(server.processes("front")) - before))
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(PATIENCE) == 0


def test_workers_come_back_after_the_keeper_lacked_descriptors(release: Release) -> None:
    with serving(release=release.path, workers=3) as server:
        soon(lambda: len(server.workers) == 3)  # none may be on its way when the limit changes
        keeper = server.keeper
        limits = resource.prlimit(keeper, resource.RLIMIT_NOFILE)
        resource.prlimit(keeper, resource.RLIMIT_NOFILE, (3, limits[1]))
        for worker in server.workers:
            os.kill(worker, signal.SIGKILL)
        soon(lambda: server.workers == [])
        resource.prlimit(keeper, resource.RLIMIT_NOFILE, limits)
        soon(lambda: len(server.workers) == 3)
        soon(lambda: answers(server))
        assert server.keeper == keeper


def test_workers_come_back_after_a_front_lacked_descriptors(release: Release) -> None:
    with serving(release=release.path, workers=3) as server:
        soon(lambda: len(server.workers) == 3)
        limits = resource.prlimit(server.front, resource.RLIMIT_NOFILE)
        before = server.workers
        resource.prlimit(server.front, resource.RLIMIT_NOFILE, (3, limits[1]))
        for worker in before:
            os.kill(worker, signal.SIGKILL)
        soon(lambda: not any(map(alive, before)))
        time.sleep(0.5)  # workers are forked that the front cannot connect to
        resource.prlimit(server.front, resource.RLIMIT_NOFILE, limits)
        soon(lambda: answers(server))


def open_request(server: Server, head: str) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", server.port))
    client.sendall(head.encode())
    return client


def stalled_body(server: Server) -> socket.socket:
    return open_request(
        server,
        "POST /validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/turtle\r\nContent-Length: 9\r\n\r\n<",
    )


def unread_answer(server: Server) -> socket.socket:
    target = "/sparql?" + urlencode({"query": LONG, "format": "csv"})
    return open_request(server, f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n")


def half_a_head(server: Server) -> socket.socket:
    return open_request(server, "GET / HTTP/1.1\r\nHost: loc")


@pytest.mark.parametrize("client", [stalled_body, unread_answer, half_a_head])
def test_a_server_that_is_told_to_stop_ends_whatever_its_clients_do(
    release: Release, client: Callable[[Server], socket.socket]
) -> None:
    with serving(release=release.path, drain_seconds=1) as server:
        processes = server.everything
        with client(server):
            server.process.send_signal(signal.SIGTERM)
            assert server.process.wait(PATIENCE) == 0
        soon(lambda: not any(map(alive, processes)))


def test_a_second_signal_ends_a_server_at_once(release: Release) -> None:
    with serving(release=release.path, drain_seconds=3600) as server:
        processes = server.everything
        with httpx.stream("GET", f"{server.address}/sparql", params={"query": LONG, "format": "csv"}) as answer:
            next(answer.iter_raw())
            server.process.send_signal(signal.SIGTERM)
            soon(lambda: refuses(server))
            server.process.send_signal(signal.SIGTERM)
            assert server.process.wait(PATIENCE) == 128 + signal.SIGTERM
        soon(lambda: not any(map(alive, processes)))


def refuses(server: Server) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", server.port)):
            return False
    except ConnectionRefusedError:
        return True


def test_a_signal_to_all_processes_harms_no_query(release: Release) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?b ?e . ?f ?b ?c }"
    with serving(release=release.path, workers=3) as server, httpx.Client() as client:
        request = client.build_request("GET", f"{server.address}/sparql", params={"query": query, "timeout": "0.5"})
        processes = server.everything
        connection = open_request(
            server, f"GET {request.url.raw_path.decode()} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
        soon(lambda: "plangraf_queries_running 1.0" in httpx.get(f"{server.address}/metrics").text)
        for pid in processes:
            os.kill(pid, signal.SIGTERM)
        with connection, connection.makefile("rb") as answer:
            head = answer.read().partition(b"\r\n\r\n")[0]
        # Its limit of time is all that may end it.
        assert head.startswith((b"HTTP/1.1 504 ", b"HTTP/1.1 200 "))
        assert server.process.wait(PATIENCE) == 0


@pytest.mark.soak
def test_what_a_killed_server_left_is_removed_by_the_next_one(release: Release, tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [COMMAND, "serve", "--port", "0", "--release", str(release.path), "--fronts", "1"]
    for left in range(times(2, most=20)):
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:  # noqa: S603  # our own command
            assert process.stderr is not None
            assert "Plangraf serves" in process.stderr.readline()
            assert len(list(tmp_path.iterdir())) == 1
            process.kill()
            process.wait()
        soon(lambda: not any(process_name(pid).startswith("plangraf-") for pid in _with_parent_gone(tmp_path)))
        assert len(list(tmp_path.iterdir())) == 1, left


def _with_parent_gone(folder: Path) -> list[int]:
    """Return the processes that still have a file of a folder open."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(str(link.readlink()).startswith(str(folder)) for link in (process / "fd").iterdir()):
                found.append(int(process.name))
        except (FileNotFoundError, PermissionError, ProcessLookupError):
            continue
    return found
