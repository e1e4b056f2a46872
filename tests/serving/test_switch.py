"""The change of the release of a running server."""

import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path
from urllib.parse import quote

import httpx
import orjson
import pytest
from tests.counts import times
from tests.servers import Server, alive, process_name, serving, soon

from plangraf import shipped
from plangraf.release.build import build_release
from plangraf.release.release import CURRENT, MANIFEST, QUADS, Release
from plangraf.sources.dataset import list_files

TITLE = "Et helt annet navn"
PLAN = "/doc/trondheim/samfunnsplan-2020-2032"
QUERY = (
    "SELECT ?t { <https://w3id.org/plangraf/id/trondheim/samfunnsplan-2020-2032> "
    "<http://www.w3.org/2004/02/skos/core#prefLabel> ?t }"
)


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Release]]:
    """Return a folder of two releases, which call a plan by different names, and the releases."""
    source, out = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("releases")
    shutil.copytree(shipped.DATA, source, dirs_exist_ok=True)
    built = [build_release(list_files([source]), out)]
    changed = [path for path in source.rglob("*.ttl") if '"Trondheimsløftet"@nb' in path.read_text(encoding="utf-8")]
    assert changed
    for path in changed:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('"Trondheimsløftet"@nb', f'"{TITLE}"@nb'), encoding="utf-8")
    built.append(build_release(list_files([source]), out))
    assert built[0].manifest.release != built[1].manifest.release
    return out, built


def point(out: Path, folder: str) -> None:
    """Change the link to the current release, in one step."""
    link = out / f".{CURRENT}"
    link.symlink_to(folder)
    link.replace(out / CURRENT)


def copy_of(release: Release, folder: Path) -> Path:
    """Copy a release so that it can be changed, and return its folder."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(release.path, folder)
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


def serves(server: Server, release: Release) -> bool:
    """Return whether all fronts serve a release."""
    return served(server) == {release.manifest.release}


def served(server: Server) -> set[str]:
    """Return the releases of several connections."""
    return {httpx.get(f"{server.address}/robots.txt").headers["plangraf-release"] for _ in range(8)}


class Visitors:
    """Clients that ask pages and queries without a pause, and remember what came."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._stop = threading.Event()
        self.failures: list[str] = []
        self.releases: set[str] = set()
        self.answers = 0

    def visit(self, number: int, names: dict[str, str]) -> None:
        with httpx.Client(base_url=self._server.address) as client:
            count = 0
            while not self._stop.is_set():
                count += 1
                for path in (
                    f"{PLAN}.ttl",
                    f"/sparql?format=csv&query={quote(f'{QUERY} # {number} {count}')}",
                    f"{PLAN}?lang=nb&n={number}.{count}",
                ):
                    self._check(path, client.get(path), names)

    def _check(self, path: str, answer: httpx.Response, names: dict[str, str]) -> None:
        self.answers += 1
        release = answer.headers.get("plangraf-release", "")
        self.releases.add(release)
        own, others = names.get(release, ""), {name for key, name in names.items() if key != release}
        tag = answer.headers.get("etag", "")
        if answer.status_code != 200:
            self.failures.append(f"{path}: {answer.status_code} {answer.text[:200]}")
        elif own not in answer.text or any(f'"{name}"' in answer.text for name in others):
            self.failures.append(f"{path}: {release} with the content of another")
        elif tag and "sparql" in path and not tag.startswith(f'"{release}'):
            self.failures.append(f"{path}: {release} with the tag {tag}")

    def stop(self) -> None:
        self._stop.set()


@contextmanager
def visiting(server: Server, names: dict[str, str]) -> Iterator[Visitors]:
    visitors = Visitors(server)
    threads = [threading.Thread(target=visitors.visit, args=(number, names)) for number in range(3)]
    for thread in threads:
        thread.start()
    try:
        yield visitors
    finally:
        visitors.stop()
        for thread in threads:
            thread.join()


def test_going_back_to_an_older_release_is_a_modification(releases: tuple[Path, list[Release]]) -> None:
    out, (first, second) = releases
    point(out, second.path.name)
    with serving(release=out, fronts=2) as server:
        before = httpx.get(f"{server.address}{PLAN}.ttl").headers["last-modified"]
        known = {"If-Modified-Since": before}
        assert {httpx.get(f"{server.address}{PLAN}.ttl", headers=known).status_code for _ in range(8)} == {304}
        soon(lambda: time.time() > parsedate_to_datetime(before).timestamp() + 1)
        point(out, first.path.name)
        soon(partial(serves, server, first))
        assert {httpx.get(f"{server.address}{PLAN}.ttl", headers=known).status_code for _ in range(8)} == {200}


@pytest.mark.soak
@pytest.mark.parametrize("store", ["memory", "disk"])
def test_no_request_fails_through_changes_of_the_release(releases: tuple[Path, list[Release]], store: str) -> None:
    out, (first, second) = releases
    names = {first.manifest.release: "Trondheimsløftet", second.manifest.release: TITLE}
    damaged = copy_of(second, out / "damaged")
    damage(damaged)
    point(out, first.path.name)
    with serving(release=out, fronts=2, workers=6, store=store) as server, visiting(server, names) as visitors:
        keeper = server.keeper
        for change in range(times(2, most=10)):
            target = (second, first)[change % 2]
            point(out, target.path.name)
            soon(partial(serves, server, target))
        soon(lambda: not alive(keeper))
        soon(lambda: len(server.processes("keeper")) == 1)
        point(out, damaged.name)
        soon(lambda: 'switches_total{outcome="refused"} 1.0' in httpx.get(f"{server.address}/metrics").text)
        assert serves(server, target)
        visitors.stop()
        metrics = httpx.get(f"{server.address}/metrics").text
    assert visitors.failures == []
    assert visitors.releases == {first.manifest.release, second.manifest.release}
    assert f'plangraf_release_switches_total{{outcome="switched"}} {float(times(2, most=10))}' in metrics


def damage(folder: Path) -> None:
    with (folder / QUADS).open("ab") as file:
        file.write(b"\n")


def no_quads(folder: Path) -> None:
    (folder / QUADS).unlink()


def no_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("{", encoding="utf-8")


@pytest.mark.parametrize("harm", [damage, no_quads, no_manifest])
def test_a_release_that_cannot_be_served_is_refused_and_the_one_before_stays(
    releases: tuple[Path, list[Release]], tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    _, (first, second) = releases
    copy_of(first, tmp_path / first.path.name)
    bad = copy_of(second, tmp_path / second.path.name)
    harm(bad)
    point(tmp_path, first.path.name)
    with serving(release=tmp_path, fronts=2) as server:
        point(tmp_path, bad.name)
        refused = 'plangraf_release_switches_total{outcome="refused"} 1.0'
        soon(lambda: refused in httpx.get(f"{server.address}/metrics").text)
        assert serves(server, first)
        shutil.rmtree(bad)
        shutil.copytree(second.path, bad)
        server.process.send_signal(signal.SIGHUP)
        soon(partial(serves, server, second))
        server.process.terminate()
        assert server.process.stderr is not None
        said = server.process.stderr.read()
    assert said.count("the new release is refused, and the one before stays") == 1
    assert "Traceback" not in said


def test_an_answer_under_way_is_finished_from_the_release_that_it_began_with(
    releases: tuple[Path, list[Release]],
) -> None:
    out, (first, second) = releases
    point(out, first.path.name)
    everything = {"query": "SELECT * { ?s ?p ?o }", "format": "csv"}
    with serving(release=out) as server:
        whole = httpx.get(f"{server.address}/sparql", params={**everything, "query": "SELECT * { ?s ?p ?o } # 2"})
        with httpx.stream("GET", f"{server.address}/sparql", params=everything) as answer:
            pieces = answer.iter_bytes(1000)
            read = next(pieces)
            point(out, second.path.name)
            soon(partial(serves, server, second))
            read += b"".join(pieces)
        assert sorted(read.splitlines()) == sorted(whole.content.splitlines())
        assert answer.headers["plangraf-release"] == first.manifest.release


def is_reaped(pid: int) -> bool:
    return process_name(pid) == ""


def test_a_refused_release_leaves_nothing_in_a_front_that_was_slow(
    releases: tuple[Path, list[Release]], tmp_path: Path
) -> None:
    """One front is stopped while another ends three times, so that the new release is refused meanwhile."""
    _, (first, second) = releases
    for release in (first, second):
        copy_of(release, tmp_path / release.path.name)
    point(tmp_path, first.path.name)
    with serving(release=tmp_path, fronts=2, workers=6) as server:
        slow, _ = server.processes("front")
        os.kill(slow, signal.SIGSTOP)
        point(tmp_path, second.path.name)
        soon(lambda: len(server.processes("keeper")) == 2)
        for _ in range(3):
            soon(lambda: len(server.processes("front")) == 2)
            [other] = {*server.processes("front")} - {slow}
            os.kill(other, signal.SIGKILL)
            soon(partial(is_reaped, other))
        os.kill(slow, signal.SIGCONT)
        soon(lambda: len(server.processes("keeper")) == 1)
        soon(lambda: len(server.workers) == 6)
        assert alive(slow)
        soon(lambda: serves(server, first))


def program_of(server: Server) -> str:
    """Return the command line of the only keeper: a copy of a keeper has that of the one that loaded a release."""
    soon(lambda: len(server.processes("keeper")) == 1)
    [keeper] = server.processes("keeper")
    return Path(f"/proc/{keeper}/cmdline").read_text(encoding="utf-8")


def test_the_store_of_the_next_release_is_a_copy_that_is_updated(releases: tuple[Path, list[Release]]) -> None:
    out, (first, second) = releases
    point(out, first.path.name)
    with serving(release=out, fronts=2) as server:
        loaded = program_of(server)
        for release in (second, first):
            point(out, release.path.name)
            soon(partial(serves, server, release))
            assert program_of(server) == loaded
            count = {"query": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", "format": "csv"}
            counted = httpx.get(f"{server.address}/sparql", params=count).text.split()[1]
            assert int(counted) == sum(release.manifest.counts.graphs.values())
            names = [
                httpx.get(f"{server.address}/sparql", params={"query": f"{QUERY} # {number}", "format": "csv"}).text
                for number in range(4)
            ]
            assert all((TITLE in name) == (release is second) for name in names)


def test_a_release_to_which_the_store_cannot_be_updated_is_loaded(
    releases: tuple[Path, list[Release]], tmp_path: Path
) -> None:
    _, (first, second) = releases
    copy_of(first, tmp_path / first.path.name)
    other = copy_of(second, tmp_path / second.path.name)
    manifest = orjson.loads((other / MANIFEST).read_bytes())
    manifest["counts"]["triples"] += 1
    (other / MANIFEST).write_bytes(orjson.dumps(manifest))
    point(tmp_path, first.path.name)
    with serving(release=tmp_path, fronts=2) as server:
        loaded = program_of(server)
        point(tmp_path, second.path.name)
        soon(partial(serves, server, second))
        assert program_of(server) != loaded
        server.process.terminate()
        assert server.process.stderr is not None
        said = server.process.stderr.read()
    assert said.count("the release is loaded from the beginning: the store would hold") == 1
