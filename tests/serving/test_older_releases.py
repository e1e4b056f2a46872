"""Older releases answer at the same addresses with `?release=`, and the time gate leads to them."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from tests.release.test_publish import SWITCH, write_plan
from tests.servers import COMMAND, PATIENCE, Server, descendants, process_name, serving, soon

from plangraf.namespaces import ID
from plangraf.release.history import HISTORY
from plangraf.release.publish import publish
from plangraf.release.release import QUADS
from plangraf.search.index_build import index_release

VISIONS = ("Første", "Andre", "Tredje", "Fjerde")
PAGE = {"Accept": "text/html", "Accept-Language": "nb"}
PLAN = "/doc/vik/havna"
ASK = f"SELECT ?vision {{ <{ID}vik/havna> <https://w3id.org/plangraf/ontology#vision> ?vision }}"


@dataclass(frozen=True)
class History:
    """A running server with a history of releases.

    Attributes:
        server: the server.
        state: the state folder.
        releases: the names of the releases, oldest first.
    """

    server: Server
    state: Path
    releases: tuple[str, ...]

    def get(self, path: str, **arguments: object) -> httpx.Response:
        """Return the answer to a GET request, once the release that it names is ready."""
        return self.request("GET", path, **arguments)

    def request(self, method: str, path: str, **arguments: object) -> httpx.Response:
        """Return the answer to a request, once the release that it names is ready."""
        until = time.monotonic() + PATIENCE
        while True:
            answer = httpx.request(method, self.server.address + path, timeout=PATIENCE, **arguments)  # type: ignore[arg-type]  # the arguments of httpx
            if answer.status_code != 503 or time.monotonic() > until:
                return answer
            assert "problems#release-unavailable" in answer.text or "text/html" in answer.headers["content-type"], (
                answer.text
            )
            assert int(answer.headers["retry-after"]) > 0
            time.sleep(0.1)

    @property
    def older(self) -> list[int]:
        """The processes that answer from older releases."""
        return [pid for pid in descendants(self.server.background) if process_name(pid) == "plangraf-older"]


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """Yield a server of the last of four releases, in each of which a plan has another vision."""
    folder = tmp_path_factory.mktemp("older")
    names = []
    for vision in VISIONS:
        write_plan(folder / "data", "vik/havna", vision)
        published = publish([folder / "data"], folder / "state", SWITCH, make_files=index_release)
        names.append(published.release.manifest.release)
    with serving("--state", str(folder / "state")) as server:
        yield History(server, folder / "state", tuple(names))


def visions(answer: httpx.Response) -> list[str]:
    return [row["vision"]["value"] for row in answer.json()["results"]["bindings"]]


def test_a_release_that_is_not_open_answers_503_until_it_is(history: History) -> None:
    path = f"{history.server.address}/doc/vik/havna.ttl?release={history.releases[0]}"
    first = httpx.get(path)
    assert first.status_code == 503
    assert first.headers["content-type"] == "application/problem+json"
    assert int(first.headers["retry-after"]) > 0
    assert history.get(f"/doc/vik/havna.ttl?release={history.releases[0]}").status_code == 200


@pytest.mark.parametrize("place", range(len(VISIONS)))
def test_each_release_answers_with_what_it_says(history: History, place: int) -> None:
    release = history.releases[place]
    answer = history.get(f"{PLAN}.nt?release={release}")
    assert answer.status_code == 200
    assert answer.headers["plangraf-release"] == release
    said = {str(quad.object) for quad in ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES)}
    assert {vision for vision in VISIONS if f'"{vision}"@nb' in said} == {VISIONS[place]}


def test_the_endpoint_answers_from_the_release_that_the_address_names(history: History) -> None:
    accept = {"Accept": "application/sparql-results+json"}
    older = f"/sparql?release={history.releases[1]}"
    assert visions(history.request("POST", older, data={"query": ASK}, headers=accept)) == ["Andre"]
    form = {**accept, "Content-Type": "application/sparql-query"}
    assert visions(history.request("POST", older, content=ASK, headers=form)) == ["Andre"]
    assert visions(history.get(older, params={"query": ASK, "release": history.releases[1]}, headers=accept)) == [
        "Andre"
    ]
    assert visions(history.request("POST", "/sparql", data={"query": ASK}, headers=accept)) == ["Fjerde"]


@pytest.mark.parametrize("address", ["/sparql", "/sparql?release={}"])
@pytest.mark.parametrize("place", [1, 3])
def test_a_release_in_the_form_is_refused_and_never_ignored(history: History, address: str, place: int) -> None:
    release = history.releases[place]
    answer = history.request("POST", address.format(release), data={"query": ASK, "release": release})
    assert answer.status_code == 400
    assert f"/sparql?release={release}" in answer.json()["detail"]


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
@pytest.mark.parametrize("place", [0, 3])
def test_no_release_is_changed_at_an_address_that_names_it(history: History, method: str, place: int) -> None:
    answer = httpx.request(
        method, f"{history.server.address}/graph/vik/havna?release={history.releases[place]}", content=b""
    )
    assert answer.status_code == 405
    assert answer.headers["allow"].startswith("GET, HEAD")


def test_errors_of_queries_are_passed_on(history: History) -> None:
    answer = history.request("POST", f"/sparql?release={history.releases[1]}", data={"query": "SELECT"})
    assert answer.status_code == 400
    assert answer.json()["type"].endswith("#query-syntax")


def test_redirects_and_links_stay_in_the_release(history: History) -> None:
    release = history.releases[1]
    answer = history.get(f"/id/vik/havna?lang=nb&release={release}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PLAN}?lang=nb&release={release}")
    page = history.get(f"{PLAN}?lang=nb&release={release}", headers=PAGE)
    assert "eldre" in page.text
    assert f'href="{PLAN}.ttl?release={release}"' in page.text
    assert f'name="release" value="{release}"' in page.text
    assert 'href="?lang=nb"' in page.text
    assert f"?release={release}" not in "".join(line for line in page.text.splitlines() if "/static/" in line)


@pytest.mark.parametrize("path", ["/browse", "/search?q=havna", "/catalog", "/goals.csv", "/quality.csv", "/void"])
def test_lists_and_descriptions_answer_from_an_older_release(history: History, path: str) -> None:
    now = history.get(path)
    older = history.get(path + ("&" if "?" in path else "?") + f"release={history.releases[1]}")
    assert older.status_code == now.status_code
    assert older.headers["plangraf-release"] == history.releases[1]


def test_a_memento_says_when_its_release_was_published(history: History) -> None:
    lines = (history.state / HISTORY).read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(VISIONS)
    for release in (history.releases[1], history.releases[3]):
        answer = history.get(f"{PLAN}.ttl?release={release}")
        time_of = parsedate_to_datetime(answer.headers["memento-datetime"])
        [line] = [line for line in lines if release in line]
        assert time_of.isoformat().replace("+00:00", "Z") in line
        links = answer.headers["link"]
        assert f'<{PLAN}.ttl>; rel="original"' in links
        assert f'</timegate{PLAN}.ttl>; rel="timegate"' in links
        assert f'</timemap{PLAN}.ttl>; rel="timemap"' in links
        assert answer.headers["x-robots-tag"] == "noindex"
        assert len(answer.headers.get_list("date")) == 1
    assert "memento-datetime" not in history.get(f"{PLAN}.ttl").headers


def test_no_more_than_two_older_releases_are_open(history: History) -> None:
    for release in history.releases[:3]:
        assert history.get(f"{PLAN}.nt?release={release}").status_code == 200
    soon(lambda: len(history.older) == 2)


def test_a_release_is_opened_again_after_its_process_was_killed(history: History) -> None:
    assert history.get(f"{PLAN}.nt?release={history.releases[2]}").status_code == 200
    for pid in history.older:
        os.kill(pid, signal.SIGKILL)
    soon(lambda: not history.older)
    assert history.get(f"{PLAN}.nt?release={history.releases[2]}").status_code == 200


@pytest.mark.parametrize("name", ["r000000000000", "..", "%2e%2e%2f", "current", "", "R" * 300, "æ", "cache", "a/b"])
def test_a_name_of_no_release_answers_404(history: History, name: str) -> None:
    answer = httpx.get(f"{history.server.address}{PLAN}.ttl?release={name}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_addresses_that_do_not_depend_on_the_release_ignore_the_parameter(history: History) -> None:
    answer = httpx.get(f"{history.server.address}/metrics?release={history.releases[0]}")
    assert answer.status_code == 200
    assert "memento-datetime" not in answer.headers


def test_a_pruned_release_answers_410(history: History) -> None:
    quads = history.state / history.releases[0] / QUADS
    away = quads.rename(quads.with_name("away"))
    try:
        answer = httpx.get(f"{history.server.address}{PLAN}?release={history.releases[0]}", headers=PAGE)
        assert answer.status_code == 410
        assert history.releases[0] in answer.text
        assert "trukket" not in answer.text
        problem = httpx.get(f"{history.server.address}{PLAN}.ttl?release={history.releases[0]}")
        assert problem.json()["type"].endswith("#release-pruned")
    finally:
        away.rename(quads)


def test_the_time_gate_leads_to_the_release_of_a_time(history: History) -> None:
    gate = f"{history.server.address}/timegate{PLAN}?lang=nb"
    now = httpx.get(gate)
    assert (now.status_code, now.headers["vary"]) == (302, "Accept-Datetime")
    assert now.headers["location"] == f"{PLAN}?lang=nb&release={history.releases[-1]}"
    assert f'<{PLAN}?lang=nb>; rel="original"' in now.headers["link"]
    early = httpx.get(
        gate, headers={"Accept-Datetime": format_datetime(datetime(2000, 1, 1, tzinfo=UTC), usegmt=True)}
    )
    assert early.headers["location"] == f"{PLAN}?lang=nb&release={history.releases[0]}"
    assert history.get(early.headers["location"]).status_code == 200


@pytest.mark.parametrize("text", ["yesterday", "", "2026-11-26"])
def test_a_time_that_is_no_date_answers_400(history: History, text: str) -> None:
    answer = httpx.get(f"{history.server.address}/timegate{PLAN}", headers={"Accept-Datetime": text})
    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["//example.org/", "/metrics", "/timegate/doc/x"])
def test_the_time_gate_leads_to_no_other_host_and_to_no_address_without_versions(history: History, path: str) -> None:
    assert httpx.get(f"{history.server.address}/timegate{path}").status_code == 404


def test_the_time_gate_leads_to_no_host_behind_a_backslash(history: History) -> None:
    host = history.server.address.removeprefix("http://")
    with socket.create_connection((host.partition(":")[0], int(host.partition(":")[2])), PATIENCE) as client:
        client.sendall(f"GET /timegate/\\example.org HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        assert client.makefile("rb").readline().split()[1] == b"404"


@pytest.mark.parametrize("path", [PLAN, f"{PLAN}.ttl", "/graph/vik/havna"])
def test_an_address_links_to_its_time_gate_and_time_map(history: History, path: str) -> None:
    links = history.get(path).headers["link"]
    assert f'</timegate{path}>; rel="timegate"' in links
    assert f'</timemap{path}>; rel="timemap"; type="application/link-format"' in links


def test_the_command_line_answers_from_an_older_release(history: History) -> None:
    target = f"{PLAN}.nt?release={history.releases[0]}"
    done = subprocess.run(  # noqa: S603  # our own command
        [COMMAND, "serve", "--state", str(history.state), "--get", target], capture_output=True, check=True
    )
    assert f'"{VISIONS[0]}"@nb' in done.stdout.decode()


def test_the_time_map_lists_all_versions(history: History) -> None:
    answer = httpx.get(f"{history.server.address}/timemap{PLAN}")
    assert answer.headers["content-type"] == "application/link-format"
    lines = answer.text.strip().split(",\n")
    assert [line.split(">")[0].rpartition("=")[2] for line in lines[3:]] == list(history.releases)
    assert 'rel="first memento"' in lines[3]
    assert 'rel="last memento"' in lines[-1]
    assert f'<{history.server.address}{PLAN}>; rel="original"' in lines[0]


@pytest.mark.parametrize(
    ("name", "content"), [(HISTORY, b"garbage\n"), ("layout.json", b'{"layout": 99}')], ids=["history", "layout"]
)
def test_an_open_release_answers_without_a_readable_history(history: History, name: str, content: bytes) -> None:
    assert history.get(f"{PLAN}.nt?release={history.releases[0]}").status_code == 200
    file = history.state / name
    before = file.read_bytes()
    try:
        file.write_bytes(content)
        answer = history.get(f"{PLAN}.nt?release={history.releases[0]}")
        assert answer.status_code == 200
        assert "memento-datetime" not in answer.headers
        assert history.get(f"{PLAN}.nt?release=r000000000000").status_code == 404
        assert history.get(f"/timemap{PLAN}").headers["content-type"] == "application/problem+json"
    finally:
        file.write_bytes(before)
